//! Percent-decoding (RFC 3986, section 2.1), strict: nothing that is not an escape is taken for one.

/// Why a text cannot be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// An escape is incomplete or has a digit that is not hexadecimal.
    #[error("a % is not followed by two hexadecimal digits")]
    BrokenEscape,
    /// The bytes that the escapes stand for are not UTF-8.
    #[error("not UTF-8")]
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

#[cfg(test)]
mod tests {
    use super::*;

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
