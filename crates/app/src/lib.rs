//! The use cases of widgetd, one file an aggregate: thin structs over ports that hold the order of things.
//!
//! A method that needs a permission asks for the type that proves it ([`domain::access::Manager`] or
//! [`domain::access::Messenger`]); what it may see and change is the workspace of that principal.

mod api_keys;
mod bindings;
mod error;
mod messages;
mod modules;
mod prebuilt;
mod rate_limits;
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
pub use rendering::{PreviewDraft, RenderPayload, Rendering};
pub use resolver::WidgetResolver;
pub use review::{Review, Reviewer};
pub use versions::{FoundVersion, Versions};
pub use widgets::{FoundWidget, NewWidget, WidgetEdit, Widgets};
