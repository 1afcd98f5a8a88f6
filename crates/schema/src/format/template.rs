//! URI templates of RFC 6570, all four levels.

use super::uri::{is_percent_encoded, is_private, is_ucschar};

pub(super) fn is_uri_template(text: &str) -> bool {
    let mut parts = text.split('{');
    parts.next().is_some_and(is_literal)
        && parts.all(|part| {
            part.split_once('}').is_some_and(|(expression, literal)| is_expression(expression) && is_literal(literal))
        })
}

/// Includes the apostrophe, which an erratum of the RFC allows.
fn is_literal(text: &str) -> bool {
    text.char_indices().all(|(at, c)| match c {
        '%' => is_percent_encoded(text, at),
        c if c.is_ascii() => c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c),
        c => is_ucschar(c) || is_private(c),
    })
}

/// The text between braces: an optional operator, and variables.
fn is_expression(text: &str) -> bool {
    let variables = text.strip_prefix(|c| "+#./;?&=,!@|".contains(c)).unwrap_or(text);
    variables.split(',').all(is_variable)
}

fn is_variable(text: &str) -> bool {
    let name = match text.split_once(':') {
        Some((name, length)) if is_prefix_length(length) => name,
        Some(_) => return false,
        None => text.strip_suffix('*').unwrap_or(text),
    };
    name.split('.').all(|part| {
        !part.is_empty()
            && part.char_indices().all(|(at, c)| match c {
                '%' => is_percent_encoded(part, at),
                c => c.is_ascii_alphanumeric() || c == '_',
            })
    })
}

/// From 1 to 9999.
fn is_prefix_length(text: &str) -> bool {
    (1..=4).contains(&text.len()) && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit())
}
