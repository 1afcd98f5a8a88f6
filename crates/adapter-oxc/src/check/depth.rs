//! The depth of a syntax tree.
//!
//! All steps after parsing (semantic analysis, transform, code generation) recurse over the tree. The parser's own recursion
//! does not bound its depth: `a + a + …` is parsed in a loop and yields a tree of a hundred thousand levels. So the depth is
//! measured on the finished tree, before anything else walks it. This walk recurses as well; the worker's stack is large
//! enough for the deepest tree that a source of the maximum size can yield.

use oxc_ast::{AstKind, ast::Program};
use oxc_ast_visit::Visit;
use oxc_span::GetSpan;

/// Maximum depth of a tree, in nodes. The deepest of 814 real components had 39.
pub(super) const MAX_DEPTH: u32 = 200;

/// The byte offset of the first node deeper than [`MAX_DEPTH`].
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
