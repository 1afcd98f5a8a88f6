//! The check of one source. It runs in a worker process and nowhere else.

mod depth;
mod early_errors;
mod exports;
mod findings;
mod globals;
mod hooks;
mod imports;
mod keys;
mod markup;
mod module;
mod position;
mod rule;
mod syntax;
mod taken;
#[cfg(test)]
mod tests;
mod text;
mod typescript;
mod urls;

use domain::component::ComponentReport;
use oxc::{
    allocator::Allocator,
    ast::AstKind,
    parser::{ParseOptions, Parser},
    semantic::{Semantic, SemanticBuilder},
    span::{GetSpan, SourceType},
};

pub(crate) use self::rule::Rule;
use self::{findings::Findings, hooks::Hooks, module::Module};

/// What every refusal for complexity begins with.
pub(crate) const TOO_COMPLEX: &str = "Component too complex";

/// Checks syntax, semantics and policy. May overflow the stack or run for a very long time: hence the worker.
pub(crate) fn check_source(source: &str) -> ComponentReport {
    let mut findings = Findings::default();
    run(source, &mut findings);
    findings.into_report(source)
}

/// Each stage needs the one before to be without errors: a tree that is wrong has no meaning to check.
fn run(source: &str, findings: &mut Findings) {
    let allocator = Allocator::default();
    let options = ParseOptions { parse_regular_expression: true, ..ParseOptions::default() };
    let parsed = Parser::new(&allocator, source, SourceType::jsx()).with_options(options).parse();
    if syntax::note(&parsed.diagnostics, source, findings) {
        return;
    }
    if let Some(offset) = depth::first_too_deep(&parsed.program) {
        let message = format!(
            "{TOO_COMPLEX}: elements, expressions or blocks are nested more than {} deep here; split it into smaller components \
             and functions",
            depth::MAX_DEPTH
        );
        findings.add(Rule::TooComplex, offset, message);
        return;
    }
    let program = allocator.alloc(parsed.program);
    let built = SemanticBuilder::new().with_check_syntax_error(true).with_build_nodes(true).build(program);
    if syntax::note(&built.diagnostics, source, findings) || early_errors::note(&built.semantic, source, findings) {
        return;
    }
    policy(source, &built.semantic, findings);
}

fn policy(source: &str, semantic: &Semantic<'_>, findings: &mut Findings) {
    let module = Module { semantic };
    let mut hooks = Hooks::default();
    exports::check(&module, findings);
    early_errors::dropped(semantic.nodes().program(), source, findings);
    // In the order of the source, parents first.
    for node in semantic.nodes() {
        let kind = node.kind();
        if typescript::in_tree(kind, source) {
            findings.add(Rule::TypeScript, kind.span().start, typescript::MESSAGE);
        }
        imports::check(kind, semantic, findings);
        globals::check(&module, kind, findings);
        taken::check(&module, kind, findings);
        markup::check(&module, node, findings);
        urls::check(&module, kind, findings);
        match kind {
            AstKind::ReturnStatement(it) => hooks.returned(&module, it),
            AstKind::CallExpression(call) => {
                keys::check(&module, call, findings);
                hooks.called(&module, call, findings);
            }
            _ => {}
        }
    }
}
