use std::{ops::Deref, sync::Arc, time::Duration};

use actix_web::web::Bytes;
use domain::origin::AllowedOrigins;
use tokio::sync::Semaphore;

use super::{assets::Assets, bounds::Requests, metrics::Metrics};
use crate::{HttpOptions, PublicUrl, Services};

/// The state that handlers share.
#[derive(Clone)]
pub(crate) struct HttpState {
    services: Arc<Services>,
    metrics: Arc<Metrics>,
    openapi: Bytes,
    requests: Arc<Requests>,
    body_timeout: Duration,
    assets: Arc<Assets>,
    body_parsers: Arc<Semaphore>,
    public_url: Option<PublicUrl>,
    cors_origins: AllowedOrigins,
}

impl HttpState {
    /// The state for these services.
    pub(crate) fn new(services: Arc<Services>, metrics: Arc<Metrics>, openapi: Bytes, options: &HttpOptions) -> Self {
        let requests = Arc::new(Requests::new(options.requests_per_key, options.body_memory));
        Self {
            services,
            metrics,
            openapi,
            requests,
            body_timeout: options.timeouts.body,
            assets: Arc::new(Assets::new()),
            body_parsers: Arc::new(Semaphore::new(options.workers.get())),
            public_url: options.public_url.clone(),
            cors_origins: options.cors_origins.clone(),
        }
    }

    /// The requests in flight of each key.
    pub(super) fn requests(&self) -> &Arc<Requests> {
        &self.requests
    }

    /// How long the smallest accepted part of a body may take.
    pub(super) fn body_timeout(&self) -> Duration {
        self.body_timeout
    }

    /// Permits for parsing long bodies, one for each thread that serves requests.
    pub(super) fn body_parsers(&self) -> &Arc<Semaphore> {
        &self.body_parsers
    }

    /// Modules and source maps, with their compressed forms.
    pub(super) fn assets(&self) -> &Assets {
        &self.assets
    }

    /// The configured address at which browsers reach the service.
    pub(super) fn public_url(&self) -> Option<&PublicUrl> {
        self.public_url.as_ref()
    }

    /// The origins whose pages may call the API.
    pub(super) fn cors_origins(&self) -> &AllowedOrigins {
        &self.cors_origins
    }

    /// The OpenAPI document.
    pub(crate) fn openapi(&self) -> &Bytes {
        &self.openapi
    }

    /// The counters of the service.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.metrics
    }
}

impl Deref for HttpState {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.services
    }
}
