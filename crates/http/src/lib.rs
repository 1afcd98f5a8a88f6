//! The HTTP API of widgetd, on actix-web. `route_table` lists the routes. `routes` holds their handlers, `request` reads
//! requests, `response` writes answers, `middleware` runs for every request, `connection` bounds slow clients.

mod assets;
mod base_path;
mod bounds;
mod connection;
mod cross_origin;
mod frame_policy;
mod metrics;
mod middleware;
pub mod openapi;
mod options;
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
pub use options::HttpOptions;
pub use public_url::PublicUrl;
pub use response::error_codes;
pub use server::serve;
pub use services::Services;
pub(crate) use state::HttpState;
