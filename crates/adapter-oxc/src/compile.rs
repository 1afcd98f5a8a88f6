//! The module of a checked source: JSX becomes calls of React's automatic runtime, and nothing else of the source changes.
//!
//! Runs in a worker process and nowhere else, as the check does.

#[cfg(test)]
mod tests;

use std::path::Path;

use domain::limits::{MAX_MODULE_BYTES, MAX_SOURCE_MAP_BYTES};
use oxc_allocator::Allocator;
use oxc_ast::ast::Program;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_diagnostics::OxcDiagnostic;
use oxc_semantic::Scoping;
use oxc_transformer::{JsxOptions, JsxRuntime, TransformOptions, Transformer};

/// What source maps call the source. The same for all: a module is named by what is in it, and two widgets may have the same.
const SOURCE_NAME: &str = "component.jsx";

/// A module and its source map, not joined yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Output {
    pub(crate) code: String,
    pub(crate) source_map: String,
}

/// Why there is no module.
pub(crate) enum Obstacle {
    /// The transform does not take something.
    Unsupported(Vec<OxcDiagnostic>),
    /// The module or its map would be longer than it may.
    TooLarge,
}

/// Compiles a program whose depth was measured and whose syntax and semantics are without errors.
///
/// No syntax is lowered (the target is ESNext) and no name is changed: what is minified is white space. Comments are dropped
/// before the transform looks at them, because it would obey a pragma: `@jsxImportSource https://…` imports from there, and
/// `@jsx eval` calls that.
pub(crate) fn compile<'a>(
    allocator: &'a Allocator,
    program: &mut Program<'a>,
    scoping: Scoping,
) -> Result<Output, Obstacle> {
    program.comments.clear();
    let transformed =
        Transformer::new(allocator, Path::new(SOURCE_NAME), &transform_options()).build_with_scoping(scoping, program);
    if !transformed.diagnostics.is_empty() {
        return Err(Obstacle::Unsupported(transformed.diagnostics.into_iter().collect()));
    }
    let options = CodegenOptions { source_map_path: Some(SOURCE_NAME.into()), ..CodegenOptions::minify() };
    let printed = Codegen::new().with_options(options).build(program);
    let source_map = printed.map.map(|map| map.to_json_string()).unwrap_or_default();
    if printed.code.len() > MAX_MODULE_BYTES || source_map.len() > MAX_SOURCE_MAP_BYTES {
        return Err(Obstacle::TooLarge);
    }
    Ok(Output { code: printed.code, source_map })
}

fn transform_options() -> TransformOptions {
    TransformOptions {
        jsx: JsxOptions {
            jsx_plugin: true,
            runtime: JsxRuntime::Automatic,
            throw_if_namespace: true,
            // Without: no `displayName` for React.createClass, no annotations for bundlers, nothing for development.
            ..JsxOptions::disable()
        },
        ..TransformOptions::default()
    }
}
