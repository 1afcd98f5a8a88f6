//! Hooks that are not called in the same order in every render.

use std::collections::HashMap;

use oxc_ast::{
    AstKind,
    ast::{CallExpression, Expression, ReturnStatement},
};
use oxc_semantic::NodeId;
use oxc_span::{GetSpan, Span};

use super::{
    findings::{Findings, quoted},
    module::{Module, peeled},
    rule::Rule,
};

/// Checks hook calls one at a time, in source order.
#[derive(Default)]
pub(super) struct Hooks {
    /// The end of the first `return` of each function, by the function's node.
    returns: HashMap<NodeId, u32>,
}

impl Hooks {
    /// Records a `return`. Nodes are visited in source order, so the first recorded one is the earliest.
    pub(super) fn returned(&mut self, module: &Module<'_, '_>, it: &ReturnStatement<'_>) {
        let nodes = module.semantic.nodes();
        let function = nodes.ancestors(it.node_id.get()).find(|node| is_function(node.kind()));
        if let Some(function) = function {
            self.returns.entry(function.id()).or_insert(it.span.end);
        }
    }

    /// Reports a hook that is called under a condition, in a loop, after a return, in a callback or outside of functions.
    pub(super) fn called<'a>(&self, module: &Module<'_, 'a>, call: &CallExpression<'a>, findings: &mut Findings) {
        let Some(name) = hook_name(&call.callee) else {
            return;
        };
        if let Some(where_it_is) = self.misplaced(module, call) {
            let message = format!(
                "the hook `{}` is called {where_it_is}; call hooks at the top of the component, the same ones at every render",
                quoted(name)
            );
            findings.add(Rule::ConditionalHook, call.span.start, message);
        }
    }

    fn misplaced(&self, module: &Module<'_, '_>, call: &CallExpression<'_>) -> Option<&'static str> {
        let nodes = module.semantic.nodes();
        let mut within = call.span;
        for ancestor in nodes.ancestors(call.node_id.get()) {
            let kind = ancestor.kind();
            if is_function(kind) {
                if self.returns.get(&ancestor.id()).is_some_and(|end| *end <= call.span.start) {
                    return Some("after a return");
                }
                return is_callback(nodes.parent_kind(ancestor.id()), kind).then_some("in a callback");
            }
            if let Some(found) = condition(kind, within) {
                return Some(found);
            }
            within = kind.span();
        }
        Some("outside of a component")
    }
}

/// Why the part `within` of a node runs conditionally or repeatedly, if it does.
fn condition(kind: AstKind<'_>, within: Span) -> Option<&'static str> {
    let inside = |span: Span| span.contains_inclusive(within);
    match kind {
        AstKind::IfStatement(it) if !inside(it.test.span()) => Some("under a condition"),
        AstKind::ConditionalExpression(it) if !inside(it.test.span()) => Some("under a condition"),
        AstKind::LogicalExpression(it) if !inside(it.left.span()) => Some("under a condition"),
        AstKind::SwitchCase(_) | AstKind::CatchClause(_) => Some("under a condition"),
        AstKind::ForStatement(_) | AstKind::WhileStatement(_) | AstKind::DoWhileStatement(_) => Some("in a loop"),
        AstKind::ForInStatement(it) if !inside(it.right.span()) => Some("in a loop"),
        AstKind::ForOfStatement(it) if !inside(it.right.span()) => Some("in a loop"),
        _ => None,
    }
}

fn is_function(kind: AstKind<'_>) -> bool {
    matches!(kind, AstKind::Function(_) | AstKind::ArrowFunctionExpression(_))
}

/// Whether the function is an argument of a call. The arguments of `memo` and `forwardRef` are components, not callbacks.
fn is_callback(parent: AstKind<'_>, function: AstKind<'_>) -> bool {
    match parent {
        AstKind::CallExpression(call) => {
            let wraps = matches!(callee_name(&call.callee), Some("memo" | "forwardRef"));
            !wraps && call.callee.span() != function.span()
        }
        _ => false,
    }
}

/// The name of a hook, such as `useState` and `React.useMemo`. `use` is excluded, since it may be called anywhere.
fn hook_name<'e>(callee: &'e Expression<'_>) -> Option<&'e str> {
    let name = callee_name(callee)?;
    let rest = name.strip_prefix("use")?;
    rest.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit()).then_some(name)
}

fn callee_name<'e>(callee: &'e Expression<'_>) -> Option<&'e str> {
    match peeled(callee) {
        Expression::Identifier(name) => Some(name.name.as_str()),
        // `useThing` of another object (`api.useThing`) need not be a hook.
        other => {
            let member = other.get_member_expr()?;
            let of_react = member.object().get_identifier_reference().is_some_and(|object| object.name == "React");
            if of_react { member.static_property_name() } else { None }
        }
    }
}
