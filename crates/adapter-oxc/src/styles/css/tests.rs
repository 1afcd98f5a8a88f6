use super::*;

/// Scopes a text in which `$0`, `$1` stand for values; the class is written `x`.
fn scoped(text: &str) -> Result<String, Problem> {
    let mut marked = text.to_owned();
    for index in 0..10_u32 {
        let marker = char::from_u32(FIRST_VALUE as u32 + index).unwrap();
        marked = marked.replace(&format!("${index}"), &marker.to_string());
    }
    let mut names = BTreeSet::new();
    collect_keyframes(&marked, &mut names)?;
    let mut out = scope(&marked, &names, &mut Vec::new())?.replace(CLASS, "x");
    for index in 0..10_u32 {
        let marker = |first: char| char::from_u32(first as u32 + index).unwrap();
        out = out.replace(marker(FIRST_VALUE), &format!("${index}"));
        out = out.replace(marker(FIRST_ANIMATION), &format!("~{index}"));
    }
    Ok(out)
}

#[track_caller]
fn each_becomes(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(scoped(text).unwrap_or_else(|problem| panic!("{text}: {problem:?}")), *expected, "{text}");
    }
}

#[track_caller]
fn each_selector_becomes(cases: &[(&str, &str)]) {
    for (selector, expected) in cases {
        let out = scoped(&format!("{selector}{{}}")).unwrap_or_else(|problem| panic!("{selector}: {problem:?}"));
        assert_eq!(out, format!("{expected}{{}}"), "{selector}");
    }
}

#[test]
fn every_compound_of_a_selector_gets_the_class() {
    each_selector_becomes(&[
        ("p", "p.x"),
        ("*", "*.x"),
        (".a .b > #c + d ~ e", ".a.x .b.x>#c.x+d.x~e.x"),
        (" .a ,\n .b ", ".a.x,.b.x"),
        ("a:hover", "a.x:hover"),
        (":hover", ".x:hover"),
        ("a::before", "a.x::before"),
        ("li:nth-child(2n + 1)::marker", "li.x:nth-child(2n + 1)::marker"),
        ("svg|a, |b, *|c", "svg|a.x,|b.x,*|c.x"),
        ("col || td", "col.x||td.x"),
        ("[title=\"a, ]b{\"] .c", "[title=\"a, ]b{\"].x .c.x"),
        ("a[href^='x' i]:not([b])", "a[href^='x' i].x:not([b])"),
        (".sm\\:flex .a\\,b", ".sm\\:flex.x .a\\,b.x"),
        (".日本 é", ".日本.x é.x"),
    ]);
}

#[test]
fn arguments_of_pseudo_classes_are_kept_and_do_not_split_a_selector() {
    each_selector_becomes(&[
        (":is(h1, h2) b", ".x:is(h1, h2) b.x"),
        ("p:not(.a, .b > c)", "p.x:not(.a, .b > c)"),
        (":where(.a)", ".x:where(.a)"),
        (".card:has(> img, + p)", ".card.x:has(> img, + p)"),
        ("a:not(:global(.dark) b)", "a.x:not(:is(.dark) b)"),
    ]);
}

#[test]
fn global_selectors_are_kept() {
    each_selector_becomes(&[
        (":global(.a)", ".a"),
        ("p :global(.a > b) c", "p.x .a > b c.x"),
        (":global(body.dark) .a", "body.dark .a.x"),
        (".a:global(.b)", ".a.b.x"),
        (".a:global(b)", ".a:is(b).x"),
        (":global(.a, .b) c", ":is(.a, .b) c.x"),
        (":global(.a):hover", ".a:hover"),
        (":root", ":root"),
        (":root[data-theme=dark] .a", ":root[data-theme=dark] .a.x"),
    ]);
}

#[test]
fn nested_rules_are_scoped_and_the_parent_is_not_scoped_twice() {
    each_becomes(&[(
        ".a { color: red; &:hover { top: 0 } & .b, > c { left: 0 } .d & { } @media (x) { e: f; .g { h: i } } &.j :global(.k) { } }",
        ".a.x{color: red;&:hover{top: 0;}& .b.x,>c.x{left: 0;}.d.x &{}@media (x){e: f;.g.x{h: i;}}&.j .k{}}",
    )]);
}

#[test]
fn grouping_rules_hold_rules_and_descriptors_are_copied() {
    each_becomes(&[
        ("@media (min-width: 1px) { .a { b: c } }", "@media (min-width: 1px){.a.x{b: c;}}"),
        (
            "@supports (a: b) { @container card (w > 1px) { c { d: e } } }",
            "@supports (a: b){@container card (w > 1px){c.x{d: e;}}}",
        ),
        ("@layer a, b; @layer a { c { } }", "@layer a, b;@layer a{c.x{}}"),
        ("@scope (.a) to (.b, c) { :scope > d { } }", "@scope (.a.x) to (.b.x,c.x){:scope>d.x{}}"),
        ("@font-face { font-family: A; src: url(data:a;b) }", "@font-face{font-family: A;src: url(data:a;b);}"),
        ("@property --a { syntax: \"*\" }", "@property --a{syntax: \"*\";}"),
    ]);
}

