//! Metrics and the OpenAPI document.

use actix_web::{HttpResponse, web};

use crate::{HttpState, response::SlicedBody};

/// Metrics
///
/// In the Prometheus text format.
#[utoipa::path(
    get, path = "/metrics", operation_id = "metrics", tag = "Service",
    responses((status = 200, description = "Counters and histograms", body = String, content_type = "text/plain"))
)]
pub(crate) async fn metrics(state: web::Data<HttpState>) -> HttpResponse {
    let text = state.metrics().render();
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text)
}

/// This document
#[utoipa::path(
    get, path = "/openapi.json", operation_id = "openapi", tag = "Service",
    responses((status = 200, description = "OpenAPI 3.1", body = Object))
)]
pub(crate) async fn openapi(state: web::Data<HttpState>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(SlicedBody::new(state.openapi().clone()))
}
