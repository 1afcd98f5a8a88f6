use std::time::Instant;

use actix_web::{
    Error, HttpMessage as _,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderValue},
    middleware::Next,
    web,
};

use super::{rate_limit_headers, request_id};
use crate::http::{HttpState, metrics::Metrics, request::RateLimited};

/// The route of requests that none matched, in metrics and log.
const NO_ROUTE: &str = "none";

/// Counts and logs a request, names it, and writes the headers that every answer has.
pub(in crate::http) async fn observe<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let started = Instant::now();
    let Some(state) = request.app_data::<web::Data<HttpState>>().cloned() else { return next.call(request).await };
    let id = request_id::of(&request, state.ids.as_ref());
    let in_flight = InFlight::begin(&state);

    let mut response = next.call(request).await?;

    let limited = response.request().extensions().get::<RateLimited>().copied();
    let headers = response.headers_mut();
    if let Some(limited) = limited {
        rate_limit_headers::write(headers, limited, state.clock.now());
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    headers.insert(request_id::HEADER, id.clone());

    let (status, elapsed) = (response.status(), started.elapsed());
    let pattern = response.request().match_pattern();
    let route = pattern.as_deref().filter(|pattern| !pattern.is_empty()).unwrap_or(NO_ROUTE);
    let method = response.request().method();
    in_flight.end(|metrics| metrics.end(route, method, status, elapsed));
    tracing::debug!(
        request_id = id.to_str().unwrap_or_default(),
        method = method.as_str(),
        route,
        status = status.as_u16(),
        micros = elapsed.as_micros() as u64,
        "answered"
    );
    Ok(response)
}

/// A request that is counted as under way until it is answered or its client goes away.
struct InFlight<'a> {
    metrics: &'a Metrics,
    ended: bool,
}

impl<'a> InFlight<'a> {
    fn begin(state: &'a HttpState) -> Self {
        state.metrics().begin();
        Self { metrics: state.metrics(), ended: false }
    }

    fn end(mut self, record: impl FnOnce(&Metrics)) {
        self.ended = true;
        record(self.metrics);
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.metrics.abandon();
        }
    }
}
