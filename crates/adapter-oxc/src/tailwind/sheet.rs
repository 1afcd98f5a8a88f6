//! What holds for every compiled style sheet.

use crate::styles::css::{COMMENT, find, without_comments};

/// The beginnings of the rules that a sheet consists of. What candidates add is in a layer.
const RULES: [&str; 7] = [
    "@layer properties",
    "@layer theme",
    "@layer base",
    "@layer components",
    "@layer utilities",
    "@property --",
    "@keyframes ",
];

/// Whether the sheet is closed and nothing stands outside of its layers.
pub(super) fn is_whole(css: &str) -> bool {
    let Ok(text) = without_comments(css) else { return false };
    let is_space = |c: char| c.is_ascii_whitespace() || c == char::from(COMMENT);
    let mut rest = text.trim_start_matches(is_space);
    while !rest.is_empty() {
        let Ok(end) = find(rest, 0, |byte| matches!(byte, b'{' | b';')) else { return false };
        if end == rest.len() || !RULES.iter().any(|rule| rest.starts_with(rule)) {
            return false;
        }
        let after = if rest.as_bytes()[end] == b';' {
            end
        } else {
            match find(rest, end + 1, |byte| byte == b'}') {
                Ok(close) if close < rest.len() => close,
                _ => return false,
            }
        };
        rest = rest[after + 1..].trim_start_matches(is_space);
    }
    true
}

/// Whether the sheet has a rule for a class.
pub(super) fn has_class(css: &str, class: &str) -> bool {
    let selector = format!(".{}", escaped(class));
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'\\') || !byte.is_ascii();
    css.match_indices(&selector).any(|(at, _)| !css.as_bytes().get(at + selector.len()).is_some_and(is_name))
}

/// A class name as CSS writes it, by the rules of `CSS.escape`.
pub(super) fn escaped(class: &str) -> String {
    let mut out = String::with_capacity(class.len() + 8);
    for (at, character) in class.char_indices() {
        match character {
            '0'..='9' if at == 0 || (at == 1 && class.starts_with('-')) => {
                out.push_str(&format!("\\{:x} ", u32::from(character)));
            }
            '-' if class.len() > 1 => out.push('-'),
            '_' | '0'..='9' | 'a'..='z' | 'A'..='Z' | '\u{80}'.. => out.push(character),
            other => out.extend(['\\', other]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_consists_of_layers_properties_and_keyframes() {
        for css in [
            "",
            "/*! a */\n@layer theme, base;\n@layer utilities {\n  .a { color: red; &:hover { b: c } }\n}\n@property --tw-x { syntax: \"*\" }",
            "@layer utilities { .a { content: \"}\"; b: url(}) } }",
        ] {
            assert!(is_whole(css), "{css}");
        }
        for css in [
            ".a {}",
            "@import \"x\";",
            "@layer frame { }",
            "@layer utilities { .a { } } body { }",
            "@layer utilities { .a { }",
            "@layer utilities { .a { } } }",
            "@layer utilities { .a { b: /* } }",
            "@layer utilities { .a { b: \" } }",
        ] {
            assert!(!is_whole(css), "{css}");
        }
    }

    #[test]
    fn a_class_is_found_by_its_whole_name() {
        let css = ".\\32 xl\\:p-1 { } .bg-red-500\\/50 { } :where(.space-y-2 > *) { } .a\\!:hover { }";
        for class in ["2xl:p-1", "bg-red-500/50", "space-y-2", "a!"] {
            assert!(has_class(css, class), "{class}");
        }
        for class in ["bg-red-500", "bg-red", "space-y", "a", "xl:p-1"] {
            assert!(!has_class(css, class), "{class}");
        }
    }
}
