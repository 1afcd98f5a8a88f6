use std::{ops::Deref, sync::Arc};

use super::metrics::Metrics;
use crate::services::Services;

/// What every handler may ask for.
#[derive(Clone)]
pub struct HttpState {
    services: Arc<Services>,
    metrics: Arc<Metrics>,
}

impl HttpState {
    /// The state over these services.
    pub fn new(services: Arc<Services>, metrics: Arc<Metrics>) -> Self {
        Self { services, metrics }
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
