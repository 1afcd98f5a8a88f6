//! The examples of the document work on a new service, unchanged.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::harness::*;

/// Values from links of answers, by operation and parameter. The first one is kept, as on the page.
type Led = BTreeMap<(String, String), String>;

struct Operation {
    method: String,
    template: String,
    contents: Value,
}

impl Operation {
    fn id(&self) -> &str {
        self.contents["operationId"].as_str().unwrap()
    }

    /// The parameter's example, or a value from a link of an answer.
    fn value(&self, parameter: &Value, led: &Led) -> Option<String> {
        let name = parameter["name"].as_str().unwrap();
        let led = || led.get(&(self.id().to_owned(), name.to_owned())).cloned();
        parameter.get("example").map(text_of).or_else(led)
    }

    /// The path with all parameters filled in, once they are known.
    fn path(&self, led: &Led) -> Option<String> {
        let mut path = self.template.clone();
        for parameter in self.contents["parameters"].as_array().into_iter().flatten() {
            match self.value(parameter, led) {
                Some(value) => path = path.replace(&format!("{{{}}}", parameter["name"].as_str().unwrap()), &value),
                None if parameter["required"] == true => return None,
                None => {}
            }
        }
        Some(path)
    }

    fn body(&self) -> Option<&Value> {
        let body = self.contents.get("requestBody")?;
        let example = body["content"]["application/json"].get("example");
        Some(example.unwrap_or_else(|| panic!("{} has a body and no example of it", self.id())))
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// All operations, in an order in which no deleted object is needed later.
fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&http::openapi::json()).unwrap();
    let mut found = Vec::new();
    for (template, item) in document["paths"].as_object().unwrap() {
        for (method, contents) in item.as_object().unwrap() {
            let (method, template) = (method.to_uppercase(), template.clone());
            found.push(Operation { method, template, contents: contents.clone() });
        }
    }
    found.sort_by_key(|operation| operation.method == "DELETE");
    found
}

/// Stores the values that the links of an answer name.
fn follow(operation: &Operation, path: &str, answer: &Response, led: &mut Led) {
    let links = &operation.contents["responses"][answer.status.to_string()]["links"];
    for link in links.as_object().into_iter().flat_map(|links| links.values()) {
        for (name, expression) in link["parameters"].as_object().into_iter().flatten() {
            let expression = expression.as_str().unwrap();
            let value = if let Some(pointer) = expression.strip_prefix("$response.body#") {
                answer.json().pointer(pointer).filter(|value| !value.is_null()).map(text_of)
            } else {
                let wanted = format!("{{{}}}", expression.strip_prefix("$request.path.").unwrap());
                operation
                    .template
                    .split('/')
                    .zip(path.split('/'))
                    .find(|(part, _)| *part == wanted)
                    .map(|(_, value)| value.to_owned())
            };
            if let Some(value) = value {
                led.entry((link["operationId"].as_str().unwrap().to_owned(), name.clone())).or_insert(value);
            }
        }
    }
}

/// The digest in a path before `.js`: no expression of a link can select it.
fn follow_digests(operation: &Operation, answer: &Response, led: &mut Led) {
    let mut note = |to: &str, address: &str| {
        let name = address.rsplit('/').next().unwrap().split('.').next().unwrap();
        led.insert((to.to_owned(), "digest".to_owned()), name.to_owned());
    };
    match operation.id() {
        "renderMessage" => {
            let data = answer.data();
            let module = data["module"].as_str().unwrap();
            note("widgetModule", module);
            note("embedFrame", module);
        }
        "widgetModule" => note("widgetSourceMap", answer.text().rsplit("sourceMappingURL=").next().unwrap()),
        _ => {}
    }
}

#[tokio::test]
async fn every_example_succeeds_on_a_new_service() {
    let app = spawn_app().await;
    let mut waiting = operations();
    // The widget of the examples imports no library and has no style sheet. routes/libraries.rs and routes/widget/styles.rs load both.
    waiting.retain(|operation| !matches!(operation.id(), "libraryFile" | "widgetStylesheet"));
    let mut led = Led::new();
    while !waiting.is_empty() {
        let Some(next) = waiting.iter().position(|operation| operation.path(&led).is_some()) else {
            let ids: Vec<_> = waiting.iter().map(Operation::id).collect();
            panic!("neither an example nor a link gives {ids:?} what they need");
        };
        let operation = waiting.remove(next);
        let path = operation.path(&led).unwrap();
        let mut request = app.request(&operation.method, &path);
        for parameter in operation.contents["parameters"].as_array().into_iter().flatten() {
            assert!(
                parameter["in"] == "path" || parameter.get("example").is_none(),
                "{path} is sent without {parameter}"
            );
        }
        if let Some(body) = operation.body() {
            request = request.body(body);
        }
        let answer = request.await;
        assert!(answer.status < 300, "{} {path}: {answer}", operation.method);
        follow(&operation, &path, &answer, &mut led);
        follow_digests(&operation, &answer, &mut led);
    }
}
