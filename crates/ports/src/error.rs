/// Why a store could not do what was asked, when the request itself was right.
///
/// The text is for the log: it never reaches a client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The store does not answer now and may later: connection lost, pool exhausted, disk full, lock not had in time.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// Anything else: a defect of ours or damaged data.
    #[error("the store failed: {0}")]
    Internal(String),
}
