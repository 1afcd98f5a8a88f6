//! A folder a resource, a file a verb: what each answers, field by field, and what it refuses.

mod assets;
mod embed;
mod messages;
mod peer_widgets;
mod prebuilt;
mod rendering;
mod service;
mod versions;
mod widget;
