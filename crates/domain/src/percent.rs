//! Percent-encoding (RFC 3986, section 2.1). Decoding is strict: nothing that is not an escape is taken for one.

use std::fmt::Write as _;

/// Why a text cannot be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// An escape is incomplete or has a digit that is not hexadecimal.
    #[error("a % is not followed by two hexadecimal digits")]
    BrokenEscape,
    /// The bytes that the escapes stand for are not UTF-8.
    #[error("its bytes are not UTF-8")]
    NotUtf8,
}

/// Replaces each escape with its byte. All other characters stay; a `+` is a plus.
pub fn decode(text: &str) -> Result<String, DecodeError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16)).ok_or(DecodeError::BrokenEscape);
        // Two hexadecimal digits fit in a byte.
        bytes.push((digit()? * 16 + digit()?) as u8);
    }
    String::from_utf8(bytes).map_err(|_| DecodeError::NotUtf8)
}

/// Writes a text as one segment of a path. Only letters and digits of ASCII, `-`, `.`, `_`, `~` and `:` stay as they are: also a `+`,
/// which some clients would read as a space, is escaped.
pub fn encode_segment(text: &str) -> String {
    let mut segment = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' => {
                segment.push(char::from(byte));
            }
            // Writing to a string cannot fail.
            _ => drop(write!(segment, "%{byte:02X}")),
        }
    }
    segment
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_segment_holds_no_character_with_a_meaning_in_an_address() {
        for (text, segment) in [
            ("conv_1.a:b-C~", "conv_1.a:b-C~"),
            ("19:abc@thread.tacv2", "19:abc%40thread.tacv2"),
            ("a/b?c#d%2F", "a%2Fb%3Fc%23d%252F"),
            ("+49 é", "%2B49%20%C3%A9"),
        ] {
            assert_eq!(encode_segment(text), segment);
        }
    }

    proptest! {
        #[test]
        fn an_encoded_segment_decodes_to_its_text(text in any::<String>()) {
            let segment = encode_segment(&text);
            prop_assert_eq!(decode(&segment), Ok(text));
        }
    }

    #[test]
    fn escapes_are_decoded_once_and_broken_ones_refused() {
        for (text, decoded) in [
            ("", Ok("")),
            ("a+b/é", Ok("a+b/é")),
            ("%41%e2%82%AC%2525", Ok("A€%25")),
            ("%", Err(DecodeError::BrokenEscape)),
            ("%4", Err(DecodeError::BrokenEscape)),
            ("%4g", Err(DecodeError::BrokenEscape)),
            ("%+4", Err(DecodeError::BrokenEscape)),
            ("%é", Err(DecodeError::BrokenEscape)),
            ("%ff", Err(DecodeError::NotUtf8)),
        ] {
            assert_eq!(decode(text), decoded.map(str::to_owned), "{text}");
        }
    }
}
