//! Classifies failed statements for the callers of a store.

use diesel::result::{DatabaseErrorKind, Error};
use ports::StoreError;

/// The errors of SQLite that a retry may avoid: another process holds the lock, the disk is full or failing, the file
/// cannot be opened or written, memory is short. diesel passes on result codes as text only.
const TRANSIENT_IN_SQLITE: [&str; 8] = [
    "database is locked",
    "database table is locked",
    "database schema is locked",
    "database or disk is full",
    "disk I/O error",
    "unable to open database file",
    "attempt to write a readonly database",
    "out of memory",
];

/// The same for PostgreSQL. diesel exposes few SQLSTATEs, so the connections request English messages.
const TRANSIENT_IN_POSTGRES: [&str; 13] = [
    DEADLOCK,
    "canceling statement due to", // a timeout, or a running recovery
    "canceling authentication due to timeout",
    "terminating connection due to",
    "the database system is ", // starting up, shutting down, in recovery
    "sorry, too many clients already",
    "too many connections for ",
    "remaining connection slots are reserved",
    "out of shared memory",
    "could not extend file",
    "could not write ",
    "could not access status of transaction",
    "cannot execute ", // "… in a read-only transaction": after a failover
];
const DEADLOCK: &str = "deadlock detected";
const STATEMENT_TIMEOUT: &str = "canceling statement due to statement timeout";

/// Distinguishes failures that a retry may avoid from defects.
#[expect(clippy::needless_pass_by_value, reason = "an argument of `map_err`, which passes the error by value")]
pub(crate) fn store_error(error: Error) -> StoreError {
    let text = text_of(&error);
    let is_transient = match &error {
        Error::DatabaseError(kind, _) => is_transient_failure(kind, &text),
        Error::BrokenTransactionManager => true, // the connection was lost
        _ => false,
    };
    if is_transient { StoreError::Unavailable(text) } else { StoreError::Internal(text) }
}

fn is_transient_failure(kind: &DatabaseErrorKind, text: &str) -> bool {
    match kind {
        DatabaseErrorKind::ClosedConnection
        | DatabaseErrorKind::UnableToSendCommand
        | DatabaseErrorKind::SerializationFailure
        | DatabaseErrorKind::ReadOnlyTransaction => true,
        _ => TRANSIENT_IN_SQLITE.iter().chain(&TRANSIENT_IN_POSTGRES).any(|start| text.starts_with(start)),
    }
}

/// Whether a transaction was rolled back only because of another one, so that a retry may succeed.
pub(crate) fn is_conflict(error: &Error) -> bool {
    match error {
        Error::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        Error::DatabaseError(_, information) => information.message().starts_with(DEADLOCK),
        _ => false,
    }
}

/// Whether a statement was rejected because the server is read-only, perhaps since a failover.
pub(crate) fn is_read_only(error: &Error) -> bool {
    matches!(error, Error::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, _))
}

/// Whether a statement failed because a lock was not available in time.
pub(crate) fn is_lock_timeout(error: &Error) -> bool {
    matches!(error, Error::DatabaseError(_, information) if information.message() == "canceling statement due to lock timeout")
}

/// Whether PostgreSQL canceled a statement because it took too long.
pub(crate) fn is_statement_timeout(error: &Error) -> bool {
    matches!(error, Error::DatabaseError(_, information) if information.message() == STATEMENT_TIMEOUT)
}

/// Whether a statement named a table that does not exist, or was dropped.
pub(crate) fn is_undefined_table(error: &Error) -> bool {
    matches!(error, Error::DatabaseError(_, information)
        if information.message().starts_with("relation \"") && information.message().ends_with("\" does not exist"))
}

/// The error and its sources: diesel names the unreadable column in the one and the reason in the other.
fn text_of(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {}", text_of(source)),
        None => error.to_string(),
    }
}

/// The error for a row that this program cannot have written.
pub(crate) fn damaged(what: &str, why: impl std::fmt::Display) -> StoreError {
    StoreError::Internal(format!("damaged {what}: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown(text: &str) -> StoreError {
        store_error(Error::DatabaseError(DatabaseErrorKind::Unknown, Box::new(text.to_owned())))
    }

    #[test]
    fn a_lock_or_a_full_disk_is_unavailable() {
        for text in ["database is locked", "database table is locked: message", "database or disk is full"] {
            assert_eq!(unknown(text), StoreError::Unavailable(text.to_owned()));
        }
    }

    #[test]
    fn a_server_that_shuts_down_is_unavailable() {
        for text in [
            "terminating connection due to administrator command",
            "the database system is starting up",
            "canceling statement due to statement timeout",
            "deadlock detected",
        ] {
            assert_eq!(unknown(text), StoreError::Unavailable(text.to_owned()));
        }
        for kind in [DatabaseErrorKind::UnableToSendCommand, DatabaseErrorKind::SerializationFailure] {
            let error = Error::DatabaseError(kind, Box::new("connection closed".to_owned()));
            assert_eq!(store_error(error), StoreError::Unavailable("connection closed".to_owned()));
        }
    }

    #[test]
    fn only_a_transaction_that_another_one_undid_is_retried() {
        let error = |kind, text: &str| Error::DatabaseError(kind, Box::new(text.to_owned()));
        assert!(is_conflict(&error(DatabaseErrorKind::SerializationFailure, "could not serialize access")));
        assert!(is_conflict(&error(DatabaseErrorKind::Unknown, "deadlock detected")));
        // It may have been committed.
        assert!(!is_conflict(&error(DatabaseErrorKind::UnableToSendCommand, "connection closed")));
        assert!(!is_conflict(&error(DatabaseErrorKind::UniqueViolation, "duplicate key")));
    }

    #[test]
    fn anything_else_is_a_defect() {
        assert_eq!(unknown("no such table: widget"), StoreError::Internal("no such table: widget".to_owned()));
        assert!(matches!(store_error(Error::NotFound), StoreError::Internal(_)));
    }
}
