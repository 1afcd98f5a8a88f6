//! The component checker: it always answers, deterministically, with positions inside the source.
#![no_main]

use adapter_oxc::fuzzing::{compile_stored, review};
use domain::{component::ComponentSource, limits::MAX_ERRORS};
use libfuzzer_sys::{Corpus, fuzz_target};
use ports::ComponentReview;

/// Maximum nesting of brackets in an input. A known weakness is excluded: each nested look-ahead doubles the parser's time, up
/// to hours with a hundred bytes. The service kills such workers, and `adapter-oxc/tests/attack` tests that. The pre-built
/// components have at most 14 open brackets.
const MAX_OPEN_BRACKETS: usize = 18;

fuzz_target!(|text: &str| -> Corpus {
    let Ok(source) = ComponentSource::parse(text) else { return Corpus::Reject };
    if max_open_brackets(text) > MAX_OPEN_BRACKETS {
        return Corpus::Reject;
    }
    fuzz::run_on_deep_stack(move || check_promises(&source));
    Corpus::Keep
});

fn check_promises(source: &ComponentSource) {
    let found = review(source);
    assert_eq!(review(source), found, "the review is deterministic");
    assert_positions_inside(source.as_str(), &found);
    if let Ok(module) = &found.outcome {
        assert_eq!(compile_stored(source).outcome.as_ref(), Ok(module), "a saved source compiles to the same module");
        let longer = ComponentSource::parse(&format!("{}\n", source.as_str())).expect("no larger than a source may be");
        let code = |review: &ComponentReview| review.outcome.as_ref().map(|module| code_of(module.code()).to_owned());
        assert_eq!(code(&review(&longer)), code(&found), "a line break at the end changes nothing");
    }
}

/// A module without its last line, which names the source map: that holds the source.
fn code_of(module: &str) -> &str {
    module.rsplit_once("//# sourceMappingURL=").map_or(module, |(code, _)| code)
}

fn assert_positions_inside(source: &str, review: &ComponentReview) {
    assert!(review.errors().len() <= MAX_ERRORS && review.warnings.len() <= MAX_ERRORS, "{review:?}");
    let shown = source.strip_prefix('\u{feff}').unwrap_or(source);
    let unified = shown.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = unified.split('\n').collect();
    for error in review.errors() {
        assert!(!error.message.is_empty() && !error.code.is_empty(), "{error:?}");
        let line = (error.line as usize).checked_sub(1).and_then(|line| lines.get(line));
        let units = line.unwrap_or_else(|| panic!("no such line: {error:?}")).encode_utf16().count();
        assert!((1..=units + 1).contains(&(error.column as usize)), "no such column: {error:?}");
    }
}

/// The maximum number of open brackets, including angle brackets. Counts those in strings too.
fn max_open_brackets(text: &str) -> usize {
    let (mut open, mut max) = ([0_usize; 4], 0);
    for byte in text.bytes() {
        if let Some(kind) = b"([{<".iter().position(|it| *it == byte) {
            open[kind] += 1;
            max = max.max(open.iter().sum());
        } else if let Some(kind) = b")]}>".iter().position(|it| *it == byte) {
            open[kind] = open[kind].saturating_sub(1);
        }
    }
    max
}
