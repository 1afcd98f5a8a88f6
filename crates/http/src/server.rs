use std::{io, net::TcpListener, num::NonZeroUsize, rc::Rc, sync::Arc, time::Duration};

use actix_http::HttpService;
use actix_server::ServerBuilder;
use actix_service::{IntoServiceFactory as _, ServiceFactoryExt as _, fn_service, map_config};
use actix_web::{
    App, Error,
    dev::{AppConfig, Server},
    middleware::from_fn,
    rt::net::TcpStream,
    web,
};

use super::{
    HttpState,
    connection::{Connection, GuardedStream, Timeouts},
    metrics::Metrics,
    middleware::observe,
    openapi,
    route_table::ROUTES,
    router,
};
use crate::{PublicUrl, Services};

/// How the HTTP server runs.
#[derive(Debug, Clone)]
pub struct HttpOptions {
    /// Threads that serve requests.
    pub workers: NonZeroUsize,
    /// Seconds that requests under way get to finish after a stop signal.
    pub shutdown_seconds: u64,
    /// Connections at once; more wait to be accepted.
    pub connections: NonZeroUsize,
    /// Requests of one key under way at once; more are answered with 429.
    pub requests_per_key: u32,
    /// Bytes that long bodies of requests under way may take as a whole; more wait, and after 5 seconds get a 503.
    pub body_memory: usize,
    /// How long it waits for clients.
    pub timeouts: Timeouts,
    /// Where browsers reach the service; `None` takes the `Host` of each request.
    pub public_url: Option<PublicUrl>,
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
        }
    }
}

/// After an early answer (413, 415) what the client still sends is read and dropped this long, so that it can see the answer.
const LINGER: Duration = Duration::from_secs(10);

/// Serves the API on `listener` until [`ServerHandle::stop`](actix_web::dev::ServerHandle::stop). Signals are the caller's
/// affair: actix-web would take SIGINT as "at once".
///
/// This is `actix_web::HttpServer` by its parts, because that one lets nothing stand between the socket and the parser.
pub fn serve(
    listener: TcpListener,
    services: Arc<Services>,
    metrics: Metrics,
    options: &HttpOptions,
) -> io::Result<Server> {
    let state = HttpState::new(services, Arc::new(metrics), openapi::json().into(), options);
    let state = web::Data::new(state);
    let timeouts = options.timeouts;
    let builder = ServerBuilder::new();
    let stopping = builder.graceful_shutdown_signal();
    let protocol = move || {
        let stopping = stopping.clone();
        let state = state.clone();
        let app =
            App::new().app_data(state).wrap(from_fn(observe)).configure(|config| router::configure(config, ROUTES));
        let app = app.into_factory().map_err(|error: Error| error.error_response());
        let http = HttpService::build()
            .graceful_shutdown_signal(move || {
                let stopping = stopping.clone();
                async move { stopping.notified().await }
            })
            // The stream bounds the time of every head.
            .client_request_timeout(Duration::ZERO)
            .client_disconnect_timeout(LINGER)
            .keep_alive(timeouts.idle)
            .on_connect_ext(|stream: &GuardedStream, shared| {
                shared.insert::<Rc<Connection>>(stream.connection());
            })
            .h1(map_config(app, |()| AppConfig::default()));
        let guard = move |socket: TcpStream| {
            let client = socket.peer_addr().ok();
            let stream = GuardedStream::new(socket, timeouts);
            async move { Ok((stream, client)) }
        };
        fn_service(guard).and_then(http)
    };
    let server = builder
        .workers(options.workers.get())
        .max_concurrent_connections(options.connections.get().div_ceil(options.workers.get()))
        .shutdown_timeout(options.shutdown_seconds)
        .disable_signals()
        .listen("http", listener, protocol)?;
    Ok(server.run())
}
