//! New nodes of a tree. They are parsed from text and have no position in the source, so source maps have the author's code only.

use std::collections::BTreeSet;

use domain::module::AssetDigest;
use oxc_allocator::Allocator;
use oxc_ast::ast::{Expression, Statement};
use oxc_ast_visit::{VisitMut, walk_mut};
use oxc_parser::Parser;
use oxc_span::{SPAN, SourceType, Span};

/// Parses an expression and puts the author's expressions into it, where it has `$0`, `$1` ….
pub(crate) fn expression<'a>(allocator: &'a Allocator, text: &str, holes: Vec<Expression<'a>>) -> Expression<'a> {
    let text = allocator.alloc_str(text);
    let mut expression =
        Parser::new(allocator, text, SourceType::jsx()).parse_expression().expect("the text is an expression");
    Fill { holes: holes.into_iter().map(Some).collect() }.visit_expression(&mut expression);
    expression
}

/// Parses statements.
pub(crate) fn statements<'a>(allocator: &'a Allocator, text: &str) -> Vec<Statement<'a>> {
    let text = allocator.alloc_str(text);
    let mut program = Parser::new(allocator, text, SourceType::jsx()).parse().program;
    Fill { holes: Vec::new() }.visit_program(&mut program);
    program.body.into_iter().collect()
}

/// The first of the names `start0`, `start1` … with which no name in the source begins.
pub(crate) fn unused_name(source: &str, start: &str) -> String {
    // A name may be written with escapes. No source contains its own digest.
    if source.contains("\\u") {
        return format!("{start}_{}", AssetDigest::of(source));
    }
    let numbers = source.match_indices(start).filter_map(|(at, _)| {
        let rest = &source[at + start.len()..];
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest[..end].parse().ok()
    });
    let used: BTreeSet<u32> = numbers.collect();
    let unused = (0_u32..).find(|index| !used.contains(index)).expect("a source does not contain every number");
    format!("{start}{unused}")
}

/// Puts expressions into the holes of new nodes, and removes the nodes' positions.
struct Fill<'a> {
    holes: Vec<Option<Expression<'a>>>,
}

impl<'a> VisitMut<'a> for Fill<'a> {
    fn visit_expression(&mut self, it: &mut Expression<'a>) {
        if let Expression::Identifier(name) = it
            && let Some(index) = name.name.strip_prefix('$').and_then(|index| index.parse::<usize>().ok())
            && let Some(expression) = self.holes.get_mut(index).and_then(Option::take)
        {
            *it = expression;
        } else {
            walk_mut::walk_expression(self, it);
        }
    }

    fn visit_span(&mut self, it: &mut Span) {
        *it = SPAN;
    }
}
