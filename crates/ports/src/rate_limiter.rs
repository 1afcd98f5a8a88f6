use async_trait::async_trait;
use domain::{
    id::ApiKeyId,
    rate_limit::{LimitClass, RateDecision, RateLimit},
};

use crate::StoreError;

/// Counts the requests of each key.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait RateLimiter: Send + Sync {
    /// Counts one request of `key` against `limit` and tells whether it may go on.
    ///
    /// A window begins with the key's first request of the class and lasts `limit.window_seconds`. In one window exactly
    /// `limit.requests` requests are allowed, however many arrive at once; those refused are not counted.
    async fn take(&self, key: ApiKeyId, class: LimitClass, limit: RateLimit) -> Result<RateDecision, StoreError>;
}
