//! What can be a utility of Tailwind, by its first word. Only the compiler knows which are.

use std::{collections::HashSet, sync::LazyLock};

/// The first words of all utilities: `bg` of `bg-red-500`. tests/components/tailwind.mjs compares them with Tailwind's.
static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("words.txt").lines().collect());

/// Whether a class name may be a utility. Every utility is; so are some other words.
pub(super) fn may_be_utility(token: &str) -> bool {
    let Some(base) = base(token).filter(|base| !base.is_empty()) else {
        return false;
    };
    match base.as_bytes()[0] {
        b'[' => is_property(base),
        _ if base.ends_with(['-', ':', '/']) => false,
        _ => WORDS.contains(first_word(base)),
    }
}

/// Whether a class name has the form that other style sheets rarely have.
pub(super) fn is_telling(token: &str) -> bool {
    token.contains(['-', ':', '['])
}

/// Whether a class name marks an element for the utilities of others: `group`, `peer/name`.
pub(super) fn is_marker(token: &str) -> bool {
    matches!(token.split('/').next(), Some("group" | "peer"))
}

/// Whether the beginning of a class name is that of a utility whose rest follows: `bg-`, `hover:text-`, `w-[`.
pub(super) fn begins_utility(start: &str) -> bool {
    let base = &start[variants_end(start).unwrap_or(0)..];
    let base = base.trim_start_matches(['!', '-']);
    base.ends_with(['-', '[', '(']) && WORDS.contains(first_word(base))
}

/// The class name without variants, marks of importance and sign; `None` if its brackets are not closed.
pub(super) fn base(token: &str) -> Option<&str> {
    let base = &token[variants_end(token)?..];
    let base = base.strip_prefix('!').or(base.strip_suffix('!')).unwrap_or(base);
    Some(base.strip_prefix('-').unwrap_or(base))
}

/// The offset after the colon of the last variant: 6 in `hover:flex`; `None` if brackets are not closed.
pub(super) fn variants_end(token: &str) -> Option<usize> {
    let (mut depth, mut end) = (0_u32, 0);
    for (at, byte) in token.bytes().enumerate() {
        match byte {
            b'[' | b'(' => depth += 1,
            b']' | b')' => depth = depth.checked_sub(1)?,
            b':' if depth == 0 => end = at + 1,
            _ => {}
        }
    }
    (depth == 0).then_some(end)
}

/// Whether the brackets have a declaration: `[color:red]`. `["a"]` is data.
fn is_property(base: &str) -> bool {
    let name = base[1..].split(':').next().unwrap_or_default();
    name.len() + 1 < base.len() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

fn first_word(base: &str) -> &str {
    base.split(['-', '/', '[', '(', '!']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_utility_begins_with_a_known_word() {
        for token in [
            "flex",
            "bg-red-500/50",
            "hover:md:text-lg",
            "-mt-4",
            "p-4!",
            "!p-4",
            "[color:red]",
            "[&>a]:p-1",
            "w-[3px]",
            "data-[a=':b']:flex",
            "@container",
            "@md:grid",
            "2xl:p-1",
            "bg-(--x)",
            "@container/main",
            "sm:[--x:1px]",
        ] {
            assert!(may_be_utility(token), "{token}");
        }
        for token in [
            "card",
            "card-title",
            "",
            "hover:",
            "bg-",
            "Hello",
            "w-[3px",
            "https://a.example",
            "[a",
            "is-active",
            "-",
            "!",
            "[\"a:b\"]",
            "[1,2]",
        ] {
            assert!(!may_be_utility(token), "{token}");
        }
    }

    #[test]
    fn the_beginning_of_a_utility_is_recognized() {
        for start in ["bg-", "hover:text-", "w-[", "-translate-x-", "border-l-", "bg-[url("] {
            assert!(begins_utility(start), "{start}");
        }
        for start in ["card-", "bg", "", "hover:", "is-"] {
            assert!(!begins_utility(start), "{start}");
        }
    }
}
