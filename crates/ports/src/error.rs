/// Why a store could not do what was asked, when the request itself was right.
///
/// The text is for the log: it never reaches a client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The store does not answer now and may later: connection lost, pool exhausted, disk full, lock not had in time.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// What the store keeps was replaced or deleted under it. Nothing that it wrote since would be kept and nothing that it
    /// reads is true, so it does neither until the service is restarted.
    #[error("the store's data was replaced: {0}")]
    Replaced(String),
    /// Anything else: a defect of ours or damaged data.
    #[error("the store failed: {0}")]
    Internal(String),
}
