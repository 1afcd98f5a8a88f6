//! Checks every answer against the OpenAPI document, so that each test proves a part of it.
//!
//! An OpenAPI 3.1 schema is a JSON Schema of 2020-12. Objects are closed first: a member that the document does not name
//! is a difference too.

use std::{collections::HashMap, sync::LazyLock};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::{ROUTES, Response};

struct Contract {
    /// By method, template and status.
    answers: HashMap<(String, String, String), Validator>,
    /// By method and template.
    bodies: HashMap<(String, String), Validator>,
}

static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
    let document: Value = serde_json::from_str(&http::openapi::json()).unwrap();
    let mut components = document["components"].clone();
    close_objects(&mut components);
    let validator = |schema: &Value| {
        let mut schema = schema.clone();
        close_objects(&mut schema);
        let whole = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "components": components,
            "allOf": [schema],
        });
        jsonschema::options()
            .should_validate_formats(true)
            .build(&whole)
            .unwrap_or_else(|error| panic!("{schema}: {error}"))
    };
    let (mut answers, mut bodies) = (HashMap::new(), HashMap::new());
    for (template, item) in members(&document["paths"]) {
        for (method, operation) in members(item) {
            let method = method.to_uppercase();
            for (status, answer) in members(&operation["responses"]) {
                let answer = resolved(&document, answer);
                if let Some(schema) = answer["content"]["application/json"].get("schema") {
                    answers.insert((method.clone(), template.clone(), status.clone()), validator(schema));
                }
            }
            if let Some(schema) = operation["requestBody"]["content"]["application/json"].get("schema") {
                bodies.insert((method, template.clone()), validator(schema));
            }
        }
    }
    Contract { answers, bodies }
});

/// Panics if the answer is not in the document, or if the service accepted a body that does not match it.
#[track_caller]
pub(super) fn check(method: &str, path: &str, sent: Option<&[u8]>, response: &Response) {
    let Some(template) = template_of(method, path) else { return };
    if method == "HEAD" || response.status == 304 {
        return;
    }
    let validator = CONTRACT.answers.get(&(method.to_owned(), template.to_owned(), response.status.to_string()));
    if response.header("content-type") == "application/json" {
        let validator =
            validator.unwrap_or_else(|| panic!("{method} {template}: {} is not documented", response.status));
        validate(validator, &response.json(), &format!("the answer to {method} {path}"));
    }
    if (200..300).contains(&response.status)
        && let Some(validator) = CONTRACT.bodies.get(&(method.to_owned(), template.to_owned()))
    {
        let sent: Value = match serde_json::from_slice(sent.unwrap_or_default()) {
            Ok(sent) => sent,
            // What is wrong with a part is what `validate` is asked: nested beyond what a reader takes, a lone surrogate.
            Err(_) if template.ends_with("/validate") => return,
            Err(error) => panic!("{method} {path} accepted what is no JSON: {error}"),
        };
        validate(validator, &sent, &format!("the accepted body of {method} {path}"));
    }
}

#[track_caller]
fn validate(validator: &Validator, value: &Value, what: &str) {
    let errors: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{what} is not what the OpenAPI document says: {errors:#?}");
}

/// The template of the route that a path matches. Literal parts take precedence over parameters.
fn template_of(method: &str, path: &str) -> Option<&'static str> {
    let path = path.split('?').next().unwrap_or_default();
    let literal = |template: &str| template.split(['{', '}']).step_by(2).map(str::len).sum::<usize>();
    let fits = |template: &str| {
        let (wanted, given) = (template.split('/'), path.split('/'));
        wanted.clone().count() == given.clone().count()
            && wanted.zip(given).all(|(wanted, given)| fits_segment(wanted, given).is_some())
    };
    let fitting = ROUTES.iter().filter(|route| fits(route.template));
    let best = fitting.max_by_key(|route| literal(route.template))?.template;
    ROUTES.iter().find(|route| route.template == best && route.method == method).map(|route| route.template)
}

/// `Some` if a segment of a path fits that of a template. Parameters may stand between literals, as in `frame-{version}.html`.
fn fits_segment(template: &str, given: &str) -> Option<()> {
    let mut literals: Vec<&str> = template.split(['{', '}']).step_by(2).collect();
    let last = literals.pop().filter(|_| !literals.is_empty());
    let Some(last) = last else { return (template == given).then_some(()) };
    let mut rest = given.strip_prefix(literals.remove(0))?;
    for literal in literals {
        let (parameter, after) = rest.split_once(literal)?;
        if parameter.is_empty() {
            return None;
        }
        rest = after;
    }
    rest.strip_suffix(last).filter(|parameter| !parameter.is_empty()).map(|_| ())
}

/// The target of a reference; other values unchanged.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let pointer = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    pointer.map_or(value, |pointer| document.pointer(pointer).unwrap_or_else(|| panic!("nothing stands at {pointer}")))
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// Adds `additionalProperties: false` to each schema that lists the members of an object. A schema without `type`, which
/// only adds to another one, stays open.
fn close_objects(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.values_mut().for_each(close_objects);
            if is_open_object(members) {
                members.insert("additionalProperties".to_owned(), false.into());
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(close_objects),
        _ => {}
    }
}

fn is_open_object(schema: &Map<String, Value>) -> bool {
    schema.get("type").is_some_and(|kind| kind == "object")
        && schema.contains_key("properties")
        && !schema.contains_key("additionalProperties")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(method: &str, template: &str, status: &str, body: &Value) -> bool {
        let key = (method.to_owned(), template.to_owned(), status.to_owned());
        !CONTRACT.answers[&key].is_valid(body)
    }

    #[test]
    fn an_answer_that_differs_from_the_document_is_detected() {
        let failure = |members: Value| refused("GET", "/api/v1/widget", "401", &members);
        assert!(!failure(json!({"success": false, "error": "e", "code": "unauthorized", "details": {"x": 1}})));
        assert!(
            failure(json!({"success": false, "error": "e", "code": "forbidden"})),
            "the code belongs to another status"
        );
        assert!(failure(json!({"success": false, "error": "e"})), "a member is missing");
        assert!(
            failure(json!({"success": false, "error": "e", "code": "unauthorized", "cause": "x"})),
            "a member is too many"
        );
        assert!(failure(json!({"success": "no", "error": "e", "code": "unauthorized"})), "a member is of another type");
        let list = |total: Value, widgets: Value| {
            let pagination = json!({"page": 1, "limit": 20, "total": total, "pages": 1});
            let body = json!({"success": true, "data": {"widgets": widgets, "pagination": pagination}});
            refused("GET", "/api/v1/widget", "200", &body)
        };
        assert!(!list(json!(1), json!([])));
        assert!(
            list(json!("1"), json!([])) && list(json!(1), json!([{"id": "widget_x"}])),
            "inner members are checked too"
        );
    }

    #[test]
    fn every_operation_that_reads_or_returns_json_is_checked_against_the_document() {
        for route in ROUTES.iter().filter(|route| route.template.starts_with("/api/v1")) {
            let status = |status: &str| (route.method.to_owned(), route.template.to_owned(), status.to_owned());
            let success = ["200", "201"].into_iter().any(|code| CONTRACT.answers.contains_key(&status(code)));
            assert!(success && CONTRACT.answers.contains_key(&status("401")), "{route:?}");
            let body = (route.method.to_owned(), route.template.to_owned());
            assert_eq!(CONTRACT.bodies.contains_key(&body), route.takes_body(), "{route:?}");
        }
    }
}
