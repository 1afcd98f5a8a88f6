//! Review of schemas and components before they are saved.

use std::sync::Arc;

use domain::{
    access::Principal,
    component::{ComponentError, ComponentSource, ComponentWarning},
    id::ApiKeyId,
    module::Component,
    origin::AllowedOrigins,
    resources::Resources,
};
use ports::{ComponentReview, ComponentReviewer, SchemaChecker, SchemaReview};
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

/// The result of a review of a schema or a component.
#[derive(Debug)]
pub struct Review<T, E, W> {
    /// The schema or component if it is accepted, or its errors.
    pub outcome: Result<T, Vec<E>>,
    /// What is accepted but should change.
    pub warnings: Vec<W>,
}

impl Reviewer {
    /// Reviews the text of a schema on behalf of a caller.
    pub async fn schema(&self, text: JsonText, by: &Principal) -> Result<Review<Schema, FieldError, String>, AppError> {
        let SchemaReview { outcome, warnings } = self.schemas.review(text, by).await?;
        Ok(Review { outcome, warnings })
    }

    /// Reviews the source of a component that declares these resources, on behalf of a caller.
    pub async fn component(
        &self,
        source: &str,
        resources: &Resources,
        caller: ApiKeyId,
    ) -> Result<Review<Component, ComponentError, ComponentWarning>, AppError> {
        let source = match parse(source) {
            Ok(source) => source,
            Err(error) => return Ok(Review { outcome: Err(vec![error]), warnings: Vec::new() }),
        };
        let ComponentReview { outcome, warnings, .. } = self.components.review(&source, resources, caller).await?;
        Ok(Review { outcome: outcome.map(|module| Component { source, module }), warnings })
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
        resources: &Resources,
        by: &Principal,
    ) -> Result<(Schema, Component), AppError> {
        match self.changed_parts(Some(schema), Some(component), resources, by).await? {
            (Some(schema), Some(component)) => Ok((schema, component)),
            _ => Err(AppError::Internal("a review of schema and component lacks one of them".to_owned())),
        }
    }

    /// Reviews the schema and the component of an edit, each if present. Fails with the errors of both.
    pub(crate) async fn changed_parts(
        &self,
        schema: Option<JsonText>,
        component: Option<&str>,
        resources: &Resources,
        by: &Principal,
    ) -> Result<(Option<Schema>, Option<Component>), AppError> {
        let schema = match schema {
            Some(text) => Some(self.schema(text, by).await?.outcome),
            None => None,
        };
        let component = match component {
            Some(source) => Some(self.component(source, resources, by.key).await?.outcome),
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
