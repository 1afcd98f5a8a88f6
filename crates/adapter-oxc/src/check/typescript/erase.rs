//! Erases types from a tree, so that what remains is the JavaScript that the rules check and the compiler compiles.

use std::path::Path;

use oxc_allocator::Allocator;
use oxc_ast::ast::Program;
use oxc_semantic::SemanticBuilder;
use oxc_span::SourceType;
use oxc_transformer::{JsxOptions, TransformOptions, Transformer};

use super::{
    super::{early_errors, findings::Findings, syntax},
    exports, refused,
};

/// Erases the types of a TSX program, and the imports that only types use. Returns whether that left JavaScript; otherwise it
/// reports the errors.
///
/// What remains keeps its place in the source. Comments are removed first, since the transform would obey pragmas in them.
pub(crate) fn erase<'a>(
    allocator: &'a Allocator,
    program: &mut Program<'a>,
    source: &str,
    findings: &mut Findings,
) -> bool {
    let built = SemanticBuilder::new().with_check_syntax_error(true).with_build_nodes(true).build(program);
    refused::check(&built.semantic, findings);
    if findings.have_errors() || syntax::note(&built.diagnostics, source, findings) {
        return false;
    }
    // They stand between statements, some of which are about to be erased.
    early_errors::dropped(program, source, findings);
    if findings.have_errors() {
        return false;
    }
    let scoping = built.semantic.into_scoping();
    program.comments.clear();
    let options = TransformOptions { jsx: JsxOptions::disable(), ..TransformOptions::default() };
    let transformed =
        Transformer::new(allocator, Path::new("component.tsx"), &options).build_with_scoping(scoping, program);
    let diagnostics: Vec<_> = transformed.diagnostics.into_iter().collect();
    syntax::note_unsupported(&diagnostics, findings);
    program.source_type = SourceType::jsx();
    exports::check(program, findings);
    !findings.have_errors()
}
