//! Imports. A component may only import React, with a plain static import.

use oxc_ast::{
    AstKind,
    ast::{StringLiteral, WithClause},
};
use oxc_semantic::{NodeId, Semantic};

use super::{
    findings::{Findings, quoted},
    rule::Rule,
};

/// The only module that a component can import.
pub(super) const REACT: &str = "react";

/// Reports imports and re-exports of other modules, `import()`, `import.meta` and `await` outside of functions.
pub(super) fn check(kind: AstKind<'_>, semantic: &Semantic<'_>, findings: &mut Findings) {
    match kind {
        AstKind::ImportDeclaration(it) => {
            source(&it.source, it.with_clause.as_deref(), findings);
            if it.phase.is_some() {
                let message = "Import phases (`import source`, `import defer`) are not supported; use a plain import";
                findings.add(Rule::UnsupportedSyntax, it.span.start, message);
            }
        }
        AstKind::ExportAllDeclaration(it) => source(&it.source, it.with_clause.as_deref(), findings),
        AstKind::ExportFromDeclaration(it) => source(&it.source, it.with_clause.as_deref(), findings),
        AstKind::ImportExpression(it) => {
            let message = "`import()` is not available to components; import what you need of React at the top, and put \
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

fn source(source: &StringLiteral<'_>, with: Option<&WithClause<'_>>, findings: &mut Findings) {
    if source.value != REACT {
        let message = format!(
            "Only \"react\" can be imported, not \"{}\": put the code into the component itself, or use what the browser has",
            quoted(&source.value)
        );
        findings.add(Rule::NoImport, source.span.start, message);
    }
    if let Some(with) = with.filter(|with| !with.with_entries.is_empty()) {
        let message = "Import attributes are not supported; remove the `with` clause";
        findings.add(Rule::UnsupportedSyntax, with.span.start, message);
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
