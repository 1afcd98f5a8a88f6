use std::{ops::Deref, sync::Arc};

use super::{assets::Assets, metrics::Metrics};
use crate::services::Services;

/// What every handler may ask for.
#[derive(Clone)]
pub struct HttpState {
    services: Arc<Services>,
    metrics: Arc<Metrics>,
    assets: Arc<Assets>,
}

impl HttpState {
    /// The state over these services.
    pub fn new(services: Arc<Services>, metrics: Arc<Metrics>) -> Self {
        Self { services, metrics, assets: Arc::new(Assets::new()) }
    }

    /// What browsers load, in the forms in which it is sent.
    pub(super) fn assets(&self) -> &Assets {
        &self.assets
    }

    /// The counters of the service.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }
}

impl Deref for HttpState {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.services
    }
}
