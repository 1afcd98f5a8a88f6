use std::{any::Any, panic::AssertUnwindSafe, time::Instant};

use actix_web::{
    Error, HttpMessage as _,
    body::MessageBody,
    dev::{Payload, ServiceRequest, ServiceResponse},
    error::InternalError,
    middleware::Next,
    web,
};
use futures_util::FutureExt as _;

use super::{common_headers, rate_limit_headers, request_id};
use crate::{
    HttpState, connection, cross_origin::CrossOrigin, metrics::Metrics, request::RateLimited, response::ApiError,
    route::PathRoutes,
};

/// The label of requests that match no route.
const NO_ROUTE: &str = "none";

/// Counts and logs a request, gives it an id, and writes the headers that every answer has.
pub(crate) async fn observe<B: MessageBody>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let started = Instant::now();
    let Some(state) = request.app_data::<web::Data<HttpState>>().cloned() else {
        return next.call(request).await;
    };
    let id = request_id::of(&request, state.ids.as_ref());
    let in_flight = InFlight::begin(&state);
    let connection = connection::of(request.request());
    if let Some(connection) = &connection {
        connection.begin(!matches!(request.parts_mut().1, Payload::None));
    }

    let cross_origin = CrossOrigin::of(state.cors_origins(), request.request());

    // There is no tracing span: it took a sixth of the time of sending a message. Events of a request are logged here.
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let log = |error: &ApiError| {
        if let Some(fault) = error.fault() {
            fault.log(id.to_str().unwrap_or_default(), method.as_str(), uri.path());
        }
    };
    let answered = AssertUnwindSafe(next.call(request)).catch_unwind().await;
    if let Some(connection) = &connection {
        connection.end();
    }
    let mut response = match answered {
        Ok(answered) => answered?,
        // A defect of the service. The client gets an answer, and the log the cause.
        Err(panic) => {
            let error = ApiError::internal(format_args!("a handler panicked: {}", panic_message(&*panic)));
            log(&error);
            let mut response = error.into_response();
            common_headers::write(response.headers_mut(), id, cross_origin);
            return Err(InternalError::from_response("a handler panicked", response).into());
        }
    };
    if let Some(error) = response.response().error().and_then(|error| error.as_error::<ApiError>()) {
        log(error);
    }

    let limited = response.request().extensions().get::<RateLimited>().copied();
    if let Some(limited) = limited {
        rate_limit_headers::write(response.headers_mut(), limited, state.clock.now());
    }
    tracing::debug!(
        id = id.to_str().unwrap_or_default(),
        method = method.as_str(),
        path = uri.path(),
        status = response.status().as_u16(),
        micros = started.elapsed().as_micros() as u64,
        "answered"
    );
    common_headers::write(response.headers_mut(), id, cross_origin);

    let (status, elapsed) = (response.status(), started.elapsed());
    let route = response.request().app_data::<PathRoutes>().map_or(NO_ROUTE, |routes| routes.path());
    in_flight.end(|metrics| metrics.end(route, &method, status, elapsed));
    Ok(response)
}

fn panic_message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("a panic without a message")
}

/// Counts a request as in flight until it is answered or its client disconnects.
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
