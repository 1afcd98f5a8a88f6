//! Rate limiting of API keys.

use std::sync::Arc;

use domain::{
    access::Principal,
    rate_limit::{LimitClass, RateDecision, RateLimit},
};
use ports::RateLimiter;

use crate::AppError;

/// Enforces the rate limits that the operator configured.
pub struct RateLimits {
    /// Counts requests.
    pub limiter: Arc<dyn RateLimiter>,
    /// Create and update a widget; `None` is no limit.
    pub write: Option<RateLimit>,
    /// List widgets; `None` is no limit.
    pub list: Option<RateLimit>,
    /// Send a message; `None` is no limit.
    pub message: Option<RateLimit>,
    /// Preview a widget; `None` is no limit.
    pub preview: Option<RateLimit>,
}

impl RateLimits {
    /// Counts one request of the principal's key; `None` if the class has no limit.
    pub async fn take(&self, principal: &Principal, class: LimitClass) -> Result<Option<RateDecision>, AppError> {
        let limit = match class {
            LimitClass::Write => self.write,
            LimitClass::List => self.list,
            LimitClass::Message => self.message,
            LimitClass::Preview => self.preview,
        };
        match limit {
            Some(limit) => Ok(Some(self.limiter.take(&principal.workspace, principal.key, class, limit).await?)),
            None => Ok(None),
        }
    }
}
