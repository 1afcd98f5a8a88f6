use super::{each_breaks, each_passes};

#[test]
fn what_is_no_library_cannot_be_imported() {
    each_breaks(
        "no-import",
        &[
            ("import x from 'lodash';", 15),
            ("import 'https://example.com/x.js';", 8),
            ("import x from 'React';", 15),
            ("import { jsx } from 'react/jsx-runtime';", 21),
            ("export * from './other';", 15),
            ("export { x } from './other';", 19),
            ("export * as x from './other';", 20),
        ],
    );
    each_passes(&[
        "import React from 'react';",
        "import * as React from 'react';",
        "import React, { useState, memo as m } from \"react\";",
        "import 'react';",
        "export { useState } from 'react';",
    ]);
}

#[test]
fn other_ways_to_load_code_are_refused() {
    each_breaks("no-dynamic-import", &[("import('./x');", 1), ("const f = () => import('react');", 17)]);
    each_breaks("no-require", &[("const x = require('react');", 11), ("const r = window.require;", 18)]);
    each_breaks("no-import-meta", &[("const url = import.meta.url;", 13)]);
    each_passes(&["const f = (require) => require('x');"]);
}

#[test]
fn top_level_await_is_refused() {
    each_breaks(
        "no-top-level-await",
        &[
            ("await 1;", 1),
            ("if (true) { await 1; }", 13),
            ("for await (const x of []) {}", 1),
            ("class A { [await 1] = 1; }", 12),
        ],
    );
    each_passes(&["const f = async () => { await 1; for await (const x of []) {} };"]);
}

#[test]
fn syntax_that_browsers_do_not_support_is_refused() {
    each_breaks(
        "unsupported-syntax",
        &[
            ("const d = (x) => x; @d class A {}", 21),
            ("class A { accessor x = 1; }", 11),
            ("import x from 'react' with { type: 'json' };", 28),
            ("const A = () => <a:b />;", 18),
            ("const A = (p) => <p>{...p}</p>;", 21),
        ],
    );
}
