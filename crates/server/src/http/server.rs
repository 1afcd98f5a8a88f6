use std::{io, net::TcpListener, num::NonZeroUsize, sync::Arc, time::Duration};

use actix_web::{App, HttpServer, dev::Server, middleware::from_fn, web};

use super::{HttpState, metrics::Metrics, middleware::observe, router};
use crate::services::Services;

/// How the HTTP server runs.
#[derive(Debug, Clone, Copy)]
pub struct HttpOptions {
    /// Threads that serve requests.
    pub workers: NonZeroUsize,
    /// Seconds that requests under way get to finish after a stop signal.
    pub shutdown_seconds: u64,
}

impl Default for HttpOptions {
    fn default() -> Self {
        let workers = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Self { workers, shutdown_seconds: 30 }
    }
}

/// A client has this long to send the head of a request.
const REQUEST_HEAD: Duration = Duration::from_secs(10);
/// An idle connection is kept this long.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// After an early answer (413, 415) what the client still sends is read and dropped this long, so that it can see the answer.
const LINGER: Duration = Duration::from_secs(10);

/// Serves the API on `listener` until [`ServerHandle::stop`](actix_web::dev::ServerHandle::stop). Signals are the caller's
/// affair: actix-web would take SIGINT as "at once".
pub fn serve(listener: TcpListener, services: Arc<Services>, options: HttpOptions) -> io::Result<Server> {
    let metrics = Arc::new(Metrics::new());
    let state = web::Data::new(HttpState::new(services, metrics));
    let server =
        HttpServer::new(move || App::new().app_data(state.clone()).wrap(from_fn(observe)).configure(router::configure));
    let server = server
        .workers(options.workers.get())
        .client_request_timeout(REQUEST_HEAD)
        .client_disconnect_timeout(LINGER)
        .keep_alive(KEEP_ALIVE)
        .shutdown_timeout(options.shutdown_seconds)
        .disable_signals()
        .listen(listener)?;
    Ok(server.run())
}
