//! The HTTP API of widgetd, on actix-web. `routes` holds a file a resource, `request` what is read of a request, `response` what is written,
//! `middleware` what every request passes through.

mod assets;
mod base_path;
mod bounds;
mod connection;
mod metrics;
mod middleware;
pub mod openapi;
mod public_url;
mod request;
mod response;
mod route;
mod route_table;
mod router;
mod routes;
mod schemas;
mod server;
mod services;
mod state;

pub use actix_web::dev::ServerHandle;
pub use connection::Timeouts;
pub use metrics::Metrics;
pub use public_url::PublicUrl;
pub use response::error_codes;
pub use server::{HttpOptions, serve};
pub use services::Services;
pub(crate) use state::HttpState;
