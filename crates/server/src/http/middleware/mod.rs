//! What every request passes through.

mod observe;
mod rate_limit_headers;
mod request_id;

pub(super) use observe::observe;
