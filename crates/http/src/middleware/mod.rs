//! What every request passes through.

mod common_headers;
mod observe;
mod rate_limit_headers;
mod request_id;

pub(super) use common_headers::write as write_common_headers;
pub(super) use observe::observe;
pub(super) use request_id::new as new_request_id;
