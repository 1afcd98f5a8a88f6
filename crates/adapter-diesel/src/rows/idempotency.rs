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
use ports::{AppendError, BindError, CreateWidgetError, ReplayError, RestoreError, StoreError};
use serde::{Deserialize, Serialize};

use super::{
    Digest, Id,
    binding::{props_text, read_props},
    bytes::Bytes,
    widget::{Content, ContentRow, read_key, read_name, read_revision, read_tags, read_version, write_tags},
};
use crate::{failure::damaged, schema::idempotency};

#[derive(Queryable, Selectable)]
#[diesel(table_name = idempotency)]
pub(crate) struct AttemptRow {
    fingerprint: Digest,
    made: String,
}

/// The port errors that report a conflict of idempotency keys.
pub(crate) trait AttemptError: From<StoreError> {
    /// The key was used for another request.
    fn conflict() -> Self;
}

macro_rules! attempt_error {
    ($($error:ident::$conflict:ident),*) => {
        $(impl AttemptError for $error {
            fn conflict() -> Self {
                Self::$conflict
            }
        })*
    };
}

attempt_error!(
    AppendError::AttemptMismatch,
    BindError::AttemptMismatch,
    CreateWidgetError::AttemptMismatch,
    ReplayError::Mismatch,
    RestoreError::AttemptMismatch
);

impl AttemptRow {
    /// What the earlier request under the attempt's key created. An error if that was another request.
    pub(crate) fn replay<E: AttemptError>(self, attempt: &Attempt) -> Result<Created, E> {
        if self.fingerprint.0 != attempt.fingerprint.0 {
            return Err(E::conflict());
        }
        Ok(Created::read(&self.made)?)
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
    pub(crate) fn new(workspace: &'a WorkspaceId, attempt: &'a Attempt, created: &Created) -> Result<Self, StoreError> {
        Ok(Self {
            workspace_id: workspace.as_str(),
            api_key_id: attempt.api_key.as_uuid().into(),
            key: attempt.key.as_str(),
            fingerprint: Bytes(attempt.fingerprint.0),
            made_at: attempt.made_at.as_micros(),
            made: created.to_text()?,
        })
    }
}

/// What a request created. Contains only what may have changed since; the rest is read from its tables.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Created {
    /// A widget, or a restored version of one. Schema and component are read from the version, which is never deleted.
    Widget(Box<CreatedWidget>),
    /// A binding.
    Binding(CreatedBinding),
    /// A message. It never changes.
    Message { conversation: String, id: String },
}

impl Created {
    /// The text that is stored.
    pub(crate) fn to_text(&self) -> Result<String, StoreError> {
        serde_json::to_string(self).map_err(|why| StoreError::Internal(why.to_string()))
    }

    fn read(json: &str) -> Result<Self, StoreError> {
        serde_json::from_str(json).map_err(|why| damaged("idempotency.made", why))
    }

    pub(crate) fn widget(widget: &Widget) -> Result<Self, StoreError> {
        Ok(Self::Widget(Box::new(CreatedWidget {
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
        Self::widget(widget).map(|created| match created {
            Self::Widget(widget) => Self::Widget(Box::new(CreatedWidget { restored: Some(restored), ..*widget })),
            other => other,
        })
    }

    pub(crate) fn binding(binding: &PeerWidget) -> Self {
        Self::Binding(CreatedBinding {
            id: binding.id.to_string(),
            peer: binding.peer.as_str().to_owned(),
            widget: binding.widget.to_string(),
            enabled: binding.enabled,
            default_props: props_text(&binding.config).map(str::to_owned),
            allow_custom_data: binding.config.allow_custom_data,
            added_at: binding.added_at.as_micros(),
        })
    }

    /// The binding as it was created. An error if something else was created.
    pub(crate) fn into_binding<E: AttemptError>(self) -> Result<PeerWidget, E> {
        let Self::Binding(binding) = self else { return Err(E::conflict()) };
        Ok(binding.into_domain()?)
    }

    /// The widget, without the content of its version. An error if something else was created.
    pub(crate) fn into_widget<E: AttemptError>(self) -> Result<CreatedWidget, E> {
        let Self::Widget(widget) = self else { return Err(E::conflict()) };
        Ok(*widget)
    }

    /// Where the message is stored. An error if something else was created.
    pub(crate) fn into_message<E: AttemptError>(self) -> Result<(ConversationId, MessageId), E> {
        let Self::Message { conversation, id } = self else { return Err(E::conflict()) };
        let id = MessageId::parse(&id).map_err(|why| damaged("idempotency.made", why))?;
        Ok((ConversationId::reserved(&conversation), id))
    }

    pub(crate) fn message(message: &Message) -> Self {
        Self::Message { conversation: message.conversation.as_str().to_owned(), id: message.id.to_string() }
    }
}

/// A widget at its creation, or after a version of it was restored.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CreatedWidget {
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

/// The fields of a widget that a restoration sets; a creation sets each to its first value.
#[derive(Debug, Serialize, Deserialize)]
struct Restored {
    version: i64,
    revision: i64,
    updated_at: i64,
}

impl CreatedWidget {
    pub(crate) fn id(&self) -> Result<WidgetId, StoreError> {
        WidgetId::parse(&self.id).map_err(|why| damaged("idempotency.made", why))
    }

    /// The version with its content.
    pub(crate) fn version(&self) -> i64 {
        self.restored.as_ref().map_or(Version::FIRST.0.into(), |restored| restored.version)
    }

    /// The widget, with the content of its version.
    pub(crate) fn into_domain(self, content: ContentRow) -> Result<Widget, StoreError> {
        let id = self.id()?;
        let version = read_version(self.version())?;
        let Content { schema, component, language, resources, styles } = content.into_domain()?;
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
            language,
            resources,
            styles,
            created_at: Timestamp::from_micros(self.created_at),
            updated_at: Timestamp::from_micros(updated_at),
            created_by: UserId::reserved(&self.created_by),
        })
    }
}

/// A binding at its creation.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CreatedBinding {
    id: String,
    peer: String,
    widget: String,
    enabled: bool,
    default_props: Option<String>,
    allow_custom_data: Option<bool>,
    added_at: i64,
}

impl CreatedBinding {
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
