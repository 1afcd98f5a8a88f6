//! Early errors that oxc does not report. They were found by comparing it with another parser (`tests/components`).

use oxc_ast::{
    AstKind,
    ast::{Expression, JSXSpreadAttribute, MethodDefinition, Program, PropertyDefinition},
};
use oxc_semantic::{AstNode, Semantic};
use oxc_span::GetSpan;

use super::{findings::Findings, markup::DECORATOR, rule::Rule};

const DEFAULT_MEMBER: &str = "Syntax error: `default` cannot stand in front of a member of a class";

/// Reports decorators before `export { … }` and `export *`, which oxc parses and drops. They are not in the tree, so no other
/// rule would check the code in them.
pub(super) fn dropped(program: &Program<'_>, source: &str, findings: &mut Findings) {
    let mut end = program.directives.last().map(|it| it.span.end).or(program.hashbang.as_ref().map(|it| it.span.end));
    for statement in &program.body {
        let from = end.unwrap_or_default() as usize;
        let span = statement.span();
        if let Some(between) = source.get(from..span.start as usize) {
            let rest = after_trivia(between);
            if rest.starts_with('@') {
                findings.add(Rule::UnsupportedSyntax, span.start - length(rest), DECORATOR);
            }
        }
        end = Some(span.end);
    }
}

/// Reports `break` and `continue` that leave an arrow function, `async` fields, `default` before a member of a class, a comma
/// in a JSX spread, and functions with type parameters and no name. Returns whether there were any.
pub(super) fn note(semantic: &Semantic<'_>, source: &str, findings: &mut Findings) -> bool {
    for node in semantic.nodes() {
        check(semantic, node, source, findings);
    }
    !findings.is_empty()
}

fn check(semantic: &Semantic<'_>, node: &AstNode<'_>, source: &str, findings: &mut Findings) {
    match node.kind() {
        AstKind::BreakStatement(it)
            if leaves_an_arrow(semantic, node, it.label.as_ref().map(|it| it.name.as_str())) =>
        {
            let message = "Syntax error: `break` cannot leave the function that it stands in; use `return`";
            findings.add(Rule::Syntax, it.span.start, message);
        }
        AstKind::ContinueStatement(it)
            if leaves_an_arrow(semantic, node, it.label.as_ref().map(|it| it.name.as_str())) =>
        {
            let message = "Syntax error: `continue` cannot leave the function that it stands in; use `return`";
            findings.add(Rule::Syntax, it.span.start, message);
        }
        AstKind::Function(it) if it.is_function_declaration() && it.id.is_none() && !is_default(semantic, node) => {
            findings.add(Rule::Syntax, it.span.start, "Syntax error: Expected function name");
        }
        AstKind::PropertyDefinition(it) => field(it, source, findings),
        AstKind::MethodDefinition(it) => method(it, source, findings),
        AstKind::JSXSpreadAttribute(it) if spreads_a_sequence(it) => {
            let message = "Syntax error: JSX expressions may not use the comma operator";
            findings.add(Rule::Syntax, it.argument.span().start, message);
        }
        _ => {}
    }
}

/// Whether a node is the declaration of the default export.
fn is_default(semantic: &Semantic<'_>, node: &AstNode<'_>) -> bool {
    matches!(semantic.nodes().parent_kind(node.id()), AstKind::ExportDefaultDeclaration(_))
}

/// Whether an arrow function is between a jump and its target. oxc itself checks other functions.
fn leaves_an_arrow(semantic: &Semantic<'_>, jump: &AstNode<'_>, label: Option<&str>) -> bool {
    let continues = matches!(jump.kind(), AstKind::ContinueStatement(_));
    for kind in semantic.nodes().ancestor_kinds(jump.id()) {
        let is_target = match kind {
            AstKind::ArrowFunctionExpression(_) => return true,
            AstKind::Function(_) | AstKind::StaticBlock(_) => true,
            AstKind::LabeledStatement(it) => label == Some(it.label.name.as_str()),
            AstKind::SwitchStatement(_) => label.is_none() && !continues,
            other => label.is_none() && other.is_iteration_statement(),
        };
        if is_target {
            return false;
        }
    }
    false
}

/// Reports `async x = 1` and `default x = 1`. The tree does not contain these words.
fn field(it: &PropertyDefinition<'_>, source: &str, findings: &mut Findings) {
    // The span includes decorators, whose words are not the field's. Decorators are refused anyway.
    if !it.decorators.is_empty() {
        return;
    }
    let before = source.get(it.span.start as usize..it.key.span().start as usize).unwrap_or_default();
    if has_word(before, "async") {
        let message = "Syntax error: A field cannot be `async`; write a method, or give the field an async function";
        findings.add(Rule::Syntax, it.span.start, message);
    } else if has_word(before, "default") {
        findings.add(Rule::Syntax, it.span.start, DEFAULT_MEMBER);
    }
}

fn method(it: &MethodDefinition<'_>, source: &str, findings: &mut Findings) {
    let before = source.get(it.span.start as usize..it.key.span().start as usize).unwrap_or_default();
    if it.decorators.is_empty() && has_word(before, "default") {
        findings.add(Rule::Syntax, it.span.start, DEFAULT_MEMBER);
    }
}

/// Whether the text before a member's name contains a word.
fn has_word(mut text: &str, word: &str) -> bool {
    loop {
        text = after_trivia(text);
        let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
        if &text[..end] == word {
            return true;
        }
        // Skip the word or, if there is none, one character such as a bracket or a star.
        let mut rest = text[end..].chars();
        if end == 0 && rest.next().is_none() {
            return false;
        }
        text = rest.as_str();
    }
}

/// The text without leading white space and comments.
fn after_trivia(mut text: &str) -> &str {
    loop {
        text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if let Some(comment) = text.strip_prefix("/*") {
            text = comment.split_once("*/").map_or("", |(_, rest)| rest);
        } else if let Some(comment) = text.strip_prefix("//") {
            text = comment.trim_start_matches(|c| !matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}'));
        } else {
            return text;
        }
    }
}

/// A source is at most 256 KiB long, so every length in it fits.
fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

fn spreads_a_sequence(spread: &JSXSpreadAttribute<'_>) -> bool {
    matches!(spread.argument, Expression::SequenceExpression(_))
}
