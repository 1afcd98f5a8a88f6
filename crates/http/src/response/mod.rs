//! Writes answers: the envelope, the mapping of errors, and the shapes of the reference.

mod binding;
mod envelope;
mod error;
mod error_code;
mod fault;
mod held_body;
mod library;
mod message;
mod prebuilt;
mod render;
mod slices;
mod validation;
mod version;
mod widget;

pub use error_code::error_codes;

pub(super) use binding::{BindingList, BindingView, NamedBindingView};
pub(super) use envelope::{Done, Failure, Success, created, ok, restored};
pub(super) use error::ApiError;
pub(super) use error_code::ErrorCode;
pub(super) use fault::Fault;
pub(super) use held_body::hold_until_sent;
pub(super) use library::LibraryList;
pub(super) use message::{MessageList, MessageView};
pub(super) use prebuilt::{PrebuiltList, PrebuiltView};
pub(super) use render::{RenderView, frame_path};
pub(super) use slices::SlicedBody;
pub(super) use validation::{RenderedView, ValidationError, ValidationView};
pub(super) use version::{VersionList, VersionView};
pub(super) use widget::{WidgetList, WidgetView};
