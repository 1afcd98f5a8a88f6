//! Use cases of widgets.

use std::sync::Arc;

use domain::{
    access::{Manager, Principal},
    id::WidgetId,
    idempotency::Attempt,
    module::Component,
    resources::Resources,
    revision::Precondition,
    styles::Styles,
    widget::{
        Category, Description, Page, Tags, Widget, WidgetChange, WidgetDraft, WidgetFilter, WidgetKey, WidgetName,
        WidgetPage, WidgetWithUsage,
    },
};
use ports::{BindingStore, Clock, Creation, IdSource, ReviewSettings, WidgetStore};
use schema::{field::FieldError, json::JsonText};

use crate::{AppError, RenderTest, Reviewer, WidgetResolver, resolver::Resolved};

/// Creates, finds, edits and deletes widgets.
pub struct Widgets {
    /// Stores the widgets of workspaces.
    pub store: Arc<dyn WidgetStore>,
    /// Finds widgets, including pre-built ones.
    pub widgets: WidgetResolver,
    /// Stores the bindings of widgets to peers.
    pub bindings: Arc<dyn BindingStore>,
    /// Checks schemas and components.
    pub reviewer: Arc<Reviewer>,
    /// Renders saved components with their examples.
    pub render_test: Arc<RenderTest>,
    /// The service's clock.
    pub clock: Arc<dyn Clock>,
    /// Generates ids.
    pub ids: Arc<dyn IdSource>,
}

/// A widget to create, before schema and component are reviewed.
#[derive(Debug)]
pub struct NewWidget {
    /// Unique in the workspace.
    pub key: WidgetKey,
    /// Shown to people.
    pub name: WidgetName,
    /// Shown to people and agents.
    pub description: Description,
    /// One of the reference's six.
    pub category: Category,
    /// Tags to filter by.
    pub tags: Tags,
    /// The text of the schema.
    pub schema: JsonText,
    /// The source of the component.
    pub component: String,
    /// What it loads from other origins, and its styles.
    pub settings: ReviewSettings,
}

/// An edit of a widget, before schema and component are reviewed. Absent fields stay unchanged.
#[derive(Debug, Default)]
pub struct WidgetEdit {
    /// The key, if the caller sends it. It must equal the widget's key.
    pub key: Option<String>,
    /// New name.
    pub name: Option<WidgetName>,
    /// New description.
    pub description: Option<Description>,
    /// New category.
    pub category: Option<Category>,
    /// New tags; they replace all current ones.
    pub tags: Option<Tags>,
    /// The text of a new schema.
    pub schema: Option<JsonText>,
    /// A new source.
    pub component: Option<String>,
    /// New resources; they replace all current ones.
    pub resources: Option<Resources>,
    /// New setting of styles.
    pub styles: Option<Styles>,
}

/// A widget of the workspace or a pre-built one.
#[derive(Debug)]
pub enum FoundWidget {
    /// A widget of the workspace.
    Own(Box<WidgetWithUsage>),
    /// A pre-built widget, and the number of peers of the workspace that it is bound to.
    Prebuilt(Arc<crate::PublishedWidget>, u64),
}

impl Widgets {
    /// Creates a widget, once for each idempotency key. Also returns what a render test with an example of the schema warns of.
    pub async fn create(
        &self,
        by: &Manager,
        new: NewWidget,
        attempt: Option<&Attempt>,
    ) -> Result<(Creation<Widget>, Vec<String>), AppError> {
        if let Some(attempt) = attempt
            && let Some(widget) = self.store.replay(&by.workspace, attempt).await?
        {
            return Ok((Creation::Replayed(widget), Vec::new()));
        }
        let (schema, component) =
            self.reviewer.schema_and_component(new.schema, &new.component, &new.settings, by).await?;
        let Component { source: component, language, styles, module } = component;
        let NewWidget { key, name, description, category, tags, settings, .. } = new;
        let resources = settings.resources;
        let draft =
            WidgetDraft { key, name, description, category, tags, schema, component, language, resources, styles };
        let id = WidgetId::from_uuid(self.ids.next_uuid());
        let widget = Widget::create(draft, id, by.user.clone(), self.clock.now());
        let created = self.store.create(&by.workspace, &widget, &module, attempt).await;
        let created = created.map_err(|error| AppError::from_create_error(&widget.key, error))?;
        let warnings = match &created {
            Creation::Created(widget) => self.render_test.warnings(&module, &widget.schema, by).await,
            Creation::Replayed(_) => Vec::new(),
        };
        Ok((created, warnings))
    }

