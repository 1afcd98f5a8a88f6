//! The port that stores the versions of pre-built widgets.

use async_trait::async_trait;
use domain::{
    time::Timestamp,
    widget::{PrebuiltWidget, Version},
};

use crate::StoreError;

/// Stores the versions of pre-built widgets, so that an upgrade of the binary never changes an old message.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait PrebuiltStore: Send + Sync {
    /// Stores the widget's content (schema and component) as a version unless it is stored already, and returns the version.
    ///
    /// The same content always has the same version, even if several services start concurrently or an older binary is
    /// started again. After the call, bindings to the widget show its key and name.
    async fn publish(&self, widget: &PrebuiltWidget, now: Timestamp) -> Result<Version, StoreError>;
}
