//! The component that a module without a default export shows: its only exported one, or the only one that the rest does not use.

use std::collections::HashSet;

use oxc_ast::{
    AstKind,
    ast::{BindingIdentifier, Declaration, Expression, ModuleExportName, Program, Statement},
};
use oxc_semantic::{NodeId, Reference, SymbolId};
use oxc_span::GetSpan as _;

use super::{
    exports::{is_default, may_be_component},
    module::Module,
    react,
};

/// The exported components of a module without a default export.
#[derive(Debug)]
pub(super) enum Exported {
    /// Exactly one.
    One(String),
    /// Several, of which the rest of the source uses all but this one. The offset is that of its declaration's name.
    Root { name: String, offset: u32 },
    /// None, or several that could be meant.
    Unclear(Vec<String>),
}

impl Exported {
    /// The local name of the component to show.
    pub(super) fn chosen(&self) -> Option<&str> {
        match self {
            Self::One(name) | Self::Root { name, .. } => Some(name),
            Self::Unclear(_) => None,
        }
    }
}

/// The exported components; `None` if the module has a default export.
pub(super) fn find(module: &Module<'_, '_>) -> Option<Exported> {
    let program = module.semantic.nodes().program();
    if has_default(program) {
        return None;
    }
    let components = components(module, program);
    let name = |symbol: &SymbolId| module.semantic.scoping().symbol_name(*symbol).to_owned();
    if let [only] = components.as_slice() {
        return Some(Exported::One(name(only)));
    }
    let roots: Vec<SymbolId> = components.iter().copied().filter(|symbol| !is_used(module, *symbol)).collect();
    Some(match roots.as_slice() {
        [root] => Exported::Root { name: name(root), offset: module.semantic.scoping().symbol_span(*root).start },
        [] => Exported::Unclear(components.iter().map(name).collect()),
        _ => Exported::Unclear(roots.iter().map(name).collect()),
    })
}

fn has_default(program: &Program<'_>) -> bool {
    program.body.iter().any(|statement| match statement {
        Statement::ExportDefaultDeclaration(_) => true,
        Statement::ExportNamedDeclaration(it) => it.specifiers.iter().any(|it| is_default(&it.exported)),
        Statement::ExportFromDeclaration(it) => it.specifiers.iter().any(|it| is_default(&it.exported)),
        Statement::ExportAllDeclaration(it) => it.exported.as_ref().is_some_and(is_default),
        _ => false,
    })
}

/// What is exported under a name of a component and may be one, in the order of the source.
fn components<'a>(module: &Module<'_, 'a>, program: &Program<'a>) -> Vec<SymbolId> {
    let mut exported = Vec::new();
    for statement in &program.body {
        match statement {
            Statement::ExportDeclaration(it) => {
                let declared = declared(&it.declaration);
                exported.extend(declared.iter().filter(|it| is_capital(&it.name)).map(|it| it.symbol_id()));
            }
            Statement::ExportNamedDeclaration(it) => {
                for specifier in it.specifiers.iter().filter(|it| is_capital(&it.exported.name())) {
                    if let ModuleExportName::IdentifierReference(local) = &specifier.local {
                        exported.extend(module.symbol(local));
                    }
                }
            }
            _ => {}
        }
    }
    let mut seen = HashSet::new();
    exported.retain(|symbol| seen.insert(*symbol) && may_be_component(module, *symbol) && !is_context(module, *symbol));
    exported
}

fn declared<'d, 'a>(declaration: &'d Declaration<'a>) -> Vec<&'d BindingIdentifier<'a>> {
    match declaration {
        Declaration::VariableDeclaration(it) => {
            it.declarations.iter().flat_map(|it| it.id.get_binding_identifiers()).collect()
        }
        Declaration::FunctionDeclaration(it) => it.id.iter().collect(),
        Declaration::ClassDeclaration(it) => it.id.iter().collect(),
        _ => Vec::new(),
    }
}

fn is_capital(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

/// Whether a name is a context. React can render one, but no author means it.
fn is_context(module: &Module<'_, '_>, symbol: SymbolId) -> bool {
    match module.declaration(symbol) {
        AstKind::VariableDeclarator(it) => matches!(&it.init, Some(Expression::CallExpression(call))
            if react::is_export(module, &call.callee, "createContext")),
        _ => false,
    }
}

/// Whether the source uses a name outside of its declaration and exports.
fn is_used(module: &Module<'_, '_>, symbol: SymbolId) -> bool {
    let own = module.declaration(symbol).span();
    let is_outside = |it: &Reference| !own.contains_inclusive(module.semantic.nodes().kind(it.node_id()).span());
    module.semantic.symbol_references(symbol).any(|it| is_outside(it) && !is_export_or_property(module, it.node_id()))
}

/// Whether a name is exported (`export { A }`), or a property of it is assigned (`A.displayName = "A"`).
fn is_export_or_property(module: &Module<'_, '_>, name: NodeId) -> bool {
    let nodes = module.semantic.nodes();
    match nodes.parent_kind(name) {
        AstKind::ExportSpecifier(_) => true,
        AstKind::StaticMemberExpression(it) => matches!(nodes.parent_kind(it.node_id.get()),
            AstKind::AssignmentExpression(assignment) if assignment.left.span() == it.span),
        _ => false,
    }
}
