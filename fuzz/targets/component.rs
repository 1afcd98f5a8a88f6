//! The component check: it answers, twice the same, at places that are in the source.
#![no_main]

use adapter_oxc::fuzzing::{compile_stored, review};
use domain::{component::ComponentSource, limits::ERRORS};
use libfuzzer_sys::{Corpus, fuzz_target};
use ports::ComponentReview;

/// Brackets open at once. A look-ahead in a look-ahead doubles the parser's time, up to hours with a hundred bytes: that is
/// known, it is what workers are killed for after two seconds, and what `adapter-oxc/tests/attack` tries. The deepest of the
/// pre-built components has 14 open.
const OPEN: usize = 18;

fuzz_target!(|text: &str| -> Corpus {
    let Ok(source) = ComponentSource::parse(text) else { return Corpus::Reject };
    if most_open(text) > OPEN {
        return Corpus::Reject;
    }
    fuzz::on_a_deep_stack(move || promises(&source));
    Corpus::Keep
});

fn promises(source: &ComponentSource) {
    let found = review(source);
    assert_eq!(review(source), found, "the same source, the same answer");
    places_are_in(source.as_str(), &found);
    if let Ok(module) = &found.verdict {
        assert_eq!(compile_stored(source).verdict.as_ref(), Ok(module), "what was saved is rendered as it was checked");
        let longer = ComponentSource::parse(&format!("{}\n", source.as_str())).expect("no larger than a source may be");
        let code = |review: &ComponentReview| review.verdict.as_ref().map(|module| code_of(module.code()).to_owned());
        assert_eq!(code(&review(&longer)), code(&found), "a line break at the end changes nothing");
    }
}

/// A module without its last line, which names the source map: that holds the source.
fn code_of(module: &str) -> &str {
    module.rsplit_once("//# sourceMappingURL=").map_or(module, |(code, _)| code)
}

fn places_are_in(source: &str, review: &ComponentReview) {
    assert!(review.errors().len() <= ERRORS && review.warnings.len() <= ERRORS, "{review:?}");
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

/// The most brackets that are open at once, those of elements and type arguments included, without regard to strings.
fn most_open(text: &str) -> usize {
    let (mut open, mut most) = ([0_usize; 4], 0);
    for byte in text.bytes() {
        if let Some(kind) = b"([{<".iter().position(|it| *it == byte) {
            open[kind] += 1;
            most = most.max(open.iter().sum());
        } else if let Some(kind) = b")]}>".iter().position(|it| *it == byte) {
            open[kind] = open[kind].saturating_sub(1);
        }
    }
    most
}
