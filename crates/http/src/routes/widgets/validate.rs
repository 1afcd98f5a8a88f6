use actix_web::{HttpRequest, HttpResponse, web};
use app::{RenderOutcome, ReviewedComponent, ReviewedSchema};
use domain::{
    access::Manager, component::ComponentError, module::CompiledModule, resources::Resources, styles::Styles,
};
use ports::{RenderWarning, ReviewSettings};
use schema::{
    field::{FieldError, FieldPath},
    json::{JsonDocument, JsonText},
};
use serde_json::Value;

use super::fields;
use crate::{
    HttpState,
    request::{Caller, Object, RequestBody, describe_bodies, own_origin},
    response::{ApiError, RenderedView, Success, ValidationError, ValidationView, ok},
};

describe_bodies! {
    /// A schema and a component to check, and what the component loads from other origins. Values of any type are accepted; the answer says what is wrong with them.
    ValidateWidget {
        /// JSON Schema (draft-07, 2019-09 or 2020-12).
        #[schema(value_type = Option<Value>)]
        schema: Option<Value>,
        /// A JavaScript or TypeScript module with JSX.
        #[schema(value_type = Option<Value>)]
        component: Option<Value>,
        /// What it loads from other origins.
        #[schema(value_type = Option<Value>)]
        resources: Option<Value>,
        /// Whether it is styled with Tailwind CSS: `auto` if absent.
        #[schema(value_type = Option<Value>)]
        styles: Option<Value>,
        /// Whether to render the component too, without a browser.
        #[schema(value_type = Option<Value>)]
        render: Option<Value>,
        /// The data to render with; the first valid example of the schema if absent.
        #[schema(value_type = Option<Value>)]
        data: Option<Value>,
    }
}

/// Validate a widget
///
/// Checks a schema, a component and its settings as creating would, and saves nothing. With `render` it also renders the component without a
/// browser, and what that throws makes it invalid. What is wrong is part of the answer, which is always 200.
#[utoipa::path(
    post, path = "/api/v1/widget/validate", operation_id = "validateWidget", tag = "Widgets",
    request_body = ValidateWidget,
    responses(
        (status = 200, description = "What was found", body = Success<ValidationView>),
    )
)]
pub(crate) async fn handle(
    state: web::Data<HttpState>,
    caller: Caller<Manager>,
    request: HttpRequest,
    body: RequestBody,
) -> Result<HttpResponse, ApiError> {
    let body = body.read(&caller).await?;
    let Parts { schema, component, resources, styles, render } = body.read_with(&state, read).await?;
    let (resources, mut resource_errors) = or_default(resources);
    let (styles, style_errors) = or_default(styles);
    let own = own_origin(&request, state.public_url());
    resource_errors.extend(fields::errors_of_own_origin(&resources, own.as_deref()));
    let schema = match schema {
        Ok(text) => state.reviewer.schema(text, &caller).await?,
        Err(errors) => ReviewedSchema { outcome: Err(errors), warnings: Vec::new() },
    };
    let component = match component {
        Ok(source) => {
            let settings = ReviewSettings { resources: resources.clone(), styles };
            state.reviewer.component(&source, &settings, caller.key).await?
        }
        Err(errors) => ReviewedComponent::refused(errors.into_iter().map(no_source).collect()),
    };
    let (schema_valid, component_valid) = (schema.outcome.is_ok(), component.outcome.is_ok());
    let valid_schema = schema.outcome.as_ref().ok().cloned();
    let mut errors: Vec<ValidationError> = schema.outcome.err().into_iter().flatten().map(Into::into).collect();
    let module = component.outcome.as_ref().ok().map(|component| component.module.clone());
    errors.extend(component.outcome.err().into_iter().flatten().map(ValidationError::from));
    let (render, mut render_errors) = or_default(render);
    let mut rendered = None;
    let mut render_warnings = Vec::new();
    if let (Some(data), Some(module), Some(schema)) = (render, &module, &valid_schema) {
        match state.render_test.run(module, schema, data, &caller).await? {
            RenderOutcome::Rendered(report) => {
                errors.extend(report.outcome.as_ref().err().map(ValidationError::of_render));
                render_warnings.extend(report.warnings.iter().map(render_warning));
                rendered = report.outcome.ok().map(RenderedView::from);
            }
            RenderOutcome::InvalidData(errors) => render_errors.extend(errors),
            RenderOutcome::NoData => render_warnings.push(NO_DATA.to_owned()),
            RenderOutcome::Unavailable => render_warnings.push(NO_RENDER_TEST.to_owned()),
        }
    }
    let of_data = |FieldError { field, message }| ValidationError::Data { field, message };
    errors.extend(render_errors.into_iter().map(of_data));
    let component_valid = component_valid && !errors.iter().any(ValidationError::is_of_component);
    let valid = errors.is_empty() && schema_valid && resource_errors.is_empty() && style_errors.is_empty();
    let of_resources = |FieldError { field, message }| ValidationError::Resources { field, message };
    let of_styles = |FieldError { field, message }| ValidationError::Styles { field, message };
    errors.extend(resource_errors.into_iter().map(of_resources));
    errors.extend(style_errors.into_iter().map(of_styles));
    let component_warnings = component.warnings.iter().map(ToString::to_string);
    let warnings = schema.warnings.into_iter().chain(component_warnings);
    let warnings = warnings.chain(state.reviewer.warnings_of(&resources)).chain(render_warnings).collect();
    let summary = module.as_ref().map(CompiledModule::summary).filter(|summary| summary.library_set.is_some());
    Ok(ok(ValidationView {
        valid,
        schema_valid,
        component_valid,
        errors,
        warnings,
        language: component.language,
        tailwind: module.as_ref().is_some_and(|module| module.stylesheet().is_some()),
        rendered,
        imports: summary.map(|summary| summary.imports.clone()),
        library_set: summary.and_then(|summary| summary.library_set),
        load_bytes: summary.and_then(|summary| summary.load_bytes),
    }))
}

