//! Bindings: which peer may use which widget, and how.

use schema::{field::Invalid, json::JsonText};

use crate::{
    id::{PeerWidgetId, WidgetId},
    limits,
    names::PeerId,
    time::Timestamp,
    widget::{WidgetKey, WidgetName},
};

/// A JSON object that is spread into the component's props, alongside `data`. Its text is stored unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultProps(JsonText);

impl DefaultProps {
    /// Takes the text of a JSON object of at most 320 KiB.
    pub fn new(object: JsonText) -> Result<Self, Invalid> {
        if object.as_str().len() > limits::MAX_DEFAULT_PROPS_BYTES {
            return Err(Invalid::new(format!(
                "Default props are {} bytes long; at most {} are allowed",
                object.as_str().len(),
                limits::MAX_DEFAULT_PROPS_BYTES
            )));
        }
        if !object.is_object() {
            return Err(Invalid::new("Expected object"));
        }
        Ok(Self(object))
    }

    /// The text.
    pub fn as_json(&self) -> &JsonText {
        &self.0
    }

    /// The member `data`, which is rendered when the binding allows no custom data.
    pub fn data(&self) -> Option<JsonText> {
        self.0.member("data")
    }

    /// The props without the member `data`: what is spread alongside the data of a message.
    pub fn without_data(&self) -> JsonText {
        self.0.without("data")
    }
}

/// How a peer uses a widget. Fields that the caller did not send stay absent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BindingConfig {
    /// Props alongside `data`.
    pub default_props: Option<DefaultProps>,
    /// Whether messages carry their own data; absent means yes.
    pub allow_custom_data: Option<bool>,
}

impl BindingConfig {
    /// Whether messages for the peer carry their own data.
    pub fn allows_custom_data(&self) -> bool {
        self.allow_custom_data.unwrap_or(true)
    }

    /// The configuration after an edit: fields that the edit sets are replaced, the others stay.
    #[must_use]
    pub fn edited(self, change: Self) -> Self {
        Self {
            default_props: change.default_props.or(self.default_props),
            allow_custom_data: change.allow_custom_data.or(self.allow_custom_data),
        }
    }
}

/// A caller's request for a new binding.
#[derive(Debug, Clone)]
pub struct BindingDraft {
    /// The widget, by id or by key.
    pub widget: WidgetRef,
    /// Whether the peer may use it.
    pub enabled: bool,
    /// How the peer uses it.
    pub config: BindingConfig,
}

/// The two ways to name a widget in a binding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WidgetRef {
    /// A widget of the workspace or a pre-built one.
    Id(WidgetId),
    /// The workspace's own widget with this key or, if there is none, the pre-built one.
    Key(WidgetKey),
}

/// An edit of a binding. Absent fields stay unchanged.
#[derive(Debug, Clone, Default)]
pub struct BindingChange {
    /// Whether the peer may use the widget.
    pub enabled: Option<bool>,
    /// Fields of the configuration to replace.
    pub config: BindingConfig,
}

/// The binding of a widget to a peer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerWidget {
    /// The id of the binding, assigned by the service.
    pub id: PeerWidgetId,
    /// The peer.
    pub peer: PeerId,
    /// The widget.
    pub widget: WidgetId,
    /// Whether the peer may use it.
    pub enabled: bool,
    /// How the peer uses it.
    pub config: BindingConfig,
    /// When the widget was bound.
    pub added_at: Timestamp,
}

impl PeerWidget {
    /// The binding after an edit.
    #[must_use]
    pub fn edited(mut self, change: BindingChange) -> Self {
        self.enabled = change.enabled.unwrap_or(self.enabled);
        self.config = self.config.edited(change.config);
        self
    }
}

/// A binding with the key and name of its widget, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPeerWidget {
    /// The binding.
    pub binding: PeerWidget,
    /// The widget's key.
    pub widget_key: WidgetKey,
    /// The widget's name.
    pub widget_name: WidgetName,
}
