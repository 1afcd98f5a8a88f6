//! Prints the hostile sources of the tests for `scripts/attack`: one JSON object a line, with the kind of source (`shape`,
//! `killer`, `policy`), a name, the source, whether it is accepted, and the code of its errors if that is known.
#![expect(clippy::unwrap_used, reason = "a tool of the tests may panic as a test itself may")]

#[path = "../src/check/tests/every_rule/cases/mod.rs"]
mod cases;
#[path = "../tests/attack/corpus.rs"]
mod corpus;
#[path = "../src/tailwind/tests/hostile.rs"]
mod hostile;
#[path = "../tests/it/killers/sources.rs"]
mod killers;

use std::io::{self, BufWriter, Write as _};

use serde_json::json;

use self::{
    cases::{caught_and_left, source_of},
    corpus::{SIZES, shapes},
};

/// The rules that only warn.
const WARNINGS: [&str; 10] = [
    "inline-style",
    "missing-key",
    "conditional-hook",
    "unmatched-style",
    "no-dialog",
    "other-host",
    "default-props",
    "blocked-resource",
    "image-alt",
    "button-name",
];

/// The expected result for a source.
enum Says<'a> {
    /// It is refused, for any reason.
    Refused,
    /// It is refused by this rule.
    Rule(&'a str),
    /// It is accepted.
    Accepted,
}

struct Lines<W: io::Write>(W);

impl<W: io::Write> Lines<W> {
    fn put(&mut self, item: &str, name: &str, source: &str, says: &Says<'_>) {
        let (accepted, code) = match says {
            Says::Refused => (false, None),
            Says::Rule(code) => (false, Some(code)),
            Says::Accepted => (true, None),
        };
        let line = json!({"item": item, "name": name, "source": source, "accepted": accepted, "code": code});
        writeln!(self.0, "{line}").unwrap();
    }
}

fn main() {
    let mut lines = Lines(BufWriter::new(io::stdout().lock()));
    for shape in shapes() {
        for size in SIZES {
            let name = |form: &str| format!("{} {form}, {size:?}", shape.name);
            lines.put("shape", &name("closed"), &shape.closed(size), &Says::Refused);
            lines.put("shape", &name("open"), &shape.unclosed(size), &Says::Refused);
        }
    }
    for (name, source) in killers::killers() {
        lines.put("killer", name, &source, &Says::Refused);
    }
    for classes in hostile::HOSTILE {
        lines.put("policy", classes, &hostile::component(classes), &Says::Accepted);
    }
    for (name, source) in hostile::past_limits() {
        lines.put("policy", name, &source, &Says::Rule("too-complex"));
    }
    let of_tests = cases::cases().into_iter().map(|it| (it.rule.to_owned(), it.refused, it.accepted));
    for (rule, refused, accepted) in of_tests.chain(caught_and_left()) {
        // A source with warnings is accepted.
        let warns = WARNINGS.contains(&rule.as_str());
        let refusal = if warns { Says::Accepted } else { Says::Rule(&rule) };
        refused.iter().for_each(|case| lines.put("policy", case, &source_of(case), &refusal));
        accepted.iter().for_each(|case| lines.put("policy", case, &source_of(case), &Says::Accepted));
    }
    lines.0.flush().unwrap();
}
