//! `/peer/{peerId}/widgets`: which peer may use which widget.

use actix_web::{HttpRequest, HttpResponse, web};
use app::AppError;
use domain::{
    access::Messenger,
    binding::{BindingChange, BindingConfig, BindingDraft, DefaultProps, WidgetRef},
    id::WidgetId,
    percent,
    widget::WidgetKey,
};
use schema::json::{JsonDocument, JsonText};
use serde_json::Value;

use crate::{
    HttpState,
    base_path::BASE_PATH,
    request::{self, Caller, JsonKind, Object, RequestBody, describe_bodies},
    response::{ApiError, BindingList, BindingView, Done, NamedBindingView, Success, created, ok},
};

describe_bodies! {
    /// A widget to give to a peer, named by its id.
    AddPeerWidgetById {
        #[schema(example = "widget_01k9x2m5f3e8h9s4t6v7w8x9y0")]
        widget_id: String,
        /// True if absent.
        #[schema(nullable = false)]
        enabled: Option<bool>,
        #[schema(nullable = false)]
        config: Option<BindingConfigInput>,
    }
    /// A widget to give to a peer, named by its key.
    AddPeerWidgetByKey {
        /// A widget of the workspace takes precedence over a pre-built one.
        #[schema(max_length = 64, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$", example = "sales-dashboard")]
        widget_key: String,
        /// True if absent.
        #[schema(nullable = false)]
        enabled: Option<bool>,
        #[schema(nullable = false)]
        config: Option<BindingConfigInput>,
    }
    /// Changes of a peer's widget. Members that GET returns and that cannot be changed are ignored.
    UpdatePeerWidget {
        #[schema(nullable = false)]
        enabled: Option<bool>,
        /// Members that are named are replaced.
        #[schema(nullable = false)]
        config: Option<BindingConfigInput>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        id: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        peer_id: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        widget_id: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        widget_key: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        widget_name: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        added_at: Option<Value>,
    }
    /// How a peer uses a widget.
    BindingConfigInput {
        /// Props of the component, in addition to `data`.
        #[schema(value_type = Option<Object>, nullable = false)]
        default_props: Option<Value>,
        /// When false, messages for the peer bring no data and `defaultProps.data` is rendered; true if absent.
        #[schema(nullable = false)]
        allow_custom_data: Option<bool>,
    }
}

/// A widget to give to a peer: named by its id or by its key, not by both.
#[derive(utoipa::ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes what a handler reads by hand")]
pub(crate) enum AddPeerWidget {
    ById(AddPeerWidgetById),
    ByKey(AddPeerWidgetByKey),
}

/// Add a widget to a peer
#[utoipa::path(
    post, path = "/api/v1/peer/{peerId}/widgets", operation_id = "addPeerWidget", tag = "Peer widgets",
    params(request::PeerIdPath, request::IdempotencyKeyHeader),
    request_body = AddPeerWidget,
    responses(
        (
            status = 201, description = "Added", body = Success<BindingView>,
            headers(
                ("Location" = String, description = "Its address"),
                ("Idempotency-Replayed" = bool, description = "True if an earlier request under the key created it; else absent"),
            ),
        ),
    )
)]
pub(crate) async fn add(
    state: web::Data<HttpState>,
    caller: Caller<Messenger>,
    request: HttpRequest,
    body: RequestBody,
) -> Result<HttpResponse, ApiError> {
    let body = body.read(&caller).await?;
    let peer = request::peer_id(&request)?;
    let attempt = request::attempt(&state, &request, caller.key, &body)?;
    let draft = body.read_with(&state, read_draft).await?;
    let creation = state.bindings.add(&caller, peer, draft, attempt.as_ref()).await?;
    let binding = creation.get();
    let peer = percent::encode_segment(binding.peer.as_str());
    let location = format!("{BASE_PATH}/peer/{peer}/widgets/{}", binding.id);
    Ok(body.hold_until_sent(created(BindingView::from(binding), location, creation.is_replay())))
}

/// List the widgets of a peer
///
/// Oldest first, enabled or not.
#[utoipa::path(
    get, path = "/api/v1/peer/{peerId}/widgets", operation_id = "listPeerWidgets", tag = "Peer widgets",
    params(request::PeerIdPath),
    responses(
        (status = 200, description = "All of them", body = Success<BindingList>),
    )
)]
pub(crate) async fn list(
    state: web::Data<HttpState>,
    caller: Caller<Messenger>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let peer = request::peer_id(&request)?;
    let bindings = state.bindings.list(&caller, &peer).await?;
    Ok(ok(BindingList { widgets: bindings.iter().map(NamedBindingView::from).collect() }))
}