const NO_DATA: &str =
    "The component was not rendered, since there is no data: send `data`, or give the schema valid `examples`";
const NO_RENDER_TEST: &str = "The component was not rendered, since this service was built without the render test";

/// A warning of the render test as a sentence.
fn render_warning(RenderWarning { message, position }: &RenderWarning) -> String {
    match position {
        Some(at) => format!("Line {}, column {}: {message}", at.line, at.column),
        None => message.clone(),
    }
}

/// A part to review, or why the body has none.
type Part<T> = Result<T, Vec<FieldError>>;

struct Parts {
    schema: Part<JsonText>,
    component: Part<String>,
    resources: Part<Resources>,
    styles: Part<Styles>,
    render: Part<Option<Option<JsonDocument>>>,
}

/// Whether to render, and with which data.
fn render(body: &mut Object<'_>) -> Option<Option<Option<JsonDocument>>> {
    let (is_present, data) = (body.present("render"), body.take("data"));
    let renders = body.optional_bool("render").or((!is_present).then_some(false))?;
    let Some(raw) = data.filter(|_| renders) else { return Some(renders.then_some(None)) };
    let document = JsonDocument::parse_data(JsonText::from_raw(raw), &FieldPath::root("data"));
    document.map(|document| Some(Some(document))).map_err(|error| body.push(error)).ok()
}

/// The part, or its default and its errors.
fn or_default<T: Default>(part: Part<T>) -> (T, Vec<FieldError>) {
    match part {
        Ok(part) => (part, Vec::new()),
        Err(errors) => (T::default(), errors),
    }
}

/// Reads the parts as `create` does. Their errors belong to the answer; those of other members fail the request.
fn read(mut body: Object<'_>) -> Result<Parts, ApiError> {
    let schema = body.separately(|body| {
        body.require("schema");
        fields::schema(body)
    });
    let component = body.separately(|body| {
        body.require("component");
        fields::component(body)
    });
    let resources = body.separately(|body| {
        let is_present = body.present("resources");
        fields::resources(body).or((!is_present).then(Resources::default))
    });
    let styles = body.separately(|body| {
        let is_present = body.present("styles");
        fields::styles(body).or((!is_present).then(Styles::default))
    });
    let render = body.separately(render);
    body.finish(Some(Parts { schema, component, resources, styles, render }))
}

/// The error of a component that is not even a text.
fn no_source(FieldError { message, .. }: FieldError) -> ComponentError {
    ComponentError { line: 1, column: 1, message, code: "source".to_owned() }
}
