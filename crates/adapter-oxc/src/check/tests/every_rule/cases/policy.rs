//! Cases of the policy: what a component may use when it runs.

use super::{Case, case};

pub(super) fn code_of_text() -> Vec<Case> {
    vec![
        case(
            "no-eval",
            &[
                "const e = eval; e('1');",
                "const w = window; w.eval('1');",
                "const a = globalThis, b = a.self, c = b; c['ev' + 'al']('1');",
                "const k = 'eval'; window[k]('1');",
                "const { window: { eval: e } } = globalThis;",
                "let e; ({ self: { eval: e = null } } = window);",
                "const { ['ev' + 'al']: e } = window;",
                "const f = ({ eval: e } = window) => e('1');",
                "[eval][0]('1');",
                "[1].map(eval);",
                "eval`1`;",
            ],
            &[
                "const o = { eval: 1 }; o.eval;",
                "const f = (o) => { const { eval: e } = o; return e; };",
                "const text = 'eval(1)'; // eval(1)",
                "const A = () => <p eval=\"1\">eval(1)</p>;",
                "const w = { eval: () => 1 }; w.eval('1');",
            ],
        ),
        case(
            "no-new-function",
            &[
                "class A extends Function {}",
                "const F = Function;",
                "const f = (x) => x.constructor.constructor('y');",
                "const f = (x) => x['con' + 'structor']('y');",
                "const { Function: F } = window;",
            ],
            &[
                "class A { constructor() {} }",
                "class A extends Object { constructor() { super.constructor(); } }",
                "const f = (Function) => new Function('x');",
                "const is = (x) => x.constructor === Object;",
            ],
        ),
        case(
            "no-string-timer",
            &[
                "const t = setTimeout; t('a()', 1);",
                "window['setInterval'](`a(${1})`, 1);",
                "const f = (c) => setTimeout(c ? 'a()' : b, 1); const b = () => {};",
                "const f = (c) => setTimeout(c && 'a()', 1);",
                "setTimeout('a' + 1, 1);",
            ],
            &[
                "setTimeout(() => 'a()', 1);",
                "const f = (s) => setTimeout(s, 1, 'text');",
                "const { setTimeout: t } = { setTimeout: (x) => x }; t('a');",
            ],
        ),
    ]
}

