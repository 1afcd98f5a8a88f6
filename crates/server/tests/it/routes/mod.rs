//! A folder a resource, a file a verb: what each answers, field by field, and what it refuses.

mod embed;
mod messages;
mod peer_widgets;
mod prebuilt;
mod service;
mod widget;
