//! A JSON parser that refuses what other parsers silently change.

use std::{cell::RefCell, fmt};

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::{
    field::{FieldError, FieldPath},
    limits::MAX_JSON_DEPTH,
};

pub(super) fn parse(text: &str, root: &FieldPath) -> Result<Value, FieldError> {
    // Most documents are valid, and tracking the path takes time. So only a refused document is parsed again with a path.
    let untracked = ErrorContext { path: None, reason: RefCell::new(None) };
    if let Ok(value) = read(text, &untracked) {
        return Ok(value);
    }
    let context = ErrorContext { path: Some(RefCell::new(root.clone())), reason: RefCell::new(None) };
    read(text, &context).map_err(|error| {
        let message = context.reason.take().unwrap_or_else(|| sentence(&error));
        let path = context.path.as_ref().map_or_else(|| root.clone(), |path| path.borrow().clone());
        FieldError::new(path, message)
    })
}

fn read(text: &str, context: &ErrorContext) -> Result<Value, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Seed { context, depth: 0 }.deserialize(&mut deserializer)?;
    deserializer.end().map(|()| value)
}

/// The sentence for an error of the parser. Syntax errors include line and column.
fn sentence(error: &serde_json::Error) -> String {
    let text = error.to_string();
    // The crate distinguishes these errors only by their messages, which a test pins.
    if text.starts_with("number out of range") {
        "Number out of range".into()
    } else if text.starts_with("lone leading surrogate") || text.starts_with("unexpected end of hex escape") {
        "Not a valid string: a lone surrogate".into()
    } else {
        format!("Invalid JSON: {text}")
    }
}

/// The current path, if it is tracked, and the reason of an error.
struct ErrorContext {
    path: Option<RefCell<FieldPath>>,
    reason: RefCell<Option<String>>,
}

impl ErrorContext {
    /// Runs `read` with the path extended by `step`. After an error the path stays as it is.
    fn at<T, E>(&self, step: impl FnOnce(&mut FieldPath), read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let Some(path) = &self.path else { return read() };
        let length = path.borrow().len();
        step(&mut path.borrow_mut());
        let value = read()?;
        path.borrow_mut().truncate(length);
        Ok(value)
    }

    fn refuse<E: serde::de::Error>(&self, reason: String) -> E {
        *self.reason.borrow_mut() = Some(reason);
        E::custom("refused")
    }
}

#[derive(Clone, Copy)]
struct Seed<'a> {
    context: &'a ErrorContext,
    depth: usize,
}

impl Seed<'_> {
    fn next_level<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth >= MAX_JSON_DEPTH {
            return Err(self.context.refuse(format!("Nested deeper than {MAX_JSON_DEPTH} levels")));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let seed = self.next_level()?;
        let mut array = Vec::new();
        while let Some(element) =
            self.context.at(|path| path.push_index(array.len()), || elements.next_element_seed(seed))?
        {
            array.push(element);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let seed = self.next_level()?;
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if object.contains_key(&name) {
                return Err(self.context.refuse(format!("Member '{name}' appears twice")));
            }
            let value = self.context.at(|path| path.push_member(&name), || members.next_value_seed(seed))?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> (String, String) {
        let error = parse(text, &FieldPath::root("data")).unwrap_err();
        (error.field, error.message)
    }

    #[test]
    fn a_value_equals_that_of_serde_json() {
        let text = r#"{"b":[1,-2,2.5e3,"\u0000é",null,true],"a":{"x":{}}}"#;
        assert_eq!(parse(text, &FieldPath::root("data")), Ok(serde_json::from_str(text).unwrap()));
    }

    #[test]
    fn a_duplicate_member_is_refused_at_its_path() {
        assert_eq!(refusal(r#"{"a":[{"b":1,"b":2}]}"#), ("data.a[0]".into(), "Member 'b' appears twice".into()));
        assert_eq!(refusal(r#"{"a":1,"\u0061":2}"#).1, "Member 'a' appears twice");
    }

    #[test]
    fn at_most_64_levels_are_allowed() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(parse(&nested(64), &FieldPath::root("data")).is_ok());
        let (field, message) = refusal(&nested(65));
        assert_eq!(message, "Nested deeper than 64 levels");
        assert!(field.starts_with("data[0][0]"), "{field}");
        assert!(refusal(&"[".repeat(100_000)).1.contains("64 levels"));
    }

    #[test]
    fn unrepresentable_values_are_refused_at_their_path() {
        let range = "Number out of range".to_owned();
        assert_eq!(refusal(r#"{"a":[0,1e309]}"#), ("data.a[1]".into(), range.clone()));
        assert_eq!(refusal("-1e400"), ("data".into(), range));
        let surrogate = "Not a valid string: a lone surrogate".to_owned();
        for text in [r"\ud800", r"\ud800x", r"\udc00", r"\ud800\n", r"\ud800\ud800", r"\ud800\u0041"] {
            let text = format!(r#"{{"a":{{"b":"{text}"}}}}"#);
            assert_eq!(refusal(&text), ("data.a.b".into(), surrogate.clone()), "{text}");
        }
        assert_eq!(refusal(r#"{"a":{"\ud800":1}}"#), ("data.a".into(), surrogate));
    }

    #[test]
    fn syntax_errors_are_refused() {
        for text in [r#""\u12""#, r#""\uzzzz""#, "\"\n\"", "{\"a\":1,}", "01", "NaN", "", "1 2"] {
            assert!(refusal(text).1.starts_with("Invalid JSON: "), "{text}");
        }
    }
}
