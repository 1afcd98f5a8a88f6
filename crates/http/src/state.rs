use std::{ops::Deref, sync::Arc, time::Duration};

use actix_web::web::Bytes;
use tokio::sync::Semaphore;

use super::{assets::Assets, bounds::Requests, metrics::Metrics, server::HttpOptions};
use crate::{PublicUrl, Services};

/// What every handler may ask for.
#[derive(Clone)]
pub(crate) struct HttpState {
    services: Arc<Services>,
    metrics: Arc<Metrics>,
    openapi: Bytes,
    requests: Arc<Requests>,
    body_timeout: Duration,
    assets: Arc<Assets>,
    readers: Arc<Semaphore>,
    public_url: Option<PublicUrl>,
}

impl HttpState {
    /// The state over these services.
    pub(crate) fn new(services: Arc<Services>, metrics: Arc<Metrics>, openapi: Bytes, options: &HttpOptions) -> Self {
        let requests = Arc::new(Requests::new(options.requests_per_key, options.body_memory));
        Self {
            services,
            metrics,
            openapi,
            requests,
            body_timeout: options.timeouts.body,
            assets: Arc::new(Assets::new()),
            readers: Arc::new(Semaphore::new(options.workers.get())),
            public_url: options.public_url.clone(),
        }
    }

    /// The requests under way of each key.
    pub(super) fn requests(&self) -> &Arc<Requests> {
        &self.requests
    }

    /// How long the smallest accepted part of a body may take.
    pub(super) fn body_timeout(&self) -> Duration {
        self.body_timeout
    }

    /// Places for reading long bodies, as many as there are threads that serve requests.
    pub(super) fn readers(&self) -> &Arc<Semaphore> {
        &self.readers
    }

    /// What browsers load, in the forms in which it is sent.
    pub(super) fn assets(&self) -> &Assets {
        &self.assets
    }

    /// Where browsers reach the service, as the operator set it.
    pub(super) fn public_url(&self) -> Option<&PublicUrl> {
        self.public_url.as_ref()
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
