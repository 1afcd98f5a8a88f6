//! Distinguishes TypeScript from other syntax errors.
//!
//! A TypeScript parser would recognize TypeScript, but oxc's takes exponential time on a hundred crafted bytes, so it never
//! runs. The source is parsed as JavaScript. Where the parser stops, the surrounding text shows whether it is TypeScript:
//! annotations, `interface` and type arguments do not resemble any JavaScript. TypeScript that the JavaScript parser accepts
//! (`private x`, `useState<T>(x)`) is found in the tree. If TypeScript is not recognized, the author only gets oxc's less
//! helpful message.

use oxc_ast::{
    AstKind, AstType,
    ast::{BinaryExpression, BinaryOperator},
};
use oxc_diagnostics::OxcDiagnostic;
use oxc_span::{GetSpan, Span};

/// The message of every TypeScript error.
pub(super) const MESSAGE: &str = "TypeScript is not supported: write the component in JavaScript, without type \
     annotations, interfaces, type arguments and casts, or send what the TypeScript compiler makes of it";

/// How far around an error the text is examined, in bytes.
const WINDOW: usize = 200;

/// Words that begin a TypeScript declaration.
const DECLARING: [&str; 8] = ["interface", "type", "declare", "abstract", "namespace", "module", "enum", "readonly"];

/// The byte offset of the TypeScript that caused the syntax error with this span, if TypeScript did.
pub(super) fn caused(diagnostic: &OxcDiagnostic, span: Span, source: &str) -> Option<u32> {
    // The span of a function without a body ends where the body is missing.
    let has_no_body = diagnostic.message.starts_with("Expected function body");
    let start = if has_no_body { span.end } else { span.start };
    let offset = source.floor_char_boundary(start as usize);
    let before = &source[..offset];
    let after = source[offset..].trim_start();
    let is_typescript = diagnostic.message.contains("TypeScript files")
        || annotation(diagnostic, before, after)
        || optional(before, after)
        || declaration(before, after)
        || non_null(before, &source[offset..])
        || (after.starts_with('<') && diagnostic.message.ends_with("found `<`"))
        || open_type_arguments(source, offset)
        || generic_arrow(before);
    is_typescript.then_some(start)
}

/// `name: Type`, `name?: Type`, `): Type`, `}: Props`; not `a: 1`, nor a superfluous `:` in an object literal.
fn annotation(diagnostic: &OxcDiagnostic, before: &str, after: &str) -> bool {
    let after_mark = after.strip_prefix('?').map_or(after, str::trim_start);
    let Some(annotated) = after_mark.strip_prefix(':') else {
        return false;
    };
    let ends_a_name = before.trim_end().ends_with(|c: char| is_word(c) || matches!(c, ')' | ']' | '}'));
    let begins_a_type =
        annotated.trim_start().starts_with(|c: char| is_word_start(c) || matches!(c, '{' | '[' | '(' | '"' | '\''));
    ends_a_name && begins_a_type && !diagnostic.message.contains("`}`")
}

/// `name?: Type` and `name!: Type` after the mark, `(name?)` and `(name?, …)` before it.
fn optional(before: &str, after: &str) -> bool {
    let marked = before.strip_suffix(['?', '!']).is_some_and(|name| name.ends_with(is_word));
    let typed = after.strip_prefix(':').is_some_and(|it| it.trim_start().starts_with(|c: char| !",;)=".contains(c)));
    let untyped = after.strip_prefix('?').is_some_and(|it| it.trim_start().starts_with([',', ')']));
    (marked && typed) || (untyped && before.ends_with(is_word))
}

/// `<T extends object>(x: T) => …`, whose arrow looks like text of the element `<T>`.
fn generic_arrow(before: &str) -> bool {
    let from = before.floor_char_boundary(before.len().saturating_sub(WINDOW));
    before.ends_with('=')
        && before[from..].rfind(" extends ").is_some_and(|at| {
            let name = before[from..from + at].trim_end_matches(is_word);
            name.ends_with('<') && name.len() < from + at
        })
}

