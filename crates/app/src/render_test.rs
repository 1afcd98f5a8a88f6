//! The render test: renders a component without a browser, to find what it throws.

use std::sync::Arc;

use domain::{access::Principal, module::CompiledModule};
use ports::{ComponentRenderer, RenderError, RenderReport, RenderWarning};
use schema::{
    Schema,
    field::{FieldError, FieldPath},
    json::{JsonDocument, JsonText},
};

use crate::{AppError, Reviewer};

/// Renders components that passed the review.
pub struct RenderTest {
    /// Renders components; `None` if the service was built without it.
    pub renderer: Option<Arc<dyn ComponentRenderer>>,
    /// Checks data against schemas.
    pub reviewer: Arc<Reviewer>,
}

/// What a render test found.
#[derive(Debug)]
pub enum RenderOutcome {
    /// The component was rendered, or threw.
    Rendered(RenderReport),
    /// The data does not fit the schema.
    InvalidData(Vec<FieldError>),
    /// There is no data: the caller sent none, and the schema has no valid example.
    NoData,
    /// The service was built without the render test.
    Unavailable,
}

impl RenderTest {
    /// Renders a module with this data or, without it, with the first valid example of the schema.
    pub async fn run(
        &self,
        module: &CompiledModule,
        schema: &Schema,
        data: Option<JsonDocument>,
        by: &Principal,
    ) -> Result<RenderOutcome, AppError> {
        let Some(renderer) = &self.renderer else { return Ok(RenderOutcome::Unavailable) };
        let data = match data {
            Some(data) => {
                let errors = self.reviewer.schemas.check_data(schema, &data, "data", by).await?;
                if !errors.is_empty() {
                    return Ok(RenderOutcome::InvalidData(errors));
                }
                data.into_text()
            }
            None => match self.reviewer.first_valid(schema, schema.examples(), by).await? {
                Some(example) => example,
                None => return Ok(RenderOutcome::NoData),
            },
        };
        Ok(RenderOutcome::Rendered(renderer.render(module, &data, &JsonText::empty_object(), by.key).await?))
    }

    /// Sentences about what a saved component throws, and what React warns of, when it is rendered with the schema's example. A test that
    /// fails for another reason finds nothing.
    pub(crate) async fn warnings(&self, module: &CompiledModule, schema: &Schema, by: &Principal) -> Vec<String> {
        if schema.examples().is_empty() {
            return Vec::new();
        }
        let Ok(RenderOutcome::Rendered(report)) = self.run(module, schema, None, by).await else { return Vec::new() };
        let error = report.outcome.err().map(|RenderError { message, position }| RenderWarning {
            message: format!("throws when it is rendered: {message}"),
            position,
        });
        error.iter().chain(&report.warnings).map(ToString::to_string).collect()
    }
}

impl Reviewer {
    /// The first of these texts that is valid data. Texts that are not cheap to check are skipped.
    pub(crate) async fn first_valid(
        &self,
        schema: &Schema,
        texts: impl IntoIterator<Item = JsonText>,
        by: &Principal,
    ) -> Result<Option<JsonText>, AppError> {
        let root = FieldPath::root("data");
        let examples = texts.into_iter().filter_map(|text| JsonDocument::parse_data(text, &root).ok());
        let mut examples: Vec<JsonDocument> = examples.collect();
        if examples.is_empty() {
            return Ok(None);
        }
        let index = self.schemas.first_fitting(schema, &examples, by).await?;
        Ok(index.map(|index| examples.swap_remove(index).into_text()))
    }
}
