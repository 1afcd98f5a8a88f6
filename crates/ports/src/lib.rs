//! The ports of widgetd: traits through which the use cases reach databases, checkers, the clock and random numbers.
//!
//! Each method is one atomic operation; the adapter owns the transaction. The documentation of a method states its guarantees,
//! and the crate `port-contract` checks them for every adapter. Driver types never cross a port.

mod api_key_store;
mod binding_store;
mod changes;
mod check_error;
mod clock;
mod component_renderer;
mod component_reviewer;
mod creation;
mod error;
mod housekeeping;
mod id_source;
mod message_store;
mod prebuilt_store;
mod rate_limiter;
mod schema_checker;
mod store_time;
mod style_compiler;
mod version_store;
mod widget_store;

pub use api_key_store::ApiKeyStore;
pub use binding_store::{BindError, BindingStore, ReplaceBindingError};
pub use changes::{Change, ChangeFeed, ChangeListener};
pub use check_error::CheckError;
pub use clock::Clock;
pub use component_renderer::{
    ComponentRenderer, MAX_RENDER_WARNINGS, MAX_RENDERED_TEXT_BYTES, RenderError, RenderReport, RenderWarning,
    RenderedText, SourcePosition,
};
pub use component_reviewer::{ComponentReview, ComponentReviewer, ReviewSettings};
pub use creation::{Creation, ReplayError};
pub use error::StoreError;
pub use housekeeping::Housekeeping;
pub use id_source::IdSource;
pub use message_store::{AppendError, MessageStore};
pub use prebuilt_store::PrebuiltStore;
pub use rate_limiter::RateLimiter;
pub use schema_checker::{SchemaChecker, SchemaReview};
pub use store_time::StoreTime;
pub use style_compiler::{StyleCompiler, StyleError};
pub use version_store::VersionStore;
pub use widget_store::{CreateWidgetError, DeleteWidgetError, RestoreError, UpdateWidgetError, WidgetStore};

#[cfg(feature = "mock")]
pub use self::{
    api_key_store::MockApiKeyStore, binding_store::MockBindingStore, clock::MockClock,
    component_renderer::MockComponentRenderer, component_reviewer::MockComponentReviewer,
    housekeeping::MockHousekeeping, id_source::MockIdSource, message_store::MockMessageStore,
    prebuilt_store::MockPrebuiltStore, rate_limiter::MockRateLimiter, schema_checker::MockSchemaChecker,
    store_time::MockStoreTime, version_store::MockVersionStore, widget_store::MockWidgetStore,
};
