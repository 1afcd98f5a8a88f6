use std::sync::Arc;

use domain::{
    access::Principal,
    component::{ComponentError, ComponentSource},
    id::ApiKeyId,
    module::Component,
};
use ports::{ComponentReview, ComponentReviewer, SchemaChecker, SchemaReview};
use schema::{
    Schema,
    field::FieldError,
    json::{JsonDocument, JsonText},
};

use crate::AppError;

/// Checks schemas and components: the same review for validating and for saving.
pub struct Reviewer {
    /// Checks schemas, and data against them.
    pub schemas: Arc<dyn SchemaChecker>,
    /// Checks components and compiles them.
    pub components: Arc<dyn ComponentReviewer>,
}

/// What a review of a schema or a component found.
#[derive(Debug)]
pub struct Review<T, E> {
    /// The thing, if it may be saved, or all that is wrong with it.
    pub verdict: Result<T, Vec<E>>,
    /// Advice, as sentences.
    pub warnings: Vec<String>,
}

impl Reviewer {
    /// Reviews the text of a schema on behalf of a caller.
    pub async fn schema(&self, text: JsonText, by: &Principal) -> Result<Review<Schema, FieldError>, AppError> {
        let SchemaReview { verdict, warnings } = self.schemas.review(text, by).await?;
        Ok(Review { verdict, warnings })
    }

    /// Reviews the source of a component on behalf of a caller.
    pub async fn component(
        &self,
        source: &str,
        caller: ApiKeyId,
    ) -> Result<Review<Component, ComponentError>, AppError> {
        let source = match parse(source) {
            Ok(source) => source,
            Err(error) => return Ok(Review { verdict: Err(vec![error]), warnings: Vec::new() }),
        };
        let ComponentReview { verdict, warnings } = self.components.review(&source, caller).await?;
        Ok(Review { verdict: verdict.map(|module| Component { source, module }), warnings })
    }

    /// Checks data against a schema. `refusal` turns what does not fit into the error of the use case.
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

    /// Reviews both parts of what is to be saved, and refuses with the errors of both.
    pub(crate) async fn saved(
        &self,
        schema: JsonText,
        component: &str,
        by: &Principal,
    ) -> Result<(Schema, Component), AppError> {
        match self.both(Some(schema), Some(component), by).await? {
            (Some(schema), Some(component)) => Ok((schema, component)),
            _ => Err(AppError::Internal("a review of both returned one".to_owned())),
        }
    }

    /// Reviews what there is of both, and refuses with the errors of both.
    pub(crate) async fn both(
        &self,
        schema: Option<JsonText>,
        component: Option<&str>,
        by: &Principal,
    ) -> Result<(Option<Schema>, Option<Component>), AppError> {
        let schema = match schema {
            Some(text) => Some(self.schema(text, by).await?.verdict),
            None => None,
        };
        let component = match component {
            Some(source) => Some(self.component(source, by.key).await?.verdict),
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
