//! Which candidates reach the compiler: those that are whole, and cost little.

use super::utility::variants_end;

/// Maximum number of candidates.
pub(super) const MAX_CANDIDATES: usize = 1000;

/// Maximum length of a candidate, in bytes.
pub(super) const MAX_CANDIDATE_BYTES: usize = 200;

/// Maximum number of variants of a candidate.
pub(super) const MAX_VARIANTS: usize = 8;

/// Maximum number of commas in the variants of a candidate. Each list multiplies the selectors of those around it.
pub(super) const MAX_COMMAS: usize = 4;

/// The at-rules that variants may write.
const AT_RULES: [&str; 4] = ["media", "supports", "container", "starting-style"];

/// The limit that a candidate exceeds.
pub(super) fn excess(candidate: &str) -> Option<String> {
    let variants = &candidate[..variants_end(candidate).unwrap_or(0)];
    if candidate.len() > MAX_CANDIDATE_BYTES {
        Some(format!("this class name is longer than {MAX_CANDIDATE_BYTES} bytes"))
    } else if split(variants).count() > MAX_VARIANTS {
        Some(format!("this class name has more than {MAX_VARIANTS} variants"))
    } else if variants.matches(',').count() > MAX_COMMAS {
        Some(format!("the variants of this class name have more than {MAX_COMMAS} commas"))
    } else {
        None
    }
}

/// Whether what the compiler makes of the candidate stays in its own rule.
///
/// Tailwind copies the text in brackets to the sheet. So strings and brackets must be closed, and no text outside of strings may
/// end a declaration or a block, begin a comment or an at-rule, or be read otherwise by a browser than here.
pub(super) fn is_whole(candidate: &str) -> bool {
    let Some(end) = variants_end(candidate) else { return false };
    let (variants, base) = candidate.split_at(end);
    are_variants_allowed(variants) && is_text_closed(variants, true) && is_text_closed(base, false)
}

fn are_variants_allowed(variants: &str) -> bool {
    // Tailwind changes the quotes around values of attributes, so text inside of a string may end up outside of it.
    let is_plain = !variants.contains(['{', '}', ';']) && !variants.contains("/*");
    is_plain
        && split(variants).enumerate().all(|(index, variant)| {
            let is_repeated = variant != "*" && split(variants).take(index).any(|other| other == variant);
            !is_repeated && is_at_rule_allowed(variant)
        })
}

/// Whether the only `@` begins the variant, as in `@md`, or is that of an allowed at-rule, as in `[@media_print]`.
fn is_at_rule_allowed(variant: &str) -> bool {
    let Some(rest) = variant.strip_prefix("[@") else {
        return !variant.strip_prefix('@').unwrap_or(variant).contains('@');
    };
    let name = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default();
    AT_RULES.contains(&name) && !rest.contains('@')
}

/// The variants without their colons.
fn split(mut variants: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let mut depth = 0_u32;
        let end = variants.bytes().position(|byte| {
            match byte {
                b'[' | b'(' => depth += 1,
                b']' | b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            byte == b':' && depth == 0
        })?;
        let variant = &variants[..end];
        variants = &variants[end + 1..];
        Some(variant)
    })
}

/// Whether strings, brackets and addresses are closed, and nothing outside of them ends a declaration.
fn is_text_closed(text: &str, is_variant: bool) -> bool {
    let bytes = text.as_bytes();
    let mut open = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            // A letter or a digit after a backslash could spell `url`.
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 1,
            b'\\' | b'{' | b'}' | b';' | ..b' ' | 0x7f => return false,
            b'/' if bytes.get(at + 1) == Some(&b'*') => return false,
            b'@' if !is_variant && at > 0 => return false,
            quote @ (b'"' | b'\'') => {
                if is_variant && at > 0 && !matches!(bytes[at - 1], b'=' | b'(' | b',' | b'_' | b':') {
                    return false;
                }
                let Some(end) = string_end(bytes, at + 1, quote) else { return false };
                at = end;
            }
            b'(' if is_address(bytes, at) => {
                let Some(length) = bytes[at..].iter().position(|byte| *byte == b')') else { return false };
                if bytes[at + 1..at + length].iter().any(|byte| matches!(byte, b'"' | b'\'' | b'(' | b'\\')) {
                    return false;
                }
                at += length;
            }
            b'(' => open.push(b')'),
            b'[' => open.push(b']'),
            byte @ (b')' | b']') if open.pop() != Some(byte) => return false,
            _ => {}
        }
        at += 1;
    }
    open.is_empty()
}

/// The offset of the quotation mark that closes a string.
fn string_end(bytes: &[u8], mut at: usize, quote: u8) -> Option<usize> {
    while *bytes.get(at)? != quote {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    Some(at)
}

/// Whether the parenthesis opens an address without quotation marks.
fn is_address(bytes: &[u8], at: usize) -> bool {
    let is_url = at >= 3 && bytes[at - 3..at].eq_ignore_ascii_case(b"url");
    is_url && !matches!(bytes.get(at + 1), Some(b'"' | b'\''))
}