/// Get a widget of a peer
#[utoipa::path(
    get, path = "/api/v1/peer/{peerId}/widgets/{peerWidgetId}", operation_id = "getPeerWidget", tag = "Peer widgets",
    params(request::PeerIdPath, request::PeerWidgetIdPath),
    responses(
        (status = 200, description = "The binding", body = Success<NamedBindingView>),
    )
)]
pub(crate) async fn get(
    state: web::Data<HttpState>,
    caller: Caller<Messenger>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let peer = request::peer_id(&request)?;
    let id = request::peer_widget_id(&request)?;
    let binding = state.bindings.find(&caller, &peer, id).await?;
    Ok(ok(NamedBindingView::from(&binding)))
}

/// Update a widget of a peer
///
/// Changes only what is named; of `config`, replaces the members that are named.
#[utoipa::path(
    put, path = "/api/v1/peer/{peerId}/widgets/{peerWidgetId}", operation_id = "updatePeerWidget", tag = "Peer widgets",
    params(request::PeerIdPath, request::PeerWidgetIdPath),
    request_body = UpdatePeerWidget,
    responses(
        (status = 200, description = "Updated", body = Success<BindingView>),
    )
)]
pub(crate) async fn update(
    state: web::Data<HttpState>,
    caller: Caller<Messenger>,
    request: HttpRequest,
    body: RequestBody,
) -> Result<HttpResponse, ApiError> {
    let body = body.read(&caller).await?;
    let peer = request::peer_id(&request)?;
    let change = body.read_with(&state, read_change).await?;
    let id = request::peer_widget_id(&request)?;
    let binding = state.bindings.update(&caller, &peer, id, change).await?;
    Ok(body.hold_until_sent(ok(BindingView::from(&binding))))
}

/// Remove a widget from a peer
#[utoipa::path(
    delete, path = "/api/v1/peer/{peerId}/widgets/{peerWidgetId}", operation_id = "removePeerWidget", tag = "Peer widgets",
    params(request::PeerIdPath, request::PeerWidgetIdPath),
    responses(
        (status = 200, description = "Removed", body = Done),
    )
)]
pub(crate) async fn remove(
    state: web::Data<HttpState>,
    caller: Caller<Messenger>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let peer = request::peer_id(&request)?;
    let id = request::peer_widget_id(&request)?;
    state.bindings.remove(&caller, &peer, id).await?;
    Ok(Done::with("Widget removed from peer successfully"))
}

fn read_draft(mut body: Object<'_>) -> Result<BindingDraft, ApiError> {
    let named = (body.present("widgetId"), body.present("widgetKey"));
    let by_id = body.optional_string("widgetId", |text| Ok(text.to_owned()));
    let by_key = body.optional_string("widgetKey", |text| WidgetKey::parse(text));
    match named {
        (true, true) => body.refuse("widgetKey", "Name the widget by 'widgetId' or by 'widgetKey', not by both"),
        (false, false) => body.require("widgetId"),
        _ => {}
    }
    let enabled = body.optional_bool("enabled").unwrap_or(true);
    let config = read_config(&mut body).unwrap_or_default();
    // An invalid id is a 404, but errors in the rest of the body come first.
    let widget = match (by_id, by_key) {
        (Some(id), _) => Some(WidgetId::parse(&id).map(WidgetRef::Id)),
        (None, key) => key.map(|key| Ok(WidgetRef::Key(key))),
    };
    let widget = body.finish(widget)?.map_err(|_| AppError::WidgetNotFound)?;
    Ok(BindingDraft { widget, enabled, config })
}

/// Members that GET returns and that cannot be edited. They are ignored, so that the answer of GET can be sent with PUT.
const READ_ONLY: [&str; 6] = ["id", "peerId", "widgetId", "widgetKey", "widgetName", "addedAt"];

fn read_change(mut body: Object<'_>) -> Result<BindingChange, ApiError> {
    body.ignore(&READ_ONLY);
    let enabled = body.optional_bool("enabled");
    let config = read_config(&mut body).unwrap_or_default();
    body.finish(Some(BindingChange { enabled, config }))
}

fn read_config(body: &mut Object<'_>) -> Option<BindingConfig> {
    body.optional_object("config", |config| BindingConfig {
        allow_custom_data: config.optional_bool("allowCustomData"),
        default_props: read_default_props(config),
    })
}

fn read_default_props(config: &mut Object<'_>) -> Option<DefaultProps> {
    let raw = config.take("defaultProps")?;
    if !config.expect("defaultProps", raw, JsonKind::Object) {
        return None;
    }
    // Stored as text, but parsed once, so that every reader accepts it.
    let document = JsonDocument::parse(JsonText::from_raw(raw), &config.path_of("defaultProps"));
    let document = document.map_err(|error| config.push(error)).ok()?;
    DefaultProps::new(document.into_text()).map_err(|invalid| config.refuse("defaultProps", invalid.0)).ok()
}
