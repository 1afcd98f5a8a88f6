//! What every request passes through.

mod common_headers;
mod observe;
mod rate_limit_headers;
mod request_id;

pub(super) use observe::observe;
