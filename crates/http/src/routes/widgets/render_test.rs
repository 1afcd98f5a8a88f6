//! The render test of a validation: its members of the body, and what it adds to the answer.

use app::RenderOutcome;
use domain::{access::Manager, module::CompiledModule};
use schema::{
    Schema,
    field::{FieldError, FieldPath},
    json::{JsonDocument, JsonText},
};

use crate::{
    HttpState,
    request::Object,
    response::{ApiError, RenderedView, ValidationError},
};

const NO_DATA: &str =
    "The component was not rendered, since there is no data: send `data`, or give the schema valid `examples`";
const UNAVAILABLE: &str = "The component was not rendered, since this service was built without the render test";

/// A request to render the component.
pub(super) struct RenderRequest {
    /// The data to render with; the schema's example if absent.
    pub(super) data: Option<JsonDocument>,
}

/// What the render test adds to the answer.
#[derive(Default)]
pub(super) struct RenderFindings {
    pub(super) rendered: Option<RenderedView>,
    pub(super) errors: Vec<ValidationError>,
    pub(super) warnings: Vec<String>,
}

/// Reads `render` and `data`: `Some(None)` if nothing is to be rendered.
pub(super) fn read(body: &mut Object<'_>) -> Option<Option<RenderRequest>> {
    let (is_present, data) = (body.present("render"), body.take("data"));
    let renders = body.optional_bool("render").or((!is_present).then_some(false))?;
    if !renders {
        return Some(None);
    }
    let Some(raw) = data else { return Some(Some(RenderRequest { data: None })) };
    let document = JsonDocument::parse_data(JsonText::from_raw(raw), &FieldPath::root("data"));
    document.map(|document| Some(RenderRequest { data: Some(document) })).map_err(|error| body.push(error)).ok()
}

/// Renders a valid component with data of a valid schema.
pub(super) async fn run(
    state: &HttpState,
    by: &Manager,
    request: RenderRequest,
    module: &CompiledModule,
    schema: &Schema,
) -> Result<RenderFindings, ApiError> {
    let mut findings = RenderFindings::default();
    match state.render_test.run(module, schema, request.data, by).await? {
        RenderOutcome::Rendered(report) => {
            findings.errors.extend(report.outcome.as_ref().err().map(ValidationError::of_render));
            findings.warnings.extend(report.warnings.iter().map(ToString::to_string));
            findings.rendered = report.outcome.ok().map(RenderedView::from);
        }
        RenderOutcome::InvalidData(errors) => findings.errors.extend(errors.into_iter().map(of_data)),
        RenderOutcome::NoData => findings.warnings.push(NO_DATA.to_owned()),
        RenderOutcome::Unavailable => findings.warnings.push(UNAVAILABLE.to_owned()),
    }
    Ok(findings)
}

/// An error in the data to render with.
pub(super) fn of_data(FieldError { field, message }: FieldError) -> ValidationError {
    ValidationError::Data { field, message }
}
