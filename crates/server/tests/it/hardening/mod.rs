//! Attacks over real sockets, which must not harm the service or other clients. docs/security.md lists which test proves
//! which promise.

mod concurrency_limits;
mod heads;
mod json;
mod security_headers;
mod slow_clients;
mod smuggling;
mod workspaces;
