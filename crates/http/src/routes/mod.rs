//! The handlers, a file a resource.

pub(super) mod assets;
pub(super) mod bindings;
pub(super) mod embed;
pub(super) mod health;
pub(super) mod libraries;
pub(super) mod messages;
pub(super) mod meta;
pub(super) mod pages;
pub(super) mod prebuilt;
pub(super) mod rendering;
pub(super) mod versions;
pub(super) mod widgets;
