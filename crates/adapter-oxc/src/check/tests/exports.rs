use super::{ACCEPTED, check_source, errors};

#[test]
fn default_exports_that_react_can_render_are_accepted() {
    for source in [
        "export default function () { return null; }",
        "export default () => null;",
        "import React from 'react'; export default class extends React.Component { render() { return null; } }",
        "import { Component } from 'react'; class A extends Component {} export default A;",
        "const A = () => null; export default A;",
        "const A = function () { return null; }; export { A as default };",
        "function A() {} const B = A; export default B;",
        "import { forwardRef, memo } from 'react'; export default memo(forwardRef(function A(props, ref) { return null; }));",
        "import React from 'react'; const A = () => null; export default React.memo(A);",
        "const withTheme = (x) => x; const A = withTheme(() => null); export default A;",
        "let A; A = () => null; export default A;",
        "const { A } = { A: () => null }; export default A;",
        "const a = { A: () => null }; export default a.A;",
        "const A = true ? () => null : function () {}; export default (A);",
        "export const helper = 1; export default () => null; export { helper as other };",
        "export default A; function A() {}",
    ] {
        assert_eq!(errors(&check_source(source)), [""; 0], "{source}");
    }
}

#[test]
fn default_exports_that_react_cannot_render_are_refused_with_a_description() {
    for (source, place, what) in [
        ("export default 1;", "1:16", "a number"),
        ("export default 'x';", "1:16", "a string"),
        ("export default {};", "1:16", "an object"),
        ("export default [];", "1:16", "an array"),
        ("export default <p />;", "1:16", "an element instead of a function"),
        ("const a = <p />; export default a;", "1:33", "an element instead of a function"),
        ("export default async () => null;", "1:16", "an async function"),
        ("export default async function A() {}", "1:16", "an async function"),
        ("export default function* A() {}", "1:16", "a generator function"),
        ("export default class A {}", "1:16", "a class that extends nothing"),
        ("let A; export default A;", "1:23", "a variable with no value"),
        ("import { memo } from 'react'; export default memo;", "1:46", "something imported"),
        ("export { Fragment as default } from 'react';", "1:10", "something of another module"),
        ("export * as default from 'react';", "1:1", "a whole module"),
        ("export default Map;", "1:16", "`Map`, a global of the browser"),
        ("import { memo } from 'react'; export default memo(<p />);", "1:46", "an element instead of a function"),
        ("export default true ? () => null : 1;", "1:16", "a number"),
        ("export default new Map();", "1:16", "an instance of a class"),
        ("const a = 1; export { a as default };", "1:23", "a number"),
        ("const a = b; const b = a; export default null;", "1:42", "null"),
    ] {
        let report = check_source(source);
        assert_eq!(errors(&report), [format!("{place} invalid-default-export")], "{source}");
        assert!(report.errors[0].message.contains(what), "{source}: {}", report.errors[0].message);
    }
}

#[test]
fn cyclic_constants_do_not_hang_the_check() {
    for source in ["const A = B, B = A; export default A;", "const A = true ? A : A; export default A;"] {
        assert_eq!(errors(&check_source(source)), [""; 0], "{source}");
    }
}

#[test]
fn there_is_exactly_one_default_export() {
    for source in ["function A() { return null; }", "export const A = 1;", "export const a = () => null;", ";"] {
        assert_eq!(errors(&check_source(source)), ["1:1 no-default-export"], "{source}");
    }
    assert_eq!(
        errors(&check_source("export default () => null;\nexport default function B() {}")),
        ["2:8 multiple-default-exports"]
    );
    assert_eq!(
        errors(&check_source("const A = () => null; export { A as default };\nexport default A;")),
        ["2:8 multiple-default-exports"]
    );
}

#[test]
fn the_only_exported_component_needs_no_default_export() {
    for source in [
        "export function A() { return null; }",
        "export const A = () => null;",
        "function A() { return null; } export { A };",
        "function a() { return null; } export { a as A, a as B };",
        "import { memo } from 'react'; export const A = memo(() => null);",
        "import { Component } from 'react'; export class A extends Component {}",
        "export const SIZES = [1], NAMES = { a: 1 }; export const useA = () => 1; export const A = () => SIZES[0];",
        "import React from 'react'; export const Theme = React.createContext(1); export function A() { return null; }",
        "export async function Load() {} export function A() { return null; }",
        "export function A({ list }) { return list.map((a) => <A key={a.id} list={a.list} />); }",
        "export { memo as Memo } from 'react'; export function A() { return null; }",
        "import { memo as Memo } from 'react'; export { Memo }; export function A() { return null; }",
    ] {
        assert_eq!(check_source(source), ACCEPTED, "{source}");
    }
}

#[test]
fn of_several_exported_components_the_one_that_the_others_do_not_use_is_shown_with_a_warning() {
    for (source, column) in [
        ("export function Row() { return null; } export function App() { return <Row />; }", 56),
        ("export const App = () => list.map(Row); export const Row = () => null; const list = [];", 14),
        ("const Row = () => null, App = () => <Row />; export { Row, App }; App.displayName = 'App';", 25),
        (
            "export function A() { return <B />; } function B() { return <C />; } export function C() { return null; }",
            17,
        ),
        ("import { memo } from 'react'; export const A = () => null; export const B = memo(A);", 73),
    ] {
        let report = check_source(source);
        let [warning] = report.warnings.as_slice() else { panic!("{source}\n{report:#?}") };
        assert_eq!(
            (warning.code.as_str(), warning.column, report.errors.len()),
            ("chosen-export", column, 0),
            "{source}"
        );
        let remedy = warning.message.split('`').find(|it| it.starts_with("export default")).unwrap();
        assert_eq!(check_source(&format!("{source}\n{remedy}")), ACCEPTED, "{remedy}");
    }
}

#[test]
fn exported_components_of_which_none_is_the_root_are_refused_by_their_names() {
    let start = "Component must have a default export: add `export default A;`";
    for (source, names) in [
        ("export function A() { return null; } export function B() { return null; }", "`B`"),
        ("export function A() { return <B />; } export function B() { return <A />; }", "`B`"),
        ("export const A = () => <B />; export const B = () => null; export const C = () => null;", "`C`"),
        (
            "const f = () => null; export const A = f(), B = f(), C = f(), D = f(), E = f(), F = f(), G = f();",
            "`B`, `C`, `D`, `E`, `F`, …",
        ),
    ] {
        let report = check_source(source);
        assert_eq!(errors(&report), ["1:1 no-default-export"], "{source}");
        assert_eq!(report.errors[0].message, format!("{start}, or the same with {names}, to choose what is shown"));
        assert_eq!(check_source(&format!("{source} export default A;")), ACCEPTED, "{source}");
    }
}
