//! Names of `@keyframes`, which are scoped as selectors are.

use std::collections::BTreeSet;

use super::{
    Problem, is_marker,
    scan::{name_end, skip},
};

/// Adds the names of the `@keyframes` in a text without comments. Names with an expression in them are not scoped.
pub(super) fn collect(text: &str, names: &mut BTreeSet<String>) -> Result<(), Problem> {
    let mut at = 0;
    while at < text.len() {
        if text.as_bytes()[at] != b'@' {
            at = skip(text, at)?;
            continue;
        }
        let end = name_end(text, at + 1);
        if is_keyframes(&text[at + 1..end]) {
            let start = text.len() - text[end..].trim_start().len();
            let name = &text[start..name_end(text, start)];
            if !name.is_empty() && !name.contains(is_marker) {
                names.insert(name.to_owned());
            }
        }
        at = end;
    }
    Ok(())
}

/// Whether an at-rule of this name defines keyframes.
pub(super) fn is_keyframes(name: &str) -> bool {
    super::unprefixed(name).eq_ignore_ascii_case("keyframes")
}

/// Whether a declaration of this property names keyframes.
pub(super) fn is_animation(property: &str) -> bool {
    matches!(super::unprefixed(property).to_ascii_lowercase().as_str(), "animation" | "animation-name")
}

/// Calls `write` with each part of a value, and with whether the part is one of the `names`.
pub(crate) fn each_part<'t>(value: &'t str, names: &BTreeSet<String>, mut write: impl FnMut(&'t str, bool)) {
    let (mut at, mut done, mut depth) = (0, 0, 0_u32);
    while at < value.len() {
        let end = name_end(value, at);
        if end == at {
            match value.as_bytes()[at] {
                b'(' => depth += 1,
                b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            at = skip(value, at).unwrap_or(value.len());
            continue;
        }
        if depth == 0 && names.contains(&value[at..end]) {
            write(&value[done..at], false);
            write(&value[at..end], true);
            done = end;
        }
        at = end;
    }
    write(&value[done..], false);
}
