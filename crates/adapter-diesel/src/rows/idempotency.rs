use diesel::prelude::*;
use domain::{
    binding::{BindingConfig, PeerWidget},
    id::{MessageId, PeerWidgetId, WidgetId},
    idempotency::Attempt,
    message::Message,
    names::{ConversationId, PeerId, UserId, WorkspaceId},
    revision::Revision,
    time::Timestamp,
    widget::{Category, Description, Version, Widget},
};
use ports::StoreError;
use serde::{Deserialize, Serialize};

use super::{
    Digest, Id,
    binding::{props_text, read_props},
    bytes::Bytes,
    widget::{ContentRow, read_key, read_name, read_revision, read_tags, read_version, write_tags},
};
use crate::{failure::damaged, schema::idempotency};

#[derive(Queryable, Selectable)]
#[diesel(table_name = idempotency)]
pub(crate) struct AttemptRow {
    fingerprint: Digest,
    made: String,
}

/// What is known of an attempt.
#[derive(Debug)]
pub(crate) enum Known {
    /// Its key is free.
    Nothing,
    /// The same request was made under it.
    Same(Made),
    /// Another request was made under it.
    Other,
}

impl AttemptRow {
    /// What the row under an attempt's key says of it.
    pub(crate) fn judge(self, attempt: &Attempt) -> Result<Known, StoreError> {
        if self.fingerprint.0 == attempt.fingerprint.0 {
            Made::read(&self.made).map(Known::Same)
        } else {
            Ok(Known::Other)
        }
    }
}

#[derive(Insertable)]
#[diesel(table_name = idempotency, treat_none_as_default_value = false)]
pub(crate) struct NewAttempt<'a> {
    workspace_id: &'a str,
    api_key_id: Id,
    key: &'a str,
    fingerprint: Digest,
    made_at: i64,
    made: String,
}

impl<'a> NewAttempt<'a> {
    pub(crate) fn new(workspace: &'a WorkspaceId, attempt: &'a Attempt, made: &Made) -> Result<Self, StoreError> {
        Ok(Self {
            workspace_id: workspace.as_str(),
            api_key_id: attempt.api_key.as_uuid().into(),
            key: attempt.key.as_str(),
            fingerprint: Bytes(attempt.fingerprint.0),
            made_at: attempt.made_at.as_micros(),
            made: made.text()?,
        })
    }
}

/// What an attempt made, as far as it may have changed since: the rest is read where it is.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Made {
    /// A widget, or a version of one. Schema and component are those of the version, which is never deleted.
    Widget(Box<MadeWidget>),
    /// A binding.
    Binding(MadeBinding),
    /// A message. It never changes, so its place is enough.
    Message { conversation: String, id: String },
}

impl Made {
    /// As it is kept.
    pub(crate) fn text(&self) -> Result<String, StoreError> {
        serde_json::to_string(self).map_err(|why| StoreError::Internal(why.to_string()))
    }

    fn read(json: &str) -> Result<Self, StoreError> {
        serde_json::from_str(json).map_err(|why| damaged("idempotency.made", why))
    }

    pub(crate) fn widget(widget: &Widget) -> Result<Self, StoreError> {
        Ok(Self::Widget(Box::new(MadeWidget {
            id: widget.id.to_string(),
            key: widget.key.as_str().to_owned(),
            name: widget.name.as_str().to_owned(),
            description: widget.description.as_str().to_owned(),
            category: widget.category.as_str().to_owned(),
            tags: write_tags(&widget.tags)?,
            created_by: widget.created_by.as_str().to_owned(),
            created_at: widget.created_at.as_micros(),
            restored: None,
        })))
    }

    pub(crate) fn restored(widget: &Widget) -> Result<Self, StoreError> {
        let restored = Restored {
            version: widget.version.0.into(),
            revision: widget.revision.0.into(),
            updated_at: widget.updated_at.as_micros(),
        };
        Self::widget(widget).map(|made| match made {
            Self::Widget(made) => Self::Widget(Box::new(MadeWidget { restored: Some(restored), ..*made })),
            other => other,
        })
    }

