//! Every message suffices for the repair: it names the mistake and the remedy, and the source is accepted after the remedy was followed.

use std::collections::BTreeSet;

use super::{ACCEPTED, Report, Rule, check_source, with};

/// A statement before a component, a part of the only message about it, and the statement after following the message.
const REPAIRS: [(&str, &str, &str); 72] = [
    // A name that nothing declares.
    (
        "const A = () => <Chart />;",
        "write the component in this source",
        "const Chart = () => null; const A = () => <Chart />;",
    ),
    (
        "const Card = () => null; const A = () => <Crad />;",
        "did you mean `Card`?",
        "const Card = () => null; const A = () => <Card />;",
    ),
    ("const A = () => <Image />;", "the browser's `Image` is no component", "const A = () => <b />;"),
    (
        "React.memo(() => null);",
        "add `import React from \"react\"`",
        "import React from \"react\"; React.memo(() => null);",
    ),
    ("memo(() => null);", "add `import { memo } from \"react\"`", "import { memo } from \"react\"; memo(() => null);"),
    ("const a = process.env.A;", "no environment variables; remove it", "const a = 1;"),
    ("module.exports = 1;", "write `export default` instead", ""),
    ("global.a = 1;", "write `globalThis`", "globalThis.a = 1;"),
    ("setImmediate(() => {});", "use setTimeout", "setTimeout(() => {});"),
    ("ReactDOM.render();", "remove the call", ""),
    ("const sum = () => data.a;", "a prop of the default export", "const sum = (data) => data.a;"),
    ("count = 1;", "declare it with `const` or `let`", "let count = 1;"),
    ("consol.log(1);", "did you mean `console`?", "console.log(1);"),
    ("const a = taxRate;", "declare it in this source", "const taxRate = 1, a = taxRate;"),
    ("new WebAssembly.Memory();", "do without it", ""),
    ("const A = () => <p>{children}</p>;", "a prop of the component", "const A = ({ children }) => <p>{children}</p>;"),
    ("documnet.title;", "did you mean `document`?", "document.title;"),
    ("windw.x;", "did you mean `window`?", "window.x;"),
    ("react.memo(() => null);", "write `React`", "import React from \"react\"; React.memo(() => null);"),
    ("setV(1);", "declare it in this source", ""),
    ("const a = None;", "write `null`", "const a = null;"),
    (
        "const Counter = () => null; counter++;",
        "declare it in this source",
        "const Counter = () => null; let counter = 0; counter++;",
    ),
    ("const A = () => <motion.div />;", "write the component in this source", "const A = () => <div />;"),
    (
        "const A = () => <Button />;",
        "add `import { Button } from \"@/components/ui/button\"` at the top",
        "import { Button } from \"@/components/ui/button\"; const A = () => <Button />;",
    ),
    (
        "const A = () => <Camera />;",
        "add `import { Camera } from \"lucide-react\"` at the top",
        "import { Camera } from \"lucide-react\"; const A = () => <Camera />;",
    ),
    (
        "const a = clsx('a');",
        "add `import { clsx } from \"clsx\"` at the top",
        "import { clsx } from \"clsx\"; const a = clsx('a');",
    ),
    // A name that React does not export.
    ("import { flushSync } from 'react';", "import it from \"react-dom\"", ""),
    ("import { render } from 'react-dom';", "the service renders the default export itself", ""),
    ("import { useFormState } from 'react';", "use `useActionState`", "import { useActionState } from 'react';"),
    ("import { useFormStatus } from 'react';", "not part of react; pass", ""),
    ("import { SetStateAction } from 'react';", "a type of TypeScript; remove it", ""),
    ("import { useStat } from 'react';", "did you mean `useState`?", "import { useState } from 'react';"),
    ("import { createPortal } from 'react';", "import it from", "import { createPortal } from 'react-dom';"),
    ("import { Line } from 'rechart';", "did you mean", "import { Line } from 'recharts';"),
    (
        "import './a.css';",
        "put the rules into a `<style>` element",
        "const A = () => <style>{'a { color: red }'}</style>;",
    ),
    ("import { FC } from 'react';", "a type of TypeScript; remove it", ""),
    // Elements.
    (
        "const A = () => <p style=\"margin-top: 4px; color: red\" />;",
        "write style={{ marginTop: \"4px\", color: \"red\" }}",
        "",
    ),
    ("const A = () => <p style={''} />;", "not as text; remove it", "const A = () => <p />;"),
    ("const A = (c) => <p style={`color: ${c}`} />;", "for example style={{ color: \"red\", marginTop: 4 }}", ""),
    ("const A = () => <iframe src='x' />;", "link to it with <a href=…>", "const A = () => <a href='x'>x</a>;"),
    (
        "const A = () => <link href='a.css' />;",
        "rules of the style sheet into a <style>",
        "const A = () => <style>{'p {}'}</style>;",
    ),
    ("const A = () => <meta name='a' />;", "remove it", ""),
    ("const A = () => <script src='a.js' />;", "libraries cannot be loaded", ""),
    (
        "const A = (p) => <p dangerouslySetInnerHTML={p} />;",
        "build the elements with JSX",
        "const A = (p) => <p>{p}</p>;",
    ),
    ("const f = (el) => { el.innerHTML = 'a'; };", "build the elements with JSX", ""),
    ("const A = () => <a href='javascript:f()'>x</a>;", "use an event handler such as onClick", ""),
    // What a widget cannot do.
    ("alert('Saved');", "show the text in the component, with useState", ""),
    ("const f = () => confirm('?');", "ask in the component, with two buttons", ""),
    ("const f = () => prompt('?');", "put an <input> into the component", "const A = () => <input />;"),
    ("const f = () => print();", "onAction(\"print\")", "const f = (onAction) => onAction('print');"),
    ("window.openai.toolOutput;", "read the prop `data`", "const f = (data) => data;"),
    ("window.parent.postMessage('a', '*');", "`onAction(name, payload)`", "const f = (onAction) => onAction('a', {});"),
    ("fetch('/a');", "sent in `data`", "const f = (data) => data.a;"),
    (
        "localStorage.a = 1;",
        "keep state with useState",
        "import { useState } from 'react'; const useA = () => useState(1);",
    ),
    ("eval('1');", "parse data with JSON.parse", "JSON.parse('1');"),
    ("new Function('1');", "write an ordinary function", "const f = () => 1;"),
    ("setTimeout('f()', 1);", "setTimeout(() => { … }, 1000)", "setTimeout(() => {}, 1);"),
    ("const a = require('react');", "write an `import` statement at the top", "import a from \"react\";"),
    ("import a from 'lodash';", "put other code into the component itself", "const a = {};"),
    ("import('react');", "write `import` statements at the top", "import 'react';"),
    ("import.meta.url;", "take what you need from `data`", ""),
    ("await null;", "render at once from `data`", ""),
    (
        "const f = (u) => { location.href = u; };",
        "let the user follow <a href=…>",
        "const A = (u) => <a href={u}>x</a>;",
    ),
    // Advice.
    (
        "function A() { return null; } A.defaultProps = { size: 1 };",
        "`function A({ size = 1 })`",
        "function A({ size = 1 }) { return size; }",
    ),
    ("const A = () => <img alt='' src='https://a.example/b.png' />;", "draw it as <svg>", "const A = () => <svg />;"),
    ("const A = (u) => <img src={u} />;", "alt=\"\" if it is decoration", "const A = (u) => <img src={u} alt=\"\" />;"),
    (
        "const A = () => <button><svg /></button>;",
        "add aria-label=\"…\"",
        "const A = () => <button aria-label=\"Close\"><svg /></button>;",
    ),
    (
        "const A = (l) => l.map((x) => <p />);",
        "key={item.id}",
        "const A = (l) => l.map((item) => <p key={item.id} />);",
    ),
    // The language.
    ("enum Color { Red }", "write an object instead", "const Color = { Red: \"red\" };"),
    ("import a = require('react');", "write `import x from", "import a from 'react';"),
    ("const A = (p) => <p>{...p}</p>;", "write `{items}`", "const A = (p) => <p>{p}</p>;"),
    ("const A = () => <p>;", "Syntax error", "const A = () => <p />;"),
];

