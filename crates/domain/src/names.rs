//! Names chosen by callers for things that the service only refers to: workspaces, users, peers, conversations.

use std::fmt;
use std::sync::Arc;

use schema::field::Invalid;

use crate::limits;

macro_rules! caller_name {
    ($(#[$doc:meta])* $name:ident, $check:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Accepts the text unchanged, or returns what is wrong with it.
            pub fn parse(text: &str) -> Result<Self, Invalid> {
                $check(text).map(|()| Self(text.into()))
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
    /// The tenant that widgets, bindings, messages and keys belong to: 1 to 128 characters of `A-Z a-z 0-9 _ . : -`, but not
    /// `.` or `..`.
    WorkspaceId,
    check_plain
);
caller_name!(
    /// The person or program on whose behalf an API key acts; `createdBy` of everything the key creates. It has the characters
    /// of a workspace's name.
    UserId,
    check_plain
);
caller_name!(
    /// An AI agent that widgets can be bound to: the name that the caller's own system gives it. Peers exist from their first use;
    /// they are not created.
    ///
    /// 1 to 256 Unicode scalar values, so at most 1,024 bytes of UTF-8. No control characters, and neither `.` nor `..`. The name
    /// is not trimmed or normalized: names are equal if their bytes are.
    PeerId,
    check_caller_name
);
caller_name!(
    /// A conversation that messages are sent to: the name that the caller's own system gives it. It has the characters of a
    /// peer's name. Conversations exist from their first use; they are not created.
    ConversationId,
    check_caller_name
);

/// Clients and proxies remove these from paths, also if their dots are percent-encoded.
fn is_dot_segment(text: &str) -> bool {
    matches!(text, "." | "..")
}

/// The names that an operator gives on the command line.
fn check_plain(text: &str) -> Result<(), Invalid> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':' | '-');
    if text.is_empty() || is_dot_segment(text) || text.len() > limits::MAX_NAME_ID_CHARS || !text.chars().all(allowed) {
        return Err(Invalid::new(format!(
            "Expected 1 to {} characters of A-Z a-z 0-9 _ . : -",
            limits::MAX_NAME_ID_CHARS
        )));
    }
    Ok(())
}

/// The names that other systems have given: Teams, Matrix, mail, phones.
fn check_caller_name(text: &str) -> Result<(), Invalid> {
    if text.is_empty() {
        return Err(Invalid::new("Must not be empty"));
    }
    let count = text.chars().count();
    if count > limits::MAX_CALLER_NAME_CHARS {
        return Err(Invalid::new(format!(
            "Expected at most {} characters, received {count}",
            limits::MAX_CALLER_NAME_CHARS
        )));
    }
    if text.chars().any(char::is_control) {
        return Err(Invalid::new("Must not contain control characters"));
    }
    if is_dot_segment(text) {
        return Err(Invalid::new("Must not be '.' or '..', which clients and proxies remove from paths"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn workspaces_and_users_have_names_that_are_safe_in_shells_and_logs() {
        assert_eq!(WorkspaceId::parse("team_1.a:b-C").unwrap().as_str(), "team_1.a:b-C");
        assert!(UserId::parse(&"x".repeat(128)).is_ok());
        for text in ["", ".", "..", "a b", "a/b", "é", "a\0", &"x".repeat(129)] {
            assert!(WorkspaceId::parse(text).is_err() && UserId::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn peers_and_conversations_keep_the_names_that_other_systems_gave_them() {
        for text in [
            "19:abc@thread.tacv2",
            "!room:server.example",
            "@user:server.example",
            "#room:server.example",
            "a+b@example.com",
            "+49 170 1234567",
            "<CA+1=x/y@mail.example>",
            "a/b//c",
            "100%25",
            " a ",
            "...",
            "e\u{301}",
            "\u{feff}\u{202e}",
            "\u{10ffff}",
        ] {
            assert_eq!(PeerId::parse(text).unwrap().as_str(), text);
            assert_eq!(ConversationId::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn a_callers_name_has_1_to_256_characters_however_many_bytes_they_take() {
        for character in ["x", "é", "𝒳"] {
            assert!(PeerId::parse(&character.repeat(256)).is_ok());
            assert!(PeerId::parse(&character.repeat(257)).is_err());
        }
        for text in ["", ".", "..", "a\0", "a\n", "\u{7f}", "\u{85}"] {
            assert!(PeerId::parse(text).is_err() && ConversationId::parse(text).is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_plain_name_parses_unchanged_and_other_characters_are_refused(name in "[A-Za-z0-9_.:-]{3,128}", foreign in "[^A-Za-z0-9_.:-]") {
            let read = WorkspaceId::parse(&name).unwrap();
            prop_assert_eq!(read.as_str(), &name);
            let strange = format!("{}{foreign}", &name[1..]);
            prop_assert!(WorkspaceId::parse(&strange).is_err());
        }

        #[test]
        fn a_callers_name_is_any_text_without_control_characters(name in "\\PC{3,256}", control in "\\p{Cc}") {
            let read = ConversationId::parse(&name).unwrap();
            prop_assert_eq!(read.as_str(), &name);
            let strange: String = name.chars().skip(1).chain(control.chars()).collect();
            prop_assert!(ConversationId::parse(&strange).is_err());
        }
    }
}
