//! `/health`: for load balancers and supervisors.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::{
    HttpState,
    response::{ApiError, Failure, Success, ok},
};

/// How the service is.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct Health {
    /// `live` or `ready`.
    #[schema(value_type = String)]
    status: &'static str,
}

/// Is the process alive?
#[utoipa::path(
    get, path = "/health/live", operation_id = "healthLive", tag = "Service", security(()),
    responses((status = 200, description = "It is", body = Success<Health>))
)]
pub(in crate::http) async fn live() -> HttpResponse {
    ok(Health { status: "live" })
}

/// Can it serve requests?
#[utoipa::path(
    get, path = "/health/ready", operation_id = "healthReady", tag = "Service", security(()),
    responses(
        (status = 200, description = "It can", body = Success<Health>),
        (status = 503, description = "The store does not answer", body = Failure),
    )
)]
pub(in crate::http) async fn ready(state: web::Data<HttpState>) -> Result<HttpResponse, ApiError> {
    state.housekeeping.ping().await.map_err(app::AppError::from)?;
    Ok(ok(Health { status: "ready" }))
}