/// A source, a part of the only message about it, and the line and column of the message.
const WRAPPED: [(&str, &str, (u32, u32)); 14] = [
    ("\n```jsx\nexport default () => null;\n```\n", "a Markdown fence (```); send only the code inside", (2, 1)),
    ("export default () => null;\n```\n\nIt is done.", "a Markdown fence", (2, 1)),
    ("Sure!\n\n```jsx\nexport default () => null;\n```", "a Markdown fence", (3, 1)),
    ("Done!\n```jsx\nexport default () => null;\n```", "a Markdown fence", (2, 1)),
    ("Certainly:\n```jsx\nexport default () => null;\n```", "a Markdown fence", (2, 1)),
    ("这是组件：\n```jsx\nexport default () => null;\n```", "a Markdown fence", (2, 1)),
    ("<HEAD>\n</HEAD>", "an HTML page", (1, 1)),
    ("const a = 1;\n\\nexport default () => a;\\nconst b = 2;", "escaped twice", (2, 1)),
    ("Sure! Here is the widget:\n\nexport default () => null;", "This line is prose", (1, 1)),
    ("export default () => null;\n\n**How it works:** it does not.", "This line is prose", (3, 1)),
    ("<!doctype html>\n<html></html>", "an HTML page; send one JavaScript module", (1, 1)),
    ("{ \"component\": \"export default () => null;\" }", "JSON and not code", (1, 1)),
    ("const a = 1;\\nexport default () => a;", "line breaks of the source are escaped twice", (1, 13)),
    ("export default () => <p title=\\\"a\\\" />;", "escaped twice: it contains a backslash before a quote", (1, 31)),
];

