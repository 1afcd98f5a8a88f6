//! The error of stores.

/// Why a store failed to execute a valid request.
///
/// The text is for the log: it never reaches a client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The store is temporarily unavailable: connection lost, pool exhausted, disk full, lock timeout.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// The stored data was replaced or deleted while the service was running. The store refuses every read and write until the
    /// service is restarted, since reads would return wrong data and writes would be lost.
    #[error("the store's data was replaced: {0}")]
    Replaced(String),
    /// Any other failure: a defect of the service, or damaged data.
    #[error("the store failed: {0}")]
    Internal(String),
}
