//! Use cases of rendering: messages and previews.

use std::sync::Arc;

use domain::{
    access::{Messenger, Principal},
    binding::DefaultProps,
    id::{ApiKeyId, MessageId, WidgetId},
    message::{Message, MessageText},
    module::StoredModule,
    names::{ConversationId, WorkspaceId},
    widget::{Version, WidgetKey, WidgetVersion, prebuilt_workspace},
};
use ports::{BindingStore, MessageStore, VersionStore};
use schema::json::{JsonDocument, JsonText};

use crate::{AppError, Modules, Reviewer, WidgetResolver};

/// Builds the payloads that browsers render: messages as they were sent, and previews of widgets.
pub struct Rendering {
    /// Stores messages.
    pub messages: Arc<dyn MessageStore>,
    /// Stores versions.
    pub versions: Arc<dyn VersionStore>,
    /// Finds widgets.
    pub widgets: WidgetResolver,
    /// Stores bindings, which hold the props of a peer's widgets.
    pub bindings: Arc<dyn BindingStore>,
    /// Checks the data of previews.
    pub reviewer: Arc<Reviewer>,
    /// Finds or compiles modules.
    pub modules: Arc<Modules>,
}

/// Everything that a browser needs to render one widget.
#[derive(Debug)]
pub struct RenderPayload {
    /// The message; `None` for a preview.
    pub message: Option<MessageId>,
    /// The widget.
    pub widget: WidgetId,
    /// The widget's key; for a message, its key at the time of sending.
    pub widget_key: WidgetKey,
    /// The version to render with.
    pub version: Version,
    /// The module and the style sheet to load.
    pub module: StoredModule,
    /// Whether it needs the frame of its version, which may load from other origins; else it is rendered in the common frame.
    pub own_frame: bool,
    /// The data, exactly as it was sent; `None` for a preview of a widget without a valid example.
    pub data: Option<JsonText>,
    /// Props alongside `data`: a JSON object.
    pub props: JsonText,
    /// The fallback text where the widget cannot be shown.
    pub text: Option<MessageText>,
    /// The title of the widget's schema or, without one, the widget's current name.
    pub title: String,
}

/// The caller's data for a preview, used instead of an example.
#[derive(Debug)]
pub struct PreviewDraft {
    /// Data that must fit the version's schema.
    pub data: JsonDocument,
    /// Props alongside the data.
    pub props: Option<DefaultProps>,
}

impl Rendering {
    /// Builds the payload of a message, with the version that it was sent with and the current props of its peer's binding.
    pub async fn message(
        &self,
        by: &Messenger,
        conversation: &ConversationId,
        id: MessageId,
    ) -> Result<RenderPayload, AppError> {
        let message = self.messages.find(&by.workspace, conversation, id).await?.ok_or(AppError::MessageNotFound)?;
        let (workspace, version) = self.version_of(&by.workspace, &message).await?;
        let props = self.props_of(&by.workspace, &message).await?;
        let payload = self.payload(&workspace, version, message.widget_key, by.key).await?;
        Ok(RenderPayload { message: Some(message.id), data: Some(message.data), text: message.text, props, ..payload })
    }

    /// Builds a preview of a widget of the workspace or a pre-built one, with the first valid example. `version` defaults to
    /// the current version.
    pub async fn preview(
        &self,
        by: &Principal,
        id: WidgetId,
        version: Option<Version>,
    ) -> Result<RenderPayload, AppError> {
        let (workspace, key, version) = self.find_version(by, id, version).await?;
        let data = self.example(by, &version).await?;
        Ok(RenderPayload { data, ..self.payload(&workspace, version, key, by.key).await? })
    }

    /// As [`preview`](Self::preview), with the caller's data.
    pub async fn preview_with(
        &self,
        by: &Messenger,
        id: WidgetId,
        version: Option<Version>,
        draft: PreviewDraft,
    ) -> Result<RenderPayload, AppError> {
        let (workspace, key, version) = self.find_version(by, id, version).await?;
        let refusal = |errors| AppError::DataRejected { widget_key: key.clone(), errors };
        self.reviewer.check_data(&version.schema, &draft.data, "data", by, refusal).await?;
        let props = draft.props.map_or_else(JsonText::empty_object, |props| props.without_data());
        let payload = self.payload(&workspace, version, key, by.key).await?;
        Ok(RenderPayload { data: Some(draft.data.into_text()), props, ..payload })
    }

    /// Builds the parts of a payload that depend on the version only.
    async fn payload(
        &self,
        workspace: &WorkspaceId,
        version: WidgetVersion,
        widget_key: WidgetKey,
        caller: ApiKeyId,
    ) -> Result<RenderPayload, AppError> {
        let module = self.modules.find_or_compile(workspace, &version, caller).await?;
        let title = version.schema.title().unwrap_or_else(|| version.widget_name.as_str().to_owned());
        Ok(RenderPayload {
            message: None,
            widget: version.widget,
            widget_key,
            version: version.version,
            module,
            own_frame: self.modules.needs_own_frame(&version),
            data: None,
            props: JsonText::empty_object(),
            text: None,
            title,
        })
    }

    /// Finds the version that a message was sent with, and the workspace that holds it: the caller's, or that of pre-built
    /// widgets. The latter is also searched for widgets that this release no longer includes.
    async fn version_of(
        &self,
        workspace: &WorkspaceId,
        message: &Message,
    ) -> Result<(WorkspaceId, WidgetVersion), AppError> {
        let candidates = [self.widgets.version_workspace(workspace, message.widget), prebuilt_workspace()];
        for candidate in candidates {
            let found = self.versions.find_version(&candidate, message.widget, message.widget_version).await?;
            if let Some(version) = found {
                return Ok((candidate, version));
            }
        }
        Err(AppError::Internal(format!("the version of message {} is missing", message.id)))
    }

    /// The current props of the peer's binding; empty if the binding was deleted or the message has no peer.
    async fn props_of(&self, workspace: &WorkspaceId, message: &Message) -> Result<JsonText, AppError> {
        let Some(peer) = &message.peer else { return Ok(JsonText::empty_object()) };
        let binding = self.bindings.find_by_widget(workspace, peer, message.widget).await?;
        let props = binding.and_then(|binding| binding.config.default_props);
        Ok(props.map_or_else(JsonText::empty_object, |props| props.without_data()))
    }

    /// Finds a version of an existing widget. Returns the workspace that holds it, the widget's key, and the version.
    async fn find_version(
        &self,
        by: &Principal,
        id: WidgetId,
        version: Option<Version>,
    ) -> Result<(WorkspaceId, WidgetKey, WidgetVersion), AppError> {
        let widget = self.widgets.by_id(&by.workspace, id).await?;
        let workspace = self.widgets.version_workspace(&by.workspace, id);
        let found = self.versions.find_version(&workspace, id, version.unwrap_or(widget.version())).await?;
        Ok((workspace, widget.key().clone(), found.ok_or(AppError::VersionNotFound)?))
    }

    /// Returns the first valid example: first of the schema's, then the example of a pre-built widget. Examples that are not
    /// cheap to check are skipped; a warning reported them when the schema was saved.
    async fn example(&self, by: &Principal, version: &WidgetVersion) -> Result<Option<JsonText>, AppError> {
        let own = self.widgets.prebuilt.by_id(version.widget).map(|published| published.widget.example.text().clone());
        self.reviewer.first_valid(&version.schema, version.schema.examples().into_iter().chain(own), by).await
    }
}