/// `interface Props {`, `type Props =`, `import type {`, `enum Color {`, `export interface`, `export =`.
fn declaration(before: &str, after: &str) -> bool {
    let behind = last_word(before);
    let ahead = first_word(after);
    let names_something = after.starts_with(|c: char| is_word_start(c) || matches!(c, '{' | '*'));
    (DECLARING.contains(&behind) && names_something)
        || (matches!(ahead, "interface" | "enum" | "namespace" | "declare"))
        || (behind == "export" && (ahead == "type" || ahead == "abstract" || after.starts_with('=')))
}

/// `value!` before whatever ends or continues an expression.
fn non_null(before: &str, after: &str) -> bool {
    before.ends_with(|c: char| is_word(c) || matches!(c, ')' | ']'))
        && after.strip_prefix('!').is_some_and(|rest| {
            let next = rest.trim_start();
            let continues =
                next.starts_with([';', ',', ')', ']', '.', '[', '}', '+', '-', '*', '/', '=', '&', '|', '?', ':']);
            continues || next.starts_with("as ") || next.starts_with("satisfies ") || rest.starts_with('\n')
        })
}

/// `useState<User[]>(`: type arguments that the parser stopped in or directly after.
fn open_type_arguments(source: &str, offset: usize) -> bool {
    let from = source.floor_char_boundary(offset.saturating_sub(WINDOW));
    let mut angles = source[from..offset].rmatch_indices('<').map(|(i, _)| from + i);
    angles.any(|angle| type_arguments(source, angle).is_some_and(|end| offset <= end + 1))
}

/// The end of `<T>(` if the angle bracket at `angle` opens type arguments of a call: directly after a name, with only a type
/// inside, and directly before the parenthesis. Comparisons are not written like this.
fn type_arguments(source: &str, angle: usize) -> Option<usize> {
    if !source[..angle].ends_with(is_word) {
        return None;
    }
    let mut open = 0_u32;
    let mut last = ' ';
    for (i, c) in source[angle..].char_indices().take(WINDOW) {
        match c {
            '<' => open += 1,
            '>' if last != '=' => {
                open -= 1;
                if open == 0 {
                    let end = angle + i + 1;
                    return source[end..].starts_with('(').then_some(end);
                }
            }
            '&' | '|' if last == c => return None,
            _ if is_word(c) || c.is_whitespace() => {}
            '.' | ',' | '|' | '&' | '[' | ']' | '{' | '}' | '\'' | '"' | ':' | '?' | '=' | '>' => {}
            ';' if open > 0 && last != ';' => {}
            _ => return None,
        }
        last = c;
    }
    None
}

/// Whether a node of a JavaScript tree is TypeScript that the parser accepted.
pub(super) fn in_tree(kind: AstKind<'_>, source: &str) -> bool {
    match kind {
        AstKind::Class(class) => class.r#abstract || class.declare,
        AstKind::MethodDefinition(it) => it.r#override || it.optional || it.accessibility.is_some(),
        AstKind::PropertyDefinition(it) => {
            it.declare || it.r#override || it.optional || it.definite || it.readonly || it.accessibility.is_some()
        }
        AstKind::BinaryExpression(binary) => generic_call(binary, source),
        AstKind::FormalParameter(parameter) => parameter.has_modifier() || parameter.optional,
        AstKind::Decorator(_) => false,
        // The node types of TypeScript are at the end of oxc's list.
        other => other.ty() as u8 >= AstType::TSThisParameter as u8,
    }
}

/// `useState<string>("")`, which JavaScript parses as two comparisons.
fn generic_call(binary: &BinaryExpression<'_>, source: &str) -> bool {
    binary.operator == BinaryOperator::LessThan && type_arguments(source, binary.left.span().end as usize).is_some()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

fn is_word_start(c: char) -> bool {
    is_word(c) && !c.is_ascii_digit()
}

fn last_word(text: &str) -> &str {
    let text = text.trim_end();
    let from = text.floor_char_boundary(text.len().saturating_sub(WINDOW));
    text[from..].rsplit(|c| !is_word(c)).next().unwrap_or_default()
}

fn first_word(text: &str) -> &str {
    text.split(|c| !is_word(c)).next().unwrap_or_default()
}
