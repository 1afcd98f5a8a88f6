/// Why a schema, data or a component was not checked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// The input is not the cause: too many checks are waiting, or the check was interrupted from outside. The caller may
    /// try again.
    #[error("too many checks are waiting")]
    Overloaded,
    /// A defect of ours, such as a checker that cannot be started. The text is for the log.
    #[error("the checker failed: {0}")]
    Internal(String),
}
