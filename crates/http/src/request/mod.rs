//! Reads requests: each part once, into the types of the domain.

pub(super) mod body;
pub(super) mod caller;
mod conditional;
mod credential;
mod describe;
mod encoding;
mod fields;
mod form;
mod idempotency;
mod memory;
mod own_origin;
mod path;
mod query;

pub(super) use body::{JsonBody, RequestBody};
pub(super) use caller::{Caller, RateLimited};
pub(super) use conditional::{
    IfMatchHeader, IfNoneMatchHeader, etag, is_not_modified, prebuilt_etag, precondition, set_etag, unless_not_modified,
};
pub(super) use describe::{describe_bodies, describe_parameters};
pub(super) use encoding::{accepts_brotli, accepts_gzip, accepts_html};
pub(super) use fields::{JsonKind, Object};
pub(super) use idempotency::{IdempotencyKeyHeader, attempt};
pub(super) use memory::acquire as acquire_memory;
pub(super) use own_origin::own_origin;
pub(super) use path::{
    ConversationIdPath, MessageIdPath, PeerIdPath, PeerWidgetIdPath, VersionPath, WidgetIdPath, WidgetKeyPath,
    conversation_id, message_id, peer_id, peer_widget_id, version, widget_id, widget_key,
};
pub(super) use query::Query;
