// Scopes `<style jsx>` with styled-jsx's own Babel plugin and with the service's compiler, renders both, and compares which elements
// get the class of the scope and which selectors the styles have.
//
//   node styles.mjs <path of the example review_components>

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { transformAsync } from '@babel/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import styledJsx from 'styled-jsx';

import { modulesOf } from './syntax.mjs';

const program = process.argv[2] ?? new URL('../../target/debug/examples/review_components', import.meta.url).pathname;
const data = { tone: 'teal', on: true, items: ['a', 'b'], props: { className: 'spread', title: 't' }, none: null };

/** A component whose root has a style of these rules. */
const rules = (css) => `export default () => <div className="a"><p>x</p><style jsx>{\`${css}\`}</style></div>;`;

const components = {
  'a static style': rules('p { color: red } .a { top: 0 }'),
  combinators: rules('.a p, .a > p + b ~ i { top: 0 } * { left: 0 }'),
  'pseudo-classes': rules('p:hover { top: 0 } p::before { top: 0 } :hover { top: 0 } :hover p { top: 0 } a:focus-visible { top: 0 } li:nth-child(2n+1) { top: 0 }'),
  attributes: rules('[href="woot"] { top: 0 } a[title="x, y"] p { top: 0 } .a[title=","] { top: 0 }'),
  'global selectors': rules(':global(.b) { top: 0 } p :global(span:not(.test)) { top: 0 } :global(.b + i) { top: 0 } :global(body.dark) .a { top: 0 }'),
  'media, supports and keyframes': rules('@media (min-width: 500px) { .a { top: 0 } } @supports (display: grid) { p { top: 0 } } @keyframes b { from { top: 0 } to { top: 1px } } p { animation: b 1s }'),
  'a global style': 'export default () => <div><p>x</p><style jsx global>{`body { top: 0 } .b > i { top: 0 }`}</style><style jsx>{`p { top: 0 }`}</style></div>;',
  'several styles': 'export default () => <div><p>x</p><style jsx>{`p { top: 0 }`}</style><style jsx>{`div { left: 0 }`}</style></div>;',
  'a fragment': 'export default () => <><p>x</p><b>y</b><style jsx>{`p { top: 0 }`}</style></>;',
  'text as a string': 'export default () => <p>x<style jsx>{"p { top: 0 }"}</style></p>;',
  'names of classes': 'export default ({ data }) => <div><i className="a"/><i className={data.on && "b"}/><i className={data.none}/><i className={`c ${data.tone}`}/><i className={data.on ? "d" : "e"}/><style jsx>{`i { top: 0 }`}</style></div>;',
  spreads: 'export default ({ data: { props, none } }) => <div><i {...props}/><i {...props} className="own"/><i className="own" {...props}/><i {...none}/><i title="x" {...none} className="own"/><i {...{ title: "y" }}/><style jsx>{`i { top: 0 }`}</style></div>;',
  'child components': 'const Child = ({ className, children }) => <b className={className}>{children}</b>; export default () => <div><Child>x</Child><Child className="a"><i/></Child><style jsx>{`b { top: 0 }`}</style></div>;',
  'elements in callbacks': 'export default ({ data }) => <ul>{data.items.map((it) => <li key={it}><b>{it}</b></li>)}{data.on && <i/>}<style jsx>{`li { top: 0 }`}</style></ul>;',
  'elements outside of the scope': 'export default ({ data }) => { const title = <h1>x</h1>; return <div>{title}<p>y</p><section><p>z</p><style jsx>{`p { top: 0 }`}</style></section></div>; };',
  'a scope for each item': 'export default ({ data }) => <ul>{data.items.map((it) => <li key={it}>{it}<style jsx>{`li { top: 0 }`}</style></li>)}</ul>;',
  'the name of an element in a variable': 'const Outer = "h2"; export default ({ data }) => { const Tag = `h${1}`; return <Tag><p>x</p><style jsx>{`p { top: 0 }`}</style></Tag>; };',
  constants: 'const tone = "red"; const size = 4; export default () => <p>x<style jsx>{`p { color: ${tone}; top: ${size}px } .b-${tone} { left: 0 }`}</style></p>;',
  values: 'export default ({ data }) => <p className="a">x<i/><style jsx>{`p { color: ${data.tone} } .b :global(.${data.tone}) { top: 0 } @media (min-width: ${data.items.length}px) { i { top: 0 } }`}</style></p>;',
  'static and changing styles': 'export default ({ data }) => <p>x<style jsx>{`p { top: 0 }`}</style><style jsx>{`i { color: ${data.tone} }`}</style></p>;',
  'a class component': 'import { Component } from "react"; export default class W extends Component { render() { return <p>{this.props.data.tone}<style jsx>{`p { color: ${this.props.data.tone} }`}</style></p>; } }',
  'components named like globals': 'const Map = () => <i/>, Comment = Map, Math = Map, JSON = Map; export default ({ data }) => <p><Map/><Comment/><Math/><JSON/><style jsx>{`p { color: ${data.tone} }`}</style></p>;',
  'a style without jsx': 'export default () => <p>x<style>{`p { top: 0 }`}</style></p>;',
};