pub(super) fn markup() -> Vec<Case> {
    vec![
        case(
            "no-dangerous-html",
            &[
                "const A = (p) => <p {...p} {...{ ...p, dangerouslySetInnerHTML: { __html: p } }} />;",
                "const A = (p) => <p {...{ ['dangerouslySet' + 'InnerHTML']: p }} />;",
                "const props = { dangerouslySetInnerHTML: {} }; const A = () => <p {...props} />;",
                "const A = (dangerouslySetInnerHTML) => <p {...{ dangerouslySetInnerHTML }} />;",
                "import React from 'react'; const A = () => React.createElement('p', { dangerouslySetInnerHTML: {} });",
            ],
            &[
                "const A = ({ dangerouslySetInnerHTML: html, ...rest }) => <p {...rest}>{html.__html}</p>;",
                "const A = () => <p title=\"dangerouslySetInnerHTML\">dangerouslySetInnerHTML</p>;",
            ],
        ),
        case(
            "no-raw-html",
            &[
                "const K = 'innerHTML'; const f = (el, x) => Object.assign(el, { [K]: x });",
                "const d = document; d.write('x');",
                "const { document: { write } } = window;",
                "const f = (el, x) => { [el.innerHTML] = [x]; };",
                "document['wri' + 'te']('x');",
            ],
            &["const f = (el) => el.innerHTML.length;", "const f = (write) => write('x');", "const innerHTML = 1;"],
        ),
        case(
            "forbidden-element",
            &[
                "const A = () => <iframe src=\"https://example.com\" />;",
                "const A = () => <link rel=\"stylesheet\" href=\"https://example.com/a.css\" />;",
                "const A = () => <><meta charSet=\"utf-8\" /></>;",
                "const A = () => <script async src=\"https://example.com/a.js\" />;",
                "const Tag = 'object'; const A = () => <Tag data=\"a\" />;",
                "import React from 'react'; const A = () => React.createElement('embed');",
                "const f = () => document.createElement('SCRIPT');",
                "const f = (el) => el.ownerDocument.createElementNS('http://www.w3.org/1999/xhtml', 'script');",
                "import { createElement as h } from 'react'; const A = () => h('embed');",
                "import * as R from 'react'; const { createElement } = R; const A = () => createElement('embed');",
                "const A = () => <base href=\"/\" />;",
            ],
            &[
                "const Frame = () => null; const A = () => <Frame />;",
                "const A = () => <title>iframe</title>;",
                "const f = () => document.createElement('a');",
                "const f = (name) => document.createElement(name);",
                "const h = { createElement: (name) => name }; h.createElement('meta');",
                "const createElement = (name) => name; createElement('meta');",
                "const api = { createElement: (name) => name }; const { createElement } = api; createElement('meta');",
            ],
        ),
        case(
            "style-text",
            &[
                "const A = () => <p style=\"color: red\" />;",
                "const A = ({ c }) => <p style={`color: ${c}`} />;",
                "const css = 'color: red'; const A = () => <p style={css} />;",
                "const A = ({ on }) => <p style={on ? { color: 'red' } : ''} />;",
                "import { createElement } from 'react'; const A = () => createElement('p', { style: 'color: red' });",
            ],
            &[
                "const A = () => <Box style=\"dark\" />; const Box = () => null;",
                "const A = () => <p title=\"color: red\" />;",
            ],
        ),
        case(
            "no-script-url",
            &[
                "const A = (p) => <a href={\"javascript:\" + p.x}>x</a>;",
                "const U = `java${'script'}:x`; const A = () => <a href={U} />;",
                "const A = () => <a {...{ ['hr' + 'ef']: 'javascript:x' }} />;",
                "const A = () => <a href=\"&#106;ava&#x73;cript&#58;x\" />;",
                "const A = () => <a href={'\\x6aava\\u0073cript:x'} />;",
                "const f = (el) => { el['hr' + 'ef'] = 'javascript:x'; };",
                "document.location = 'javascript:x';",
                "document.location.assign('javascript:x');",
                "const l = location; l.replace('javascript:x');",
                "const A = () => <a href={(0, 'JAVASCRIPT:x')} />;",
            ],
            &[
                "const A = () => <a href={'&#106;avascript:x'} />;",
                "const A = () => <a href=\"?q=javascript:x\" alt='javascript:x' />;",
                "const open = (x) => x; open('javascript:x');",
                "const f = (location) => location.assign('javascript:x');",
            ],
        ),
    ]
}

pub(super) fn surroundings() -> Vec<Case> {
    vec![
        case(
            "no-storage",
            &[
                "const d = document; d.cookie;",
                "const { document: { cookie: c } } = window;",
                "window?.['local' + 'Storage'];",
                "const A = () => <p onClick={() => localStorage.clear()} />;",
                "const s = window.self, t = s.sessionStorage;",
            ],
            &[
                "const has = 'localStorage' in window;",
                "const has = typeof localStorage;",
                "const { cookie } = { cookie: 1 };",
                "const f = (document) => document.cookie;",
            ],
        ),
        case(
            "no-parent-window",
            &[
                "const w = window; w.parent;",
                "const { defaultView: { top: t } } = document;",
                "window['par' + 'ent'];",
                "window.window.self.frames.opener;",
                "const f = ({ parent: p } = self) => p;",
            ],
            &[
                "const f = (top = 1) => top;",
                "import { memo as parent } from 'react'; parent();",
                "class top {} new top();",
                "try {} catch (opener) { opener(); }",
                "top: for (;;) break top;",
                "const A = (p) => <Card parent={p} top=\"1\" />; const Card = () => null;",
            ],
        ),
        case(
            "no-network",
            &[
                "const n = navigator; n.sendBeacon('/x');",
                "const { navigator: { serviceWorker: s } } = window;",
                "const api = { get: fetch };",
                "new window['Web' + 'Socket']('x');",
                "window.fetch = null;",
                "const f = (get = fetch) => get('/x');",
            ],
            &[
                "function fetch() {} fetch('/x');",
                "const f = ({ fetch }) => fetch('/x');",
                "const api = { fetch: () => 1 }; api.fetch();",
                "{ const fetch = () => 1; fetch(); }",
                "class A { fetch() { return this.fetch; } }",
            ],
        ),
    ]
}
