//! Finds the name that an author probably meant.

/// Maximum length of a name that is compared, in bytes.
const MAX_NAME_BYTES: usize = 40;

/// Maximum number of typing errors in a name.
pub(crate) const MAX_ERRORS: usize = 2;

/// The candidate that differs from `name` by the fewest typing errors: at most `most`, and at most one in three characters.
pub(crate) fn closest<'c>(name: &str, most: usize, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    if name.len() > MAX_NAME_BYTES {
        return None;
    }
    let most = most.min(name.len() / 3);
    let near = candidates
        .filter(|it| it.len().abs_diff(name.len()) <= most && *it != name)
        .map(|it| (distance(name.as_bytes(), it.as_bytes()), !begin_alike(name, it), it));
    near.filter(|(errors, ..)| *errors <= most).min().map(|(.., candidate)| candidate)
}

/// Whether both names begin with a capital letter or neither does: components and classes do, other names do not.
pub(super) fn begin_alike(a: &str, b: &str) -> bool {
    let is_capital = |name: &str| name.starts_with(|c: char| c.is_uppercase());
    is_capital(a) == is_capital(b)
}

/// The number of bytes to insert, delete, replace or swap with their neighbors. Two letters that differ only in case are equal.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut before = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let replaced = above[j] + usize::from(!x.eq_ignore_ascii_case(y));
            let mut fewest = replaced.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                fewest = fewest.min(before[j - 1] + 1);
            }
            row.push(fewest);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::{MAX_ERRORS, closest};

    #[test]
    fn a_typing_error_is_found() {
        let names = ["useState", "useRef", "useReducer", "Card", "cart"];
        for (typed, meant) in [
            ("useStat", "useState"),
            ("useSatte", "useState"),
            ("usestate", "useState"),
            ("useref", "useRef"),
            ("Crad", "Card"),
        ] {
            assert_eq!(closest(typed, MAX_ERRORS, names.into_iter()), Some(meant), "{typed}");
        }
    }

    #[test]
    fn a_different_name_is_not() {
        for typed in ["useForm", "x", "Chart", "", &"u".repeat(100)] {
            assert_eq!(closest(typed, MAX_ERRORS, ["useState", "y", "Badge", "ab"].into_iter()), None, "{typed}");
        }
    }
}
