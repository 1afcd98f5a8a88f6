use std::{future::Future, ops::Deref, pin::Pin};

use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload, web};
use domain::{
    access::Principal,
    rate_limit::{LimitClass, RateDecision},
};

use super::credential;
use crate::{
    HttpState,
    bounds::RequestPermit,
    response::{ApiError, ErrorCode},
    route::PathRoutes,
};

/// The caller of a request, who holds the permission `P` and is within the rate limit of the route.
///
/// Failures are answered in this order: 401 without a valid key, 403 without the permission, 429 with too many requests in
/// flight or over the rate limit. Handlers read the rest of the request after that.
pub(crate) struct Caller<P = Principal> {
    principal: P,
    permit: RequestPermit,
}

impl<P> Caller<P> {
    /// Counts the request among those of its key, until the handler drops the caller.
    pub(crate) fn permit(&self) -> &RequestPermit {
        &self.permit
    }
}

impl<P> Deref for Caller<P> {
    type Target = P;

    fn deref(&self) -> &P {
        &self.principal
    }
}

/// The decision of the rate limiter. The middleware writes it into the headers of every answer.
#[derive(Clone, Copy)]
pub(crate) struct RateLimited(pub(crate) LimitClass, pub(crate) RateDecision);

impl<P> FromRequest for Caller<P>
where
    P: TryFrom<Principal> + 'static,
    ApiError: From<P::Error>,
{
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let state = state(&request)?;
            let principal = authenticate(state, &request).await?;
            let permitted = P::try_from(principal.clone())?;
            let permit = state.requests().begin(principal.key).ok_or_else(too_many_in_flight)?;
            if let Some(class) = PathRoutes::limit(&request) {
                limit(state, &request, &principal, class).await?;
            }
            Ok(Self { principal: permitted, permit })
        })
    }
}

pub(super) fn state(request: &HttpRequest) -> Result<&HttpState, ApiError> {
    let state = request.app_data::<web::Data<HttpState>>();
    state.map(|data| data.get_ref()).ok_or_else(|| ApiError::internal("no state in the application"))
}

async fn authenticate(state: &HttpState, request: &HttpRequest) -> Result<Principal, ApiError> {
    let refuse = |why: &str| ApiError::new(ErrorCode::Unauthorized, why);
    let token = credential::bearer(request.headers()).map_err(refuse)?;
    let principal = state.api_keys.authenticate(token).await?;
    principal.ok_or_else(|| refuse("The API key is not valid"))
}

async fn limit(
    state: &HttpState,
    request: &HttpRequest,
    principal: &Principal,
    class: LimitClass,
) -> Result<(), ApiError> {
    let Some(decision) = state.rate_limits.take(principal, class).await? else { return Ok(()) };
    request.extensions_mut().insert(RateLimited(class, decision));
    if decision.allowed {
        return Ok(());
    }
    let limit = decision.limit;
    let message = format!("Rate limit exceeded: {} requests per {}", limit.requests, window_name(limit.window_seconds));
    let retry_after = seconds_until(decision, state.clock.now());
    Err(ApiError::new(ErrorCode::RateLimited, message).detail("limit", limit.requests).retry_after(retry_after))
}

fn too_many_in_flight() -> ApiError {
    ApiError::new(ErrorCode::TooManyConcurrentRequests, "The API key has too many requests in flight").retry_after(1)
}

fn window_name(seconds: u32) -> String {
    match seconds {
        1 => "second".to_owned(),
        60 => "minute".to_owned(),
        3_600 => "hour".to_owned(),
        86_400 => "day".to_owned(),
        seconds => format!("{seconds} seconds"),
    }
}

/// Whole seconds until the window ends, at least 1. A client that waits this long is accepted.
pub(crate) fn seconds_until(decision: RateDecision, now: domain::time::Timestamp) -> u64 {
    let micros = decision.resets_at.as_micros().saturating_sub(now.as_micros()).max(0);
    (micros as u64).div_ceil(1_000_000).max(1)
}
