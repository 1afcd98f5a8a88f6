use super::{check_source, errors, with};

#[test]
fn syntax_and_semantic_errors_have_a_position_and_the_parsers_message() {
    for (source, place, message) in [
        ("x = ;", "1:5", "Syntax error: Unexpected token `;`"),
        ("\n\n  const s = 'open", "3:13", "Syntax error: Unterminated string"),
        ("const a = 1;\r\nconst a = 2;", "2:7", "Syntax error: Identifier `a` has already been declared"),
        ("export { nope };", "1:10", "Syntax error: Export 'nope' is not defined"),
        ("const A = () => <div></span>;", "1:24", "Syntax error: Expected corresponding JSX closing tag for 'div'"),
        (
            "const A = () => <div>",
            "1:22",
            "Syntax error: Unexpected token: the source ends here; close what is still open",
        ),
        ("return 1;", "1:1", "Syntax error: A 'return' statement can only be used within a function body"),
        ("with (a) {}", "1:1", "Syntax error: 'with' statements are not allowed"),
        ("const é = \"😀\"; x = ;", "1:21", "Syntax error: Unexpected token `;`"),
        ("\u{feff}x = ;", "1:5", "Syntax error: Unexpected token `;`"),
    ] {
        let report = check_source(source);
        assert_eq!(errors(&report), [format!("{place} syntax")], "{source}");
        assert_eq!(report.errors[0].message, message, "{source}");
    }
}

#[test]
fn a_regular_expression_is_checked_as_well() {
    let report = check_source(&with("const r = /(?<a>x)(?<a>y)/;"));
    assert_eq!(errors(&report), ["1:15 syntax"]);
    assert!(report.errors[0].message.starts_with("Syntax error: Invalid regular expression"));
    assert_eq!(errors(&check_source(&with("const r = /(?<a>x)|(?<a>y)/v;"))), [""; 0]);
}

#[test]
fn after_a_syntax_error_no_other_rule_is_checked() {
    assert_eq!(errors(&check_source("eval('1');\nimport x from 'lodash';\nx = ;")), ["3:5 syntax"]);
}

#[test]
fn errors_are_in_source_order_and_at_most_fifty() {
    let report = check_source(&with("fetch(1); eval(2);\nimport x from 'y'; localStorage;"));
    assert_eq!(errors(&report), ["1:1 no-network", "1:11 no-eval", "2:15 no-import", "2:20 no-storage"]);
    let report = check_source(&with(&"eval(1);".repeat(1000)));
    assert_eq!(report.errors.len(), 50);
    assert_eq!(report.errors[49].column, 49 * 8 + 1);
    let report = check_source(&"const a = 1;\n".repeat(1000));
    assert_eq!(report.errors.len(), 50);
}

#[test]
fn a_message_never_contains_a_long_name() {
    let report = check_source(&format!("export {{ {} }};", "x".repeat(100_000)));
    assert!(report.errors[0].message.len() < 2_000);
    let report = check_source(&with(&format!("import x from '{}';", "y".repeat(100_000))));
    assert!(report.errors[0].message.len() < 500);
}

#[test]
fn trees_that_are_too_deep_are_refused_with_the_position() {
    let nested =
        |depth: usize| format!("const A = () => {}{};\nexport default A;", "<p>".repeat(depth), "</p>".repeat(depth));
    assert_eq!(errors(&check_source(&nested(100))), [""; 0]);
    let report = check_source(&nested(250));
    assert_eq!(report.errors.len(), 1);
    assert_eq!((report.errors[0].line, report.errors[0].code.as_str()), (1, "too-complex"));
    assert!(report.errors[0].column > 500 && report.errors[0].message.starts_with("Component too complex"));
}
