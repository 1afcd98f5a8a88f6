//! What `/metrics` tells, in the Prometheus text format.

use std::time::Duration;

use actix_web::http::{Method, StatusCode};
use prometheus::{HistogramOpts, HistogramVec, IntCounterVec, IntGauge, Opts, Registry, TextEncoder};

use crate::{services::WorkerStats, system::ClockStats};

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
        let collectors: [Box<dyn prometheus::core::Collector>; 3] =
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

    /// Everything, as Prometheus reads it.
    pub(super) fn render(&self, workers: WorkerStats, clocks: ClockStats) -> String {
        let mut text =
            TextEncoder::new().encode_to_string(&self.registry.gather()).expect("a registry gathers whole families");
        let rows = [
            ("widgetd_component_checks_total", "counter", "Components checked.", workers.component_checks),
            ("widgetd_component_modules_total", "counter", "Components compiled.", workers.component_modules),
            ("widgetd_worker_jobs_total", "counter", "Jobs of all kinds that worker processes did.", workers.jobs),
            (
                "widgetd_worker_jobs_refused_total",
                "counter",
                "Jobs refused because no worker process was free in time.",
                workers.jobs_refused,
            ),
            ("widgetd_worker_jobs_waiting", "gauge", "Jobs waiting for a worker process.", workers.jobs_waiting),
            (
                "widgetd_workers_replaced_total",
                "counter",
                "Worker processes that ended or were killed during a job.",
                workers.workers_replaced,
            ),
        ];
        for (name, kind, help, value) in rows {
            text.push_str(&format!("# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}\n"));
        }
        let rows = [
            (
                "widgetd_clock_distance_seconds",
                "How far the clock of this machine is ahead of the database server's.",
                clocks.distance_seconds,
            ),
            (
                "widgetd_deletions_held",
                "1 while nothing is deleted or forgotten, as the clock has jumped.",
                f64::from(u8::from(clocks.is_deletion_held)),
            ),
        ];
        for (name, help, value) in rows {
            text.push_str(&format!("# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n"));
        }
        text
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}
