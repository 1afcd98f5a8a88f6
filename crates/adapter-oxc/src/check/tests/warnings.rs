use domain::component::INLINE_STYLE_WARNING;

use super::{ACCEPTED, check_source, with};

/// Follows each statement, since most use React.
const REACT: &str = "import React, { memo, use, useEffect, useMemo, useState } from 'react';";

/// Each statement, before a component, is accepted without a warning.
#[track_caller]
fn each_passes(cases: &[&str]) {
    for statement in cases {
        assert_eq!(check_source(&with(&format!("{statement} {REACT}"))), ACCEPTED, "{statement}");
    }
}

/// Each statement, before a component, is accepted with one warning in line 1 whose message begins with `begins`.
#[track_caller]
fn each_warns(begins: &str, cases: &[&str]) {
    for statement in cases {
        let report = check_source(&with(&format!("{statement} {REACT}")));
        assert!(report.errors.is_empty(), "{statement}\n{report:#?}");
        let [warning] = report.warnings.as_slice() else { panic!("{statement}\n{report:#?}") };
        assert!(warning.line == 1 && warning.message.starts_with(begins), "{statement}\n{report:#?}");
    }
}

#[test]
fn inline_styles_cause_one_warning_with_the_references_wording() {
    let source = with("const A = () => <p style={{ color: 'red' }}><b style={x}>a</b></p>;\nconst x = {};");
    let report = check_source(&source);
    let warnings: Vec<String> = report.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(warnings, [INLINE_STYLE_WARNING]);
    assert!(report.errors.is_empty());
    each_warns(
        INLINE_STYLE_WARNING,
        &[
            "const A = () => <Box style={{ top: 1 }} />; const Box = () => null;",
            "const A = () => React.createElement('p', { style: { top: 1 } });",
        ],
    );
    each_passes(&[
        "const A = () => <Box style=\"dark\" />; const Box = () => null;",
        "const A = () => <style>{'p { color: red }'}</style>;",
        "const chart = { style: 'dark' };",
    ]);
}

#[test]
fn list_elements_without_a_key_cause_a_warning() {
    each_warns(
        "an element made for each item of a list has no `key`",
        &[
            "const A = ({ l }) => l.map((x) => <li>{x}</li>);",
            "const A = ({ l }) => l?.map(function (x) { return (<li>{x}</li>); });",
            "const A = ({ l }) => l.map((x) => { if (x) { return <li key={x} />; } return <li />; });",
            "const A = ({ l }) => l.map((x) => x ? <li key={x} /> : <li />);",
            "const A = ({ l }) => l.map((x) => x && <li />);",
            "const A = ({ l }) => l.flatMap((x) => <li />);",
            "const A = ({ n }) => Array.from({ length: n }, () => <li />);",
            "const row = (x) => <li />; const A = ({ l }) => l.map(row);",
            "function row(x) { return <li />; } const A = ({ l }) => l.map(row);",
        ],
    );
    each_warns("a fragment", &["const A = ({ l }) => l.map((x) => <><b /></>);"]);
    each_passes(&[
        "const A = ({ l }) => l.map((x) => <li key={x} />);",
        "const A = ({ l }) => l.map((x) => <li {...x} />);",
        "const A = ({ l }) => l.map((x) => x.name);",
        "const A = ({ l }) => l.map((x) => { const f = () => <b />; return <li key={x}>{f()}</li>; });",
        "const A = ({ children }) => React.Children.map(children, (x) => <li>{x}</li>);",
        "const A = ({ l }) => l.filter((x) => <li />);",
    ]);
}

#[test]
fn hooks_that_are_not_called_in_every_render_cause_a_warning() {
    let at = |place: &str| format!("the hook `useState` is called {place};");
    each_warns(
        &at("under a condition"),
        &[
            "function A(p) { if (p.x) { useState(1); } return null; }",
            "function A(p) { const a = p.x ? useState(1) : 2; return a; }",
            "function A(p) { const a = p.x && useState(1); return a; }",
            "function A(p) { switch (p.x) { case 1: useState(1); } return null; }",
        ],
    );
    each_warns(
        &at("in a loop"),
        &[
            "function A(p) { for (const x of p.l) { useState(x); } return null; }",
            "function A(p) { while (p.x) useState(1); }",
        ],
    );
    each_warns(&at("after a return"), &["function A(p) { if (p.x) return null; const a = useState(1); return a; }"]);
    each_warns(&at("in a callback"), &["function A(p) { return p.l.map((x) => useState(x)); }"]);
    each_warns(&at("outside of a component"), &["const a = useState(1);"]);
    each_warns("the hook `useMemo`", &["function A(p) { if (p.x) { React.useMemo(() => 1); } return null; }"]);
    each_passes(&[
        "function A(p) { const [a] = useState(1); if (a) { return null; } return a; }",
        "function A(p) { if (useState(1)) { return 1; } return 2; }",
        "function A(p) { return useState(1); }",
        "const A = memo((p) => { const [a] = useState(1); return a; });",
        "function A(p) { for (const x of useState([])) { x(); } return null; }",
        "function A(p) { useEffect(() => { if (p.x) { return () => {}; } }); const b = useState(1); return b; }",
        "function A(p) { if (p.x) { return use(p.y); } return null; }",
        "const user = (x) => x, useful = user(1);",
        "const f = (p) => { if (p) { p.useThing(); } };",
    ]);
}
