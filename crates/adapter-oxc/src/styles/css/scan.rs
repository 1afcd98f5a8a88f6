//! Moves over CSS text: strings, escapes, `url(…)`, comments and brackets.

use super::Problem;

/// Stands for a comment between two characters that are no white space. It separates tokens and is not white space.
pub(crate) const COMMENT: u8 = 1;

/// The offset after the string, escape, `url(…)` or single byte at `at`.
pub(super) fn skip(text: &str, at: usize) -> Result<usize, Problem> {
    let bytes = text.as_bytes();
    match bytes[at] {
        b'\\' => Ok(text[at + 1..].chars().next().map_or(at + 1, |escaped| at + 1 + escaped.len_utf8())),
        quote @ (b'"' | b'\'') => string_end(bytes, at, quote),
        b'u' | b'U' if is_unquoted_url(bytes, at) => {
            let mut end = at + 4;
            while end < bytes.len() && bytes[end] != b')' {
                end += if bytes[end] == b'\\' { 2 } else { 1 };
            }
            if end < bytes.len() { Ok(end + 1) } else { Err(Problem::new(at, "a `url(` is not closed; add the `)`")) }
        }
        _ => Ok(at + 1),
    }
}

fn string_end(bytes: &[u8], start: usize, quote: u8) -> Result<usize, Problem> {
    let mut at = start + 1;
    loop {
        match bytes.get(at) {
            Some(b'\\') => at += 2,
            Some(byte) if *byte == quote => return Ok(at + 1),
            None | Some(b'\n') => {
                return Err(Problem::new(start, "a string is not closed on its line; add the quotation mark"));
            }
            Some(_) => at += 1,
        }
    }
}

fn is_unquoted_url(bytes: &[u8], at: usize) -> bool {
    let is_start = at == 0 || !is_name(bytes[at - 1]);
    let is_url = bytes.get(at..at + 4).is_some_and(|name| name.eq_ignore_ascii_case(b"url("));
    let first = bytes[at..].iter().skip(4).find(|byte| !byte.is_ascii_whitespace());
    is_start && is_url && !matches!(first, Some(b'"' | b'\''))
}

/// Whether the byte may be in a name. All characters outside of ASCII may.
pub(super) fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'\\') || !byte.is_ascii()
}

/// The end of the name that starts at `at`; `at` if there is none.
pub(super) fn name_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while at < bytes.len() && is_name(bytes[at]) {
        at = if bytes[at] == b'\\' { skip(text, at).unwrap_or(text.len()) } else { at + 1 };
    }
    at
}

/// The offset of the first byte outside of brackets for which `is_end` holds, or the end of the text.
pub(crate) fn find(text: &str, mut at: usize, is_end: impl Fn(u8) -> bool) -> Result<usize, Problem> {
    let bytes = text.as_bytes();
    let mut open = Vec::new();
    while at < bytes.len() {
        match bytes[at] {
            byte if open.is_empty() && is_end(byte) => return Ok(at),
            b'(' => open.push((at, b')')),
            b'[' => open.push((at, b']')),
            b'{' => open.push((at, b'}')),
            byte @ (b')' | b']' | b'}') => match open.pop() {
                Some((_, close)) if close == byte => {}
                other => return Err(unbalanced(bytes, other.map_or(at, |(start, _)| start))),
            },
            _ => {}
        }
        at = skip(text, at)?;
    }
    open.first().map_or(Ok(at), |(start, _)| Err(unbalanced(bytes, *start)))
}

fn unbalanced(bytes: &[u8], at: usize) -> Problem {
    Problem::new(at, format!("`{}` has no counterpart; balance the brackets", bytes[at] as char))
}

/// The offset after the bracket that closes the one at `at`.
pub(super) fn bracket_end(text: &str, at: usize) -> Result<usize, Problem> {
    let close = if text.as_bytes()[at] == b'(' { b')' } else { b']' };
    let end = find(text, at + 1, |byte| byte == close)?;
    if end < text.len() { Ok(end + 1) } else { Err(unbalanced(text.as_bytes(), at)) }
}

/// Replaces each comment by as many bytes that mean nothing, so that offsets stay.
pub(crate) fn without_comments(text: &str) -> Result<String, Problem> {
    let mut out = text.as_bytes().to_vec();
    let mut at = 0;
    while at < text.len() {
        if !text[at..].starts_with("/*") {
            // `url(/*` is no comment, and neither is `"/*"`. A comment may not be split at a character.
            at = next_char(text, skip(text, at)?);
            continue;
        }
        let Some(length) = text[at + 2..].find("*/") else {
            return Err(Problem::new(at, "a comment is not closed; add `*/`"));
        };
        let end = at + length + 4;
        let is_space = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
        let before = at.checked_sub(1).and_then(|before| out.get(before));
        let blank = if is_space(before) || is_space(out.get(end)) { b' ' } else { COMMENT };
        out[at..end].fill(blank);
        at = end;
    }
    Ok(String::from_utf8(out).expect("comments are replaced whole"))
}

fn next_char(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
