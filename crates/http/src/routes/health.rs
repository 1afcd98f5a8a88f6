//! `/health`: for load balancers and supervisors.

use std::time::Duration;

use actix_web::{HttpResponse, web};
use ports::StoreError;
use serde::Serialize;
use tokio::time::timeout;
use utoipa::ToSchema;

use crate::{
    HttpState,
    response::{ApiError, Success, ok},
};

/// Maximum time that the store may take to answer a ping.
const PING_TIMEOUT: Duration = Duration::from_secs(3);

/// The state of the service.
#[derive(Serialize, ToSchema)]
pub(crate) struct Health {
    /// `live` or `ready`.
    #[schema(value_type = String)]
    status: &'static str,
}

/// Is the process alive?
#[utoipa::path(
    get, path = "/health/live", operation_id = "healthLive", tag = "Service",
    responses((status = 200, description = "The process is alive", body = Success<Health>))
)]
pub(crate) async fn live() -> HttpResponse {
    ok(Health { status: "live" })
}

/// Can it serve requests?
#[utoipa::path(
    get, path = "/health/ready", operation_id = "healthReady", tag = "Service",
    responses(
        (status = 200, description = "The service can serve requests", body = Success<Health>),
    )
)]
pub(crate) async fn ready(state: web::Data<HttpState>) -> Result<HttpResponse, ApiError> {
    let timed_out = || StoreError::Unavailable(format!("no answer within {} s", PING_TIMEOUT.as_secs()));
    let answered = timeout(PING_TIMEOUT, state.housekeeping.ping()).await;
    answered.unwrap_or_else(|_| Err(timed_out())).map_err(app::AppError::from)?;
    Ok(ok(Health { status: "ready" }))
}
