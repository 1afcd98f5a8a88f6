//! Review of schemas and components before they are saved.

use std::sync::Arc;

use domain::{
    access::Principal,
    component::{ComponentError, ComponentSource, ComponentWarning, Language},
    id::ApiKeyId,
    module::Component,
    origin::AllowedOrigins,
    resources::Resources,
};
use ports::{ComponentReview, ComponentReviewer, ReviewSettings, SchemaChecker, SchemaReview};
use schema::{
    Schema,
    field::FieldError,
    json::{JsonDocument, JsonText},
};

use crate::AppError;

/// Checks schemas and components. Validating and saving a widget use the same review.
pub struct Reviewer {
    /// Checks schemas, and data against them.
    pub schemas: Arc<dyn SchemaChecker>,
    /// Checks and compiles components.
    pub components: Arc<dyn ComponentReviewer>,
    /// The origins that the operator allows to widgets.
    pub origins: AllowedOrigins,
}

/// The result of a review of a schema.
#[derive(Debug)]
pub struct ReviewedSchema {
    /// The schema if it is accepted, or its errors.
    pub outcome: Result<Schema, Vec<FieldError>>,
    /// What is accepted but should change.
    pub warnings: Vec<String>,
}

/// The result of a review of a component.
#[derive(Debug)]
pub struct ReviewedComponent {
    /// The component if it is accepted, or its errors.
    pub outcome: Result<Component, Vec<ComponentError>>,
    /// What is accepted but should change.
    pub warnings: Vec<ComponentWarning>,
    /// The language of the source, unless its syntax is wrong.
    pub language: Option<Language>,
}

impl ReviewedComponent {
    /// A component that cannot be read.
    pub fn refused(errors: Vec<ComponentError>) -> Self {
        Self { outcome: Err(errors), warnings: Vec::new(), language: None }
    }
}

impl Reviewer {
    /// Reviews the text of a schema on behalf of a caller.
    pub async fn schema(&self, text: JsonText, by: &Principal) -> Result<ReviewedSchema, AppError> {
        let SchemaReview { outcome, warnings } = self.schemas.review(text, by).await?;
        Ok(ReviewedSchema { outcome, warnings })
    }

    /// Reviews the source of a component with these settings, on behalf of a caller.
    pub async fn component(
        &self,
        source: &str,
        settings: &ReviewSettings,
        caller: ApiKeyId,
    ) -> Result<ReviewedComponent, AppError> {
        let source = match parse(source) {
            Ok(source) => source,
            Err(error) => return Ok(ReviewedComponent::refused(vec![error])),
        };
        let ComponentReview { outcome, warnings, language } = self.components.review(&source, settings, caller).await?;
        let component = |module| {
            let language = language.unwrap_or_default();
            Component { source, language, styles: settings.styles, module }
        };
        Ok(ReviewedComponent { outcome: outcome.map(component), warnings, language })
    }

    /// A warning for each declared origin that the operator does not allow. The widget can be saved, and the origin is blocked.
    pub fn warnings_of(&self, resources: &Resources) -> Vec<String> {
        let lists = Resources::LISTS
            .iter()
            .flat_map(|(name, list)| list(resources).iter().enumerate().map(move |it| (name, it)));
        let blocked = lists.filter(|(_, (_, origin))| !self.origins.allows(origin));
        let warning = |(name, (index, origin))| {
            format!(
                "resources.{name}[{index}]: the operator does not allow {origin}, so browsers block it; ask \
                 the operator to add it to WIDGETD_WIDGET_ORIGINS"
            )
        };
        blocked.map(warning).collect()
    }

    /// Checks data against a schema. `refusal` converts the errors of invalid data into the error of the use case.
    pub(crate) async fn check_data(
        &self,
        schema: &Schema,
        data: &JsonDocument,
        root: &str,
        by: &Principal,
        refusal: impl FnOnce(Vec<FieldError>) -> AppError,
    ) -> Result<(), AppError> {
        let errors = self.schemas.check_data(schema, data, root, by).await?;
        if errors.is_empty() { Ok(()) } else { Err(refusal(errors)) }
    }

    /// Reviews the schema and the component of a widget before it is saved. Fails with the errors of both.
    pub(crate) async fn schema_and_component(
        &self,
        schema: JsonText,
        component: &str,
        settings: &ReviewSettings,
        by: &Principal,
    ) -> Result<(Schema, Component), AppError> {
        match self.changed_parts(Some(schema), Some(component), settings, by).await? {
            (Some(schema), Some(component)) => Ok((schema, component)),
            _ => Err(AppError::Internal("a review of schema and component lacks one of them".to_owned())),
        }
    }

    /// Reviews the schema and the component of an edit, each if present. Fails with the errors of both.
    pub(crate) async fn changed_parts(
        &self,
        schema: Option<JsonText>,
        component: Option<&str>,
        settings: &ReviewSettings,
        by: &Principal,
    ) -> Result<(Option<Schema>, Option<Component>), AppError> {
        let schema = match schema {
            Some(text) => Some(self.schema(text, by).await?.outcome),
            None => None,
        };
        let component = match component {
            Some(source) => Some(self.component(source, settings, by.key).await?.outcome),
            None => None,
        };
        match (schema.transpose(), component.transpose()) {
            (Ok(schema), Ok(component)) => Ok((schema, component)),
            (schema, component) => Err(AppError::WidgetRejected {
                schema_errors: schema.err().unwrap_or_default(),
                component_errors: component.err().unwrap_or_default(),
            }),
        }
    }
}

fn parse(source: &str) -> Result<ComponentSource, ComponentError> {
    ComponentSource::parse(source).map_err(|invalid| ComponentError {
        line: 1,
        column: 1,
        message: invalid.0,
        code: "source".to_owned(),
    })
}
