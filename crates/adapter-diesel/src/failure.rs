//! What a failed statement is to the callers of a store.

use diesel::result::{DatabaseErrorKind, Error};
use ports::StoreError;

/// What SQLite says when it may answer later: it is locked by another process, the disk is full or failing, the file
/// cannot be opened or written, memory is short. diesel passes its result codes on as text only.
const PASSING_IN_SQLITE: [&str; 8] = [
    "database is locked",
    "database table is locked",
    "database schema is locked",
    "database or disk is full",
    "disk I/O error",
    "unable to open database file",
    "attempt to write a readonly database",
    "out of memory",
];

/// The same of PostgreSQL. diesel keeps no SQLSTATE beyond what it has a kind for, so the connections ask for messages in
/// English.
const PASSING_IN_POSTGRES: [&str; 13] = [
    DEADLOCK,
    "canceling statement due to", // a timeout, or a recovery that goes on
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
    "cannot execute ", // "… in a read-only transaction": what was the primary is none any more
];
const DEADLOCK: &str = "deadlock detected";
const STATEMENT_TIMEOUT: &str = "canceling statement due to statement timeout";

/// Sorts a failure into "may work later" and "is a defect".
#[expect(clippy::needless_pass_by_value, reason = "handed to `map_err`, which gives it away")]
pub(crate) fn failed(error: Error) -> StoreError {
    let text = text_of(&error);
    let passing = match &error {
        Error::DatabaseError(kind, _) => is_passing(kind, &text),
        Error::BrokenTransactionManager => true, // by a connection that was lost
        _ => false,
    };
    if passing { StoreError::Unavailable(text) } else { StoreError::Internal(text) }
}

fn is_passing(kind: &DatabaseErrorKind, text: &str) -> bool {
    match kind {
        DatabaseErrorKind::ClosedConnection
        | DatabaseErrorKind::UnableToSendCommand
        | DatabaseErrorKind::SerializationFailure
        | DatabaseErrorKind::ReadOnlyTransaction => true,
        _ => PASSING_IN_SQLITE.iter().chain(&PASSING_IN_POSTGRES).any(|passing| text.starts_with(passing)),
    }
}

/// Whether a transaction was undone only because of another one, so that it may work if it is run again.
pub(crate) fn is_conflict(error: &Error) -> bool {
    match error {
        Error::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        Error::DatabaseError(_, information) => information.message().starts_with(DEADLOCK),
        _ => false,
    }
}

/// Whether a statement was refused because the server is, or was made, one that only reads.
pub(crate) fn is_read_only(error: &Error) -> bool {
    matches!(error, Error::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, _))
}

/// Whether a statement was given up because a lock was not to be had in time.
pub(crate) fn is_lock_timeout(error: &Error) -> bool {
    matches!(error, Error::DatabaseError(_, information) if information.message() == "canceling statement due to lock timeout")
}

/// Whether PostgreSQL ended a statement because it took too long.
pub(crate) fn is_statement_timeout(error: &Error) -> bool {
    matches!(error, Error::DatabaseError(_, information) if information.message() == STATEMENT_TIMEOUT)
}

/// Whether a statement named a table that is not there, or not any more.
pub(crate) fn is_undefined_table(error: &Error) -> bool {
    matches!(error, Error::DatabaseError(_, information)
        if information.message().starts_with("relation \"") && information.message().ends_with("\" does not exist"))
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
    fn a_server_that_goes_away_may_come_back() {
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
            assert_eq!(failed(error), StoreError::Unavailable("connection closed".to_owned()));
        }
    }

    #[test]
    fn only_what_another_transaction_undid_is_run_again() {
        let error = |kind, text: &str| Error::DatabaseError(kind, Box::new(text.to_owned()));
        assert!(is_conflict(&error(DatabaseErrorKind::SerializationFailure, "could not serialize access")));
        assert!(is_conflict(&error(DatabaseErrorKind::Unknown, "deadlock detected")));
        // Whether it was committed is not known.
        assert!(!is_conflict(&error(DatabaseErrorKind::UnableToSendCommand, "connection closed")));
        assert!(!is_conflict(&error(DatabaseErrorKind::UniqueViolation, "duplicate key")));
    }

    #[test]
    fn anything_else_is_a_defect() {
        assert_eq!(unknown("no such table: widget"), StoreError::Internal("no such table: widget".to_owned()));
        assert!(matches!(failed(Error::NotFound), StoreError::Internal(_)));
    }
}
