//! The check without its worker, for `fuzz/`: only builds with `--cfg fuzzing`, as `cargo fuzz` makes them, have it.

use domain::component::{ComponentReport, ComponentSource};

/// Checks a source in this very thread, which needs the stack that a worker has.
pub fn check(source: &ComponentSource) -> ComponentReport {
    crate::check::check_source(source.as_str())
}
