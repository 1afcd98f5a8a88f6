use async_trait::async_trait;
use domain::{
    id::ApiKeyId,
    names::WorkspaceId,
    rate_limit::{LimitClass, RateDecision, RateLimit},
};

use crate::StoreError;

/// Counts the requests of each key.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait RateLimiter: Send + Sync {
    /// Counts one request of `key`, which is one of `workspace`, against `limit` and tells whether it may go on.
    ///
    /// A window begins with the key's first request of the class and lasts `limit.window_seconds`; see
    /// [`RateWindow`](domain::rate_limit::RateWindow) for a clock that goes back. In one window exactly `limit.requests`
    /// requests are allowed, however many arrive at once and however many processes ask, if they share the store; those
    /// refused prolong nothing.
    async fn take(
        &self,
        workspace: &WorkspaceId,
        key: ApiKeyId,
        class: LimitClass,
        limit: RateLimit,
    ) -> Result<RateDecision, StoreError>;
}
