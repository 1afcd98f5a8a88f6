//! Names chosen by callers for things that the service only refers to: workspaces, users, peers, conversations.

use std::fmt;
use std::sync::Arc;

use schema::field::Invalid;

use crate::limits;

macro_rules! caller_name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        /// 1 to 128 characters of `A-Z a-z 0-9 _ . : -`, but not `.` or `..`.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Parses a name, checking its characters and length.
            pub fn parse(text: &str) -> Result<Self, Invalid> {
                check(text).map(|()| Self(text.into()))
            }

            /// Creates a name without a check: one that was checked when it was stored, or one that no caller can choose.
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
    /// The person or program on whose behalf an API key acts; `createdBy` of everything the key creates.
    UserId
);
caller_name!(
    /// An AI agent that widgets can be bound to. Peers exist from their first use; they are not created.
    PeerId
);
caller_name!(
    /// A conversation that messages are sent to. Conversations exist from their first use; they are not created.
    ConversationId
);

fn check(text: &str) -> Result<(), Invalid> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':' | '-');
    // Clients and proxies remove the dot segments `.` and `..` from URLs.
    let is_dot_segment = matches!(text, "." | "..");
    if text.is_empty() || is_dot_segment || text.len() > limits::MAX_NAME_ID_CHARS || !text.chars().all(allowed) {
        return Err(Invalid::new(format!(
            "Expected 1 to {} characters of A-Z a-z 0-9 _ . : -",
            limits::MAX_NAME_ID_CHARS
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_contain_only_characters_that_are_safe_in_paths_and_logs() {
        assert_eq!(PeerId::parse("peer_1.a:b-C").unwrap().as_str(), "peer_1.a:b-C");
        assert!(PeerId::parse(&"x".repeat(128)).is_ok());
        for text in ["", ".", "..", "a b", "a/b", "é", "a\0", &"x".repeat(129)] {
            assert!(PeerId::parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_name_parses_unchanged_and_other_characters_are_refused(name in "[A-Za-z0-9_.:-]{3,128}", foreign in "[^A-Za-z0-9_.:-]") {
            let read = ConversationId::parse(&name).unwrap();
            prop_assert_eq!(read.as_str(), &name);
            let strange = format!("{}{foreign}", &name[1..]);
            prop_assert!(ConversationId::parse(&strange).is_err());
        }
    }
}
