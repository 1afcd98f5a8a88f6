//! Quotes with a backslash in the value of an attribute, which JSX ends at the quote: `title="Say \"yes\""`.

pub(super) const MESSAGE: &str = "Syntax error: the text of an attribute has no escapes, so it ends at this quote; write \
     {'…\"yes\"…'} in braces, or &quot; for the quote";

/// The offset of the backslash, if one in an attribute on the same line caused the parser's error at `offset`.
pub(super) fn before(source: &str, offset: usize) -> Option<u32> {
    let line = source[..offset].rfind('\n').map_or(0, |at| at + 1);
    let before = &source[line..offset];
    for (at, _) in before.match_indices('=') {
        let value = &before[at + 1..];
        let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            continue;
        };
        let is_attribute = before[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
            && source[..line + at].rfind('<').is_some_and(|tag| source[tag + 1..].starts_with(char::is_alphabetic));
        let mut quotes = value[1..].match_indices(quote).map(|(at, _)| at + 1).peekable();
        let first = quotes.peek().copied();
        let is_escaped = quotes.all(|at| value[..at].ends_with('\\'));
        if let (true, true, Some(first)) = (is_attribute, is_escaped, first) {
            return u32::try_from(line + at + first).ok();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::before;

    #[test]
    fn an_attribute_whose_text_ends_at_an_escaped_quote_is_found() {
        for (source, expected) in [
            (r#"<p title="a \"b\" c" />"#, Some(12)),
            (r"<p title='It\'s done' />", Some(12)),
            (r#"const a="a\"b" c;"#, None),
            (r#"<p title="a" b="c" ]>"#, None),
            (r#"x < y; z="a\"b" c"#, None),
        ] {
            let offset = source.rfind([']', 'c', 'd']).unwrap();
            assert_eq!(before(source, offset), expected, "{source}");
        }
    }
}
