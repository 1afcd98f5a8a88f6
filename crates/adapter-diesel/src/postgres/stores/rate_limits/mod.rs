//! Rate limits that all processes on one database share.
//!
//! | file | holds |
//! |---|---|
//! | `counter` | what the lane of counts does: many requests in one statement |
//! | `statement` | that statement |
//! | `exhausted` | the windows that are known to be used up |

mod counter;
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

pub(crate) use self::counter::Counter;
use self::{
    counter::{Counted, Request},
    exhausted::Exhausted,
};
use crate::postgres::{PostgresStore, engine::lane::Lane};

impl PostgresStore {
    /// A limiter that counts in this database, with the time of this clock.
    pub fn rate_limiter(&self, clock: Arc<dyn Clock>) -> PostgresRateLimiter {
        PostgresRateLimiter { clock, counts: self.counts.clone(), exhausted: Exhausted::default() }
    }
}

/// Counts requests in a table: right for any number of processes, whose clocks may differ a little.
///
/// A request that is refused changes nothing, so once a window is used up this process refuses the rest of it without asking
/// the database: a flood by one key costs it nothing.
pub struct PostgresRateLimiter {
    clock: Arc<dyn Clock>,
    counts: Lane<Counter>,
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
        let (_, Counted { window, before }) = self.counts.submit(request).await?;
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
