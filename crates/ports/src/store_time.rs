//! The port that reads the clock of a shared store.

use async_trait::async_trait;
use domain::time::Timestamp;

use crate::StoreError;

/// The clock of a store that several processes share. All of them use its time.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait StoreTime: Send + Sync {
    /// Returns the time of the store's clock. The store reads it between the call and the return.
    async fn store_time(&self) -> Result<Timestamp, StoreError>;
}
