//! The use cases that the routes offer.

use std::sync::Arc;

use app::{ApiKeys, Bindings, Messages, Modules, PrebuiltCatalog, RateLimits, Rendering, Reviewer, Versions, Widgets};
use ports::{Clock, Housekeeping, IdSource};

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
    /// Makes ids.
    pub ids: Arc<dyn IdSource>,
}
