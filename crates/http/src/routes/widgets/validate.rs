use actix_web::{HttpRequest, HttpResponse, web};
use app::{ReviewedComponent, ReviewedSchema};
use domain::{
    access::Manager, component::ComponentError, module::CompiledModule, resources::Resources, styles::Styles,
};
use ports::ReviewSettings;
use schema::{field::FieldError, json::JsonText};
use serde_json::Value;

use super::{
    fields,
    render_test::{self, RenderFindings, RenderRequest},
};
use crate::{
    HttpState,
    request::{Caller, Object, RequestBody, describe_bodies, own_origin},
    response::{ApiError, Success, ValidationError, ValidationView, ok},
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
    let (render, render_errors) = or_default(render);
    let found = match (render, &module, &valid_schema) {
        (Some(render), Some(module), Some(schema)) => render_test::run(&state, &caller, render, module, schema).await?,
        _ => RenderFindings::default(),
    };
    errors.extend(found.errors);
    errors.extend(render_errors.into_iter().map(render_test::of_data));
    let component_valid = component_valid && !errors.iter().any(ValidationError::is_of_component);
    let valid = errors.is_empty() && schema_valid && resource_errors.is_empty() && style_errors.is_empty();
    let of_resources = |FieldError { field, message }| ValidationError::Resources { field, message };
    let of_styles = |FieldError { field, message }| ValidationError::Styles { field, message };
    errors.extend(resource_errors.into_iter().map(of_resources));
    errors.extend(style_errors.into_iter().map(of_styles));
    let component_warnings = component.warnings.iter().map(ToString::to_string);
    let warnings = schema.warnings.into_iter().chain(component_warnings);
    let warnings = warnings.chain(state.reviewer.warnings_of(&resources)).chain(found.warnings).collect();
    let summary = module.as_ref().map(CompiledModule::summary).filter(|summary| summary.library_set.is_some());
    Ok(ok(ValidationView {
        valid,
        schema_valid,
        component_valid,
        errors,
        warnings,
        language: component.language,
        tailwind: module.as_ref().is_some_and(|module| module.stylesheet().is_some()),
        rendered: found.rendered,
        imports: summary.map(|summary| summary.imports.clone()),
        library_set: summary.and_then(|summary| summary.library_set),
        load_bytes: summary.and_then(|summary| summary.load_bytes),
    }))
}

/// A part to review, or why the body has none.
type Part<T> = Result<T, Vec<FieldError>>;

struct Parts {
    schema: Part<JsonText>,
    component: Part<String>,
    resources: Part<Resources>,
    styles: Part<Styles>,
    render: Part<Option<RenderRequest>>,
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
    let render = body.separately(render_test::read);
    body.finish(Some(Parts { schema, component, resources, styles, render }))
}

/// The error of a component that is not even a text.
fn no_source(FieldError { message, .. }: FieldError) -> ComponentError {
    ComponentError { line: 1, column: 1, message, code: "source".to_owned() }
}
