//! Compiles a checked source to a module: JSX becomes calls of React's automatic runtime, `<style jsx>` is scoped,
//! libraries are imported by the paths of their files, and nothing else changes.
//!
//! Like the check, it runs only in worker processes.

#[cfg(test)]
mod tests;

use std::path::Path;

use domain::{
    component::Language,
    library::LibrarySet,
    limits::{MAX_MODULE_BYTES, MAX_SOURCE_MAP_BYTES},
};
use oxc_allocator::Allocator;
use oxc_ast::ast::Program;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_diagnostics::OxcDiagnostic;
use oxc_semantic::{Scoping, SemanticBuilder};
use oxc_transformer::{JsxOptions, JsxRuntime, TransformOptions, Transformer};

use crate::{
    libraries::{Used, rewrite},
    styles::{Plan, apply},
    tree,
};

/// The name of the source in source maps. It is the same for all widgets in a language: modules are addressed by their content, so widgets
/// with the same source share a module.
const fn source_name(language: Language) -> &'static str {
    match language {
        Language::Jsx => "component.jsx",
        Language::Tsx => "component.tsx",
    }
}

/// The code of a module and its source map. The code does not name the map yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Output {
    pub(crate) code: String,
    pub(crate) source_map: String,
    /// What it imports.
    pub(crate) used: Used,
    pub(crate) stylesheet: Option<String>,
}

/// Why a source could not be compiled.
pub(crate) enum CompileError {
    /// The JSX transform does not support some syntax.
    Unsupported(Vec<OxcDiagnostic>),
    /// The module or its source map exceeds its maximum size.
    TooLarge,
}

/// Compiles a program without types, whose depth was checked and whose syntax and semantics have no errors. Only the name of
/// the source in the source map depends on the language.
///
/// `shown` is the name of the component that becomes the default export of a module without one.
///
/// The compiler lowers no syntax (the target is ESNext) and renames nothing; it only removes white space. Comments are removed
/// before the transform, which would obey pragmas in them: `@jsxImportSource https://…` imports from that URL, and `@jsx eval`
/// calls `eval`.
pub(crate) fn compile<'a>(
    allocator: &'a Allocator,
    program: &mut Program<'a>,
    mut scoping: Scoping,
    styles: &Plan,
    language: Language,
    libraries: &LibrarySet,
    shown: Option<&str>,
) -> Result<Output, CompileError> {
    program.comments.clear();
    let (used, imports_are_changed) = rewrite(libraries, allocator, program);
    if !styles.is_empty() {
        apply(styles, allocator, program);
    }
    if imports_are_changed || !styles.is_empty() {
        scoping = SemanticBuilder::new().build(program).semantic.into_scoping();
    }
    let name = source_name(language);
    let transformed =
        Transformer::new(allocator, Path::new(name), &transform_options()).build_with_scoping(scoping, program);
    if !transformed.diagnostics.is_empty() {
        return Err(CompileError::Unsupported(transformed.diagnostics.into_iter().collect()));
    }
    if let Some(name) = shown {
        program.body.extend(tree::statements(allocator, &format!("export{{{name} as default}}")));
    }
    let options = CodegenOptions { source_map_path: Some(name.into()), ..CodegenOptions::minify() };
    let printed = Codegen::new().with_options(options).build(program);
    let source_map = printed.map.map(|map| map.to_json_string()).unwrap_or_default();
    if printed.code.len() > MAX_MODULE_BYTES || source_map.len() > MAX_SOURCE_MAP_BYTES {
        return Err(CompileError::TooLarge);
    }
    Ok(Output { code: printed.code, source_map, used, stylesheet: None })
}

fn transform_options() -> TransformOptions {
    TransformOptions {
        jsx: JsxOptions {
            jsx_plugin: true,
            runtime: JsxRuntime::Automatic,
            throw_if_namespace: true,
            // Disables `displayName` for React.createClass, annotations for bundlers, and everything for development.
            ..JsxOptions::disable()
        },
        ..TransformOptions::default()
    }
}
