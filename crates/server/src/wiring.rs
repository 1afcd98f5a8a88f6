//! The composition root: the one place that knows which adapter stands behind which port.
//!
//! To run the service with an adapter of your own, put it into [`Adapters`] and call [`assemble`].

use std::sync::Arc;

use adapter_diesel::{ConnectError, NotMigrated, OpenError};
use app::{
    ApiKeys, AppError, Bindings, Messages, Modules, PrebuiltCatalog, RateLimits, Rendering, Reviewer, Versions,
    WidgetResolver, Widgets,
};
use domain::access::Principal;
use http::{Metrics, Services};
use ports::{
    ApiKeyStore, BindingStore, Clock, ComponentReviewer, Housekeeping, IdSource, MessageStore, PrebuiltStore,
    RateLimiter, SchemaChecker, StoreError, VersionStore, WidgetStore,
};

use crate::{
    config::{Config, Limits, SchemaCheckerKind},
    system::{ClockWatch, MemoryRateLimiter, OsIds},
};

mod caches;
mod store;
mod workers;

pub use store::Store;
pub(crate) use workers::worker;
pub use workers::{WORKER_SUBCOMMAND, Workers};

/// Why the service did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database cannot be opened.
    #[error("{0} (WIDGETD_DATABASE_URL)")]
    Open(#[from] OpenError),
    /// The database server was not reached, or the URL does not say where it is.
    #[error("{0} (WIDGETD_DATABASE_URL)")]
    Connect(#[from] ConnectError),
    /// The URL does not say where the server is that follows the database's.
    #[error("{0} (WIDGETD_READ_DATABASE_URL)")]
    ReadReplica(ConnectError),
    /// The database lacks migrations, and the command applies none.
    #[error("{0} (WIDGETD_DATABASE_URL)")]
    NotMigrated(#[from] NotMigrated),
    /// The database was opened and failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The pre-built widgets could not be published.
    #[error("the pre-built widgets were not published: {0}")]
    Publish(#[from] AppError),
    /// The program that worker processes run was not found.
    #[error("worker processes cannot be started: {0}")]
    Workers(std::io::Error),
    /// Two metrics have the same name.
    #[error(transparent)]
    Metrics(#[from] prometheus::Error),
}

/// An adapter for each port.
pub struct Adapters {
    /// Keeps API keys.
    pub api_keys: Arc<dyn ApiKeyStore>,
    /// Keeps bindings.
    pub bindings: Arc<dyn BindingStore>,
    /// Keeps messages.
    pub messages: Arc<dyn MessageStore>,
    /// Keeps versions of pre-built widgets.
    pub prebuilt: Arc<dyn PrebuiltStore>,
    /// Keeps versions of widgets and their modules.
    pub versions: Arc<dyn VersionStore>,
    /// Keeps widgets.
    pub widgets: Arc<dyn WidgetStore>,
    /// Looks after what is kept.
    pub housekeeping: Arc<dyn Housekeeping>,
    /// Checks schemas, and data against them.
    pub schemas: Arc<dyn SchemaChecker>,
    /// Checks components and compiles them.
    pub components: Arc<dyn ComponentReviewer>,
    /// Counts requests.
    pub limiter: Arc<dyn RateLimiter>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes ids and secrets.
    pub ids: Arc<dyn IdSource>,
}

impl Adapters {
    /// One store behind all the store ports, these checkers, this clock with ids of its time, and a limiter that counts for
    /// this process alone.
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
            limiter: Arc::new(MemoryRateLimiter::new(Arc::clone(&clock))),
            ids: Arc::new(OsIds::new(Arc::clone(&clock))),
            clock,
        }
    }
}

/// The use cases over these adapters. Publishes the pre-built widgets and compiles those that are new.
pub async fn assemble(adapters: Adapters, limits: Limits) -> Result<Services, StartError> {
    let catalog = PrebuiltCatalog::publish(prebuilt::widgets(), &*adapters.prebuilt, &*adapters.clock).await?;
    let prebuilt = Arc::new(catalog);
    let modules = Modules { store: Arc::clone(&adapters.versions), components: Arc::clone(&adapters.components) };
    let modules = Arc::new(modules);
    for (widget, error) in modules.prepare(&prebuilt, Principal::service().key).await {
        tracing::warn!(%widget, %error, "a pre-built widget is compiled when it is first asked for");
    }
    let reviewer = Arc::new(Reviewer { schemas: adapters.schemas, components: adapters.components });
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
            clock: Arc::clone(&clock),
            ids: Arc::clone(&ids),
        },
        modules,
        prebuilt,
        reviewer,
        housekeeping: adapters.housekeeping,
        clock,
        ids,
    })
}

/// A wired service, and what must be closed after it.
pub struct Wired {
    /// What requests are answered with.
    pub services: Arc<Services>,
    /// The store behind them.
    pub store: Store,
    /// The service's clock, and how far it is to be trusted.
    pub clocks: Arc<ClockWatch>,
    /// What `/metrics` shows.
    pub metrics: Metrics,
}

/// The service as it is configured: opens the store, brings it up to date, and starts the component workers.
///
/// To be called on the long-lived runtime: what it starts lives there.
pub async fn wire(config: &Config) -> Result<Wired, StartError> {
    let store = Store::open_to_serve(&config.database_url).await?.reading_from(config.read_database_url.as_ref())?;
    for migration in store.migrate().await? {
        tracing::info!(migration, "applied a migration");
    }
    let clocks = Arc::new(store.clocks().await?);
    let workers = Workers::of_service(config.schema_checker)?;
    let metrics = metrics(&workers, &clocks)?;
    let adapters = store.adapters(Arc::clone(clocks.clock()), workers.schemas, workers.components);
    let (adapters, _) = store.cached(adapters);
    let services = assemble(adapters, config.rate_limits).await?;
    Ok(Wired { services: Arc::new(services), store, clocks, metrics })
}

/// What `/metrics` shows, of this process too.
pub fn metrics(workers: &Workers, clocks: &Arc<ClockWatch>) -> Result<Metrics, StartError> {
    let metrics = Metrics::new();
    metrics.register(workers.metrics())?;
    metrics.register(clocks.metrics())?;
    Ok(metrics)
}

/// What issues, lists and revokes keys in this store.
pub async fn api_keys(store: &Store) -> Result<ApiKeys, StartError> {
    let clock = Arc::clone(store.clocks().await?.clock());
    Ok(ApiKeys { store: store.api_keys(), ids: Arc::new(OsIds::new(Arc::clone(&clock))), clock })
}

/// What reviews widgets, without a store.
pub fn reviewer(checker: SchemaCheckerKind) -> Result<Reviewer, StartError> {
    let Workers { schemas, components, .. } = Workers::of_service(checker)?;
    Ok(Reviewer { schemas, components })
}
