//! Runs for every request: its id, its metrics, its log, and the headers that all answers have.

mod common_headers;
mod observe;
mod rate_limit_headers;
mod request_id;

pub(super) use observe::observe;
