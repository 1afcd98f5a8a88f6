//! The composition root: connects each port to its adapter. No other module names adapters.
//!
//! To run the service with your own adapter, put it into [`Adapters`] and call [`assemble`].

use std::sync::Arc;

use adapter_diesel::{ConnectError, NotMigrated, OpenError};
use app::{
    ApiKeys, AppError, Bindings, Messages, Modules, PrebuiltCatalog, RateLimits, RenderTest, Rendering, Reviewer,
    Versions, WidgetResolver, Widgets,
};
use domain::{access::Principal, origin::AllowedOrigins};
use http::{Metrics, Services};
use ports::{
    ApiKeyStore, BindingStore, Clock, ComponentRenderer, ComponentReviewer, Housekeeping, IdSource, MessageStore,
    PrebuiltStore, RateLimiter, SchemaChecker, StoreError, VersionStore, WidgetStore,
};

use crate::{
    config::{Config, Limits, SchemaCheckerKind},
    system::{ClockWatch, MemoryRateLimiter, OsIds},
};

mod caches;
mod libraries;
mod store;
mod tasks;
mod workers;

pub use store::Store;
pub(crate) use tasks::worker;
pub use workers::{WORKER_SUBCOMMAND, Workers};

/// Why the service did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database cannot be opened.
    #[error("{0} (WIDGETD_DATABASE_URL)")]
    Open(#[from] OpenError),
    /// The database server cannot be reached, or its URL is invalid.
    #[error("{0} (WIDGETD_DATABASE_URL)")]
    Connect(#[from] ConnectError),
    /// The URL of the read replica is invalid.
    #[error("{0} (WIDGETD_READ_DATABASE_URL)")]
    ReadReplica(ConnectError),
    /// The database lacks migrations, and the command does not apply them.
    #[error("{0} (WIDGETD_DATABASE_URL)")]
    NotMigrated(#[from] NotMigrated),
    /// The database failed after it was opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The pre-built widgets could not be published.
    #[error("the pre-built widgets were not published: {0}")]
    Publish(#[from] AppError),
    /// The program of worker processes was not found.
    #[error("worker processes cannot be started: {0}")]
    Workers(std::io::Error),
    /// Two metrics have the same name.
    #[error(transparent)]
    Metrics(#[from] prometheus::Error),
}

/// An adapter for each port.
pub struct Adapters {
    /// Stores API keys.
    pub api_keys: Arc<dyn ApiKeyStore>,
    /// Stores bindings.
    pub bindings: Arc<dyn BindingStore>,
    /// Stores messages.
    pub messages: Arc<dyn MessageStore>,
    /// Stores versions of pre-built widgets.
    pub prebuilt: Arc<dyn PrebuiltStore>,
    /// Stores versions of widgets and their modules.
    pub versions: Arc<dyn VersionStore>,
    /// Stores widgets.
    pub widgets: Arc<dyn WidgetStore>,
    /// Maintains the store.
    pub housekeeping: Arc<dyn Housekeeping>,
    /// Checks schemas, and data against them.
    pub schemas: Arc<dyn SchemaChecker>,
    /// Checks and compiles components.
    pub components: Arc<dyn ComponentReviewer>,
    /// Renders components without a browser; `None` if the program was built without it.
    pub renderer: Option<Arc<dyn ComponentRenderer>>,
    /// Counts requests.
    pub limiter: Arc<dyn RateLimiter>,
    /// The service's clock.
    pub clock: Arc<dyn Clock>,
    /// Generates ids and secrets.
    pub ids: Arc<dyn IdSource>,
}

impl Adapters {
    /// Uses one store for all store ports, these checkers, this clock (also for ids), and an in-memory limiter that counts the
    /// requests of this process only. There is no render test.
    pub fn new<S, C>(store: Arc<S>, clock: Arc<dyn Clock>, schemas: Arc<dyn SchemaChecker>, components: Arc<C>) -> Self
    where
        S: ApiKeyStore
            + BindingStore
            + Housekeeping
            + MessageStore
            + PrebuiltStore
            + VersionStore
            + WidgetStore
            + 'static,
        C: ComponentReviewer + 'static,
    {
        Self {
            api_keys: Arc::clone(&store) as _,
            bindings: Arc::clone(&store) as _,
            messages: Arc::clone(&store) as _,
            prebuilt: Arc::clone(&store) as _,
            versions: Arc::clone(&store) as _,
            widgets: Arc::clone(&store) as _,
            housekeeping: store,
            schemas,
            components,
            renderer: None,
            limiter: Arc::new(MemoryRateLimiter::new(Arc::clone(&clock))),
            ids: Arc::new(OsIds::new(Arc::clone(&clock))),
            clock,
        }
    }
}

/// Builds the use cases over these adapters. Publishes the pre-built widgets and compiles new ones.
pub async fn assemble(adapters: Adapters, limits: Limits, origins: AllowedOrigins) -> Result<Services, StartError> {
    let catalog = PrebuiltCatalog::publish(prebuilt::widgets(), &*adapters.prebuilt, &*adapters.clock).await?;
    let prebuilt = Arc::new(catalog);
    let modules = Arc::new(Modules {
        store: Arc::clone(&adapters.versions),
        components: Arc::clone(&adapters.components),
        origins: origins.clone(),
    });
    for (widget, error) in modules.prepare(&prebuilt, Principal::service().key).await {
        tracing::warn!(%widget, %error, "a pre-built widget could not be compiled; the next attempt is when it is first requested");
    }
    let reviewer = Arc::new(Reviewer { schemas: adapters.schemas, components: adapters.components, origins });
    let render_test = Arc::new(RenderTest { renderer: adapters.renderer, reviewer: Arc::clone(&reviewer) });
    let (clock, ids) = (adapters.clock, adapters.ids);
    let (store, bindings) = (adapters.widgets, adapters.bindings);
    let widgets = WidgetResolver { widgets: Arc::clone(&store), prebuilt: Arc::clone(&prebuilt) };
    Ok(Services {
        api_keys: ApiKeys { store: adapters.api_keys, clock: Arc::clone(&clock), ids: Arc::clone(&ids) },
        bindings: Bindings {
            store: Arc::clone(&bindings),
            widgets: widgets.clone(),
            reviewer: Arc::clone(&reviewer),
            clock: Arc::clone(&clock),
            ids: Arc::clone(&ids),
        },
        rendering: Rendering {
            messages: Arc::clone(&adapters.messages),
            versions: Arc::clone(&adapters.versions),
            widgets: widgets.clone(),
            bindings: Arc::clone(&bindings),
            reviewer: Arc::clone(&reviewer),
            modules: Arc::clone(&modules),
        },
        versions: Versions {
            store: adapters.versions,
            widgets: widgets.clone(),
            bindings: Arc::clone(&bindings),
            reviewer: Arc::clone(&reviewer),
            modules: Arc::clone(&modules),
            clock: Arc::clone(&clock),
        },
        messages: Messages {
            store: adapters.messages,
            widgets: widgets.clone(),
            bindings: Arc::clone(&bindings),
            reviewer: Arc::clone(&reviewer),
            clock: Arc::clone(&clock),
            ids: Arc::clone(&ids),
        },
        rate_limits: RateLimits {
            limiter: adapters.limiter,
            write: limits.write,
            list: limits.list,
            message: limits.message,
            preview: limits.preview,
        },
        widgets: Widgets {
            store,
            widgets,
            bindings,
            reviewer: Arc::clone(&reviewer),
            render_test: Arc::clone(&render_test),
            clock: Arc::clone(&clock),
            ids: Arc::clone(&ids),
        },
        libraries: libraries::libraries(),
        modules,
        prebuilt,
        render_test,
        reviewer,
        housekeeping: adapters.housekeeping,
        clock,
        ids,
    })
}

/// A wired service, and the resources to close after it.
pub struct Wired {
    /// The use cases that handle requests.
    pub services: Arc<Services>,
    /// The store, to be closed when the service stops.
    pub store: Store,
    /// The service's clock, and whether deletions may rely on it.
    pub clocks: Arc<ClockWatch>,
    /// The metrics of the process.
    pub metrics: Metrics,
}

/// Wires the service as configured: opens the store, applies migrations, and creates the pool of worker processes.
///
/// Call it on the long-lived runtime, where connections and worker processes are driven.
pub async fn wire(config: &Config) -> Result<Wired, StartError> {
    let store = Store::open_to_serve(&config.database_url).await?.reading_from(config.read_database_url.as_ref())?;
    for migration in store.migrate().await? {
        tracing::info!(migration, "applied a migration");
    }
    let clocks = Arc::new(store.clocks().await?);
    let workers = Workers::of_service(config.schema_checker)?;
    let metrics = metrics(&workers, &clocks)?;
    let adapters = store.adapters(Arc::clone(clocks.clock()), workers.schemas, workers.components);
    let adapters = Adapters { renderer: workers.renderer, ..adapters };
    let (adapters, _) = store.cached(adapters);
    let services = assemble(adapters, config.rate_limits, config.widget_origins.clone()).await?;
    Ok(Wired { services: Arc::new(services), store, clocks, metrics })
}

/// The metrics of HTTP, the worker processes and the clocks.
pub fn metrics(workers: &Workers, clocks: &Arc<ClockWatch>) -> Result<Metrics, StartError> {
    let metrics = Metrics::new();
    metrics.register(workers.metrics())?;
    metrics.register(clocks.metrics())?;
    Ok(metrics)
}

/// The use cases of API keys in this store.
pub async fn api_keys(store: &Store) -> Result<ApiKeys, StartError> {
    let clock = Arc::clone(store.clocks().await?.clock());
    Ok(ApiKeys { store: store.api_keys(), ids: Arc::new(OsIds::new(Arc::clone(&clock))), clock })
}

/// The review of widgets, which needs no store.
pub fn reviewer(checker: SchemaCheckerKind, origins: AllowedOrigins) -> Result<Reviewer, StartError> {
    let Workers { schemas, components, .. } = Workers::of_service(checker)?;
    Ok(Reviewer { schemas, components, origins })
}
