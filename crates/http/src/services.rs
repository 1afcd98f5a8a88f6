//! The use cases that the routes offer.

use std::sync::Arc;

use app::{
    ApiKeys, Bindings, Messages, Modules, PrebuiltCatalog, RateLimits, RenderTest, Rendering, Reviewer, Versions,
    Widgets,
};
use domain::library::LibrarySet;
use ports::{Clock, Housekeeping, IdSource};

/// The use cases and ports that handlers use, wired once at start.
pub struct Services {
    /// Issues and recognizes API keys.
    pub api_keys: ApiKeys,
    /// Binds widgets to peers.
    pub bindings: Bindings,
    /// What components may import.
    pub libraries: Arc<LibrarySet>,
    /// Sends and reads messages.
    pub messages: Messages,
    /// Compiled modules of components.
    pub modules: Arc<Modules>,
    /// The pre-built widgets.
    pub prebuilt: Arc<PrebuiltCatalog>,
    /// Holds keys to their limits.
    pub rate_limits: RateLimits,
    /// Assembles what browsers render.
    pub rendering: Rendering,
    /// Renders components without a browser.
    pub render_test: Arc<RenderTest>,
    /// Checks schemas and components.
    pub reviewer: Arc<Reviewer>,
    /// Lists, shows and restores versions.
    pub versions: Versions,
    /// Creates, finds, edits and deletes widgets.
    pub widgets: Widgets,
    /// Pings the store, and deletes what has expired.
    pub housekeeping: Arc<dyn Housekeeping>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes ids.
    pub ids: Arc<dyn IdSource>,
}
