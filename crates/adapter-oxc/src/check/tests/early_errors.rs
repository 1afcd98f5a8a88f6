use super::{check_source, each_breaks, each_passes, errors};

#[test]
fn a_jump_out_of_a_function_is_an_error() {
    each_breaks(
        "syntax",
        &[
            ("for (;;) { [].map(() => { break; }); }", 27),
            ("for (const x of []) { [].map(() => { if (x) continue; return 1; }); }", 45),
            ("x: for (;;) { (() => { break x; })(); }", 24),
            ("x: for (;;) { (() => { for (;;) continue x; })(); }", 33),
            ("switch (1) { case 1: (() => { break; })(); }", 31),
            ("for (;;) { (() => { switch (1) { case 1: continue; } })(); }", 42),
            ("for (;;) { (function () { break; })(); }", 27),
        ],
    );
    each_passes(&[
        "[].map(() => { for (;;) { break; } x: { break x; } });",
        "[].map((x) => { switch (x) { case 1: break; } while (x) { switch (x) { case 1: continue; } } return x; });",
        "x: for (;;) { y: for (;;) { if (1) continue x; break y; } }",
    ]);
}

#[test]
fn an_invalid_modifier_of_a_class_member_is_an_error() {
    each_breaks(
        "syntax",
        &[
            ("class A { async x; }", 11),
            ("class A { static async x = 1; }", 11),
            ("class A { async /* */ [1]; }", 11),
            ("class A { default x; }", 11),
            ("class A { default static x() {} }", 11),
            ("class A { static default get x() { return 1; } }", 11),
        ],
    );
    each_passes(&[
        "class A { async; default; x; }",
        "class A { async = 1; static default = 2; static async; }",
        "class A { static /* async */ x; static // default\n y; /* async */ static z; }",
        "class A { async x() {} async *['default']() {} static async default() {} }",
    ]);
}

#[test]
fn a_comma_in_a_jsx_spread_is_an_error() {
    each_breaks("syntax", &[("const A = (p) => <p {...p, p} />;", 25)]);
    each_passes(&["const A = (p) => <p {...(p, p)} />;"]);
}

#[test]
fn a_decorator_that_the_parser_drops_is_reported() {
    each_breaks(
        "unsupported-syntax",
        &[("@(eval('1')) export {};", 1), ("/* é */ @x export * from 'react';", 9), (";@x export {};", 2)],
    );
    assert_eq!(
        errors(&check_source("'use client';\n@(fetch('/x')) export { A as default }; const A = () => null;")),
        ["2:1 unsupported-syntax"]
    );
    each_passes(&["/* @a */ export {};", "const a = 1; // @a\nexport { a };"]);
}

#[test]
fn after_an_early_error_no_other_rule_is_checked() {
    assert_eq!(errors(&check_source("eval('1'); class A { async x; }")), ["1:22 syntax"]);
}

#[test]
fn a_function_with_type_parameters_and_no_name_is_an_error() {
    each_breaks("syntax", &[("function <T>() {}", 1), ("if (1) { async function* <T>() {} }", 10)]);
    assert_eq!(errors(&check_source("export default function <T,>(p: T) { return null; }")), [""; 0]);
}
