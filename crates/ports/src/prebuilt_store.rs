use async_trait::async_trait;
use domain::{
    time::Timestamp,
    widget::{PrebuiltWidget, Version},
};

use crate::StoreError;

/// Keeps the versions of pre-built widgets, so that an upgrade of the binary never changes an old message.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait PrebuiltStore: Send + Sync {
    /// Saves this content (schema and component) as a version unless it is one already, and tells which.
    ///
    /// The same content always has the same version, also when several services start at once or an older binary
    /// comes back. Bindings to the widget find its key and name from then on.
    async fn publish(&self, widget: &PrebuiltWidget, now: Timestamp) -> Result<Version, StoreError>;
}
