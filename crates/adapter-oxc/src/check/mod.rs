//! Checks and compiles one source. This code runs only in worker processes.

mod accessibility;
mod browser;
mod chosen;
mod default_props;
mod depth;
mod destructuring;
mod early_errors;
mod elements;
mod escaped_attribute;
mod exports;
mod findings;
mod globals;
mod hooks;
mod imports;
mod keys;
mod markup;
mod module;
mod position;
mod react;
mod resources;
mod rule;
pub(crate) mod similar;
mod style_jsx;
mod syntax;
#[cfg(test)]
mod tests;
mod text;
mod typescript;
mod undeclared;
mod urls;
mod wrapped;

use domain::{
    component::Language,
    library::LibrarySet,
    limits::{MAX_MODULE_BYTES, MAX_SOURCE_MAP_BYTES},
    resources::Resources,
    styles::Styles,
};
use oxc_allocator::Allocator;
use oxc_ast::AstKind;
use oxc_semantic::SemanticBuilder;

use self::{chosen::Exported, hooks::Hooks, resources::Addresses};
pub(crate) use self::{
    findings::{Findings, Report, quoted},
    imports::REACT,
    module::{Module, peeled},
    react::instead_of_react_dom,
    rule::Rule,
};
use crate::{
    colors,
    compile::{CompileError, Output, compile},
    libraries,
    styles::Plan,
    tailwind,
    workers::Tools,
};

/// The beginning of every message about complexity.
pub(crate) const TOO_COMPLEX: &str = "Component too complex";

/// Why a source is checked and compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A caller wants to save it with these resources, so every rule applies.
    Save(Resources),
    /// It is stored and about to be rendered. The policy does not apply, since it may have changed since the source was saved.
    Render,
}

/// Checks syntax and semantics, and for all purposes but [`Purpose::Render`] the policy; compiles a source without errors.
///
/// It may overflow the stack or run for a very long time, so it must run in a worker process.
pub(crate) fn review(source: &str, purpose: &Purpose, styles: Styles, tools: &Tools) -> (Report, Option<Output>) {
    let (mut findings, mut language) = (Findings::default(), None);
    let output = run(source, purpose, styles, tools, &mut findings, &mut language);
    (Report { language, ..findings.into_report(source) }, output)
}

/// The review with a few libraries.
#[cfg(test)]
pub(crate) fn check_and_compile(source: &str, purpose: &Purpose) -> (Report, Option<Output>) {
    let tools = Tools { libraries: std::sync::Arc::new(libraries::fixture::set()), ..Tools::default() };
    review(source, purpose, Styles::None, &tools)
}

/// The report alone.
#[cfg(test)]
pub(crate) fn check_source(source: &str) -> Report {
    check_and_compile(source, &Purpose::Save(Resources::default())).0
}

