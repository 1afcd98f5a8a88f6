use std::sync::Arc;

use domain::{
    access::{Messenger, Principal},
    binding::DefaultProps,
    id::{ApiKeyId, MessageId, WidgetId},
    message::{Message, MessageText},
    module::ModuleDigest,
    names::{ConversationId, WorkspaceId},
    widget::{Version, WidgetKey, WidgetVersion, prebuilt_workspace},
};
use ports::{BindingStore, MessageStore, VersionStore};
use schema::{
    field::FieldPath,
    json::{JsonDocument, JsonText},
};

use crate::{AppError, Modules, Reviewer, WidgetResolver};

/// Builds what a browser renders: messages as they were sent, and widgets with example data.
pub struct Rendering {
    /// Where messages are kept.
    pub messages: Arc<dyn MessageStore>,
    /// Where versions are kept.
    pub versions: Arc<dyn VersionStore>,
    /// Finds widgets.
    pub widgets: WidgetResolver,
    /// Which props peers give them.
    pub bindings: Arc<dyn BindingStore>,
    /// Checks example data.
    pub reviewer: Arc<Reviewer>,
    /// What browsers load.
    pub modules: Arc<Modules>,
}

/// What a browser needs to render one widget.
#[derive(Debug)]
pub struct RenderPayload {
    /// The message; none of a preview.
    pub message: Option<MessageId>,
    /// The widget.
    pub widget: WidgetId,
    /// Its key; of a message, at the time of sending.
    pub widget_key: WidgetKey,
    /// The version that renders.
    pub version: Version,
    /// What a browser loads.
    pub module: ModuleDigest,
    /// The data, exactly as it was sent; none of a widget of which no example is known.
    pub data: Option<JsonText>,
    /// Props beside `data`: a JSON object.
    pub props: JsonText,
    /// What is shown where the widget cannot be.
    pub text: Option<MessageText>,
    /// What the widget is called: the title of its schema or, without one, its name of today.
    pub title: String,
}

/// What a preview shows instead of an example.
#[derive(Debug)]
pub struct PreviewDraft {
    /// Data that must fit the version's schema.
    pub data: JsonDocument,
    /// Props beside it.
    pub props: Option<DefaultProps>,
}

impl Rendering {
    /// A message, with the version that it was sent with and the props that its peer's binding has today.
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

    /// A widget of the workspace or a pre-built one, at this version or the current one, with the first example that fits.
    pub async fn preview(
        &self,
        by: &Principal,
        id: WidgetId,
        version: Option<Version>,
    ) -> Result<RenderPayload, AppError> {
        let (workspace, key, version) = self.choose(by, id, version).await?;
        let data = self.example(by, &version).await?;
        Ok(RenderPayload { data, ..self.payload(&workspace, version, key, by.key).await? })
    }

    /// The same with the caller's data.
    pub async fn preview_with(
        &self,
        by: &Messenger,
        id: WidgetId,
        version: Option<Version>,
        draft: PreviewDraft,
    ) -> Result<RenderPayload, AppError> {
        let (workspace, key, version) = self.choose(by, id, version).await?;
        let refusal = |errors| AppError::DataRejected { widget_key: key.clone(), errors };
        self.reviewer.check_data(&version.schema, &draft.data, "data", by, refusal).await?;
        let props = draft.props.map_or_else(JsonText::empty_object, |props| props.beside_data());
        let payload = self.payload(&workspace, version, key, by.key).await?;
        Ok(RenderPayload { data: Some(draft.data.into_text()), props, ..payload })
    }

    /// The parts of a payload that follow from the version.
    async fn payload(
        &self,
        workspace: &WorkspaceId,
        version: WidgetVersion,
        widget_key: WidgetKey,
        caller: ApiKeyId,
    ) -> Result<RenderPayload, AppError> {
        let module = self.modules.of(workspace, &version, caller).await?;
        let title = version.schema.title().unwrap_or_else(|| version.widget_name.as_str().to_owned());
        Ok(RenderPayload {
            message: None,
            widget: version.widget,
            widget_key,
            version: version.version,
            module,
            data: None,
            props: JsonText::empty_object(),
            text: None,
            title,
        })
    }

    /// The version that a message was sent with, and its workspace: the caller's, or that of pre-built widgets, also of those
    /// that this release no longer has.
    async fn version_of(
        &self,
        workspace: &WorkspaceId,
        message: &Message,
    ) -> Result<(WorkspaceId, WidgetVersion), AppError> {
        let homes = [self.widgets.home(workspace, message.widget), prebuilt_workspace()];
        for home in homes {
            let found = self.versions.find_version(&home, message.widget, message.widget_version).await?;
            if let Some(version) = found {
                return Ok((home, version));
            }
        }
        Err(AppError::Internal(format!("the version of message {} is missing", message.id)))
    }

    /// The props that the message's peer has now; none when the binding is gone or no peer was named.
    async fn props_of(&self, workspace: &WorkspaceId, message: &Message) -> Result<JsonText, AppError> {
        let Some(peer) = &message.peer else { return Ok(JsonText::empty_object()) };
        let binding = self.bindings.find_by_widget(workspace, peer, message.widget).await?;
        let props = binding.and_then(|binding| binding.config.default_props);
        Ok(props.map_or_else(JsonText::empty_object, |props| props.beside_data()))
    }

    /// A version of an existing widget, its key, and its workspace.
    async fn choose(
        &self,
        by: &Principal,
        id: WidgetId,
        version: Option<Version>,
    ) -> Result<(WorkspaceId, WidgetKey, WidgetVersion), AppError> {
        let widget = self.widgets.by_id(&by.workspace, id).await?;
        let workspace = self.widgets.home(&by.workspace, id);
        let found = self.versions.find_version(&workspace, id, version.unwrap_or(widget.version())).await?;
        Ok((workspace, widget.key().clone(), found.ok_or(AppError::VersionNotFound)?))
    }

    /// The first example that fits: of those in the schema, then a pre-built widget's example data. Examples that are not
    /// cheap to check are skipped, of which a warning told the author when the schema was saved.
    async fn example(&self, by: &Principal, version: &WidgetVersion) -> Result<Option<JsonText>, AppError> {
        let own = self.widgets.prebuilt.by_id(version.widget).map(|published| published.widget.example.text().clone());
        let texts = version.schema.examples().into_iter().chain(own);
        let examples = texts.filter_map(|text| JsonDocument::parse_data(text, &FieldPath::root("data")).ok());
        let mut examples: Vec<JsonDocument> = examples.collect();
        if examples.is_empty() {
            return Ok(None);
        }
        let index = self.reviewer.schemas.first_fitting(&version.schema, &examples, by).await?;
        Ok(index.map(|index| examples.swap_remove(index).into_text()))
    }
}
