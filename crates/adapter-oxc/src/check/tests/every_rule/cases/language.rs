//! Cases of syntax, modules and warnings.

use super::{Case, case};

/// The documented maximum depth of a syntax tree.
const MAX_DEPTH: u32 = 200;

pub(super) fn syntax() -> Vec<Case> {
    let nested = |open: &str, close: &str, depth: u32| {
        format!("const A = {}1{};", open.repeat(depth as usize), close.repeat(depth as usize))
    };
    vec![
        case(
            "syntax",
            &[
                "const a = ;",
                "let a, a;",
                "if (true) { break; }",
                "const r = /(/;",
                "const A = () => <a></b>;",
                "delete name;",
            ],
            &["const a = /[/]/u;", "const f = ({ a = 1 } = {}) => a ?? 2;", "const A = () => <a.b c={<d />}>e</a.b>;"],
        ),
        case(
            "typescript",
            &["const a: string = '';", "interface A {}", "const f = (a?: number) => a;", "const a = b as C;"],
            &["const type = 1;", "const o = { as: 1, readonly: 2 };", "const f = (a, b) => a < b;"],
        ),
        case(
            "unsupported-syntax",
            &[
                "@a class B {}",
                "class A { accessor b; }",
                "const A = () => <a:b />;",
                "const A = (p) => <p>{...p}</p>;",
            ],
            &["class A { b = 1; static #c; }", "const A = (p) => <p {...p}>{p.items}</p>;"],
        ),
        Case {
            rule: "too-complex",
            refused: vec![
                nested("(", ")", MAX_DEPTH),
                nested("[", "]", MAX_DEPTH),
                nested("<p>", "</p>", MAX_DEPTH),
                nested("{ a: ", "}", MAX_DEPTH / 2 + 1).replace("= {", "= ({").replace("};", "});"),
            ],
            accepted: vec![nested("(", ")", MAX_DEPTH / 2), nested("<p>", "</p>", MAX_DEPTH / 2)],
        },
    ]
}

pub(super) fn module() -> Vec<Case> {
    vec![
        case(
            "no-default-export",
            &[
                "/* whole */ const A = () => null;",
                "/* whole */ export const A = 1;",
                "/* whole */ module.exports = 1;",
            ],
            &["export default () => null;", "const A = () => null; export { A as default };"],
        ),
        case(
            "multiple-default-exports",
            &[
                "export default () => null; export default function B() {}",
                "const A = () => null; export { A as default }; export default A;",
                "export default class extends A {} export { B as default }; const B = 1; class A {}",
            ],
            &["export default () => null; export const b = 1;", "export default A; function A() {} export { A };"],
        ),
        case(
            "invalid-default-export",
            &[
                "export default <p />;",
                "export default 'A';",
                "export default async () => null;",
                "export default class {}",
            ],
            &["export default memo(() => null);", "export default class extends A {} class A {}"],
        ),
        case(
            "no-import",
            &[
                "import a from './a';",
                "import 'https://a.b/c.js';",
                "export * from 'lodash';",
                "import a from 'react/x';",
            ],
            &["import React, { useState } from 'react';", "export { memo } from 'react';"],
        ),
        case(
            "no-dynamic-import",
            &["import('react');", "const f = (x) => import(x);", "const p = import(`./${1}`);"],
            &["const o = { import: 1 }; o.import;", "const text = 'import(x)'; // import(x)"],
        ),
        case(
            "no-require",
            &["require('x');", "const r = require;", "window['require']('x');", "const { require: r } = globalThis;"],
            &["const f = (require) => require('x');", "const r = typeof require;", "const o = { require: 1 }.require;"],
        ),
        case(
            "no-import-meta",
            &["import.meta;", "const { url } = import.meta;", "const f = () => import.meta.env;"],
            &["const o = { meta: 1 }.meta;", "const text = 'import.meta';"],
        ),
        case(
            "no-top-level-await",
            &["await null;", "for await (const a of []) a;", "const a = [await 1];", "{ await 1; }"],
            &["const f = async () => await 1;", "async function f() { for await (const a of []) a; }"],
        ),
    ]
}

pub(super) fn warnings() -> Vec<Case> {
    vec![
        case(
            "inline-style",
            &[
                "const A = () => <p style={{ top: 1 }} />;",
                "const A = () => <p style='top: 1' />;",
                "const A = () => createElement('p', { style: 1 });",
            ],
            &["const A = () => <Box style=\"dark\" />; const Box = () => null;", "const style = { style: 1 };"],
        ),
        case(
            "missing-key",
            &[
                "const A = (l) => l.map((x) => <p />);",
                "const A = (l) => l.map((x) => <></>);",
                "const A = (l) => l.flatMap((x) => x && <p />);",
            ],
            &["const A = (l) => l.map((x) => <p key={x} />);", "const A = (l) => l.map((x) => <p {...x} />);"],
        ),
        case(
            "conditional-hook",
            &[
                "function A(p) { if (p) useState(); }",
                "function A(p) { return p && React.useMemo(); }",
                "function A(p) { for (;;) useState(); }",
            ],
            &["function A() { const a = useState(); return a; }", "const used = (user) => user && user.use();"],
        ),
    ]
}
