use domain::resources::Resources;

use super::{each_breaks, each_passes, errors, with};

use crate::check::{Purpose, check_and_compile};

#[test]
fn every_reference_to_eval_is_refused() {
    each_breaks(
        "no-eval",
        &[
            ("eval('1');", 1),
            ("(0, eval)('1');", 5),
            ("const e = eval;", 11),
            ("window.eval('1');", 8),
            ("globalThis['ev' + 'al']('1');", 12),
            ("self?.eval?.('1');", 7),
            ("const { eval: e } = window;", 9),
            ("let e; ({ eval: e } = globalThis);", 11),
            ("const o = { x: eval };", 16),
            ("document.defaultView.window.eval('1');", 29),
        ],
    );
}

#[test]
fn creating_functions_from_text_is_refused() {
    each_breaks(
        "no-new-function",
        &[
            ("new Function('return 1');", 5),
            ("Function('return 1')();", 1),
            ("const F = window.Function;", 18),
            ("(() => {}).constructor('x')();", 1),
            ("[].map['constructor']('x');", 1),
        ],
    );
    each_passes(&[
        "const f = (x) => x instanceof Function;",
        "const c = ({}).constructor;",
        "const f = (x) => new x.constructor();",
    ]);
}

#[test]
fn timers_with_text_are_refused() {
    each_breaks(
        "no-string-timer",
        &[
            ("setTimeout('x()', 1);", 12),
            ("setInterval(`x()`, 1);", 13),
            ("window.setTimeout('a' + 1, 1);", 19),
            ("const code = 'x()'; setTimeout(code);", 32),
            ("setTimeout((('x')), 1);", 12),
        ],
    );
    each_passes(&[
        "setTimeout(() => {}, 1);",
        "const f = (tick) => setTimeout(tick, 1);",
        "const f = (setTimeout) => setTimeout('x');",
        "setTimeout();",
    ]);
}

#[test]
fn raw_html_is_refused() {
    each_breaks(
        "no-dangerous-html",
        &[
            ("const A = () => <p dangerouslySetInnerHTML={{ __html: 'x' }} />;", 20),
            ("const A = (p) => <p {...{ dangerouslySetInnerHTML: p }} />;", 27),
            ("const props = { 'dangerouslySetInnerHTML': {} };", 17),
            ("const A = (p) => { p.dangerouslySetInnerHTML = {}; };", 22),
            ("const A = (p) => { p['dangerouslySet' + 'InnerHTML'] = {}; };", 22),
        ],
    );
    each_breaks(
        "no-raw-html",
        &[
            ("const f = (el) => { el.innerHTML = 'x'; };", 24),
            ("const f = (el) => { el['outerHTML'] = 'x'; };", 24),
            ("const f = (el) => Object.assign(el, { innerHTML: 'x' });", 39),
            ("const f = (el) => el.insertAdjacentHTML('beforeend', 'x');", 22),
            ("document.write('x');", 10),
            ("window.document.writeln('x');", 17),
            ("const A = () => <p srcDoc=\"x\" />;", 20),
            ("const A = () => <p {...{ innerHTML: 'x' }} />;", 26),
        ],
    );
    each_passes(&[
        "const A = ({ dangerouslySetInnerHTML, ...rest }) => <p {...rest} />;",
        "const f = (document) => document.write('x');",
        "const f = (el) => { el.textContent = 'x'; };",
    ]);
}

