use async_trait::async_trait;
use domain::time::Timestamp;

use crate::StoreError;

/// What a store is asked for outside requests.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait Housekeeping: Send + Sync {
    /// Whether the store answers: `Ok` only after a round trip to it.
    async fn ping(&self) -> Result<(), StoreError>;

    /// Forgets the idempotency keys of attempts made before this time, and tells how many. What the attempts made stays.
    async fn forget_attempts_before(&self, time: Timestamp) -> Result<u64, StoreError>;
}