#[test]
fn names_of_keyframes_are_scoped_where_they_are_defined_and_used() {
    each_becomes(&[
        (
            "@keyframes a { from { b: c } 50% { d: e } } .f { animation: 1s a, b 2s; animation-name: a }",
            "@keyframes a-x{from{b: c;}50%{d: e;}}.f.x{animation:1s a-x, b 2s;animation-name:a-x;}",
        ),
        (".f { animation: elsewhere 1s; color: a }", ".f.x{animation: elsewhere 1s;color: a;}"),
        (
            "@-webkit-keyframes a {} .f { -webkit-animation: a 1s; x: a }",
            "@-webkit-keyframes a-x{}.f.x{-webkit-animation:a-x 1s;x: a;}",
        ),
        ("@keyframes a {} .f { animation: $0 steps(a) 'a' }", "@keyframes a-x{}.f.x{animation:~0 steps(a) 'a';}"),
        ("@keyframes $0 {} .f { animation: $0 1s }", "@keyframes $0{}.f.x{animation: $0 1s;}"),
    ]);
}

#[test]
fn values_may_stand_for_parts_of_selectors_values_and_declarations() {
    each_becomes(&[
        (".a-$0 { top: $1px }", ".a-$0.x{top: $1px;}"),
        ("$0 .b { }", "$0.x .b.x{}"),
        (".a { $0: b; $1; c: d; $2 }", ".a.x{$0: b;$1;c: d;$2;}"),
        (".a {\n$0\n.b { } }", ".a.x{$0;.b.x{}}"),
        ("@media (min-width: $0px) { a { b: c } }", "@media (min-width: $0px){a.x{b: c;}}"),
    ]);
}

#[test]
fn everything_else_is_copied() {
    each_becomes(&[
        ("a { content: '}'; b: url( x;y ) }", "a.x{content: '}';b: url( x;y );}"),
        ("a { --b: { c: d; e }; --f:; }", "a.x{--b: { c: d; e };--f:;}"),
        ("a { b: c !important; grid: [d] 1fr / auto }", "a.x{b: c !important;grid: [d] 1fr / auto;}"),
        ("/* .a { */ b /* c */ .d/*e*/.f { g: h/*i*/j; k: '/*' }", "b.x .d.f.x{g: h/**/j;k: '/*';}"),
        ("a { content: \"é\\\"\"; }", "a.x{content: \"é\\\"\";}"),
    ]);
}

#[test]
fn what_cannot_be_scoped_is_refused_at_its_place() {
    for (text, offset, message) in [
        ("a { b: c", 2, "this `{` is not closed"),
        ("a { } }", 6, "this `}` closes nothing"),
        ("a { b: 'c\n' }", 7, "a string is not closed"),
        ("a { } /* b", 6, "a comment is not closed"),
        ("a { b: c(d; }", 8, "`(` has no counterpart"),
        ("a { b: url(c; }", 7, "a `url(` is not closed"),
        ("a:not(.b { }", 5, "`(` has no counterpart"),
        ("color: red;", 0, "this is no rule"),
        ("a, { }", 2, "a selector is missing"),
        ("a > { }", 2, "the selector ends with `>`"),
        ("a { &-b { } }", 4, "`&` followed by the rest of a name is Sass"),
        ("a { // b\n }", 4, "`//` starts no comment"),
        ("$a: 1;", 0, "`$` is Sass"),
        ("a { @include b; }", 4, "`@include` is not CSS"),
        ("@import 'a';", 0, "`@import` loads nothing"),
        ("a :global b { }", 2, "`:global` needs a selector"),
        ("a, b :host { }", 5, "`:host`"),
        (".a >>> .b { }", 3, "two combinators follow each other here: `>>`"),
        (".a { color: red\n .b { top: 0 } }", 10, "a `:` without a name"),
        (".a : hover { }", 3, "a `:` without a name"),
        ("a /deep/ b { }", 2, "`/` cannot stand here"),
        ("%a { }", 0, "`%` cannot stand here"),
        ("$0\n a { }", 0, "an expression cannot stand for rules"),
        ("@$0 { }", 0, "an expression cannot be the name of an at-rule"),
    ] {
        let problem = scoped(text).expect_err(text);
        assert_eq!(problem.offset, offset, "{text}: {problem:?}");
        assert!(problem.message.starts_with(message), "{text}: {problem:?}");
    }
}

#[test]
fn any_text_is_scoped_or_refused_without_recursion() {
    for piece in [
        "a{",
        "}",
        "(",
        ")",
        "[",
        "a:not(",
        "@media x{",
        "'",
        "\\",
        "url(",
        "/*",
        "*/",
        ":global(",
        "&",
        "é",
        ";",
        ",",
        "$0",
        "--a:{",
        ">",
    ] {
        for count in [1, 2, 20_000] {
            let text = piece.repeat(count);
            let _ = scoped(&text);
            let _ = scoped(&format!("a {{ {text}"));
            let _ = scoped(&format!("{text} {{ b: c }}"));
        }
    }
}
