//! The check without its worker, for `fuzz/`: only builds with `--cfg fuzzing`, as `cargo fuzz` makes them, have it.

use domain::component::{ComponentReport, ComponentSource};

use crate::check::{Purpose, check_and_compile};

/// Checks a source that is to be saved, in this very thread, which needs the stack that a worker has. With the report comes the
/// module that it is compiled to.
pub fn check(source: &ComponentSource) -> (ComponentReport, Option<String>) {
    let (report, output) = check_and_compile(source.as_str(), Purpose::Save);
    (report, output.map(|output| output.code))
}

/// What is rendered of a source that was saved.
pub fn compile(source: &ComponentSource) -> Option<String> {
    check_and_compile(source.as_str(), Purpose::Render).1.map(|output| output.code)
}
