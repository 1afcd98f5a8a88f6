//! Sources around which something was left: Markdown, prose, an HTML page, JSON, or escapes of a string.

use oxc_ast::ast::Comment;

/// What was left around the code, and where.
pub(super) struct Wrapping {
    pub(super) offset: u32,
    pub(super) message: &'static str,
}

const FENCE: &str = "The source contains a Markdown fence (```); send only the code inside the fence";
const PROSE: &str = "This line is prose and not code; send only the code, or put the sentence into a comment";
const PAGE: &str = "The source is an HTML page; send one JavaScript module whose default export is a React component, without \
     <!DOCTYPE>, <html>, <head>, <body> and <script>";
const JSON: &str = "The source is JSON and not code; send the text of the component alone, as the value of `component`";
const QUOTED: &str = "The source is a string in quotes; send the text inside the quotes, encoded as JSON only once";
const LINE_BREAKS: &str = "The line breaks of the source are escaped twice: it contains the two characters `\\n` where a line break \
     should be; encode the text as JSON only once";
const QUOTES: &str = "The source is escaped twice: it contains a backslash before a quote outside of a string; encode the text as \
     JSON only once";

/// Beginnings of HTML pages, in lower case.
const PAGES: [&str; 6] = ["<!doctype", "<!--", "<html", "<head", "<body", "<script"];

/// Words that begin a statement or a member and may be followed by another word.
const KEYWORDS: [&str; 42] = [
    "abstract",
    "accessor",
    "async",
    "await",
    "break",
    "case",
    "class",
    "const",
    "continue",
    "declare",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "export",
    "extends",
    "for",
    "function",
    "get",
    "if",
    "import",
    "interface",
    "let",
    "module",
    "namespace",
    "new",
    "override",
    "private",
    "protected",
    "public",
    "readonly",
    "return",
    "set",
    "static",
    "throw",
    "type",
    "typeof",
    "using",
    "var",
    "void",
    "yield",
];

/// Recognizes what would parse as JavaScript, or where the parser's message would mislead: fences, pages, JSON, quoted sources.
pub(super) fn at_start(source: &str) -> Option<Wrapping> {
    let text = source.trim_start_matches('\u{feff}').trim();
    let offset = source.len() - source.trim_start_matches('\u{feff}').trim_start().len();
    let found = |message| Some(Wrapping { offset: u32::try_from(offset).unwrap_or_default(), message });
    match text.as_bytes().first()? {
        b'`' | b'~' if text.starts_with("```") || text.starts_with("~~~") => found(FENCE),
        b'<' => {
            let begins = |page: &str| {
                let ends = |rest: &str| !page.ends_with(char::is_alphabetic) || !rest.starts_with(is_of_name);
                text.get(..page.len()).is_some_and(|it| it.eq_ignore_ascii_case(page)) && ends(&text[page.len()..])
            };
            if PAGES.iter().any(|page| begins(page)) { found(PAGE) } else { None }
        }
        b'{' if text[1..].trim_start().starts_with('"') && text.ends_with('}') => found(JSON),
        quote @ (b'"' | b'\'' | b'`') if is_one_string(text, char::from(*quote)) => found(QUOTED),
        // The whole source is one comment.
        b'/' if text.starts_with("//") && !text.contains(['\n', '\r']) && text.contains("\\n") => found(LINE_BREAKS),
        _ => None,
    }
}

/// Whether the text is one string that contains a component. A directive such as `"use client"` is shorter than the text.
fn is_one_string(text: &str, quote: char) -> bool {
    let mut is_escaped = false;
    let end = text.char_indices().skip(1).find(|(_, c)| {
        let is_end = *c == quote && !is_escaped;
        is_escaped = *c == '\\' && !is_escaped;
        is_end
    });
    end.is_some_and(|(at, _)| text[at + 1..].trim_matches(';').is_empty() && text.contains("export default"))
}

