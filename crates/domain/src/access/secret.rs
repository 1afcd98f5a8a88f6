//! The secret of an API key, and the hash that is stored of it.

use std::fmt;

use sha2::{Digest as _, Sha256};

const PREFIX: &str = "wgt_";
const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// 62^22 > 2^128.
const BODY_LEN: usize = 22;
/// 62^6 > 2^32.
const CHECKSUM_LEN: usize = 6;

/// An API key as its holder sees it: `wgt_`, 128 random bits in base62, and a CRC32 checksum.
///
/// With the checksum the service rejects a mistyped or invented key without a query, and secret scanners recognize a real key.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKeySecret(String);

/// SHA-256 of a key, which is stored instead of the key. A key has 128 random bits, so no slow hash is needed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SecretHash(pub [u8; 32]);

impl ApiKeySecret {
    /// Builds the key from 128 random bits.
    pub fn from_random(bits: u128) -> Self {
        let mut text = String::with_capacity(PREFIX.len() + BODY_LEN + CHECKSUM_LEN);
        text.push_str(PREFIX);
        push_base62(&mut text, bits, BODY_LEN);
        let checksum = crc32fast::hash(text.as_bytes());
        push_base62(&mut text, u128::from(checksum), CHECKSUM_LEN);
        Self(text)
    }

    /// Parses a key; `None` if its format or its checksum is wrong.
    pub fn parse(text: &str) -> Option<Self> {
        let body = text.get(..PREFIX.len() + BODY_LEN)?;
        let mut whole = body.to_owned();
        push_base62(&mut whole, u128::from(crc32fast::hash(body.as_bytes())), CHECKSUM_LEN);
        let well_formed = text.starts_with(PREFIX) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        (well_formed && whole == text).then_some(Self(whole))
    }

    /// The hash that is stored of the key.
    pub fn hash(&self) -> SecretHash {
        SecretHash(Sha256::digest(self.0.as_bytes()).into())
    }

    /// The key in plain text. Print it once, to its holder, and nowhere else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

fn push_base62(text: &mut String, mut number: u128, digits: usize) {
    let mut reversed = Vec::with_capacity(digits);
    for _ in 0..digits {
        reversed.push(char::from(ALPHABET[(number % 62) as usize]));
        number /= 62;
    }
    text.extend(reversed.into_iter().rev());
}

/// Hides the key, so that it cannot reach a log.
impl fmt::Debug for ApiKeySecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKeySecret(…)")
    }
}

/// Hides the hash, so that it cannot reach a log.
impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_key_is_32_characters_and_never_shows_in_debug_output() {
        let key = ApiKeySecret::from_random(u128::MAX);
        assert_eq!(key.reveal().len(), 32);
        assert!(key.reveal().starts_with("wgt_"));
        assert!(!format!("{key:?}{:?}", key.hash()).contains(&key.reveal()[4..]));
    }

    proptest! {
        #[test]
        fn every_key_parses_and_a_changed_one_does_not(bits: u128, position in 0_usize..32, digit in "[0-9A-Za-z]") {
            let key = ApiKeySecret::from_random(bits);
            prop_assert_eq!(ApiKeySecret::parse(key.reveal()), Some(key.clone()));
            let mut changed = key.reveal().to_owned();
            changed.replace_range(position..=position, &digit);
            if changed != key.reveal() {
                prop_assert_eq!(ApiKeySecret::parse(&changed), None);
            }
        }

        #[test]
        fn arbitrary_text_is_not_a_key(text in "\\PC{0,40}") {
            prop_assert_eq!(ApiKeySecret::parse(&text), None);
        }
    }
}
