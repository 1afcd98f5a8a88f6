//! The cases of the suite, each wrapped in a schema whose root is an object.

use std::collections::BTreeMap;

use schema::{Schema, json::JsonText};
use serde_json::{Value, json, value::RawValue};

/// The parts of the suite, each with what begins the names of its files here.
const FIXTURES: [(&str, &str); 2] = [("", include_str!("draft-07.json")), ("2020-12/", include_str!("2020-12.json"))];

/// A schema of the suite, with the tests for it.
pub(super) struct Group {
    /// The file, without `.json`.
    pub(super) file: String,
    pub(super) name: String,
    schema: Value,
    pub(super) tests: Vec<Test>,
}

pub(super) struct Test {
    pub(super) name: String,
    /// As text, since a `Value` would round some numbers of the suite.
    data: Box<RawValue>,
    pub(super) is_valid: bool,
}

type Members = BTreeMap<String, Box<RawValue>>;

const INVALID_FIXTURE: &str = "the fixture is malformed";

pub(super) fn groups() -> Vec<Group> {
    FIXTURES.iter().flat_map(|(prefix, fixture)| groups_of(prefix, fixture)).collect()
}

fn groups_of(prefix: &str, fixture: &str) -> Vec<Group> {
    let suite: Members = serde_json::from_str(fixture).expect(INVALID_FIXTURE);
    let files: BTreeMap<String, Vec<Members>> = serde_json::from_str(suite["files"].get()).expect(INVALID_FIXTURE);
    let groups = files.iter().flat_map(|(file, groups)| groups.iter().map(move |group| (file, group)));
    groups.map(|(file, group)| Group::read(&format!("{prefix}{file}"), group)).collect()
}

impl Group {
    fn read(file: &str, members: &Members) -> Self {
        let tests: Vec<Members> = serde_json::from_str(members["tests"].get()).expect(INVALID_FIXTURE);
        Self {
            file: file.into(),
            name: text(&members["description"]),
            schema: serde_json::from_str(members["schema"].get()).expect(INVALID_FIXTURE),
            tests: tests.iter().map(Test::read).collect(),
        }
    }

    /// The parsed schema, or the message of the first error.
    pub(super) fn parse(&self) -> Result<Schema, String> {
        match Schema::parse(JsonText::from_stored(self.text())) {
            Ok(checked) => Ok(checked.schema),
            Err(errors) => Err(errors.into_iter().next().map(|error| error.message).unwrap_or_default()),
        }
    }

    /// The schema as that of a property `x`, since a root must be an object. Moves `$schema` and `$id` to the root, and adapts
    /// pointers.
    pub(super) fn text(&self) -> String {
        let mut schema = self.schema.clone();
        let mut root = json!({"type": "object"});
        if let Value::Object(members) = &mut schema {
            for keyword in ["$schema", "$id"] {
                root.as_object_mut().expect("an object").extend(members.remove_entry(keyword));
            }
        }
        let id = root["$id"].as_str().unwrap_or_default().to_owned();
        adapt_pointers(&mut schema, id.trim_end_matches('#'));
        root["properties"] = json!({"x": schema});
        root.to_string()
    }
}

impl Test {
    fn read(members: &Members) -> Self {
        Self {
            name: text(&members["description"]),
            data: members["data"].clone(),
            is_valid: members["valid"].get() == "true",
        }
    }

    pub(super) fn data(&self) -> String {
        format!(r#"{{"x":{}}}"#, self.data.get())
    }
}

fn text(value: &RawValue) -> String {
    serde_json::from_str(value.get()).expect(INVALID_FIXTURE)
}

fn adapt_pointers(schema: &mut Value, id: &str) {
    match schema {
        Value::Array(schemas) => schemas.iter_mut().for_each(|schema| adapt_pointers(schema, id)),
        Value::Object(members) => {
            for (keyword, value) in members {
                match (keyword.as_str(), value) {
                    ("$ref", Value::String(target)) => {
                        let (document, fragment) = target.split_once('#').unwrap_or((target, ""));
                        let is_pointer = fragment.is_empty() || fragment.starts_with('/');
                        if is_pointer && (document == id || document.is_empty() && target.starts_with('#')) {
                            *target = format!("{document}#/properties/x{fragment}");
                        }
                    }
                    ("enum" | "const", _) => {} // values, not schemas
                    (_, below) => adapt_pointers(below, id),
                }
            }
        }
        _ => {}
    }
}
