//! The port that counts requests against rate limits.

use async_trait::async_trait;
use domain::{
    id::ApiKeyId,
    names::WorkspaceId,
    rate_limit::{LimitClass, RateDecision, RateLimit},
};

use crate::StoreError;

/// Counts the requests of each API key.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait RateLimiter: Send + Sync {
    /// Counts one request of `key`, a key of `workspace`, against `limit`, and returns whether the request is allowed.
    ///
    /// A window begins with the key's first request of the class and lasts `limit.window_seconds`; see
    /// [`RateWindow`](domain::rate_limit::RateWindow) for a clock that goes back. In one window exactly `limit.requests`
    /// requests are allowed, even if many arrive concurrently or at several processes that share the store. A refused request
    /// does not extend the window.
    async fn take(
        &self,
        workspace: &WorkspaceId,
        key: ApiKeyId,
        class: LimitClass,
        limit: RateLimit,
    ) -> Result<RateDecision, StoreError>;
}
