//! What a browser needs to render a message or to preview a widget.

use actix_web::{HttpRequest, HttpResponse, web};
use app::PreviewDraft;
use domain::{access::Messenger, binding::DefaultProps, widget::Version};
use schema::{
    field::FieldPath,
    json::{JsonDocument, JsonText},
};
use serde_json::Value;

use crate::{
    HttpState,
    request::{self, Caller, JsonKind, Object, Query, RequestBody, describe_bodies, describe_parameters},
    response::{ApiError, RenderView, Success, ok},
};

describe_parameters! {
    VersionQuery in Query {
        /// The number of the version; the current one if absent.
        #[param(minimum = 1, maximum = 4_294_967_295_i64, value_type = Option<i64>, nullable = false)]
        version: Option<u32>,
    }
}

describe_bodies! {
    /// Data to preview a widget with.
    PreviewWidget {
        /// Fits the schema of the version.
        #[schema(value_type = Object)]
        data: Value,
        /// Props in addition to `data`.
        #[schema(value_type = Option<Object>, nullable = false)]
        props: Option<Value>,
    }
}

/// What to render of a message
///
/// With the version that it was sent with, whatever was edited, restored or deleted since.
#[utoipa::path(
    get, path = "/api/v1/conversation/{conversationId}/message/{messageId}/render", operation_id = "renderMessage",
    tag = "Rendering",
    params(request::ConversationIdPath, request::MessageIdPath),
    responses(
        (status = 200, description = "What a browser needs", body = Success<RenderView>),
    )
)]
pub(crate) async fn message(
    state: web::Data<HttpState>,
    caller: Caller<Messenger>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let conversation = request::conversation_id(&request)?;
    let id = request::message_id(&request)?;
    let payload = state.rendering.message(&caller, &conversation, id).await?;
    Ok(ok(RenderView::from(&payload)))
}

/// Preview a widget
///
/// With example data: the example of a pre-built widget, else the first of the schema's `examples` that fits the schema, else its
/// `default`, else none.
#[utoipa::path(
    get, path = "/api/v1/widget/{widgetId}/preview", operation_id = "previewWidget", tag = "Rendering",
    params(request::WidgetIdPath, VersionQuery),
    responses(
        (status = 200, description = "What a browser needs", body = Success<RenderView>),
    )
)]
pub(crate) async fn preview(
    state: web::Data<HttpState>,
    caller: Caller,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let version = version(&request)?;
    let id = request::widget_id(&request)?;
    let payload = state.rendering.preview(&caller, id, version).await?;
    Ok(ok(RenderView::from(&payload)))
}

/// Preview a widget with data
///
/// The data is checked as a message's would be, and nothing is kept.
#[utoipa::path(
    post, path = "/api/v1/widget/{widgetId}/preview", operation_id = "previewWidgetWithData", tag = "Rendering",
    params(request::WidgetIdPath, VersionQuery),
    request_body = PreviewWidget,
    responses(
        (status = 200, description = "What a browser needs", body = Success<RenderView>),
    )
)]
pub(crate) async fn preview_with(
    state: web::Data<HttpState>,
    caller: Caller<Messenger>,
    request: HttpRequest,
    body: RequestBody,
) -> Result<HttpResponse, ApiError> {
    let body = body.read(&caller).await?;
    let draft = body.read_with(&state, read).await?;
    let version = version(&request)?;
    let id = request::widget_id(&request)?;
    let payload = state.rendering.preview_with(&caller, id, version, draft).await?;
    Ok(body.hold_until_sent(ok(RenderView::from(&payload))))
}

fn version(request: &HttpRequest) -> Result<Option<Version>, ApiError> {
    let mut query = Query::of(request);
    let version = query.number("version", 1, u32::MAX).map(Version);
    query.finish(version)
}

fn read(mut body: Object<'_>) -> Result<PreviewDraft, ApiError> {
    body.require("data");
    let data = take(&mut body, "data", JsonDocument::parse_data);
    let props = take(&mut body, "props", JsonDocument::parse);
    let props = props
        .and_then(|props| DefaultProps::new(props.into_text()).map_err(|invalid| body.refuse("props", invalid.0)).ok());
    body.finish(data.map(|data| PreviewDraft { data, props }))
}

/// Parses an object.
type Parse = fn(JsonText, &FieldPath) -> Result<JsonDocument, schema::field::FieldError>;

fn take(body: &mut Object<'_>, name: &str, parse: Parse) -> Option<JsonDocument> {
    let raw = body.take(name)?;
    if !body.expect(name, raw, JsonKind::Object) {
        return None;
    }
    let document = parse(JsonText::from_raw(raw), &FieldPath::root(name));
    document.map_err(|error| body.push(error)).ok()
}