/// Runs the stages in order. Each stage runs only if the previous ones found no errors, since it relies on a valid tree.
fn run(
    source: &str,
    purpose: &Purpose,
    styles: Styles,
    tools: &Tools,
    findings: &mut Findings,
    language: &mut Option<Language>,
) -> Option<Output> {
    if *purpose != Purpose::Render
        && let Some(wrapping) = wrapped::at_start(source)
    {
        findings.add(Rule::WrappedSource, wrapping.offset, wrapping.message);
        return None;
    }
    let allocator = Allocator::default();
    let parsed = typescript::parse(&allocator, source);
    if syntax::note_parsed(&parsed.diagnostics, &parsed.program.comments, source, findings) {
        return None;
    }
    *language = Some(parsed.language);
    // `Here it is:` and a fence parse as a label and a template.
    if *purpose != Purpose::Render
        && !parsed.program.body.iter().any(|statement| statement.is_module_declaration())
        && let Some(fence) = wrapped::fence(source, &parsed.program.comments)
    {
        findings.add(Rule::WrappedSource, fence.offset, fence.message);
        return None;
    }
    if let Some(offset) = depth::first_too_deep(&parsed.program) {
        let message = format!(
            "{TOO_COMPLEX}: elements, expressions or blocks are nested more than {} deep here; split it into smaller components \
             and functions",
            depth::MAX_DEPTH
        );
        findings.add(Rule::TooComplex, offset, message);
        return None;
    }
    let mut program = parsed.program;
    if parsed.language == Language::Tsx && !typescript::erase(&allocator, &mut program, source, findings) {
        return None;
    }
    colors::rewrite(&allocator, &mut program);
    let built = SemanticBuilder::new().with_check_syntax_error(true).with_build_nodes(true).build(&program);
    if syntax::note(&built.diagnostics, source, findings) || early_errors::note(&built.semantic, source, findings) {
        return None;
    }
    let may_request = matches!(purpose, Purpose::Save(resources) if !resources.connect.is_empty());
    let module = Module { semantic: &built.semantic, may_request };
    let exported = chosen::find(&module);
    let mut scoped_styles = Plan::new(&module);
    // A module does not load if an import of it has no answer, whatever its purpose. So no such module is stored.
    for statement in &program.body {
        libraries::check(&tools.libraries, statement, findings);
    }
    if let Purpose::Save(resources) = purpose {
        exports::check(&module, exported.as_ref(), findings);
        policy(source, &module, resources, &tools.libraries, findings);
        style_jsx::note(&scoped_styles, findings);
    } else if !scoped_styles.problems.is_empty() {
        // Saved before `<style jsx>` had a meaning.
        scoped_styles = Plan::default();
    }
    if findings.have_errors() {
        return None;
    }
    // What was saved can always be rendered, if need be without its style sheet.
    let (mut ignored, is_render) = (Findings::default(), *purpose == Purpose::Render);
    let style_findings = if is_render { &mut ignored } else { &mut *findings };
    let stylesheet = tailwind::stylesheet(&module, styles, tools.styles.as_deref(), style_findings);
    if findings.have_errors() {
        return None;
    }
    let scoping = built.semantic.into_scoping();
    let shown = exported.as_ref().and_then(Exported::chosen);
    match compile(&allocator, &mut program, scoping, &scoped_styles, parsed.language, &tools.libraries, shown) {
        Ok(output) => return Some(Output { stylesheet, ..output }),
        Err(CompileError::Unsupported(diagnostics)) => syntax::note_unsupported(&diagnostics, findings),
        Err(CompileError::TooLarge) => {
            let message = format!(
                "{TOO_COMPLEX}: the module that a browser would load is larger than {} KiB, or its source map larger than {} KiB; \
                 split it into smaller components, and send large tables as `data`",
                MAX_MODULE_BYTES / 1024,
                MAX_SOURCE_MAP_BYTES / 1024
            );
            findings.add(Rule::TooComplex, 0, message);
        }
    }
    None
}

fn policy(
    source: &str,
    module: &Module<'_, '_>,
    resources: &Resources,
    libraries: &LibrarySet,
    findings: &mut Findings,
) {
    let semantic = module.semantic;
    let mut hooks = Hooks::default();
    let addresses = Addresses::new(resources, source);
    early_errors::dropped(semantic.nodes().program(), source, findings);
    // Nodes are visited in source order, parents first.
    for node in semantic.nodes() {
        let kind = node.kind();
        imports::check(kind, semantic, findings);
        globals::check(module, kind, findings);
        destructuring::check(module, kind, findings);
        markup::check(module, node, findings);
        urls::check(module, kind, findings);
        react::check(module, kind, findings);
        elements::check(module, kind, findings);
        addresses.check(module, kind, findings);
        accessibility::check(module, node, findings);
        default_props::check(module, kind, findings);
        match kind {
            AstKind::ReturnStatement(it) => hooks.returned(module, it),
            AstKind::CallExpression(call) => {
                keys::check(module, call, findings);
                hooks.called(module, call, findings);
            }
            _ => {}
        }
    }
    undeclared::check(module, libraries, findings);
}
