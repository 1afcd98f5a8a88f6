//! Attacks over real sockets: each costs its sender, never the service. docs/security.md tells which promise is proven where.

mod crowds;
mod heads;
mod json;
mod security_headers;
mod slow_clients;
mod smuggling;
mod workspaces;
