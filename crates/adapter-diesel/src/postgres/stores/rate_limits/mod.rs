//! Rate limits that all processes on one database share.
//!
//! | file | holds |
//! |---|---|
//! | `counter` | counts the requests of a batch in one statement |
//! | `statement` | that statement |
//! | `exhausted` | the windows that are known to be used up |

pub(crate) mod counter;
mod exhausted;
mod statement;

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use domain::{
    id::ApiKeyId,
    names::WorkspaceId,
    rate_limit::{LimitClass, RateDecision, RateLimit},
};
use ports::{Clock, RateLimiter, StoreError};

use self::{
    counter::{Request, RequestCounter},
    exhausted::Exhausted,
    statement::Count,
};
use crate::postgres::{PostgresStore, engine::batcher::Batcher};

impl PostgresStore {
    /// A limiter that counts in this database, with the time of this clock.
    pub fn rate_limiter(&self, clock: Arc<dyn Clock>) -> PostgresRateLimiter {
        PostgresRateLimiter { clock, counts: self.counts.clone(), exhausted: Exhausted::default() }
    }
}

/// Counts requests in a table, which any number of processes share. Their clocks may differ slightly.
///
/// A rejected request changes nothing. So once a window is used up, this process rejects further requests without a query.
pub struct PostgresRateLimiter {
    clock: Arc<dyn Clock>,
    counts: Batcher<RequestCounter>,
    exhausted: Exhausted,
}

#[async_trait]
impl RateLimiter for PostgresRateLimiter {
    async fn take(
        &self,
        workspace: &WorkspaceId,
        key: ApiKeyId,
        class: LimitClass,
        limit: RateLimit,
    ) -> Result<RateDecision, StoreError> {
        let now = self.clock.now();
        if let Some(window) = self.exhausted.window((key, class), limit, now) {
            return Ok(RateDecision { allowed: false, limit, remaining: 0, resets_at: window.ends_at });
        }
        let request = Request { workspace: workspace.clone(), key, class, limit, at: now };
        let (_, Count { window, before }) = self.counts.submit(request).await?;
        let left = u64::from(limit.requests).saturating_sub(before);
        if left <= 1 {
            self.exhausted.remember((key, class), limit, window, now);
        }
        let remaining = u32::try_from(left.saturating_sub(1)).unwrap_or(u32::MAX);
        Ok(RateDecision { allowed: left > 0, limit, remaining, resets_at: window.ends_at })
    }
}

impl fmt::Debug for PostgresRateLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PostgresRateLimiter(…)")
    }
}