    pub(crate) fn binding(binding: &PeerWidget) -> Self {
        Self::Binding(MadeBinding {
            id: binding.id.to_string(),
            peer: binding.peer.as_str().to_owned(),
            widget: binding.widget.to_string(),
            enabled: binding.enabled,
            default_props: props_text(&binding.config).map(str::to_owned),
            allow_custom_data: binding.config.allow_custom_data,
            added_at: binding.added_at.as_micros(),
        })
    }

    /// The binding, as it was then; `None` if something else was made.
    pub(crate) fn into_binding(self) -> Result<Option<PeerWidget>, StoreError> {
        match self {
            Self::Binding(made) => made.into_domain().map(Some),
            Self::Widget(_) | Self::Message { .. } => Ok(None),
        }
    }

    pub(crate) fn message(message: &Message) -> Self {
        Self::Message { conversation: message.conversation.as_str().to_owned(), id: message.id.to_string() }
    }
}

pub(crate) fn read_message_place(conversation: &str, id: &str) -> Result<(ConversationId, MessageId), StoreError> {
    let id = MessageId::parse(id).map_err(|why| damaged("idempotency.made", why))?;
    Ok((ConversationId::reserved(conversation), id))
}

/// A widget at its creation, or when a version of it was restored.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct MadeWidget {
    id: String,
    key: String,
    name: String,
    description: String,
    category: String,
    tags: String,
    created_by: String,
    created_at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    restored: Option<Restored>,
}

/// What a restoration left of a widget, where a creation leaves the first of each.
#[derive(Debug, Serialize, Deserialize)]
struct Restored {
    version: i64,
    revision: i64,
    updated_at: i64,
}

impl MadeWidget {
    pub(crate) fn id(&self) -> Result<WidgetId, StoreError> {
        WidgetId::parse(&self.id).map_err(|why| damaged("idempotency.made", why))
    }

    /// The version whose content it had.
    pub(crate) fn version(&self) -> i64 {
        self.restored.as_ref().map_or(Version::FIRST.0.into(), |restored| restored.version)
    }

    /// The widget, with the content of its version.
    pub(crate) fn into_domain(self, content: ContentRow) -> Result<Widget, StoreError> {
        let id = self.id()?;
        let version = read_version(self.version())?;
        let (schema, component) = content.into_domain();
        let first = Restored { version: 1, revision: Revision::FIRST.0.into(), updated_at: self.created_at };
        let Restored { revision, updated_at, .. } = self.restored.unwrap_or(first);
        Ok(Widget {
            id,
            key: read_key(self.key)?,
            name: read_name(self.name)?,
            description: Description::parse(self.description).map_err(|why| damaged("idempotency.made", why))?,
            category: Category::parse(&self.category).map_err(|why| damaged("idempotency.made", why))?,
            tags: read_tags(&self.tags)?,
            version,
            revision: read_revision(revision)?,
            schema,
            component,
            created_at: Timestamp::from_micros(self.created_at),
            updated_at: Timestamp::from_micros(updated_at),
            created_by: UserId::reserved(&self.created_by),
        })
    }
}

/// A binding at its creation.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct MadeBinding {
    id: String,
    peer: String,
    widget: String,
    enabled: bool,
    default_props: Option<String>,
    allow_custom_data: Option<bool>,
    added_at: i64,
}

impl MadeBinding {
    fn into_domain(self) -> Result<PeerWidget, StoreError> {
        Ok(PeerWidget {
            id: PeerWidgetId::parse(&self.id).map_err(|why| damaged("idempotency.made", why))?,
            peer: PeerId::reserved(&self.peer),
            widget: WidgetId::parse(&self.widget).map_err(|why| damaged("idempotency.made", why))?,
            enabled: self.enabled,
            config: BindingConfig {
                default_props: self.default_props.map(read_props).transpose()?,
                allow_custom_data: self.allow_custom_data,
            },
            added_at: Timestamp::from_micros(self.added_at),
        })
    }
}
