//! Metrics that are read on request.

use prometheus::{
    Gauge, IntCounter, Opts,
    core::{Collector, Desc},
    proto::MetricFamily,
};

/// Metrics of the process whose values are read when `/metrics` is requested.
#[derive(Default)]
pub struct PolledMetrics(Vec<Polled>);

enum Polled {
    Counter(IntCounter, Box<dyn Fn() -> u64 + Send + Sync>),
    Gauge(Gauge, Box<dyn Fn() -> f64 + Send + Sync>),
}

impl PolledMetrics {
    /// Adds a value that only grows.
    pub fn counter(mut self, name: &str, help: &str, read: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        let counter = IntCounter::with_opts(Opts::new(name, help)).expect("a constant, valid description");
        self.0.push(Polled::Counter(counter, Box::new(read)));
        self
    }

    /// Adds a value that grows and shrinks.
    pub fn gauge(mut self, name: &str, help: &str, read: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        let gauge = Gauge::with_opts(Opts::new(name, help)).expect("a constant, valid description");
        self.0.push(Polled::Gauge(gauge, Box::new(read)));
        self
    }
}

impl Collector for PolledMetrics {
    fn desc(&self) -> Vec<&Desc> {
        let descriptions = self.0.iter().map(|polled| match polled {
            Polled::Counter(counter, _) => counter.desc(),
            Polled::Gauge(gauge, _) => gauge.desc(),
        });
        descriptions.flatten().collect()
    }

    fn collect(&self) -> Vec<MetricFamily> {
        let families = self.0.iter().map(|polled| match polled {
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
