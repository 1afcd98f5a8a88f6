//! The cases of the suite, each put into a schema that the service takes.

use std::collections::BTreeMap;

use schema::{Schema, json::JsonText};
use serde_json::{Value, json, value::RawValue};

const FIXTURE: &str = include_str!("draft-07.json");

/// A schema of the suite and the values to try with it.
pub(super) struct Group {
    /// The file, without `.json`.
    pub(super) file: String,
    pub(super) name: String,
    schema: Value,
    pub(super) tests: Vec<Test>,
}

pub(super) struct Test {
    pub(super) name: String,
    /// Kept as text: the suite has numbers that a `Value` would round.
    data: Box<RawValue>,
    pub(super) fits: bool,
}

type Members = BTreeMap<String, Box<RawValue>>;

const SHAPE: &str = "what a fixture looks like";

pub(super) fn groups() -> Vec<Group> {
    let suite: Members = serde_json::from_str(FIXTURE).expect(SHAPE);
    let files: BTreeMap<String, Vec<Members>> = serde_json::from_str(suite["files"].get()).expect(SHAPE);
    let groups = files.iter().flat_map(|(file, groups)| groups.iter().map(move |group| (file, group)));
    groups.map(|(file, group)| Group::read(file, group)).collect()
}

impl Group {
    fn read(file: &str, members: &Members) -> Self {
        let tests: Vec<Members> = serde_json::from_str(members["tests"].get()).expect(SHAPE);
        Self {
            file: file.into(),
            name: text(&members["description"]),
            schema: serde_json::from_str(members["schema"].get()).expect(SHAPE),
            tests: tests.iter().map(Test::read).collect(),
        }
    }

    /// The schema, as the service takes it, or why it does not.
    pub(super) fn parse(&self) -> Result<Schema, String> {
        match Schema::parse(JsonText::from_stored(self.text())) {
            Ok(checked) => Ok(checked.schema),
            Err(errors) => Err(errors.into_iter().next().map(|error| error.message).unwrap_or_default()),
        }
    }

    /// The schema as that of a member `x`: the service's roots are objects. What names the document moves to the root, and
    /// pointers lead to where things have been moved.
    pub(super) fn text(&self) -> String {
        let mut schema = self.schema.clone();
        let mut root = json!({"type": "object"});
        if let Value::Object(members) = &mut schema {
            for keyword in ["$schema", "$id"] {
                root.as_object_mut().expect("an object").extend(members.remove_entry(keyword));
            }
        }
        move_pointers(&mut schema);
        root["properties"] = json!({"x": schema});
        root.to_string()
    }
}

impl Test {
    fn read(members: &Members) -> Self {
        Self {
            name: text(&members["description"]),
            data: members["data"].clone(),
            fits: members["valid"].get() == "true",
        }
    }

    pub(super) fn data(&self) -> String {
        format!(r#"{{"x":{}}}"#, self.data.get())
    }
}

fn text(value: &RawValue) -> String {
    serde_json::from_str(value.get()).expect(SHAPE)
}

fn move_pointers(schema: &mut Value) {
    match schema {
        Value::Array(schemas) => schemas.iter_mut().for_each(move_pointers),
        Value::Object(members) => {
            for (keyword, value) in members {
                match (keyword.as_str(), value) {
                    ("$ref", Value::String(target)) => {
                        if let Some(pointer) = target.strip_prefix('#').filter(|p| p.is_empty() || p.starts_with('/')) {
                            *target = format!("#/properties/x{pointer}");
                        }
                    }
                    ("enum" | "const", _) => {} // values, whatever they look like
                    (_, below) => move_pointers(below),
                }
            }
        }
        _ => {}
    }
}
