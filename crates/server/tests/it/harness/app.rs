use std::{
    net::{SocketAddr, TcpListener},
    num::NonZeroUsize,
    sync::Arc,
    time::{Duration, Instant},
};

use domain::origin::AllowedOrigins;
use http::ServerHandle;
use http::{HttpOptions, Metrics, Services};
use reqwest::Method;
use server::{
    config::Limits,
    system::ClockWatch,
    wiring::{Adapters, Store, assemble, metrics},
};
use tempfile::TempDir;

use super::{
    Body, Request, Role, TestClock,
    backend::{Backend, Guard},
    keys::Keys,
    runtime::{RUNTIME, workers},
};

/// A running server. Tests share only the worker processes.
pub(crate) struct TestApp {
    pub(crate) address: SocketAddr,
    pub(crate) clock: Arc<TestClock>,
    pub(super) client: reqwest::Client,
    pub(super) keys: Keys,
    /// Whether the test provokes a defect, so that a 500 is no failure of the test.
    pub(super) may_fail: bool,
    server: ServerHandle,
    #[expect(dead_code, reason = "holds the database until the server is gone")]
    database: Arc<(TempDir, Guard)>,
}

/// Options of a test's server.
pub(crate) struct Options {
    /// No limits by default.
    pub(crate) limits: Limits,
    /// The origins that widgets may load from; none by default.
    pub(crate) origins: AllowedOrigins,
    /// Options of the HTTP server. Two workers by default, so that requests run concurrently.
    pub(crate) http: HttpOptions,
    /// Replaces adapters.
    pub(crate) change: Box<dyn FnOnce(&mut Adapters)>,
    /// Whether the test expects a 500.
    pub(crate) may_fail: bool,
}

impl Default for Options {
    fn default() -> Self {
        let limits = Limits { write: None, list: None, message: None, preview: None };
        let http =
            HttpOptions { workers: NonZeroUsize::new(2).unwrap(), shutdown_seconds: 1, ..HttpOptions::default() };
        Self { limits, origins: AllowedOrigins::default(), http, change: Box::new(|_| ()), may_fail: false }
    }
}

/// A server without rate limits, at [`START_SECONDS`](super::START_SECONDS).
pub(crate) async fn spawn_app() -> TestApp {
    spawn_with(Options::default()).await
}

/// A server with these options.
pub(crate) async fn spawn_with(options: Options) -> TestApp {
    let (store, database) = new_database().await;
    spawn_on(&store, database, options).await
}

/// Two servers on one database, each with its own clock.
pub(crate) async fn spawn_pair() -> [TestApp; 2] {
    let (store, database) = new_database().await;
    let first = spawn_on(&store, Arc::clone(&database), Options::default()).await;
    [first, spawn_on(&store, database, Options::default()).await]
}

async fn new_database() -> (Store, Arc<(TempDir, Guard)>) {
    let folder = tempfile::tempdir().unwrap();
    let (store, guard) = Backend::chosen().store(folder.path()).await;
    (store, Arc::new((folder, guard)))
}

async fn spawn_on(store: &Store, database: Arc<(TempDir, Guard)>, options: Options) -> TestApp {
    let clock = Arc::new(TestClock::default());
    let workers = workers();
    let clocks = Arc::new(ClockWatch::alone(Arc::clone(&clock) as _));
    let metrics = metrics(&workers, &clocks).unwrap();
    let adapters = store.adapters(Arc::clone(&clock) as _, workers.schemas, workers.components);
    let adapters = Adapters { renderer: workers.renderer, ..adapters };
    let mut adapters = cached(store, adapters).await;
    (options.change)(&mut adapters);
    let services = assemble(adapters, options.limits, options.origins).await.unwrap();
    let (address, server) = serve(services, metrics, &options.http);
    TestApp {
        address,
        clock,
        client: reqwest::Client::builder().no_proxy().build().unwrap(),
        keys: Backend::chosen().template().await.keys.clone(),
        may_fail: options.may_fail,
        server,
        database,
    }
}

/// Adds caches that serve from the start, so that every test covers them.
async fn cached(store: &Store, adapters: Adapters) -> Adapters {
    let (adapters, caches) = {
        let _on_the_long_lived_runtime = RUNTIME.enter();
        store.cached(adapters)
    };
    let begin = Instant::now();
    while !caches.are_serving() {
        assert!(begin.elapsed() < Duration::from_secs(20), "the store does not tell what is changed");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    adapters
}

fn serve(services: Services, metrics: Metrics, options: &HttpOptions) -> (SocketAddr, ServerHandle) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = http::serve(listener, Arc::new(services), metrics, options).unwrap();
    let handle = server.handle();
    RUNTIME.spawn(server);
    (address, handle)
}

impl TestApp {
    pub(crate) fn get(&self, path: &str) -> Request<'_> {
        Request::new(self, Method::GET, path)
    }

    pub(crate) fn post(&self, path: &str, body: impl Into<Body>) -> Request<'_> {
        Request::new(self, Method::POST, path).body(body)
    }

    pub(crate) fn put(&self, path: &str, body: impl Into<Body>) -> Request<'_> {
        Request::new(self, Method::PUT, path).body(body)
    }

    pub(crate) fn delete(&self, path: &str) -> Request<'_> {
        Request::new(self, Method::DELETE, path)
    }

    /// Any method; the body is empty.
    pub(crate) fn request(&self, method: &str, path: &str) -> Request<'_> {
        Request::new(self, Method::from_bytes(method.as_bytes()).unwrap(), path)
    }

    /// The key that this role sends.
    pub(crate) fn secret(&self, role: Role) -> Option<&str> {
        self.keys.secret(role)
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // The command is sent at once; its completion is for the runtime of the servers.
        drop(self.server.stop(false));
    }
}
