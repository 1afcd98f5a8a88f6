//! Reads the argument of a keyword: checks its type, and reports what it may not hold.

use serde_json::{Map, Number, Value};

use super::{Reader, Step, keywords::member};
use crate::{
    field::expected,
    limits::{MAX_SCHEMA_PATTERN_BYTES, MAX_SCHEMA_PATTERNS},
    number::first_duplicate,
    pattern::Pattern,
    plan::NodeId,
    rule::{LimitKind, SizeUnit},
    wording,
};

impl<'a> Reader<'a> {
    pub(super) fn subschema_argument(
        &mut self,
        members: &'a Map<String, Value>,
        keyword: &str,
        node: NodeId,
    ) -> Option<NodeId> {
        members.get(keyword).map(|schema| self.subschema(schema, node, &[member(keyword)]))
    }

    pub(super) fn subschema_list(
        &mut self,
        members: &'a Map<String, Value>,
        keyword: &str,
        node: NodeId,
    ) -> Vec<NodeId> {
        match members.get(keyword) {
            Some(Value::Array(schemas)) => {
                self.require_item(keyword, schemas);
                let schemas = schemas.iter().enumerate();
                schemas
                    .map(|(index, schema)| self.subschema(schema, node, &[member(keyword), Step::Index(index)]))
                    .collect()
            }
            Some(other) => {
                self.error_at(keyword, expected(&["array"], other));
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    pub(super) fn object(&mut self, members: &'a Map<String, Value>, keyword: &str) -> Option<&'a Map<String, Value>> {
        let value = members.get(keyword)?;
        if !value.is_object() {
            self.error_at(keyword, expected(&["object"], value));
        }
        value.as_object()
    }

    pub(super) fn string(&mut self, members: &'a Map<String, Value>, keyword: &str) -> Option<&'a str> {
        let value = members.get(keyword)?;
        if !value.is_string() {
            self.error_at(keyword, expected(&["string"], value));
        }
        value.as_str()
    }

    pub(super) fn boolean(&mut self, members: &'a Map<String, Value>, keyword: &str) -> Option<bool> {
        let value = members.get(keyword)?;
        if !value.is_boolean() {
            self.error_at(keyword, expected(&["boolean"], value));
        }
        value.as_bool()
    }

    pub(super) fn number(&mut self, members: &'a Map<String, Value>, keyword: &str) -> Option<&'a Number> {
        let value = members.get(keyword)?;
        if !value.is_number() {
            self.error_at(keyword, expected(&["number"], value));
        }
        value.as_number()
    }

    /// A whole number from 0, which may be written as `2.0`. A larger one than 64 bits hold becomes the largest of them.
    pub(super) fn size(&mut self, members: &'a Map<String, Value>, keyword: &str) -> Option<u64> {
        let number = self.number(members, keyword)?;
        let double = number.as_f64().unwrap_or(-1.0);
        if double < 0.0 {
            self.error_at(keyword, format!("Expected at least 0{}", wording::received(number)));
            None
        } else if double.fract() != 0.0 {
            self.error_at(keyword, format!("Expected integer{}", wording::received(number)));
            None
        } else {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a whole number from 0; the cast saturates"
            )]
            Some(number.as_u64().unwrap_or(double as u64))
        }
    }

    /// An array of different strings.
    pub(super) fn names(&mut self, value: &'a Value, steps: &[Step]) -> Vec<String> {
        self.at(steps, |reader| {
            let mut names = Vec::new();
            match value {
                Value::Array(items) => {
                    for (index, item) in items.iter().enumerate() {
                        match item {
                            Value::String(name) => names.push(name.clone()),
                            other => {
                                reader.at(&[Step::Index(index)], |reader| reader.error(expected(&["string"], other)));
                            }
                        }
                    }
                    if let Some((first, second)) = first_duplicate(items) {
                        reader.error(wording::duplicate(first, second));
                    }
                }
                other => reader.error(expected(&["array"], other)),
            }
            names
        })
    }

    pub(super) fn require_item(&mut self, keyword: &str, values: &[Value]) {
        if values.is_empty() {
            self.error_at(keyword, wording::size(SizeUnit::Items, LimitKind::AtLeast, 1));
        }
    }

    pub(super) fn require_unique(&mut self, keyword: &str, values: &[Value]) {
        if let Some((first, second)) = first_duplicate(values) {
            self.error_at(keyword, wording::duplicate(first, second));
        }
    }

    pub(super) fn pattern(&mut self, source: &str, steps: &[Step]) -> Option<Pattern> {
        self.patterns += 1;
        let checked = Pattern::parse(source).and_then(|pattern| {
            // A schema past a limit is refused anyway, so its other patterns are not compiled.
            if self.patterns <= MAX_SCHEMA_PATTERNS && self.pattern_bytes <= MAX_SCHEMA_PATTERN_BYTES {
                self.pattern_bytes += pattern.compiled_bytes().inspect_err(|_| self.pattern_bytes = usize::MAX)?;
            }
            Ok(pattern)
        });
        checked.map_err(|message| self.at(steps, |reader| reader.error(message))).ok()
    }
}
