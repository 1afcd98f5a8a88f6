//! What components throw.

use ports::SourcePosition;

use crate::support::{Fixture, returning};

pub(crate) async fn a_thrown_error_has_the_position_in_the_source(fixture: &Fixture) {
    let source = "// \u{1f600} A comment.
const greeting = 'grüße \u{1f600}';

function Row({ item }) {
    return <li>{greeting}{item.name.first}</li>;
}

export default function Widget() {
    return <ul>{[{}].map((item, at) => <Row key={at} item={item} />)}</ul>;
}
";
    let error = fixture.error(source).await;
    assert!(error.message.starts_with("TypeError: ") && error.message.contains("first"), "{error:?}");
    let position = error.position.unwrap();
    assert_eq!(position.line, 5);
    let line = source.lines().nth(4).unwrap();
    let [from, to] = ["item.name.first", "}</li>"].map(|part| line.find(part).unwrap() as u32 + 1);
    assert!((from..=to).contains(&position.column), "{position:?}");

    let at_load = fixture.error("const a = 1;\nmissing.x;\nexport default () => a;").await;
    assert_eq!(at_load.position.map(|position| position.line), Some(2), "{at_load:?}");
    let in_library = fixture.error("export default function Widget() {\n  return 'a'.repeat(-1);\n}").await;
    assert_eq!(in_library.position.map(|position| position.line), Some(2), "{in_library:?}");
}

pub(crate) async fn mistakes_that_react_finds_are_errors(fixture: &Fixture) {
    let cases = [
        (returning("<p>{{ a: 1 }}</p>"), "Objects are not valid as a React child"),
        (format!("const Missing = undefined;\n{}", returning("<Missing />")), "Element type is invalid"),
        ("const a = 1;".to_owned(), "the module exports no component"),
        ("export default 5;".to_owned(), "Element type is invalid"),
        (
            "import { useState } from 'react';\nexport default function Widget() { const [n, set] = useState(0); set(n + 1); return n; }"
                .to_owned(),
            "Too many re-renders",
        ),
        (returning("<p style=\"color: red\">a</p>"), "style"),
        ("await new Promise(() => {});\nexport default () => null;".to_owned(), "The module waits for a promise"),
    ];
    for (source, expected) in cases {
        let error = fixture.error(&source).await;
        assert!(error.message.contains(expected), "{error:?} of {source}");
    }
    let error = fixture
        .error("\nconst Missing = undefined;\nexport default function Widget() {\n  return <Missing />;\n}")
        .await;
    assert!(matches!(error.position, Some(SourcePosition { line: 3 | 4, .. })), "{error:?}");
}

pub(crate) async fn values_that_are_no_errors_are_described(fixture: &Fixture) {
    for (thrown, expected) in [
        ("'no data'", "a value that is not an error: no data"),
        ("null", "The component threw null"),
        ("{ toString() { throw 1; } }", "cannot be read"),
    ] {
        let error = fixture.error(&format!("export default function Widget() {{ throw {thrown}; }}")).await;
        assert!(error.message.contains(expected), "{error:?}");
    }
    assert!(
        fixture.error("throw 1;\nexport default () => null;").await.message.contains("a value that is not an error")
    );
}
