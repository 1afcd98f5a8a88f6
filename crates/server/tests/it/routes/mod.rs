//! The answers of each route, field by field, and its refusals. One folder for each resource, one file for each verb.

mod assets;
mod embed;
mod libraries;
mod messages;
mod peer_widgets;
mod prebuilt;
mod rendering;
mod service;
mod versions;
mod widget;
