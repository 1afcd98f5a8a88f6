//! A parsed module, and the questions that several rules ask of it.

use oxc_ast::{
    AstKind,
    ast::{Expression, IdentifierReference, VariableDeclarationKind},
};
use oxc_semantic::{Semantic, SymbolId};

/// Most constants that one question follows: `const a = b, b = a` goes in circles.
const BUDGET: u32 = 16;

/// Names that stand for the global object itself.
const WINDOWS: [&str; 4] = ["window", "self", "globalThis", "frames"];

/// One module after parse and semantic analysis, both without errors.
pub(super) struct Module<'m, 'a> {
    pub(super) semantic: &'m Semantic<'a>,
}

impl<'m, 'a> Module<'m, 'a> {
    /// The symbol that a name resolves to; `None` for a global.
    pub(super) fn symbol(&self, name: &IdentifierReference<'a>) -> Option<SymbolId> {
        self.semantic.scoping().get_reference(name.reference_id.get()?).symbol_id()
    }

    /// What declares a symbol.
    pub(super) fn declaration(&self, symbol: SymbolId) -> AstKind<'a> {
        self.semantic.symbol_declaration(symbol).kind()
    }

    /// The global that an expression denotes: `fetch`, and also `window.fetch`, `self["fetch"]`, `window?.self.fetch`, and
    /// what a `const` was given of these. Another name that the module declares itself is no global.
    pub(super) fn global<'e>(&self, expression: &'e Expression<'a>) -> Option<&'e str> {
        self.global_within(expression, &mut { BUDGET })
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

    /// The global that `property` of the global `object` denotes: `fetch` of `window` is `fetch`.
    pub(super) fn global_property<'e>(&self, object: &str, property: &'e str) -> Option<&'e str> {
        match (object, property) {
            ("document", "defaultView") => Some("window"),
            ("document", "location") => Some("location"),
            _ => is_window(object).then_some(property),
        }
    }

    /// The value that a `const` was given, when the name is one.
    pub(super) fn constant(&self, name: &IdentifierReference<'a>) -> Option<&'a Expression<'a>> {
        match self.declaration(self.symbol(name)?) {
            AstKind::VariableDeclarator(declarator) if declarator.id.is_binding_identifier() => {
                let parent = self.semantic.nodes().parent_kind(declarator.node_id.get());
                let constant =
                    matches!(parent, AstKind::VariableDeclaration(it) if it.kind == VariableDeclarationKind::Const);
                if constant { declarator.init.as_ref() } else { None }
            }
            _ => None,
        }
    }
}

/// Whether a global's name stands for the global object.
pub(super) fn is_window(name: &str) -> bool {
    WINDOWS.contains(&name)
}

/// The expression inside any parentheses.
pub(super) fn peeled<'e, 'a>(expression: &'e Expression<'a>) -> &'e Expression<'a> {
    expression.without_parentheses()
}
