//! Globals that a component must not use, and globals that do nothing in a widget.
//!
//! Every reference that resolves to the global counts: a call, an alias (`const f = fetch`), and a property of the global
//! object (`window.fetch`, `const { fetch } = window`). Names that the module declares itself are allowed.

use oxc_ast::{
    AstKind,
    ast::{BinaryOperator, CallExpression, Expression, IdentifierReference, UnaryOperator},
};
use oxc_span::GetSpan;

use super::{
    findings::Findings,
    module::{Module, is_window, peeled},
    rule::Rule,
};

const EVAL: &str = "`eval` runs text as code; compute the value with ordinary code, or parse data with JSON.parse";
const FUNCTION: &str = "`Function` and `.constructor(…)` make code out of text; write an ordinary function";
const TIMER: &str = "A timer must be given a function, not text: setTimeout(() => { … }, 1000)";
const REQUIRE: &str = "`require` is not available to components; write an `import` statement at the top";
const STORAGE: &str = "Components have no cookies and no storage of the browser; keep state with useState, and have what \
     must last sent in `data`";
const PARENT: &str = "Components must not reach for the windows around them; take what you need from `data` or the other props, and \
     send what the user does with `onAction(name, payload)`";
const NETWORK: &str = "Components must not use the network or start workers; have what is to be shown sent in `data`, or list the \
     origins that `fetch` needs as `connect` in the widget's `resources`";
const ALERT: &str = "`alert` shows nothing in a widget; show the text in the component, with useState";
const CONFIRM: &str =
    "`confirm` shows nothing in a widget and always returns false; ask in the component, with two buttons";
const PROMPT: &str = "`prompt` shows nothing in a widget and always returns null; put an <input> into the component";
const PRINT: &str =
    "`print` does nothing in a widget; leave printing to the page around it, for example with `onAction(\"print\")`";
const OTHER_HOST: &str = "this object belongs to another host and is undefined here; read the prop `data`, and send what the user \
     does with `onAction(name, payload)`";
const RAW_HTML: &str = "Raw HTML is not allowed in components; build the elements with JSX";

/// What makes requests to the origins of `resources.connect`, and to no others: the frame's policy sees to that.
const REQUESTS: [&str; 4] = ["fetch", "XMLHttpRequest", "EventSource", "sendBeacon"];

/// Adds the violation, unless the module declares origins for requests and the name makes some.
fn note(
    module: &Module<'_, '_>,
    name: &str,
    (rule, message): (Rule, &'static str),
    offset: u32,
    findings: &mut Findings,
) {
    if !(rule == Rule::NoNetwork && module.may_request && REQUESTS.contains(&name)) {
        findings.add(rule, offset, message);
    }
}

/// The rule for a global, by its name.
fn forbidden(name: &str) -> Option<(Rule, &'static str)> {
    Some(match name {
        "eval" => (Rule::NoEval, EVAL),
        "Function" => (Rule::NoNewFunction, FUNCTION),
        "require" => (Rule::NoRequire, REQUIRE),
        "localStorage" | "sessionStorage" | "indexedDB" | "caches" | "cookieStore" => (Rule::NoStorage, STORAGE),
        "parent" | "top" | "opener" | "frameElement" => (Rule::NoParentWindow, PARENT),
        "fetch" | "fetchLater" | "XMLHttpRequest" | "WebSocket" | "WebSocketStream" | "WebTransport"
        | "EventSource" | "RTCPeerConnection" | "importScripts" | "Worker" | "SharedWorker" => {
            (Rule::NoNetwork, NETWORK)
        }
        "alert" => (Rule::NoDialog, ALERT),
        "confirm" => (Rule::NoDialog, CONFIRM),
        "prompt" => (Rule::NoDialog, PROMPT),
        "print" => (Rule::NoDialog, PRINT),
        _ => return None,
    })
}

/// The rule for a property of a global.
fn forbidden_property(object: &str, property: &str) -> Option<(Rule, &'static str)> {
    match (object, property) {
        ("document", "cookie") => Some((Rule::NoStorage, STORAGE)),
        ("document", "write" | "writeln") => Some((Rule::NoRawHtml, RAW_HTML)),
        ("navigator", "sendBeacon" | "serviceWorker") => Some((Rule::NoNetwork, NETWORK)),
        (window, "openai" | "claude") if is_window(window) => Some((Rule::OtherHost, OTHER_HOST)),
        (window, name) if is_window(window) => forbidden(name),
        _ => None,
    }
}

/// Whether a rule reports each reference to the global.
pub(super) fn is_forbidden(name: &str) -> bool {
    forbidden(name).is_some()
}

/// Reports the forbidden globals that a node uses.
pub(super) fn check<'a>(module: &Module<'_, 'a>, kind: AstKind<'a>, findings: &mut Findings) {
    match kind {
        AstKind::IdentifierReference(name) => reference(module, name, findings),
        AstKind::StaticMemberExpression(it) => {
            property(module, &it.object, Some(&it.property.name), it.property.span.start, findings);
        }
        AstKind::ComputedMemberExpression(it) => {
            let name = module.text(&it.expression);
            property(module, &it.object, name.whole.then_some(&name.text), it.expression.span().start, findings);
        }
        AstKind::CallExpression(call) => called(module, call, findings),
        _ => {}
    }
}

fn reference<'a>(module: &Module<'_, 'a>, name: &IdentifierReference<'a>, findings: &mut Findings) {
    let Some((rule, message)) = forbidden(&name.name) else {
        return;
    };
    if module.symbol(name).is_none() && !is_only_tested(module, name, rule) {
        note(module, &name.name, (rule, message), name.span.start, findings);
    }
}

/// Whether the reference only tests the global, as `typeof fetch` and `x instanceof Function` do.
fn is_only_tested(module: &Module<'_, '_>, name: &IdentifierReference<'_>, rule: Rule) -> bool {
    match module.semantic.nodes().parent_kind(name.node_id.get()) {
        AstKind::UnaryExpression(it) => it.operator == UnaryOperator::Typeof,
        AstKind::BinaryExpression(it) => it.operator == BinaryOperator::Instanceof && rule == Rule::NoNewFunction,
        _ => false,
    }
}

fn property<'a>(
    module: &Module<'_, 'a>,
    object: &Expression<'a>,
    name: Option<&str>,
    offset: u32,
    findings: &mut Findings,
) {
    let Some(name) = name else {
        return;
    };
    if let Some(object) = module.global(object) {
        note_property(module, object, name, offset, findings);
    }
}

/// Reports a property of a global if it is forbidden.
pub(super) fn note_property(module: &Module<'_, '_>, object: &str, name: &str, offset: u32, findings: &mut Findings) {
    if let Some(violation) = forbidden_property(object, name) {
        note(module, name, violation, offset, findings);
    }
}

fn called<'a>(module: &Module<'_, 'a>, call: &CallExpression<'a>, findings: &mut Findings) {
    if let Some("setTimeout" | "setInterval" | "setImmediate") = module.global(&call.callee) {
        let text = call.arguments.first().and_then(|first| first.as_expression()).filter(|first| module.is_text(first));
        if let Some(text) = text {
            findings.add(Rule::NoStringTimer, text.span().start, TIMER);
        }
    }
    // `(() => {}).constructor("…")` is `Function("…")`.
    if let Some(member) = peeled(&call.callee).get_member_expr()
        && module.member_name(member).as_deref() == Some("constructor")
        && !matches!(member.object(), Expression::Super(_))
    {
        findings.add(Rule::NoNewFunction, call.span.start, FUNCTION);
    }
}
