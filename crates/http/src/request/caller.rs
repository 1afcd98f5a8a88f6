use std::{future::Future, ops::Deref, pin::Pin};

use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload, web};
use domain::{
    access::Principal,
    rate_limit::{LimitClass, RateDecision},
};

use super::credential;
use crate::{
    HttpState,
    bounds::UnderWay,
    response::{ApiError, ErrorCode},
    route::PathRoutes,
};

/// Whom a request comes from, shown to hold the permission `P` and to be within the rate limit of its route.
///
/// The order is that of the answers: 401 without a valid key, 403 without the permission, 429 with too many requests under
/// way or over the limit; only then
/// is anything else of the request looked at.
pub(crate) struct Caller<P = Principal> {
    principal: P,
    under_way: UnderWay,
}

impl<P> Caller<P> {
    /// What counts the request among its key's until the handler is done with the caller.
    pub(crate) fn under_way(&self) -> &UnderWay {
        &self.under_way
    }
}

impl<P> Deref for Caller<P> {
    type Target = P;

    fn deref(&self) -> &P {
        &self.principal
    }
}

/// What the limiter decided; the middleware writes it into the headers of whatever is answered.
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
            let under_way = state.requests().begin(principal.key).ok_or_else(too_many)?;
            if let Some(class) = PathRoutes::limit(&request) {
                limit(state, &request, &principal, class).await?;
            }
            Ok(Self { principal: permitted, under_way })
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

fn too_many() -> ApiError {
    ApiError::new(ErrorCode::TooManyAtOnce, "The API key has too many requests under way").retry_after(1)
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

/// Whole seconds until the window ends, at least 1, so that a client that waits them is let in.
pub(crate) fn seconds_until(decision: RateDecision, now: domain::time::Timestamp) -> u64 {
    let micros = decision.resets_at.as_micros().saturating_sub(now.as_micros()).max(0);
    (micros as u64).div_ceil(1_000_000).max(1)
}
