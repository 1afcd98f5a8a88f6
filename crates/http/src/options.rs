use std::num::NonZeroUsize;

use domain::origin::AllowedOrigins;

use crate::{PublicUrl, Timeouts};

/// How the HTTP server runs.
#[derive(Debug, Clone)]
pub struct HttpOptions {
    /// Threads that serve requests.
    pub workers: NonZeroUsize,
    /// Seconds that requests in flight get to finish after a stop signal.
    pub shutdown_seconds: u64,
    /// Maximum number of connections; further ones wait to be accepted.
    pub connections: NonZeroUsize,
    /// Maximum number of requests in flight of one key; further ones are answered with 429.
    pub requests_per_key: u32,
    /// Bytes that long bodies of requests in flight share; further requests wait, and get a 503 after 5 seconds.
    pub body_memory: usize,
    /// How long it waits for clients.
    pub timeouts: Timeouts,
    /// Where browsers reach the service; `None` takes the `Host` of each request.
    pub public_url: Option<PublicUrl>,
    /// The origins whose pages may call the API.
    pub cors_origins: AllowedOrigins,
}

impl Default for HttpOptions {
    fn default() -> Self {
        let workers = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Self {
            workers,
            shutdown_seconds: 30,
            connections: NonZeroUsize::new(4_096).unwrap_or(NonZeroUsize::MIN),
            requests_per_key: 256,
            body_memory: 64 * 1_024 * 1_024,
            timeouts: Timeouts::default(),
            public_url: None,
            cors_origins: AllowedOrigins::default(),
        }
    }
}