/// Sources with a slip that looks like something left around the code, a part of the only message, and its line and column.
const SLIPS: [(&str, &str, (u32, u32)); 14] = [
    (r#"export default () => <input placeholder="Type \"yes\" here" />;"#, "an attribute has no escapes", (1, 47)),
    (r"export default () => <b aria-label='It\'s done' />;", "an attribute has no escapes", (1, 39)),
    (r"const a = b.split('\n);", "Unterminated string", (1, 19)),
    (r"const sep = '\t;", "Unterminated string", (1, 13)),
    (r#"b.split("\");"#, "Unterminated string", (1, 9)),
    (r"lines.join '\n')", "", (1, 11)),
    (r#"lines.join("\n'))"#, "Unterminated string", (1, 12)),
    (r#"const a = ["x" "\"y"];"#, "", (1, 16)),
    (r"const a = c ? '\n' '\t'", "", (1, 20)),
    ("/*\n```jsx\n<A/>\n```\n*/\nconst x = ;", "Unexpected token `;`", (6, 11)),
    ("const a = `\n~~~\n`;\nconst x = ;", "Unexpected token `;`", (4, 11)),
    ("<header>a</header>", "", (1, 1)),
    ("<heading>a</heading>", "", (1, 1)),
    (r"export default () => <p><style jsx>{`p { content: '\2022' }`}</style></p>;", r"as in `\\2022`", (1, 38)),
];

/// The message of the only finding.
fn message(source: &str) -> (u32, u32, String, String) {
    let Report { errors, warnings, .. } = check_source(source);
    let errors = errors.into_iter().map(|it| (it.line, it.column, it.message, it.code));
    let mut found = errors.chain(warnings.into_iter().map(|it| (it.line, it.column, it.message, it.code)));
    let first = found.next().unwrap_or_else(|| panic!("nothing was found: {source}"));
    assert_eq!(found.next(), None, "{source}");
    first
}

#[test]
fn a_source_is_accepted_after_its_author_followed_the_message() {
    let mut codes = BTreeSet::new();
    for (broken, part, repaired) in REPAIRS {
        let (line, _, message, code) = message(&with(broken));
        assert!(line <= 2 && message.contains(part), "{broken}\n{message}");
        assert!(message.chars().count() <= 260, "{message}");
        assert_eq!(check_source(&with(repaired)), ACCEPTED, "{repaired}");
        codes.insert(code);
    }
    // The messages of these name no single remedy, or have one that other tests show.
    let others = [
        Rule::WrappedSource,
        Rule::TooComplex,
        Rule::NoDefaultExport,
        Rule::MultipleDefaultExports,
        Rule::InvalidDefaultExport,
        Rule::InlineStyle,
        Rule::ConditionalHook,
        Rule::StyleJsx,
        Rule::UnmatchedStyle,
        Rule::NoLibraries,
        Rule::UnstyledClass,
        Rule::ChosenExport,
    ];
    codes.extend(others.map(|rule| rule.code().to_owned()));
    assert_eq!(codes, Rule::ALL.iter().map(|rule| rule.code().to_owned()).collect());
}

#[test]
fn what_was_left_around_the_code_is_named() {
    for (source, part, place) in WRAPPED {
        let (line, column, message, code) = message(source);
        assert!(code == "wrapped-source" && message.contains(part), "{source}\n{code}: {message}");
        assert_eq!((line, column), place, "{source}");
    }
}

#[test]
fn a_slip_is_not_taken_for_something_left_around_the_code() {
    for (source, part, place) in SLIPS {
        let (line, column, message, code) = message(source);
        assert!(code != "wrapped-source" && message.contains(part), "{source}\n{code}: {message}");
        assert_eq!((line, column), place, "{source}\n{message}");
    }
}

#[test]
fn a_name_is_reported_once_where_it_is_first_used() {
    let report = check_source(&with("const A = () => <p><Chart /><Chart>{limit}</Chart>{limit}</p>;"));
    let found: Vec<_> = report.errors.iter().map(|it| (it.column, &it.message[..7])).collect();
    assert_eq!(found, [(21, "`Chart`"), (37, "`limit`")]);
}
