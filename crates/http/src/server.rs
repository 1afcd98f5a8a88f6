use std::{io, net::TcpListener, rc::Rc, sync::Arc, time::Duration};

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
    connection::{Connection, GuardedStream},
    metrics::Metrics,
    middleware::observe,
    openapi,
    route_table::ROUTES,
    router,
};
use crate::{HttpOptions, Services};

/// After an early answer (413, 415) the rest of the body is read and dropped this long, so that the client receives the answer.
const LINGER_TIMEOUT: Duration = Duration::from_secs(10);

/// Serves the API on `listener` until [`ServerHandle::stop`](actix_web::dev::ServerHandle::stop). The caller
/// handles signals: actix-web would stop immediately on SIGINT.
///
/// It is assembled from the parts of `actix_web::HttpServer`, which accepts no stream between the socket and the parser.
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
            .client_disconnect_timeout(LINGER_TIMEOUT)
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
