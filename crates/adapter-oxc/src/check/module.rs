//! A parsed module, with queries that several rules share.

use oxc_ast::{
    AstKind,
    ast::{Expression, IdentifierReference, VariableDeclarationKind},
};
use oxc_semantic::{Semantic, SymbolId};

/// Maximum number of constants that one query follows. `const a = b, b = a` is a cycle.
const MAX_CONSTANTS: u32 = 16;

/// Names of the global object.
const WINDOWS: [&str; 4] = ["window", "self", "globalThis", "frames"];

/// A module that was parsed and analyzed without errors.
pub(crate) struct Module<'m, 'a> {
    pub(crate) semantic: &'m Semantic<'a>,
    /// Whether it declares origins that it makes requests to.
    pub(crate) may_request: bool,
}

impl<'m, 'a> Module<'m, 'a> {
    /// The symbol that a name resolves to; `None` for a global.
    pub(crate) fn symbol(&self, name: &IdentifierReference<'a>) -> Option<SymbolId> {
        self.semantic.scoping().get_reference(name.reference_id.get()?).symbol_id()
    }

    /// The declaration of a symbol.
    pub(crate) fn declaration(&self, symbol: SymbolId) -> AstKind<'a> {
        self.semantic.symbol_declaration(symbol).kind()
    }

    /// The global that an expression refers to: `fetch`, `window.fetch`, `self["fetch"]`, `window?.self.fetch`, and a `const`
    /// initialized with one of these. Other names that the module declares itself are not globals.
    pub(super) fn global<'e>(&self, expression: &'e Expression<'a>) -> Option<&'e str> {
        self.global_within(expression, &mut { MAX_CONSTANTS })
    }

    fn global_within<'e>(&self, expression: &'e Expression<'a>, budget: &mut u32) -> Option<&'e str> {
        match peeled(expression) {
            Expression::Identifier(name) if self.symbol(name).is_none() => Some(name.name.as_str()),
            Expression::Identifier(name) => {
                *budget = budget.checked_sub(1)?;
                self.global_within(self.constant(name)?, budget)
            }
            other => {
                let member = other.get_member_expr()?;
                self.global_property(self.global_within(member.object(), budget)?, member.static_property_name()?)
            }
        }
    }

    /// The global that `property` of the global `object` refers to: `fetch` of `window` is `fetch`.
    pub(super) fn global_property<'e>(&self, object: &str, property: &'e str) -> Option<&'e str> {
        match (object, property) {
            ("document", "defaultView") => Some("window"),
            ("document", "location") => Some("location"),
            _ => is_window(object).then_some(property),
        }
    }

    /// The initial value of a `const`; `None` for other names.
    pub(crate) fn constant(&self, name: &IdentifierReference<'a>) -> Option<&'a Expression<'a>> {
        match self.declaration(self.symbol(name)?) {
            AstKind::VariableDeclarator(declarator) if declarator.id.is_binding_identifier() => {
                let parent = self.semantic.nodes().parent_kind(declarator.node_id.get());
                let is_const =
                    matches!(parent, AstKind::VariableDeclaration(it) if it.kind == VariableDeclarationKind::Const);
                if is_const { declarator.init.as_ref() } else { None }
            }
            _ => None,
        }
    }
}

/// Whether the name refers to the global object.
pub(super) fn is_window(name: &str) -> bool {
    WINDOWS.contains(&name)
}

/// The expression inside any parentheses.
pub(crate) fn peeled<'e, 'a>(expression: &'e Expression<'a>) -> &'e Expression<'a> {
    expression.without_parentheses()
}
