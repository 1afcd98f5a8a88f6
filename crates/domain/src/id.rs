//! Ids assigned by the service: TypeIDs over UUIDv7, such as `widget_01k9x2m5f3e8h9s4t6v7w8x9y0`.
//!
//! A TypeID (specification 0.3) is a prefix and the 128 bits of a UUID in 26 characters of Crockford's base32,
//! most significant first, so ids of one kind sort by creation time.

use std::fmt;

use schema::field::Invalid;
use uuid::Uuid;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const SUFFIX_LEN: usize = 26;

fn encode(uuid: Uuid, out: &mut [u8; SUFFIX_LEN]) {
    let mut bits = uuid.as_u128();
    for digit in out.iter_mut().rev() {
        *digit = ALPHABET[(bits & 31) as usize];
        bits >>= 5;
    }
}

fn decode(suffix: &str) -> Option<Uuid> {
    let bytes = suffix.as_bytes();
    // 26 digits hold 130 bits: a first digit above 7 would not fit.
    if bytes.len() != SUFFIX_LEN || bytes[0] > b'7' {
        return None;
    }
    let mut bits: u128 = 0;
    for byte in bytes {
        let digit = ALPHABET.iter().position(|c| c == byte)?;
        bits = (bits << 5) | digit as u128;
    }
    Some(Uuid::from_u128(bits))
}

macro_rules! type_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// The prefix of every id of this kind.
            pub const PREFIX: &'static str = $prefix;

            /// The id with this UUID.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID of the id.
            pub const fn as_uuid(&self) -> &Uuid {
                &self.0
            }

            /// Parses an id in the format that [`Display`](fmt::Display) writes.
            pub fn parse(text: &str) -> Result<Self, Invalid> {
                text.strip_prefix($prefix)
                    .and_then(decode)
                    .map(Self)
                    .ok_or_else(|| Invalid::new(concat!("Expected an id that begins with '", $prefix, "'")))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut suffix = [0; SUFFIX_LEN];
                encode(self.0, &mut suffix);
                f.write_str($prefix)?;
                f.write_str(std::str::from_utf8(&suffix).map_err(|_| fmt::Error)?) // the alphabet is ASCII
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    };
}

type_id!(
    /// The id of a widget.
    WidgetId,
    "widget_"
);
type_id!(
    /// The id of a binding of a widget to a peer.
    PeerWidgetId,
    "peer_widget_"
);
type_id!(
    /// The id of a message.
    MessageId,
    "msg_"
);
type_id!(
    /// The id of an API key. It is not secret and reveals nothing about the key.
    ApiKeyId,
    "key_"
);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ids_follow_the_typeid_specification() {
        // Test vectors of the specification.
        let cases = [
            ("00000000000000000000000000", "00000000-0000-0000-0000-000000000000"),
            ("0000000000000000000000000g", "00000000-0000-0000-0000-000000000010"),
            ("7zzzzzzzzzzzzzzzzzzzzzzzzz", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
            ("01h455vb4pex5vsknk084sn02q", "01890a5d-ac96-774b-bcce-b302099a8057"),
        ];
        for (suffix, uuid) in cases {
            let id = WidgetId::from_uuid(uuid.parse().unwrap());
            assert_eq!(id.to_string(), format!("widget_{suffix}"));
            assert_eq!(WidgetId::parse(&format!("widget_{suffix}")), Ok(id));
        }
    }

    #[test]
    fn malformed_ids_are_refused() {
        for text in [
            "",
            "widget_",
            "msg_00000000000000000000000000",
            "widget_8zzzzzzzzzzzzzzzzzzzzzzzzz",
            "widget_0000000000000000000000000",
            "widget_0000000000000000000000000u",
            "widget_0000000000000000000000000A",
            "widget_000000000000000000000000é",
        ] {
            assert!(WidgetId::parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_printed_id_parses_to_the_same_id(bits: u128) {
            let id = MessageId::from_uuid(Uuid::from_u128(bits));
            prop_assert_eq!(MessageId::parse(&id.to_string()), Ok(id));
        }

        #[test]
        fn ids_sort_like_their_text(a: u128, b: u128) {
            let (a, b) = (MessageId::from_uuid(Uuid::from_u128(a)), MessageId::from_uuid(Uuid::from_u128(b)));
            prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
        }
    }
}
