use domain::{
    binding::{BindingConfig, NamedPeerWidget, PeerWidget},
    id::{PeerWidgetId, WidgetId},
    names::PeerId,
    time::Timestamp,
    widget::{WidgetKey, WidgetName},
};
use schema::json::JsonText;
use serde::Serialize;
use utoipa::ToSchema;

/// How a peer uses a widget: what was sent of it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BindingConfig)]
pub(crate) struct ConfigView<'a> {
    /// Props of the component, in addition to `data`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>, nullable = false)]
    default_props: Option<&'a JsonText>,
    /// Whether messages may bring their own data; true if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    allow_custom_data: Option<bool>,
}

impl<'a> From<&'a BindingConfig> for ConfigView<'a> {
    fn from(config: &'a BindingConfig) -> Self {
        Self {
            default_props: config.default_props.as_ref().map(|props| props.as_json()),
            allow_custom_data: config.allow_custom_data,
        }
    }
}

/// A widget that a peer has.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PeerWidget)]
pub(crate) struct BindingView<'a> {
    #[schema(value_type = String, example = "peer_widget_01k9x2m5f3e8h9s4t6v7w8x9y0")]
    id: PeerWidgetId,
    #[schema(value_type = String, example = "peer_123")]
    peer_id: &'a PeerId,
    #[schema(value_type = String)]
    widget_id: WidgetId,
    enabled: bool,
    config: ConfigView<'a>,
    #[schema(value_type = String, format = DateTime)]
    added_at: Timestamp,
}

impl<'a> From<&'a PeerWidget> for BindingView<'a> {
    fn from(binding: &'a PeerWidget) -> Self {
        Self {
            id: binding.id,
            peer_id: &binding.peer,
            widget_id: binding.widget,
            enabled: binding.enabled,
            config: (&binding.config).into(),
            added_at: binding.added_at,
        }
    }
}

/// A widget that a peer has, with its key and name.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NamedPeerWidget)]
pub(crate) struct NamedBindingView<'a> {
    #[schema(value_type = String)]
    id: PeerWidgetId,
    #[schema(value_type = String)]
    widget_id: WidgetId,
    #[schema(value_type = String)]
    widget_key: &'a WidgetKey,
    #[schema(value_type = String)]
    widget_name: &'a WidgetName,
    enabled: bool,
    config: ConfigView<'a>,
    #[schema(value_type = String, format = DateTime)]
    added_at: Timestamp,
}

impl<'a> From<&'a NamedPeerWidget> for NamedBindingView<'a> {
    fn from(named: &'a NamedPeerWidget) -> Self {
        let binding = &named.binding;
        Self {
            id: binding.id,
            widget_id: binding.widget,
            widget_key: &named.widget_key,
            widget_name: &named.widget_name,
            enabled: binding.enabled,
            config: (&binding.config).into(),
            added_at: binding.added_at,
        }
    }
}

/// All widgets of a peer, oldest first.
#[derive(Serialize, ToSchema)]
#[schema(as = PeerWidgetList)]
pub(crate) struct BindingList<'a> {
    pub(crate) widgets: Vec<NamedBindingView<'a>>,
}