#[test]
fn markup_properties_can_be_read_but_not_assigned_in_any_syntax() {
    each_breaks(
        "no-raw-html",
        &[
            ("const f = (el) => { el.innerHTML += 'x'; };", 24),
            ("const f = (el) => { el.outerHTML ??= 'x'; };", 24),
            ("const f = (el) => { el.srcdoc ||= 'x'; };", 24),
            ("const f = (el) => { el.innerHTML++; };", 24),
            ("const f = (el) => { (el.innerHTML) = 'x'; };", 25),
            ("const f = (el) => { ((el[`inner${'HTML'}`])) = 'x'; };", 26),
            ("const f = (el) => { el.b.c[0].innerHTML = 'x'; };", 31),
            ("const f = (el, x) => { ({ a: el.innerHTML } = x); };", 33),
            ("const f = (el, x) => { ({ a: el.innerHTML = 'y' } = x); };", 33),
            ("const f = (el, x) => { ({ a: (el.innerHTML) } = x); };", 34),
            ("const f = (el, x) => { ({ a: [{ b: el['innerHTML'] }] } = x); };", 39),
            ("const f = (el, x) => { ({ ...el.innerHTML } = x); };", 33),
            ("const f = (el, x) => { [el.innerHTML] = x; };", 28),
            ("const f = (el, x) => { [, el.innerHTML = 'y'] = x; };", 30),
            ("const f = (el, x) => { [...el.innerHTML] = x; };", 31),
            ("const f = (el, x) => { for (el.innerHTML of x); };", 32),
            ("const f = (el, x) => { for ([el.innerHTML] of x); };", 33),
            ("const f = (el, x) => { for (el.innerHTML in x); };", 32),
            ("const f = (el) => el['insertAdjacentHTML'];", 22),
        ],
    );
    each_breaks("no-dangerous-html", &[("const f = (p, x) => { [p.dangerouslySetInnerHTML] = x; };", 26)]);
    each_passes(&[
        "const f = (data) => data.innerHTML;",
        "const f = (data) => data['outerHTML'] + data?.srcDoc;",
        "const A = ({ data }) => <p title={data.innerHTML}>{data.srcdoc}</p>;",
        "const f = (data) => { const { innerHTML } = data; return innerHTML; };",
        "const f = (data) => { data.text = data.innerHTML; };",
        "const f = (data) => { data.innerHTML.x = 1; };",
        "const f = (data, x) => { [x = data.innerHTML] = []; };",
        "const f = (data, x) => { ({ [data.innerHTML]: x, y: x = data.innerHTML } = {}); };",
        "const f = (data) => { for (const x of data.innerHTML); };",
        "const f = (data) => { for (const x in data.innerHTML); };",
        "const f = (data) => { delete data.innerHTML; };",
        "const f = (data) => data.dangerouslySetInnerHTML === undefined;",
    ]);
}

#[test]
fn script_urls_are_refused_in_places_that_take_a_url() {
    each_breaks(
        "no-script-url",
        &[
            ("const A = () => <a href=\"javascript:alert(1)\">x</a>;", 25),
            ("const A = () => <a href=' JavaScript:alert(1)'>x</a>;", 25),
            ("const A = () => <a href=\"java&#115;cript:alert(1)\">x</a>;", 25),
            ("const A = () => <a href=\"java&#x0A;script&#58;alert(1)\">x</a>;", 25),
            ("const A = () => <a href={'java\\tscript:x'}>x</a>;", 26),
            ("const A = ({ x }) => <a href={`javascript:${x}`}>x</a>;", 31),
            ("const A = ({ x }) => <a href={'javascript:' + x}>x</a>;", 31),
            ("const A = ({ x }) => <a href={x ? 'javascript:x' : '/'}>x</a>;", 31),
            ("const A = ({ x }) => <a href={x || 'javascript:x'}>x</a>;", 31),
            ("const U = 'java'; const A = () => <a href={U + 'script:x'}>x</a>;", 44),
            ("const A = () => <form action='javascript:x' />;", 30),
            ("const A = () => <button formAction='javascript:x' />;", 36),
            ("const A = () => <svg><a xlink:href='javascript:x' /></svg>;", 36),
            ("const A = () => <img alt='' src='javascript:x' />;", 33),
            ("const props = { href: 'javascript:x' };", 23),
            ("const f = (el) => { el.href = 'javascript:x'; };", 31),
            ("const f = (el) => el.setAttribute('HREF', 'javascript:x');", 43),
            ("window.location = 'javascript:x';", 19),
            ("location = 'javascript:x';", 12),
            ("location.assign('javascript:x');", 17),
            ("window.open('javascript:x');", 13),
        ],
    );
    each_passes(&[
        "const A = () => <a href=\"https://example.com/?q=javascript:x\">x</a>;",
        "const A = () => <a href=\"#top\" title=\"JavaScript: an overview\">x</a>;",
        "const A = () => <p>{'javascript:x'}</p>;",
        "const A = ({ data }) => <a href={data.url}>x</a>;",
        "const topics = [{ label: 'JavaScript: basics', data: 'javascript:x' }];",
        "const f = (text) => text.replace('javascript:', '');",
        "const A = () => <Card data=\"JavaScript: 40 %\" />; const Card = () => null;",
    ]);
}

