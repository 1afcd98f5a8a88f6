//! The metrics of the service, which `/metrics` serves in the Prometheus text format.

use std::time::Duration;

use actix_web::http::{Method, StatusCode};
use prometheus::{HistogramOpts, HistogramVec, IntCounterVec, IntGauge, Opts, Registry, TextEncoder, core::Collector};

/// The counters of the service.
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    duration: HistogramVec,
    in_flight: IntGauge,
}

/// Upper bounds in seconds: from a cached read to the longest component check.
const BUCKETS: [f64; 12] = [0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 3.0];

impl Metrics {
    /// All counters at zero.
    pub fn new() -> Self {
        let requests = Opts::new("widgetd_http_requests_total", "Requests answered, by route, method and status.");
        let requests =
            IntCounterVec::new(requests, &["route", "method", "status"]).expect("a constant, valid description");
        let duration = HistogramOpts::new(
            "widgetd_http_request_duration_seconds",
            "Time to the head of the answer, by route and method.",
        )
        .buckets(BUCKETS.to_vec());
        let duration = HistogramVec::new(duration, &["route", "method"]).expect("a constant, valid description");
        let in_flight = IntGauge::new("widgetd_http_requests_in_flight", "Requests being answered now.")
            .expect("a constant, valid description");
        let registry = Registry::new();
        let collectors: [Box<dyn Collector>; 3] =
            [Box::new(requests.clone()), Box::new(duration.clone()), Box::new(in_flight.clone())];
        for collector in collectors {
            registry.register(collector).expect("each name is registered once");
        }
        Self { registry, requests, duration, in_flight }
    }

    pub(super) fn begin(&self) {
        self.in_flight.inc();
    }

    pub(super) fn end(&self, route: &str, method: &Method, status: StatusCode, elapsed: Duration) {
        self.in_flight.dec();
        // A made-up method must not make a new time series.
        let method = match *method {
            Method::GET | Method::HEAD | Method::POST | Method::PUT | Method::DELETE => method.as_str(),
            _ => "other",
        };
        self.requests.with_label_values(&[route, method, status.as_str()]).inc();
        self.duration.with_label_values(&[route, method]).observe(elapsed.as_secs_f64());
    }

    /// A request that was dropped before it was answered.
    pub(super) fn abandon(&self) {
        self.in_flight.dec();
    }

    /// Adds measurements of the process. Fails if one of their names is taken.
    pub fn register(&self, collector: impl Collector + 'static) -> prometheus::Result<()> {
        self.registry.register(Box::new(collector))
    }

    /// All metrics in the Prometheus text format.
    pub(super) fn render(&self) -> String {
        TextEncoder::new().encode_to_string(&self.registry.gather()).expect("a registry gathers whole families")
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}
