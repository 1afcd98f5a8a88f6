//! Metrics that are read on request.

use std::sync::{Mutex, PoisonError};

use prometheus::{
    Gauge, IntCounter, Opts,
    core::{Collector, Desc},
    proto::MetricFamily,
};

/// Metrics of the process whose values are read when `/metrics` is requested.
#[derive(Default)]
pub struct PolledMetrics {
    metrics: Vec<Polled>,
    /// Held while values are read: two concurrent reads would both add what a counter has grown by.
    reading: Mutex<()>,
}

enum Polled {
    Counter(IntCounter, Box<dyn Fn() -> u64 + Send + Sync>),
    Gauge(Gauge, Box<dyn Fn() -> f64 + Send + Sync>),
}

impl PolledMetrics {
    /// Adds a value that only grows.
    pub fn counter(mut self, name: &str, help: &str, read: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        let counter = IntCounter::with_opts(Opts::new(name, help)).expect("a constant, valid description");
        self.metrics.push(Polled::Counter(counter, Box::new(read)));
        self
    }

    /// Adds a value that grows and shrinks.
    pub fn gauge(mut self, name: &str, help: &str, read: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        let gauge = Gauge::with_opts(Opts::new(name, help)).expect("a constant, valid description");
        self.metrics.push(Polled::Gauge(gauge, Box::new(read)));
        self
    }
}

impl Collector for PolledMetrics {
    fn desc(&self) -> Vec<&Desc> {
        let descriptions = self.metrics.iter().map(|polled| match polled {
            Polled::Counter(counter, _) => counter.desc(),
            Polled::Gauge(gauge, _) => gauge.desc(),
        });
        descriptions.flatten().collect()
    }

    fn collect(&self) -> Vec<MetricFamily> {
        let _reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let families = self.metrics.iter().map(|polled| match polled {
            Polled::Counter(counter, read) => {
                counter.inc_by(read().saturating_sub(counter.get()));
                counter.collect()
            }
            Polled::Gauge(gauge, read) => {
                gauge.set(read());
                gauge.collect()
            }
        });
        families.flatten().collect()
    }
}
