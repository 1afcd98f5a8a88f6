//! Finds TypeScript in trees.

use oxc_ast::{
    AstKind, AstType,
    ast::{BinaryOperator, Program, TSLiteral, TSType, TSTypeParameterInstantiation},
};
use oxc_ast_visit::Visit;
use oxc_span::GetSpan;

/// Whether a tree has a node of TypeScript. oxc accepts some in JavaScript, too: `private x`, `export default interface A {}`.
pub(super) fn has_types(program: &Program<'_>) -> bool {
    finds(program, |kind| match kind {
        AstKind::Class(it) => it.r#abstract || it.declare,
        AstKind::MethodDefinition(it) => it.r#override || it.optional || it.accessibility.is_some(),
        AstKind::PropertyDefinition(it) => {
            it.declare || it.r#override || it.optional || it.definite || it.readonly || it.accessibility.is_some()
        }
        AstKind::AccessorProperty(it) => it.r#override || it.definite || it.accessibility.is_some(),
        AstKind::FormalParameter(it) => it.has_modifier() || it.optional,
        AstKind::Function(it) => it.declare || it.body.is_none(),
        AstKind::VariableDeclaration(it) => it.declare,
        AstKind::ImportDeclaration(it) => it.import_kind.is_type(),
        AstKind::ImportSpecifier(it) => it.import_kind.is_type(),
        AstKind::ExportNamedDeclaration(it) => it.export_kind.is_type(),
        AstKind::ExportFromDeclaration(it) => it.export_kind.is_type(),
        AstKind::ExportAllDeclaration(it) => it.export_kind.is_type(),
        AstKind::ExportSpecifier(it) => it.export_kind.is_type(),
        AstKind::Decorator(_) => false,
        // The node types of TypeScript are at the end of oxc's list.
        other => other.ty() as u8 >= AstType::TSThisParameter as u8,
    })
}

/// Whether a JSX tree has what may be a call with type arguments: `f<T>(x)`, which JavaScript parses as two comparisons.
pub(super) fn may_have_type_arguments(program: &Program<'_>, source: &str) -> bool {
    finds(program, |kind| {
        matches!(kind, AstKind::BinaryExpression(it) if it.operator == BinaryOperator::LessThan
            && source[it.left.span().end as usize..].starts_with('<'))
    })
}

/// Whether a TSX tree whose source is valid JSX as well has type arguments directly after a name. With a space between they are
/// comparisons, as in `f(a < b, c > (d))`, and so are those with a number.
pub(super) fn has_type_arguments(program: &Program<'_>, source: &str) -> bool {
    finds(program, |kind| {
        matches!(kind, AstKind::TSTypeParameterInstantiation(it)
            if !source[..it.span.start as usize].ends_with(char::is_whitespace) && !has_number(it))
    })
}

fn has_number(arguments: &TSTypeParameterInstantiation<'_>) -> bool {
    let is_number = |it: &TSType<'_>| {
        matches!(it, TSType::TSLiteralType(it)
            if matches!(it.literal, TSLiteral::NumericLiteral(_) | TSLiteral::UnaryExpression(_)))
    };
    arguments.params.iter().any(is_number)
}

fn finds<'a>(program: &Program<'a>, is_sought: impl Fn(AstKind<'a>) -> bool) -> bool {
    let mut search = Search { is_sought, found: false };
    search.visit_program(program);
    search.found
}

struct Search<F> {
    is_sought: F,
    found: bool,
}

impl<'a, F: Fn(AstKind<'a>) -> bool> Visit<'a> for Search<F> {
    fn enter_node(&mut self, kind: AstKind<'a>) {
        self.found |= (self.is_sought)(kind);
    }
}
