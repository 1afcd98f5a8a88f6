//! The use cases of widgetd: thin structs over ports, one file for each aggregate.
//!
//! A method that requires a permission takes the type that proves it ([`domain::access::Manager`] or
//! [`domain::access::Messenger`]). It reads and changes only the workspace of that principal.

mod api_keys;
mod bindings;
mod error;
mod messages;
mod modules;
mod prebuilt;
mod rate_limits;
mod render_test;
mod rendering;
mod resolver;
mod review;
mod versions;
mod widgets;

pub use api_keys::{ApiKeys, IssuedKey};
pub use bindings::Bindings;
pub use error::AppError;
pub use messages::Messages;
pub use modules::Modules;
pub use prebuilt::{PrebuiltCatalog, PublishedWidget};
pub use rate_limits::RateLimits;
pub use render_test::{RenderOutcome, RenderTest};
pub use rendering::{PreviewDraft, RenderPayload, Rendering};
pub use resolver::WidgetResolver;
pub use review::{ReviewedComponent, ReviewedSchema, Reviewer};
pub use versions::{FoundVersion, Versions};
pub use widgets::{FoundWidget, NewWidget, WidgetEdit, Widgets};