#[test]
fn cookies_and_storage_are_refused() {
    each_breaks(
        "no-storage",
        &[
            ("document.cookie = 'a=b';", 10),
            ("const { cookie } = document;", 9),
            ("window.document['cookie'];", 17),
            ("localStorage.getItem('x');", 1),
            ("window.sessionStorage.clear();", 8),
            ("const db = globalThis.indexedDB;", 23),
        ],
    );
    each_passes(&[
        "const cookie = { cookie: 1 }.cookie;",
        "const f = (localStorage) => localStorage.x;",
        "const t = document.title;",
    ]);
}

#[test]
fn access_to_parent_windows_is_refused() {
    each_breaks(
        "no-parent-window",
        &[
            ("window.parent.postMessage('x', '*');", 8),
            ("window.top.location;", 8),
            ("parent.postMessage('x', '*');", 1),
            ("const w = top;", 11),
            ("self.window.opener;", 13),
            ("const { parent: p } = window;", 9),
            ("window[`frameElement`];", 8),
        ],
    );
    each_passes(&[
        "const top = 1; const x = top + 1;",
        "const f = (node) => node.parent.top;",
        "const w = window.innerWidth;",
    ]);
}

#[test]
fn network_access_is_refused() {
    each_breaks(
        "no-network",
        &[
            ("fetch('/x');", 1),
            ("const get = fetch;", 13),
            ("const api = { fetch };", 15),
            ("window.fetch('/x');", 8),
            ("new XMLHttpRequest();", 5),
            ("new WebSocket('wss://x');", 5),
            ("new window.EventSource('/x');", 12),
            ("navigator.sendBeacon('/x');", 11),
            ("window.navigator.serviceWorker.register('/x');", 18),
            ("importScripts('/x');", 1),
            ("new Worker('/x');", 5),
        ],
    );
    each_passes(&[
        "const fetch = () => 1; fetch();",
        "const f = ({ fetch }) => fetch('/x');",
        "const online = typeof fetch === 'function';",
        "const f = (api) => api.fetch('/x');",
        "class Worker {} new Worker();",
    ]);
}

#[test]
fn a_component_that_declares_origins_may_make_requests_and_nothing_else() {
    let resources: Resources = serde_json::from_str(r#"{"connect":["https://a.example"]}"#).unwrap();
    let purpose = Purpose::Save(resources);
    let codes = |statement: &str| errors(&check_and_compile(&with(statement), &purpose).0);
    for statement in [
        "fetch('/x');",
        "const get = window.fetch;",
        "const { XMLHttpRequest: X } = window;",
        "new EventSource('/x');",
        "navigator.sendBeacon('/x');",
        "let send; ({ sendBeacon: send } = navigator);",
    ] {
        assert_eq!(codes(statement), [""; 0], "{statement}");
    }
    for (statement, error) in [
        ("new WebSocket('wss://x');", "1:5 no-network"),
        ("new window.Worker('/x');", "1:12 no-network"),
        ("navigator.serviceWorker.register('/x');", "1:11 no-network"),
        ("const { RTCPeerConnection } = self;", "1:9 no-network"),
        ("localStorage.a = fetch;", "1:1 no-storage"),
        ("eval('fetch(1)');", "1:1 no-eval"),
    ] {
        assert_eq!(codes(statement), [error], "{statement}");
    }
}

#[test]
fn an_image_or_font_of_a_declared_origin_gets_no_warning() {
    let resources = r#"{"images":["https://a.example"],"fonts":["https://b.example:8443"]}"#;
    let purpose = Purpose::Save(serde_json::from_str(resources).unwrap());
    let warnings = |element: &str| {
        let source = format!("export default () => <div>{element}</div>;");
        check_and_compile(&source, &purpose).0.warnings.len()
    };
    for (element, expected) in [
        ("<img alt='' src='https://a.example/x.png' />", 0),
        ("<img alt='' src='//A.example/x.png' />", 0),
        ("<img alt='' src='http://a.example/x.png' />", 1),
        ("<img alt='' src='https://a.example.evil.example/x.png' />", 1),
        ("<img alt='' src='https://b.example:8443/x.png' />", 1),
        ("<style>{`@font-face { font-family: F; src: url(https://b.example:8443/f.woff2) }`}</style>", 0),
        ("<style>{`@font-face { font-family: F; src: url(https://a.example/f.woff2) }`}</style>", 1),
    ] {
        assert_eq!(warnings(element), expected, "{element}");
    }
}
