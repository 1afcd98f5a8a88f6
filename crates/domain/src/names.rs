//! Names that callers choose for things the service only refers to: workspaces, users, peers, conversations.

use std::fmt;
use std::sync::Arc;

use schema::field::Invalid;

use crate::limits;

macro_rules! caller_name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        /// 1 to 128 of `A-Z a-z 0-9 _ . : -`, but not `.` or `..`.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the name if it has the allowed characters and length.
            pub fn parse(text: &str) -> Result<Self, Invalid> {
                check(text).map(|()| Self(text.into()))
            }

            /// A name that was checked when it was stored, or one that no caller can choose.
            pub fn reserved(text: &str) -> Self {
                Self(text.into())
            }

            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    };
}

caller_name!(
    /// The tenant that widgets, bindings, messages and keys belong to.
    WorkspaceId
);
caller_name!(
    /// The person or program on whose behalf an API key acts; `createdBy` of what it makes.
    UserId
);
caller_name!(
    /// An AI agent that may be given widgets; known to the service from its first use.
    PeerId
);
caller_name!(
    /// A conversation that messages are sent to; known to the service from its first use.
    ConversationId
);

fn check(text: &str) -> Result<(), Invalid> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':' | '-');
    // `.` and `..` are steps in a path: clients and proxies take them out of an address.
    let is_step = matches!(text, "." | "..");
    if text.is_empty() || is_step || text.len() > limits::NAME_ID_CHARS || !text.chars().all(allowed) {
        return Err(Invalid::new(format!("Expected 1 to {} characters of A-Z a-z 0-9 _ . : -", limits::NAME_ID_CHARS)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_hold_only_what_is_safe_in_a_path_and_a_log() {
        assert_eq!(PeerId::parse("peer_1.a:b-C").unwrap().as_str(), "peer_1.a:b-C");
        assert!(PeerId::parse(&"x".repeat(128)).is_ok());
        for text in ["", ".", "..", "a b", "a/b", "é", "a\0", &"x".repeat(129)] {
            assert!(PeerId::parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_name_reads_back_and_no_other_text_is_one(name in "[A-Za-z0-9_.:-]{3,128}", foreign in "[^A-Za-z0-9_.:-]") {
            let read = ConversationId::parse(&name).unwrap();
            prop_assert_eq!(read.as_str(), &name);
            let strange = format!("{}{foreign}", &name[1..]);
            prop_assert!(ConversationId::parse(&strange).is_err());
        }
    }
}
