//! How deep a syntax tree is.
//!
//! Everything that comes after the parse (semantic analysis, and later the transform and the code generation) recurses
//! over the tree, and not every recursion in the parser shows in it: `a + a + …` is parsed in a loop and yields a tree
//! of a hundred thousand levels. So the depth is measured on the finished tree, before anything else walks it. This walk
//! recurses as well; the worker's stack is sized for the deepest tree that a source of the largest size can yield.

use oxc_ast::{AstKind, ast::Program};
use oxc_ast_visit::Visit;
use oxc_span::GetSpan;

/// Deepest tree that is accepted, in nodes. Of 814 real components the deepest had 39.
pub(super) const MAX_DEPTH: u32 = 200;

/// Where the tree first goes deeper than [`MAX_DEPTH`], as a byte offset.
pub(super) fn first_too_deep(program: &Program<'_>) -> Option<u32> {
    let mut walk = Walk::default();
    walk.visit_program(program);
    walk.too_deep
}

#[derive(Default)]
struct Walk {
    depth: u32,
    too_deep: Option<u32>,
}

impl<'a> Visit<'a> for Walk {
    fn enter_node(&mut self, kind: AstKind<'a>) {
        self.depth += 1;
        if self.depth > MAX_DEPTH && self.too_deep.is_none() {
            self.too_deep = Some(kind.span().start);
        }
    }

    fn leave_node(&mut self, _: AstKind<'a>) {
        self.depth -= 1;
    }
}