/// Recognizes what caused the parser's error at this byte offset. `comments` are the comments before it.
pub(super) fn at_error(source: &str, offset: usize, message: &str, comments: &[Comment]) -> Option<Wrapping> {
    let found = |at: usize, message| Some(Wrapping { offset: u32::try_from(at).unwrap_or_default(), message });
    let from = source.floor_char_boundary(offset.saturating_sub(1));
    let backslash = source[from..].char_indices().take(3).find(|(_, c)| *c == '\\').map(|(at, _)| from + at);
    if let Some(at) = backslash.filter(|_| !message.contains("regular expression")) {
        let message = match source.as_bytes().get(at + 1) {
            Some(b'n' | b'r' | b't') => Some(LINE_BREAKS),
            Some(b'"' | b'\'' | b'`') => Some(QUOTES),
            _ => None,
        };
        if message.is_some() && is_escaped_twice(source, at) {
            return found(at, message?);
        }
    }
    if let Some(fence) = fence(source, comments) {
        return Some(fence);
    }
    let line = source[..offset].rfind('\n').map_or(0, |at| at + 1);
    let before = source[..line].trim_end();
    // Prose stands before the code or after it, not in the middle of a statement.
    let is_outside = before.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty()
        || before.ends_with(['}', ';', ')', '`']);
    if is_outside && is_prose(&source[line..]) { found(line, PROSE) } else { None }
}

/// The first line outside of comments that is a fence.
pub(super) fn fence(source: &str, comments: &[Comment]) -> Option<Wrapping> {
    if !source.contains("```") {
        return None;
    }
    let at = line_starts(source)
        .filter(|start| source[*start..].trim_start_matches([' ', '\t']).starts_with("```"))
        .filter_map(|start| u32::try_from(start).ok())
        .find(|start| {
            let before = comments.partition_point(|comment| comment.span.start <= *start);
            before.checked_sub(1).is_none_or(|last| comments[last].span.end <= *start)
        });
    at.map(|offset| Wrapping { offset, message: FENCE })
}

/// Whether the backslash at this offset is outside of texts and comments, and the source has no line break or another such
/// backslash.
fn is_escaped_twice(source: &str, backslash: usize) -> bool {
    let (mut is_outside, mut others) = (false, 0);
    let mut quote = None;
    let mut characters = source.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match (quote, character) {
            (None, '\\') => {
                is_outside |= at == backslash;
                let escaped = characters.next_if(|(_, c)| matches!(c, 'n' | 'r' | 't' | '"' | '\'' | '`'));
                others += usize::from(at != backslash && escaped.is_some());
            }
            (Some('"' | '\'' | '`'), '\\') => _ = characters.next(),
            (None, '"' | '\'' | '`') => quote = Some(character),
            (None, '/') if characters.next_if(|(_, c)| *c == '/').is_some() => quote = Some('\n'),
            (Some('"' | '\''), '\n') => quote = None,
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
        if at > backslash && !is_outside {
            return false;
        }
    }
    is_outside && (others > 0 || !source.trim().contains('\n'))
}

/// Whether the name of an element may go on with the character.
fn is_of_name(character: char) -> bool {
    !(character.is_whitespace() || matches!(character, '>' | '/'))
}

fn line_starts(source: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1))
}

/// Whether a line is a heading of Markdown, begins with three words, or ends like a sentence after two.
fn is_prose(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default().trim_start_matches('\u{feff}').trim_end();
    if ["# ", "## ", "### "].iter().any(|mark| line.starts_with(mark)) {
        return true;
    }
    let mark = ["- ", "* ", "> ", "**"].into_iter().find(|mark| line.starts_with(mark)).unwrap_or_default();
    let sentence = &line[mark.len()..];
    let first = sentence.split(' ').next().unwrap_or_default();
    // Text of an element is indented.
    if !is_word(first) || KEYWORDS.contains(&first) {
        return false;
    }
    let others = sentence.split(' ').skip(1);
    match others.clone().take(2).filter(|word| is_word(word)).count() {
        2 => true,
        1 => !mark.is_empty() || (others.count() == 1 && line.ends_with([':', '.', '!', '?'])),
        _ => false,
    }
}

/// Whether the text is a word, with punctuation around it.
fn is_word(text: &str) -> bool {
    let letters = text.trim_matches(|c| ",.!:?*`\"“”".contains(c));
    letters.starts_with(char::is_alphabetic)
        && letters.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_prose_and_code_is_not() {
        for line in [
            "Here is the component:",
            "Sure! Here's the widget",
            "**Note:** this uses state",
            "## How it works",
            "- Sorts the rows by date",
            "This component shows `data`.",
            "Voilà un composant React",
            "Key features:",
            "# SalesCard",
        ] {
            assert!(is_prose(line), "{line}");
        }
        for line in [
            "const a b c",
            "export default function A",
            "foo(bar baz)",
            "return a b c",
            "a = b c d",
            "x ? y z : w",
            "",
            "--x y z",
            "  Total amount due",
            "outer: for (;;)",
            "import React from react",
            "<p>some text here</p>",
        ] {
            assert!(!is_prose(line), "{line}");
        }
    }
}
