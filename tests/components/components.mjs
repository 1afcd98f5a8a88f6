/** Components about one corner of JSX each; all are accepted, and render something with the data of semantics.mjs. */
export const components = {
  'text and expressions': 'export default ({ data }) => <p title="t">{data.title} and {data.zero}{data.on}{null}</p>;',
  entities: 'export default () => <p title="&lt;&quot;&#233;&#x1F600;&nbsp;&amp;amp;">&lt;b&gt; &copy;&nbsp;&hellip; &notanentity; &#x41;&#66; \\n &amp;lt;</p>;',
  'white space': 'export default ({ data }) => <p>\n  one\n  two {" "}\n  {data.zero}\n\n\t three   four\n  <b> five </b>{"  "}six\n</p>;',
  'white space by entities': 'export default () => <p>\n&nbsp;a&nbsp;\n &emsp;b\r\n  d&nbsp;</p>;',
  'empty expressions': 'export default () => <p>{/* nothing */}a{}{/* more */}</p>;',
  'attribute strings': 'export default () => <p title="a   b \\" data-x=\'"q"\' aria-label="it\'s">x</p>;',
  'attributes alone': 'export default () => <input disabled readOnly value="" aria-hidden data-a={true} />;',
  'elements as attributes': 'const A = ({ icon, children }) => <p>{icon}{children}</p>; export default () => <A icon=<b>i</b>>t</A>;',
  fragments: 'export default ({ data }) => <><b/>text<>{data.items.map((it) => <i key={it}>{it}</i>)}</></>;',
  'a named fragment with a key': 'import React, { Fragment } from "react"; export default ({ data }) => <ul>{data.items.map((it) => <Fragment key={it}><li>{it}</li><React.Fragment/></Fragment>)}</ul>;',
  'a key before a spread': 'export default ({ data }) => { const p = { title: "p", id: "x" }; return <p key="k" {...p} id="y">{data.title}</p>; };',
  'a key after a spread': 'export default ({ data }) => { const p = { title: "p", id: "x" }; return <p {...p} key="k" id="y">{data.title}</p>; };',
  'a key after a spread, with children': 'const A = ({ children, ...rest }) => <p {...rest}>{children}</p>; export default () => <A {...{ title: "t" }} key="k">a{1}<b/></A>;',
  'a key within a spread': 'export default ({ data }) => <ul>{data.items.map((it) => <li {...{ key: it, title: it }}>{it}</li>)}</ul>;',
  'lists without keys': 'export default ({ data }) => <ul>{data.items.map((it) => <li>{it}</li>)}</ul>;',
  'one child and many': 'const A = ({ children }) => <p>{Array.isArray(children) ? children.length : typeof children}</p>; export default () => <div><A>a</A><A>{1}</A><A>a{1}</A><A/><A>{[1, 2]}</A><A><b/></A></div>;',
  'children as a prop': 'const A = (p) => <p>{p.children}</p>; export default () => <div><A children="prop"/><A children="prop">own</A><A {...{ children: "spread" }}/></div>;',
  'spreads in the middle': 'export default () => <p id="a" {...{ id: "b", title: "b" }} title="c" {...null} {...undefined}>x</p>;',
  'nested members': 'const ui = { box: { Item: ({ n }) => <i>{n}</i> } }; export default ({ data }) => <ui.box.Item n={data.nested.n} />;',
  'this as a name': 'import React from "react"; export default class W extends React.Component { Item = () => <i>item</i>; render() { return <this.Item />; } }',
  'custom elements and hyphens': 'export default () => <my-element some-attribute="a" class="b"><svg xlinkHref="#a"><font-face /></svg></my-element>;',
  'lower case and upper case': 'const b = () => <i>wrong</i>; const B = () => <i>right</i>; const $ = () => <u>$</u>; const _a = () => <u>_a</u>; export default () => <p>{typeof b}<b/><B/><$/><_a/></p>;',
  'names of the runtime': 'const _jsx = "1", _jsxs = "2", _Fragment = "3", _createElement = "4", jsx = "5"; export default ({ data }) => { const _jsx2 = "6"; return <><p {...data.nested} key="k">{_jsx}{_jsxs}{_Fragment}{_createElement}{jsx}{_jsx2}</p></>; };',
  'strings of all kinds': 'export default () => <p title={"a\\u2028b\\ud800"}>{"`${1}` \\\\ \\n \\x07 </script>"}{`t ${1 + 1} \\` \\${x}`}{String.raw`\\n${2}`}</p>;',
  numbers: 'export default () => <p>{[0.1, 1e21, 0xff, 1_000, -0 === 0, 5e-324, 10n, 0b11, .5, 5., 1e3].map(String).join()}</p>;',
  operators: 'export default ({ data }) => { let a = 1; const b = - -a + +a - (-a) ** 2; return <p>{b}{a+++a}{!(a in [1])}{(a, 2)}{a ? b ? 1 : 2 : 3}{data?.x?.y ?? "none"}{typeof (() => {})}{void 0 ?? "void"}</p>; };',
  'automatic semicolons': 'let log = []\nconst a = 1\n;[a].forEach((it) => log.push(it))\nfunction f() { return\n1 }\nlog.push(String(f()))\nexport default () => <p>{log.join()}</p>',
  classes: 'import { Component } from "react"; export default class W extends Component { static label = "L"; #n = 1; get n() { return this.#n; } static { W.label += "!"; } state = { s: 2 }; render() { return <p>{this.n}{W.label}{this.state.s}{#n in this ? "own" : ""}</p>; } }',
  hooks: 'import { useState, useMemo, useId, useReducer } from "react"; export default function W({ data }) { const [s] = useState(data.zero); const m = useMemo(() => data.items.join("-"), [data]); const [r] = useReducer((x) => x, 7); return <p id={useId() ? "id" : ""}>{s}{m}{r}</p>; }',
  contexts: 'import { createContext, useContext } from "react"; const C = createContext("none"); const A = () => <i>{useContext(C)}</i>; export default () => <p><A/><C.Provider value="old"><A/></C.Provider><C value="new"><A/></C></p>;',
  'memo and lazy names': 'import { memo, forwardRef } from "react"; const Inner = forwardRef(function Named({ t }, ref) { return <b ref={ref}>{t}</b>; }); export default function Outer({ data }) { const M = memo(Inner); return <M t={data.title} />; }',
  'an anonymous default export has a name': 'const show = (f) => f.name; export default function ({ data }) { const inner = () => <i/>; const { other = () => <b/> } = {}; return <p>{show(inner)}{show(other)}{data.zero}</p>; }',
  styles: 'export default () => <p style={{ color: "red", "--x": 1, margin: 0 }} className="a b"><style>{".a > b { color: red }"}</style></p>;',
  'conditions and arrows': 'export default ({ data }) => data.on ? data.items.length > 2 && <p>{data.items.map((it, i) => i ? <b key={i}>{it}</b> : null)}</p> : <i/>;',
  generators: 'function* each(n) { while (n) yield <b key={n}>{n--}</b>; } export default () => <p>{[...each(3)]}{Object.entries({ a: 1 }).map(([k, v]) => <i key={k}>{k}{v}</i>)}</p>;',
  'a getter and computed keys': 'const o = { get g() { return "g"; }, ["c" + 1]: "c", async: 1, static: 2, "quoted-key": 3, 0x10: 4, __proto__: { p: 5 } }; export default () => <p>{o.g}{o.c1}{o.async}{o.static}{o["quoted-key"]}{o[16]}{o.p}</p>;',
  labels: 'export default () => { const out = []; outer: for (const a of [1, 2, 3]) { for (const b of [1, 2]) { if (b === 2) continue outer; if (a === 3) break outer; out.push(a * 10 + b); } } return <p>{out.join()}</p>; };',
  'if and else that dangle': 'export default ({ data }) => { let s = ""; if (data.on) if (data.zero) s = "1"; else s = "2"; if (data.on) { if (data.zero) s += "a"; } else s += "b"; do s += "."; while (s.length < 3); return <p>{s}</p>; };',
};

/** What renders differently, and why it may. */
export const differences = {
  // JSX says nothing of white space. Babel trims spaces and tabs, TypeScript and this compiler all that Unicode calls a space.
  'a no-break space at the edge of a line': {
    source: 'export default () => <p>a\u00a0\n\u2003b</p>;',
    ours: '<p>a b</p>',
    babel: '<p>a\u00a0 \u2003b</p>',
  },
  // Babel makes one space of a line break and what is white after it; TypeScript and this compiler keep what was written.
  'an attribute on more than one line': {
    source: 'export default () => <p className="a\n   b">x</p>;',
    ours: '<p class="a\n   b">x</p>',
    babel: '<p class="a b">x</p>',
  },
  // Babel 7 reads character references first and trims what they stand for; TypeScript and this compiler keep it.
  'a space as a character reference at the edge of a line': {
    source: 'export default () => <p>a&#32;\nb&#10;c</p>;',
    ours: '<p>a  b\nc</p>',
    babel: '<p>a b c</p>',
  },
};
