use diesel::prelude::*;
use domain::{
    binding::{BindingConfig, DefaultProps, NamedPeerWidget, PeerWidget},
    id::{PeerWidgetId, WidgetId},
    names::{PeerId, WorkspaceId},
    time::Timestamp,
};
use ports::StoreError;
use schema::json::JsonText;

use super::{
    Id,
    widget::{read_key, read_name},
};
use crate::{failure::damaged, schema::peer_widget};

#[derive(Queryable, Selectable)]
#[diesel(table_name = peer_widget)]
pub(crate) struct BindingRow {
    id: Id,
    peer_id: String,
    widget_id: Id,
    enabled: bool,
    allow_custom_data: Option<bool>,
    added_at: i64,
    default_props: Option<String>,
}

impl BindingRow {
    pub(crate) fn into_domain(self) -> Result<PeerWidget, StoreError> {
        Ok(PeerWidget {
            id: PeerWidgetId::from_uuid(self.id.into()),
            peer: PeerId::reserved(&self.peer_id),
            widget: WidgetId::from_uuid(self.widget_id.into()),
            enabled: self.enabled,
            config: BindingConfig {
                default_props: self.default_props.map(read_props).transpose()?,
                allow_custom_data: self.allow_custom_data,
            },
            added_at: Timestamp::from_micros(self.added_at),
        })
    }
}

/// A binding with the key and name of its widget.
pub(crate) type NamedBindingRow = (BindingRow, String, String);

pub(crate) fn read_named(row: NamedBindingRow) -> Result<NamedPeerWidget, StoreError> {
    let (binding, key, name) = row;
    Ok(NamedPeerWidget { binding: binding.into_domain()?, widget_key: read_key(key)?, widget_name: read_name(name)? })
}

#[derive(Insertable)]
#[diesel(table_name = peer_widget, treat_none_as_default_value = false)]
pub(crate) struct NewBinding<'a> {
    workspace_id: &'a str,
    id: Id,
    peer_id: &'a str,
    widget_id: Id,
    enabled: bool,
    allow_custom_data: Option<bool>,
    added_at: i64,
    default_props: Option<&'a str>,
}

impl<'a> NewBinding<'a> {
    pub(crate) fn new(workspace: &'a WorkspaceId, binding: &'a PeerWidget) -> Self {
        Self {
            workspace_id: workspace.as_str(),
            id: binding.id.as_uuid().into(),
            peer_id: binding.peer.as_str(),
            widget_id: binding.widget.as_uuid().into(),
            enabled: binding.enabled,
            allow_custom_data: binding.config.allow_custom_data,
            added_at: binding.added_at.as_micros(),
            default_props: props_text(&binding.config),
        }
    }
}

/// The columns of a binding that may change.
#[derive(AsChangeset)]
#[diesel(table_name = peer_widget, treat_none_as_null = true)]
pub(crate) struct EditedBinding<'a> {
    enabled: bool,
    allow_custom_data: Option<bool>,
    default_props: Option<&'a str>,
}

impl<'a> EditedBinding<'a> {
    pub(crate) fn new(binding: &'a PeerWidget) -> Self {
        Self {
            enabled: binding.enabled,
            allow_custom_data: binding.config.allow_custom_data,
            default_props: props_text(&binding.config),
        }
    }
}

pub(crate) fn read_props(text: String) -> Result<DefaultProps, StoreError> {
    DefaultProps::new(JsonText::from_stored(text)).map_err(|why| damaged("default props", why))
}

pub(crate) fn props_text(config: &BindingConfig) -> Option<&str> {
    config.default_props.as_ref().map(|props| props.as_json().as_str())
}
