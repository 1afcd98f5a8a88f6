use actix_web::{HttpResponse, web};
use app::Review;
use domain::{access::Manager, component::ComponentError};
use schema::{field::FieldError, json::JsonText};
use serde_json::Value;

use super::fields;
use crate::{
    HttpState,
    request::{Caller, Object, RequestBody, describe_bodies},
    response::{ApiError, Success, ValidationError, ValidationView, ok},
};

describe_bodies! {
    /// A schema and a component to check. Values of any type are accepted; the answer says what is wrong with them.
    ValidateWidget {
        /// JSON Schema (draft-07, 2019-09 or 2020-12).
        #[schema(value_type = Option<Value>)]
        schema: Option<Value>,
        /// A JavaScript module with JSX.
        #[schema(value_type = Option<Value>)]
        component: Option<Value>,
    }
}

/// Validate a widget
///
/// Checks a schema and a component as creating would, and saves nothing. What is wrong with either is part of the answer,
/// which is always 200.
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
    body: RequestBody,
) -> Result<HttpResponse, ApiError> {
    let body = body.read(&caller).await?;
    let (schema, component) = body.read_with(&state, read).await?;
    let schema = match schema {
        Ok(text) => state.reviewer.schema(text, &caller).await?,
        Err(errors) => Review { outcome: Err(errors), warnings: Vec::new() },
    };
    let component = match component {
        Ok(source) => state.reviewer.component(&source, caller.key).await?,
        Err(errors) => Review { outcome: Err(errors.into_iter().map(no_source).collect()), warnings: Vec::new() },
    };
    let (schema_valid, component_valid) = (schema.outcome.is_ok(), component.outcome.is_ok());
    let mut errors: Vec<ValidationError> = schema.outcome.err().into_iter().flatten().map(Into::into).collect();
    errors.extend(component.outcome.err().into_iter().flatten().map(ValidationError::from));
    let component_warnings = component.warnings.iter().map(ToString::to_string);
    let warnings = schema.warnings.into_iter().chain(component_warnings).collect();
    let valid = schema_valid && component_valid;
    Ok(ok(ValidationView { valid, schema_valid, component_valid, errors, warnings }))
}

/// A part to review, or why the body has none.
type Part<T> = Result<T, Vec<FieldError>>;

/// Reads both parts as `create` does. Their errors belong to the answer; those of other members fail the request.
fn read(mut body: Object<'_>) -> Result<(Part<JsonText>, Part<String>), ApiError> {
    let schema = body.separately(|body| {
        body.require("schema");
        fields::schema(body)
    });
    let component = body.separately(|body| {
        body.require("component");
        fields::component(body)
    });
    body.finish(Some((schema, component)))
}

/// The error of a component that is not even a text.
fn no_source(FieldError { message, .. }: FieldError) -> ComponentError {
    ComponentError { line: 1, column: 1, message, code: "source".to_owned() }
}
