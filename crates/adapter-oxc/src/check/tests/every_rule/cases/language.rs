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
            &[
                "const a = /[/]/u;",
                "const f = ({ a = 1 } = {}) => a ?? 2;",
                "const a = { b: () => null }, A = () => <a.b c={<d />}>e</a.b>;",
            ],
        ),
        case(
            "typescript",
            &[
                "enum Color { Red }",
                "namespace A { export const b = 1; }",
                "class A { constructor(private b: string) {} }",
                "import a = require('b');",
                "const a = 1; export = a;",
            ],
            &[
                "const a: string = '';",
                "interface A {} declare enum B { C }",
                "namespace A { export type B = 1; }",
                "class A { private b: string; }",
                "import type { A } from './types';",
            ],
        ),
        case(
            "unsupported-syntax",
            &[
                "const a = (x) => x; @a class B {}",
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
                "/* whole */ let a;",
                "/* whole */ export const A = () => null; export const B = () => null;",
                "/* whole */ export { memo as A } from 'react';",
            ],
            &[
                "export default () => null;",
                "const A = () => null; export { A as default };",
                "/* whole */ export const A = () => null;",
                "/* whole */ export function A() { return null; } export const useA = () => 1;",
            ],
        ),
        case(
            "wrapped-source",
            &[
                "```jsx\nexport default () => null;\n```",
                "Here is the component:\n\n```jsx\nexport default () => null;\n```",
                "Here is the component:\n\nexport default () => null;",
                "export default () => null;\n```\n\nIt shows nothing.",
                "export default function A() { return null; }\n\nThis component shows nothing.",
                "<!DOCTYPE html>\n<html><script>export default () => null;</script></html>",
                "<script type=\"module\">export default () => null;</script>",
                "{\"component\": \"export default () => null;\"}",
                "\"export default () => null;\\n\"",
                "import React from 'react';\\nexport default () => null;",
                "// A\\nexport default () => null;",
                "export default () => <p className=\\\"a\\\" />;",
            ],
            &[
                "const text = `\n\\`\\`\\`js\n`;",
                "\"use client\"; export default () => null;",
                "const A = () => <p>a\\n b</p>;",
                "/*\n```jsx\n<A />\n```\n*/",
                "// Here is the component: \\n",
            ],
        ),
        case(
            "missing-export",
            &[
                "import { useStat } from 'react';",
                "import React, { FC } from 'react';",
                "export { createPortal } from 'react';",
                "import React from 'react'; React.useStat();",
                "import * as R from 'react'; const A = () => <R.Fragmnt />;",
                "import React from 'react'; const { useStat } = React; useStat();",
                "import React from 'react'; class A extends React.PureComponnt {}",
                "import React from 'react'; const t = React.PropTypes.string;",
            ],
            &[
                "import React, { useState as s, default as R } from 'react'; R.useState(); s();",
                "import React from 'react'; const use = React.useNews ?? React.useState; use();",
                "import React from 'react'; React.news?.();",
                "import React from 'react'; if (React.news) React.news();",
                "const React = { stat() {} }; React.stat();",
                "import React from 'react'; const f = () => 'news' in React ? React.news() : null;",
                "import * as R from 'react'; const { default: D } = R; D.createElement('p'); R.default.memo(() => null);",
                "import * as R from 'react'; const A = () => <R.default.Fragment />;",
            ],
        ),
        case(
            "undeclared-name",
            &[
                "const A = () => <Chart />;",
                "const A = () => <UI.Card />;",
                "const A = () => <Image />;",
                "React.useState();",
                "const env = process.env.NODE_ENV;",
                "/* whole */ module.exports = 1; export default () => null;",
                "count = 1;",
                "try { count += 1; } finally { scrollTo(0, 0); }",
                "const f = () => { try { scrollTo(0, 0); } catch { count += 1; } };",
                "for (item of []);",
                "new WebAssembly.Module();",
                "openai.callTool();",
                "export default Widget;",
            ],
            &[
                "const A = () => typeof Chart === 'undefined' ? null : <Chart />;",
                "if (typeof module !== 'undefined') module.exports = 1;",
                "const A = () => window.Chart && <Chart />;",
                "if ('Temporals' in window) Temporals.now();",
                "window.helper = () => 1; helper();",
                "const A = () => <dialog id=\"terms\" onClick={() => terms.close()} />;",
                "function f() { return arguments.length + name.length; } addEventListener('x', f);",
                "const f = () => [undefined, NaN, Intl, structuredClone, event, CSS, AudioContext, EyeDropper];",
                "f(); function f() { return g; } var g;",
                "let mode; try { mode = process.env.MODE; } catch { mode = 'live'; }",
                "const root = typeof window !== 'undefined' ? window : global;",
                "window['counter2'] = 0; counter2 += 1;",
                "const ID = 'fld'; const A = () => <input id={ID} onClick={() => fld.focus()} />;",
            ],
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
            &[
                "import { memo } from 'react'; export default memo(() => null);",
                "export default class extends A {} class A {}",
            ],
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
            "chosen-export",
            &[
                "/* whole */ export const A = () => null; export const B = () => <A />;",
                "/* whole */ export function A() { return <B />; } function B() { return null; } export { B };",
                "/* whole */ export const A = () => <B />; export const B = () => <C />; export const C = () => null;",
            ],
            &[
                "/* whole */ export const A = () => null; const B = () => <A />;",
                "export const A = () => null; export default () => <A />;",
            ],
        ),
        case(
            "inline-style",
            &[
                "const A = () => <p style={{ top: 1 }} />;",
                "const A = () => <p style={x} />; const x = {};",
                "import { createElement } from 'react'; const A = () => createElement('p', { style: {} });",
            ],
            &["const A = () => <Box style=\"dark\" />; const Box = () => null;", "const style = { style: 1 };"],
        ),
        case(
            "no-dialog",
            &[
                "alert('x');",
                "const A = () => <p onClick={() => window.print()} />;",
                "const ask = confirm;",
                "self.prompt?.('x');",
            ],
            &["const alert = (x) => x; alert('x');", "const f = ({ print }) => print();", "const can = typeof print;"],
        ),
        case(
            "no-navigation",
            &[
                "location.href = 'https://example.com';",
                "window.location = 'https://example.com';",
                "const f = (u) => document.location.assign(u);",
                "const l = location; l.replace('https://example.com');",
            ],
            &[
                "const f = (location, u) => { location.href = u; };",
                "location.hash = 'a'; location.href = '#a';",
                "const open = (u) => window.open(u); const here = location.href;",
            ],
        ),
        case(
            "other-host",
            &["window.openai.toolOutput;", "const { openai } = window;", "const w = window; w.claude?.complete('x');"],
            &["const f = (x) => x.openai;", "const openai = { model: 1 }; openai.model;"],
        ),
        case(
            "default-props",
            &[
                "function A() { return null; } A.defaultProps = { a: 1 };",
                "const A = () => null; A.defaultProps = { a: 1 };",
                "const A = function () { return null; }; A.defaultProps = {};",
            ],
            &[
                "import { Component } from 'react'; class A extends Component {} A.defaultProps = { a: 1 };",
                "const A = ({ a = 1 }) => a;",
                "const f = (A) => { A.defaultProps = {}; };",
            ],
        ),
        case(
            "blocked-resource",
            &[
                "const A = () => <img alt=\"\" src=\"https://example.com/a.png\" />;",
                "const A = ({ id }) => <img alt=\"\" src={`https://example.com/${id}.png`} />;",
                "const BASE = '//example.com/'; const A = ({ id }) => <img alt=\"\" src={BASE + id} />;",
                "const A = () => <img alt=\"\" src=\"/logo.png\" />;",
                "const A = () => <video poster=\"poster.jpg\" />;",
                "const A = () => <audio src=\"https://example.com/a.mp3\" />;",
                "const A = () => <svg><image href=\"https://example.com/a.png\" /></svg>;",
                "const A = () => <style>{`p { background: url(https://example.com/a.png) }`}</style>;",
                "const A = () => <style>{`@import url('https://fonts.googleapis.com/css2?family=Inter');`}</style>;",
                "const css = '@font-face { src: url(\"https://example.com/a.woff2\") }';",
            ],
            &[
                "const A = ({ data }) => <img alt=\"\" src={data.url} />;",
                "const A = () => <img alt=\"\" src=\"data:image/png;base64,AAAA\" />;",
                "const A = ({ host }) => <img alt=\"\" src={`https://${host}/a.png`} />;",
                "const A = () => <svg fill=\"url(#g)\" xmlns=\"http://www.w3.org/2000/svg\"><use href=\"#a\" /></svg>;",
                "const A = ({ u }) => <style>{`p { background: url(${u}) url(\"data:image/png;base64,AA\") }`}</style>;",
                "const A = () => <a href=\"https://example.com/a.png\">The @import rule</a>;",
                "const A = () => <p>Use url(foo.png)</p>;",
            ],
        ),
        case(
            "image-alt",
            &[
                "const A = ({ u }) => <img src={u} />;",
                "const A = ({ u }) => <p><img src={u} title=\"a\" /></p>;",
                "const A = () => <img />;",
            ],
            &[
                "const A = ({ u }) => <img src={u} alt=\"\" />;",
                "const A = (props) => <img {...props} />;",
                "const A = ({ u }) => <img src={u} aria-hidden=\"true\" />;",
            ],
        ),
        case(
            "button-name",
            &[
                "const A = () => <button><svg><path d=\"\" /></svg></button>;",
                "const CloseIcon = () => <svg />; const A = () => <button><CloseIcon className=\"a\" /></button>;",
                "const A = ({ open }) => <button>{open ? <svg /> : <i className=\"a\" />}</button>;",
                "const A = () => <button className=\"dot\" />;",
                "const A = ({ u }) => <button><img src={u} alt=\"\" /></button>;",
            ],
            &[
                "const A = () => <button aria-label=\"Close\"><svg /></button>;",
                "const A = () => <button><svg><title>Close</title></svg></button>;",
                "const A = () => <button><svg /> <span>Close</span></button>;",
                "const A = ({ label }) => <button><svg />{label}</button>;",
                "const A = (props) => <button {...props} />;",
                "const Label = () => 'a'; const A = () => <button><Label /></button>;",
                "const A = ({ u }) => <button><img src={u} alt=\"Close\" /></button>;",
                "const A = ({ open }) => <button>{open ? 'Hide' : 'Show'}</button>;",
                "const A = () => <p><label htmlFor=\"dark\">Dark</label><button id=\"dark\"><i /></button></p>;",
                "const A = () => <label>Dark <b><button role=\"switch\"><i /></button></b></label>;",
                "const A = () => <button aria-hidden=\"true\"><svg /></button>;",
            ],
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
                "import { useState } from 'react'; function A(p) { if (p) useState(); }",
                "import React from 'react'; function A(p) { return p && React.useMemo(); }",
                "import { useState } from 'react'; function A(p) { for (;;) useState(); }",
            ],
            &[
                "import { useState } from 'react'; function A() { const a = useState(); return a; }",
                "const used = (user) => user && user.use();",
            ],
        ),
    ]
}
