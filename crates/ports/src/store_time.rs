use async_trait::async_trait;
use domain::time::Timestamp;

use crate::StoreError;

/// The clock of a store that several processes share: the one that all of them go by.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait StoreTime: Send + Sync {
    /// What the store's clock says, read between the call and the return.
    async fn store_time(&self) -> Result<Timestamp, StoreError>;
}
