//! TypeScript that is not only types, and that erasing types would not compile.

use oxc_ast::{AstKind, ast::ImportOrExportKind};
use oxc_semantic::{NodeId, Semantic, SymbolId};

use super::super::{findings::Findings, rule::Rule};

/// Reports enums, namespaces with values, parameter properties, `import x = …` and `export = …`. What is declared to exist
/// elsewhere is a type.
pub(super) fn check(semantic: &Semantic<'_>, findings: &mut Findings) {
    for node in semantic.nodes() {
        let refused = match node.kind() {
            AstKind::TSEnumDeclaration(it) if !it.declare => Some((
                it.span.start,
                "An `enum` is code and not only a type, and is not compiled: write an object instead, as in \
                 `const Color = { Red: \"red\" } as const`, with the type `keyof typeof Color`",
            )),
            AstKind::TSNamespaceDeclaration(it) if !it.declare && has_values(semantic, it.id.symbol_id()) => Some((
                it.span.start,
                "A `namespace` with values is code and not only types, and is not compiled: write its functions and \
                 constants at the top of the source, or into an object",
            )),
            AstKind::FormalParameter(it) if it.has_modifier() => Some((
                it.span.start,
                "A parameter with a modifier (`private x`) is code and not only a type, and is not compiled: declare the \
                 field in the class, and write `this.x = x` into the constructor",
            )),
            AstKind::TSImportEqualsDeclaration(it) if it.import_kind == ImportOrExportKind::Value => Some((
                it.span.start,
                "`import x = …` is not compiled: write `import x from \"…\"`, or `const x = …` for part of a namespace",
            )),
            AstKind::TSExportAssignment(it) => {
                Some((it.span.start, "`export = …` is not compiled: write `export default …`"))
            }
            _ => None,
        };
        if let Some((offset, message)) = refused
            && !is_in_namespace(semantic, node.id())
        {
            findings.add(Rule::TypeScript, offset, message);
        }
    }
}

fn has_values(semantic: &Semantic<'_>, namespace: SymbolId) -> bool {
    !semantic.scoping().symbol_flags(namespace).is_namespace_module()
}

/// Whether a node is in a namespace, which is erased or reported as a whole.
fn is_in_namespace(semantic: &Semantic<'_>, node: NodeId) -> bool {
    semantic.nodes().ancestor_kinds(node).any(|kind| {
        matches!(
            kind,
            AstKind::TSNamespaceDeclaration(_)
                | AstKind::TSGlobalDeclaration(_)
                | AstKind::TSExternalModuleDeclaration(_)
        )
    })
}
