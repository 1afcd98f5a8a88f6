//! The review without its worker, for `fuzz/`: only builds with `--cfg fuzzing`, as `cargo fuzz` makes them, have it.

use domain::component::ComponentSource;
use ports::ComponentReview;

use crate::{
    check::{Purpose, check_and_compile},
    wire,
};

/// Reviews a source in this thread, which needs the stack that a worker has.
pub fn review(source: &ComponentSource) -> ComponentReview {
    run(source, Purpose::Save)
}

/// Compiles a source that was saved.
pub fn compile_stored(source: &ComponentSource) -> ComponentReview {
    run(source, Purpose::Render)
}

fn run(source: &ComponentSource, purpose: Purpose) -> ComponentReview {
    let (report, output) = check_and_compile(source.as_str(), purpose);
    let answer = wire::encode_answer(&report, output.as_ref()).expect("a report is JSON");
    wire::decode_answer(&answer).expect("a module or errors, and not both")
}
