//! Imports that are no declarations. A component imports with plain static imports.

use oxc_ast::AstKind;
use oxc_semantic::{NodeId, Semantic};

use super::{findings::Findings, rule::Rule};

/// The module that every component can import.
pub(crate) const REACT: &str = "react";

/// Reports `import()`, `import.meta` and `await` outside of functions.
pub(super) fn check(kind: AstKind<'_>, semantic: &Semantic<'_>, findings: &mut Findings) {
    match kind {
        AstKind::ImportExpression(it) => {
            let message = "`import()` is not available to components; write `import` statements at the top, and put \
                 other code into the component itself";
            findings.add(Rule::NoDynamicImport, it.span.start, message);
        }
        AstKind::ImportMeta(it) => {
            let message =
                "`import.meta` is not available to components; take what you need from `data` or the other props";
            findings.add(Rule::NoImportMeta, it.span.start, message);
        }
        AstKind::AwaitExpression(it) if is_top_level(semantic, it.node_id.get()) => awaited(it.span.start, findings),
        AstKind::ForOfStatement(it) if it.r#await && is_top_level(semantic, it.node_id.get()) => {
            awaited(it.span.start, findings);
        }
        _ => {}
    }
}

fn awaited(offset: u32, findings: &mut Findings) {
    let message = "`await` outside of a function would keep the widget from rendering; render at once from `data`";
    findings.add(Rule::NoTopLevelAwait, offset, message);
}

/// Whether a node is outside of all functions. In a class field or a static block, `await` is a syntax error anyway.
fn is_top_level(semantic: &Semantic<'_>, node: NodeId) -> bool {
    let mut around = semantic.nodes().ancestor_kinds(node);
    !around.any(|kind| matches!(kind, AstKind::Function(_) | AstKind::ArrowFunctionExpression(_)))
}
