//! `application/x-www-form-urlencoded`, as a query string is written.

use domain::percent;

/// The names and values, in order; `None` where the bytes are not UTF-8 or an escape is broken.
pub(super) fn pairs(text: &str) -> impl Iterator<Item = (Option<String>, Option<String>)> {
    text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    })
}

/// A form writes a space as `+`, and a plus as an escape.
fn decode(text: &str) -> Option<String> {
    percent::decode(&text.replace('+', " ")).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As a client may write it: what need not be escaped as it is or escaped, and spaces in either form.
    fn written(text: &str, escape: bool) -> String {
        let byte = |byte: u8| match byte {
            b' ' if !escape => "+".to_owned(),
            byte if byte.is_ascii_alphanumeric() && !escape => char::from(byte).to_string(),
            byte => format!("%{byte:02x}"),
        };
        text.bytes().map(byte).collect()
    }

    proptest! {
        #[test]
        fn every_text_is_read_as_it_was_meant(names in proptest::collection::vec(("\\PC{0,8}", "\\PC{0,8}", any::<bool>()), 0..5)) {
            let text: Vec<_> = names.iter().map(|(n, v, e)| format!("{}={}", written(n, *e), written(v, !e))).collect();
            let read: Vec<_> = pairs(&text.join("&")).collect();
            let meant: Vec<_> = names.into_iter().map(|(name, value, _)| (Some(name), Some(value))).collect();
            prop_assert_eq!(read, meant);
        }

        #[test]
        fn anything_else_is_read_too(text in "[%+&=a-f0-9é]{0,40}") {
            for part in pairs(&text).flat_map(|(name, value)| [name, value]).flatten() {
                prop_assert!(part.len() <= text.len());
            }
        }
    }
}
