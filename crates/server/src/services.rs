//! The use cases that the shell offers.

use std::sync::Arc;

use app::{ApiKeys, Bindings, Messages, Modules, PrebuiltCatalog, RateLimits, Rendering, Reviewer, Versions, Widgets};
use ports::{Clock, Housekeeping, IdSource};

use crate::system::ClockWatch;

/// Everything a request handler may ask for, wired once at start.
pub struct Services {
    /// Issues and recognizes API keys.
    pub api_keys: ApiKeys,
    /// Gives widgets to peers.
    pub bindings: Bindings,
    /// Sends and reads messages.
    pub messages: Messages,
    /// What browsers load.
    pub modules: Arc<Modules>,
    /// The pre-built widgets.
    pub prebuilt: Arc<PrebuiltCatalog>,
    /// Holds keys to their limits.
    pub rate_limits: RateLimits,
    /// Tells browsers what to show.
    pub rendering: Rendering,
    /// Checks schemas and components.
    pub reviewer: Arc<Reviewer>,
    /// Lists, shows and restores versions.
    pub versions: Versions,
    /// Creates, finds, edits and deletes widgets.
    pub widgets: Widgets,
    /// Whether the store answers, and what it forgets.
    pub housekeeping: Arc<dyn Housekeeping>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// How far it is to be trusted.
    pub clocks: Arc<ClockWatch>,
    /// Makes ids.
    pub ids: Arc<dyn IdSource>,
    /// What the worker processes have done so far.
    pub worker_stats: Box<dyn Fn() -> WorkerStats + Send + Sync>,
}

/// What the worker processes have done since the start.
#[derive(Debug, Clone, Copy, Default)]
pub struct WorkerStats {
    /// Components checked.
    pub component_checks: u64,
    /// Modules compiled, one for each check without errors.
    pub component_modules: u64,
    /// Jobs of all kinds that a worker answered or that ended their worker.
    pub jobs: u64,
    /// Jobs refused because no worker was free in time.
    pub jobs_refused: u64,
    /// Jobs waiting for a worker now.
    pub jobs_waiting: u64,
    /// Workers that ended or were killed during a job.
    pub workers_replaced: u64,
}
