//! TypeScript: detects it, refuses syntax that is more than types, and erases the types.
//!
//! A source that parses as JSX is JSX, unless it has types that the parser accepts in JavaScript. Otherwise it is TSX. So
//! JavaScript compiles to the same module as if there were no TypeScript, and does not wait for oxc's TypeScript parser, which
//! takes exponential time on a hundred crafted bytes.

mod erase;
mod exports;
mod refused;
mod tree;

pub(super) use self::erase::erase;

use domain::component::Language;
use oxc_allocator::Allocator;
use oxc_ast::ast::Program;
use oxc_diagnostics::OxcDiagnostic;
use oxc_parser::{ParseOptions, Parser, ParserReturn};
use oxc_span::SourceType;

use super::syntax;

/// A parsed source. Its tree is valid only if there are no diagnostics.
pub(super) struct Parsed<'a> {
    pub(super) program: Program<'a>,
    pub(super) diagnostics: Vec<OxcDiagnostic>,
    pub(super) language: Language,
}

/// Parses a source as JSX or TSX. If it is neither, the diagnostics are those of the parser that got further, since the author
/// probably writes that language.
pub(super) fn parse<'a>(allocator: &'a Allocator, source: &'a str) -> Parsed<'a> {
    let jsx = parse_as(Language::Jsx, allocator, source);
    let error_in_jsx = syntax::first_offset(&jsx.diagnostics);
    let has_types = error_in_jsx.is_none() && tree::has_types(&jsx.program);
    if error_in_jsx.is_none() && !has_types && !tree::may_have_type_arguments(&jsx.program, source) {
        return jsx;
    }
    let tsx = parse_as(Language::Tsx, allocator, source);
    let is_tsx = match (error_in_jsx, syntax::first_offset(&tsx.diagnostics)) {
        (None, in_tsx) => has_types || (in_tsx.is_none() && tree::has_type_arguments(&tsx.program, source)),
        // JavaScript with a mistake that TypeScript's parser accepts.
        (Some(_), None) => tree::has_types(&tsx.program),
        (Some(in_jsx), Some(in_tsx)) => in_tsx >= in_jsx,
    };
    if is_tsx { tsx } else { jsx }
}

fn parse_as<'a>(language: Language, allocator: &'a Allocator, source: &'a str) -> Parsed<'a> {
    let source_type = match language {
        Language::Jsx => SourceType::jsx(),
        Language::Tsx => SourceType::tsx().with_module(true),
    };
    let options = ParseOptions { parse_regular_expression: true, ..ParseOptions::default() };
    let ParserReturn { program, diagnostics, .. } =
        Parser::new(allocator, source, source_type).with_options(options).parse();
    Parsed { program, diagnostics: diagnostics.into_iter().collect(), language }
}