/** Compiled by styled-jsx. */
async function theirs(folder, name, source) {
  const { code } = await transformAsync(source, {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    babelrc: false,
    configFile: false,
    plugins: [
      ['styled-jsx/babel', { optimizeForSpeed: false, vendorPrefixes: false }],
      ['@babel/plugin-transform-react-jsx', { runtime: 'automatic' }],
    ],
  });
  const component = await imported(folder, `theirs-${name}`, code.replace('"styled-jsx/style"', '"styled-jsx/style.js"'));
  const registry = styledJsx.createStyleRegistry();
  const html = renderToStaticMarkup(createElement(styledJsx.StyleRegistry, { registry }, createElement(component, { data })));
  return { html, css: registry.styles().map((style) => style.props.dangerouslySetInnerHTML.__html) };
}

/** Compiled by the service. The module's effects run while it renders, on a document that only records the styles. */
async function ours(folder, name, code) {
  const effect = /import\{useInsertionEffect as (\w+)\}from"react";/;
  const component = await imported(folder, `ours-${name}`, code.replace(effect, 'const $1=(run)=>run();'));
  const styles = [];
  globalThis.document = {
    head: { append() {} },
    createComment: () => ({ before() {} }),
    createElement: () => styles[styles.push({ remove() {} }) - 1],
  };
  try {
    const html = renderToStaticMarkup(createElement(component, { data }));
    return { html, css: styles.map((style) => style.textContent) };
  } finally {
    delete globalThis.document;
  }
}

async function imported(folder, name, code) {
  const file = join(folder, `${name}.mjs`);
  await writeFile(file, code);
  return (await import(pathToFileURL(file))).default;
}

/** Each element with its classes; classes of scopes are all called `jsx`. */
const elements = (html) =>
  [...html.matchAll(/<([a-z][\w-]*)([^>]*)>/g)].map(([, name, attributes]) => {
    const classes = / class="([^"]*)"/.exec(attributes)?.[1] ?? '';
    return [name, ...new Set(classes.replace(/jsx-[\w-]+/g, 'jsx').split(/\s+/).filter(Boolean).sort())].join('.');
  });

/** The selectors and the heads of at-rules, in a form without what makes no difference. */
const heads = (css) =>
  [...css.join('\n').matchAll(/([^{};]+)\{/g)].map(([, head]) =>
    head
      .replace(/jsx-[\w-]+/g, 'jsx')
      .replace(/\s*([>+~,:])\s*/g, '$1')
      .replace(/'/g, '"')
      .replace(/\s+/g, ' ')
      .trim(),
  );

test("the same elements get the class, and styles have the same selectors, as with styled-jsx", async () => {
  const cases = Object.entries(components);
  const modules = await modulesOf(program, cases.map(([, source]) => source));
  const folder = await mkdtemp(fileURLToPath(new URL('node_modules/.modules-', import.meta.url)));
  try {
    for (const [index, [name, source]] of cases.entries()) {
      assert.ok(modules[index], `${name} is refused`);
      const [expected, found] = [await theirs(folder, index, source), await ours(folder, index, modules[index])];
      assert.deepEqual(elements(found.html), elements(expected.html), name);
      assert.deepEqual(heads(found.css).sort(), heads(expected.css).sort(), name);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