    /// Finds one widget by its id, with the number of its bindings.
    pub async fn find(&self, by: &Principal, id: WidgetId) -> Result<FoundWidget, AppError> {
        match self.widgets.by_id(&by.workspace, id).await? {
            Resolved::Own(found) => Ok(FoundWidget::Own(found)),
            Resolved::Prebuilt(published) => {
                let usage_count = self.bindings.usage_count(&by.workspace, id).await?;
                Ok(FoundWidget::Prebuilt(published, usage_count))
            }
        }
    }

    /// Lists a page of the workspace's own widgets, newest first.
    pub async fn list(&self, by: &Principal, filter: &WidgetFilter, page: Page) -> Result<WidgetPage, AppError> {
        Ok(self.store.list(&by.workspace, filter, page).await?)
    }

    /// Applies an edit to a widget. Also returns what a render test of a new component with an example of the schema warns of. Changes of schema, component, resources or styles create a new version.
    pub async fn update(
        &self,
        by: &Manager,
        id: WidgetId,
        edit: WidgetEdit,
        precondition: &Precondition,
    ) -> Result<(WidgetWithUsage, Vec<String>), AppError> {
        self.widgets.refuse_prebuilt(id)?;
        // An edit of a widget that does not exist in the workspace fails before anything is reviewed.
        let current = self.store.find(&by.workspace, id).await?.ok_or(AppError::WidgetNotFound)?.widget;
        if edit.key.is_some_and(|key| key != current.key.as_str()) {
            let error = FieldError::new("key", "A widget's key cannot be changed");
            return Err(AppError::InvalidRequest(vec![error]));
        }
        // `current` may come from a cache and be a second old. The store checks the precondition again.
        if !precondition.may_be_met_after(current.revision) {
            return Err(AppError::Stale);
        }
        let settings = ReviewSettings {
            resources: edit.resources.clone().unwrap_or_else(|| current.resources.clone()),
            styles: edit.styles.unwrap_or(current.styles),
        };
        // Without origins for its requests, the current component may break a rule.
        let loses_network = settings.resources.connect.is_empty() && !current.resources.connect.is_empty();
        let is_kept = edit.component.is_none();
        let needs_review = loses_network || settings.styles != current.styles;
        let reviewed = edit.component.as_deref().or(needs_review.then(|| current.component.as_str()));
        let (schema, compiled) = self.reviewer.changed_parts(edit.schema, reviewed, &settings, by).await?;
        let change = WidgetChange {
            name: edit.name,
            description: edit.description,
            category: edit.category,
            tags: edit.tags,
            schema,
            // Another edit may have changed the component meanwhile, and is not lost.
            component: compiled.as_ref().filter(|_| !is_kept).map(|compiled| compiled.source.clone()),
            resources: edit.resources,
            styles: edit.styles,
            compiled: compiled.clone(),
        };
        let updated = self.store.update(&by.workspace, id, change, precondition, self.clock.now()).await?;
        let warnings = match compiled.filter(|_| !is_kept) {
            Some(compiled) => self.render_test.warnings(&compiled.module, &updated.widget.schema, by).await,
            None => Vec::new(),
        };
        Ok((updated, warnings))
    }

    /// Deletes a widget that is bound to no peer.
    pub async fn delete(&self, by: &Manager, id: WidgetId, precondition: &Precondition) -> Result<(), AppError> {
        self.widgets.refuse_prebuilt(id)?;
        Ok(self.store.delete(&by.workspace, id, precondition, self.clock.now()).await?)
    }
}
