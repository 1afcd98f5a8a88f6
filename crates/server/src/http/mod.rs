//! The HTTP API. `routes` holds a file a resource, `request` what is read of a request, `response` what is written,
//! `middleware` what every request passes through.

mod assets;
mod bounds;
mod connection;
pub mod metrics;
mod middleware;
pub mod openapi;
mod request;
mod response;
mod router;
mod routes;
mod server;
mod state;

pub use connection::Patience;
pub use response::error_codes;
pub use server::{HttpOptions, serve};
pub use state::HttpState;
