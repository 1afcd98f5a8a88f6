use std::time::{SystemTime, UNIX_EPOCH};

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json, value::RawValue};
use uuid::Uuid;

use crate::store::{Message, Store};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Draft<'a> {
    r#type: String,
    widget_key: String,
    /// Kept as it was sent.
    #[serde(borrow)]
    data: &'a RawValue,
    text: Option<String>,
}

#[derive(Serialize)]
struct Envelope<T> {
    success: bool,
    data: T,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Sent<'a> {
    message_id: Uuid,
    conversation_id: &'a str,
    r#type: &'a str,
    widget_key: &'a str,
    data: &'a RawValue,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    /// Microseconds; a date would need another dependency, and more time.
    timestamp: i64,
}

/// POST /api/v1/conversation/:conversation/message
pub async fn send(
    State(store): State<Store>,
    Path(conversation): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let key = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let key = key.ok_or_else(|| refuse(StatusCode::UNAUTHORIZED, "An API key is required"))?;
    let by = store.principal(key).await.map_err(failed)?;
    let by = by.ok_or_else(|| refuse(StatusCode::UNAUTHORIZED, "The API key is not valid"))?;
    if !by.may_send {
        return Err(refuse(StatusCode::FORBIDDEN, "The key lacks WIDGETS_USE_BASIC"));
    }
    let invalid = |why: serde_json::Error| refuse(StatusCode::BAD_REQUEST, why.to_string());
    let draft: Draft = serde_json::from_slice(&body).map_err(invalid)?;
    if draft.r#type != "widget" {
        return Err(refuse(StatusCode::BAD_REQUEST, "type must be 'widget'"));
    }
    let widget = store.widget(&by.workspace, &draft.widget_key).await.map_err(failed)?;
    let widget = widget.ok_or_else(|| refuse(StatusCode::NOT_FOUND, "Widget not found"))?;
    let data: Value = serde_json::from_str(draft.data.get()).map_err(invalid)?;
    if !widget.schema.is_valid(&data) {
        let errors: Vec<_> = widget.schema.iter_errors(&data).take(50).map(|error| error.to_string()).collect();
        return Err(refuse(StatusCode::BAD_REQUEST, errors.join("; ")));
    }
    let id = Uuid::now_v7();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_err(failed)?;
    let message = Message {
        id: id.as_bytes(),
        conversation: &conversation,
        widget_key: &draft.widget_key,
        sent_at: i64::try_from(now.as_micros()).map_err(failed)?,
        text: draft.text.as_deref(),
        data: draft.data.get(),
    };
    store.insert(&by, &widget, &message).await.map_err(failed)?;
    let sent = Sent {
        message_id: id,
        conversation_id: message.conversation,
        r#type: &draft.r#type,
        widget_key: message.widget_key,
        data: draft.data,
        text: message.text,
        timestamp: message.sent_at,
    };
    Ok((StatusCode::CREATED, Json(Envelope { success: true, data: sent })).into_response())
}

/// Why nothing was sent.
pub struct Refusal(StatusCode, String);

fn refuse(status: StatusCode, why: impl Into<String>) -> Refusal {
    Refusal(status, why.into())
}

fn failed(why: impl std::fmt::Display) -> Refusal {
    eprintln!("error: {why}");
    refuse(StatusCode::SERVICE_UNAVAILABLE, "The store is not available")
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "success": false, "error": self.1 }))).into_response()
    }
}
