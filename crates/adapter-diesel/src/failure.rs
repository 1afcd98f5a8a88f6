//! What a failed statement is to the callers of a store.

use diesel::result::Error;
use ports::StoreError;

/// What SQLite says when it may answer later: it is locked by another process, the disk is full or failing, the file
/// cannot be opened or written, memory is short. diesel passes its result codes on as text only.
const PASSING: [&str; 8] = [
    "database is locked",
    "database table is locked",
    "database schema is locked",
    "database or disk is full",
    "disk I/O error",
    "unable to open database file",
    "attempt to write a readonly database",
    "out of memory",
];

/// Sorts a failure into "may work later" and "is a defect".
#[expect(clippy::needless_pass_by_value, reason = "handed to `map_err`, which gives it away")]
pub(crate) fn failed(error: Error) -> StoreError {
    let text = text_of(&error);
    if PASSING.iter().any(|passing| text.starts_with(passing)) {
        StoreError::Unavailable(text)
    } else {
        StoreError::Internal(text)
    }
}

/// The error and what it came from: diesel names the column that cannot be read in the one and the reason in the other.
fn text_of(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {}", text_of(source)),
        None => error.to_string(),
    }
}

/// A row that no code of ours can have written.
pub(crate) fn damaged(what: &str, why: impl std::fmt::Display) -> StoreError {
    StoreError::Internal(format!("damaged {what}: {why}"))
}

#[cfg(test)]
mod tests {
    use diesel::result::DatabaseErrorKind;

    use super::*;

    fn unknown(text: &str) -> StoreError {
        failed(Error::DatabaseError(DatabaseErrorKind::Unknown, Box::new(text.to_owned())))
    }

    #[test]
    fn a_lock_or_a_full_disk_may_pass() {
        for text in ["database is locked", "database table is locked: message", "database or disk is full"] {
            assert_eq!(unknown(text), StoreError::Unavailable(text.to_owned()));
        }
    }

    #[test]
    fn anything_else_is_a_defect() {
        assert_eq!(unknown("no such table: widget"), StoreError::Internal("no such table: widget".to_owned()));
        assert!(matches!(failed(Error::NotFound), StoreError::Internal(_)));
    }
}
