use actix_web::{
    HttpResponse, HttpResponseBuilder,
    http::header::{self, ContentType},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{ApiError, SlicedBody};

/// What every successful answer looks like.
#[derive(Serialize, ToSchema)]
pub(crate) struct Success<T> {
    /// Always true.
    success: bool,
    /// What was asked for.
    data: T,
}

/// The answer to a request that leaves nothing to show.
#[derive(Serialize, ToSchema)]
pub(crate) struct Done {
    /// Always true.
    success: bool,
    /// What was done, for people.
    #[schema(value_type = String, example = "Widget deleted successfully")]
    message: &'static str,
}

/// What every answer to a request that failed looks like.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape that ApiError writes, for the OpenAPI document")]
pub(crate) struct Failure {
    /// Always false.
    success: bool,
    /// What went wrong, for people.
    error: String,
    /// What went wrong, for programs: stable; all codes are in docs/errors.md.
    code: String,
    /// Details of the failure; its members depend on the code.
    #[schema(value_type = Option<Object>, nullable = false)]
    details: Option<serde_json::Value>,
}

impl Done {
    pub(crate) fn with(message: &'static str) -> HttpResponse {
        HttpResponse::Ok().json(Self { success: true, message })
    }
}

/// 200 with `data`.
pub(crate) fn ok(data: impl Serialize) -> HttpResponse {
    json(&mut HttpResponse::Ok(), data)
}

/// 201 with what was created and its address; a header tells if an earlier attempt created it.
pub(crate) fn created(data: impl Serialize, location: String, is_replay: bool) -> HttpResponse {
    let mut builder = HttpResponse::Created();
    builder.insert_header((header::LOCATION, location));
    if is_replay {
        builder.insert_header(("idempotency-replayed", "true"));
    }
    json(&mut builder, data)
}

/// 200 with what was restored; a header tells if an earlier attempt restored it.
pub(crate) fn restored(data: impl Serialize, is_replay: bool) -> HttpResponse {
    let mut builder = HttpResponse::Ok();
    if is_replay {
        builder.insert_header(("idempotency-replayed", "true"));
    }
    json(&mut builder, data)
}

/// Most answers fit in it, so their buffer does not grow.
const INITIAL_CAPACITY: usize = 1_024;
/// Longer answers are handed over in slices.
const MAX_UNSLICED_BYTES: usize = 64 * 1_024;

fn json(builder: &mut HttpResponseBuilder, data: impl Serialize) -> HttpResponse {
    let mut body = Vec::with_capacity(INITIAL_CAPACITY);
    match serde_json::to_writer(&mut body, &Success { success: true, data }) {
        Ok(()) if body.len() > MAX_UNSLICED_BYTES => {
            builder.content_type(ContentType::json()).body(SlicedBody::new(body.into()))
        }
        Ok(()) => builder.content_type(ContentType::json()).body(body),
        Err(why) => ApiError::internal(why).into_response(),
    }
}
