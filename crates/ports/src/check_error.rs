//! The error of checkers.

/// Why a schema, data or a component was not checked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// Too many checks are waiting, or the check was interrupted from outside. The input is not the cause, so the caller may
    /// retry.
    #[error("too many checks are waiting")]
    Overloaded,
    /// A defect of the service, such as a checker that cannot be started. The text is for the log.
    #[error("the checker failed: {0}")]
    Internal(String),
}
