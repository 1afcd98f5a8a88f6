//! The review without worker processes, for `fuzz/`. It exists only in builds with `--cfg fuzzing`, as `cargo fuzz` sets it.

use domain::{component::ComponentSource, library::LibrarySet, resources::Resources, styles::Styles};
use ports::ComponentReview;

use crate::{
    check::{self, Purpose},
    wire,
    workers::Tools,
};

/// Reviews a source in the current thread, which needs a stack as large as a worker's.
pub fn review(source: &ComponentSource) -> ComponentReview {
    run(source, &Purpose::Save(Resources::default()))
}

/// Compiles a stored source in the current thread.
pub fn compile_stored(source: &ComponentSource) -> ComponentReview {
    run(source, &Purpose::Render)
}

fn run(source: &ComponentSource, purpose: &Purpose) -> ComponentReview {
    let (report, output) = check::review(source.as_str(), purpose, Styles::None, &Tools::default());
    let answer = wire::encode_answer(&report, output.as_ref()).expect("a report is JSON");
    wire::decode_answer(&answer, &LibrarySet::default()).expect("a module or errors, and not both")
}
