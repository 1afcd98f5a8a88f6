use std::fmt;

use domain::limits;
use schema::{
    field::{FieldError, FieldPath, Invalid},
    json::Members,
};
use serde_json::value::RawValue;

use crate::response::ApiError;

/// The members of a JSON object in a request. Errors are collected, so that one answer names all of them.
pub(crate) struct Object<'a> {
    path: FieldPath,
    members: Vec<(String, &'a RawValue)>,
    errors: Vec<FieldError>,
}

/// The type of a JSON value, as error messages name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JsonKind {
    Object,
    Array,
    String,
    Number,
    Boolean,
    Null,
}

impl JsonKind {
    /// The type shows in the first character of the text.
    pub(crate) fn of(raw: &RawValue) -> Self {
        match raw.get().trim_start().as_bytes().first() {
            Some(b'{') => Self::Object,
            Some(b'[') => Self::Array,
            Some(b'"') => Self::String,
            Some(b't' | b'f') => Self::Boolean,
            Some(b'n') => Self::Null,
            _ => Self::Number,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Object => "object",
            Self::Array => "array",
            Self::String => "string",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Null => "null",
        }
    }
}

impl fmt::Display for JsonKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<'a> Object<'a> {
    /// The members of the whole body.
    pub(crate) fn parse(text: &'a str) -> Result<Self, FieldError> {
        Self::at(FieldPath::root(""), text)
    }

    fn at(path: FieldPath, text: &'a str) -> Result<Self, FieldError> {
        let members = serde_json::from_str(text);
        let Members(members) = members.map_err(|error| FieldError::new(path_or_body(&path), error.to_string()))?;
        let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(FieldError::new(path.member(twice[0]), format!("Member '{}' appears twice", twice[0])));
        }
        Ok(Self { path, members, errors: Vec::new() })
    }

    /// Takes a member out, as text.
    pub(crate) fn take(&mut self, name: &str) -> Option<&'a RawValue> {
        let index = self.members.iter().position(|(member, _)| member == name)?;
        Some(self.members.remove(index).1)
    }

    /// Whether the member is present and not taken yet.
    pub(crate) fn present(&self, name: &str) -> bool {
        self.members.iter().any(|(member, _)| member == name)
    }

    /// Drops members that are accepted and ignored.
    pub(crate) fn ignore(&mut self, names: &[&str]) {
        self.members.retain(|(member, _)| !names.contains(&member.as_str()));
    }

    /// Notes an error if the member is absent.
    pub(crate) fn require(&mut self, name: &str) {
        if !self.present(name) {
            // The body itself has no name, so the error names the field.
            let field = if self.path.is_empty() { FieldPath::root(name) } else { self.path.clone() };
            self.errors.push(FieldError::missing(field, name));
        }
    }

    /// Takes a string and parses it; a missing one is an error.
    pub(crate) fn required_string<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, Invalid>,
    ) -> Option<T> {
        self.require(name);
        self.optional_string(name, parse)
    }

    /// Takes a string, if it is present, and parses it.
    pub(crate) fn optional_string<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, Invalid>,
    ) -> Option<T> {
        let raw = self.take(name)?;
        self.string(name, raw, parse)
    }

    /// The same, where `null` counts as absent.
    pub(crate) fn nullable_string<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, Invalid>,
    ) -> Option<T> {
        let raw = self.take(name).filter(|raw| JsonKind::of(raw) != JsonKind::Null)?;
        self.string(name, raw, parse)
    }

    /// Takes a boolean, if it is present.
    pub(crate) fn optional_bool(&mut self, name: &str) -> Option<bool> {
        let raw = self.take(name)?;
        if !self.expect(name, raw, JsonKind::Boolean) {
            return None;
        }
        Some(raw.get().trim() == "true")
    }

    /// Takes an array of strings, if it is present, and parses each.
    pub(crate) fn optional_strings<T>(
        &mut self,
        name: &str,
        parse: impl Fn(&str) -> Result<T, Invalid>,
    ) -> Option<Vec<T>> {
        let raw = self.take(name)?;
        if !self.expect(name, raw, JsonKind::Array) {
            return None;
        }
        let path = self.path.member(name);
        let elements: Vec<&RawValue> = match serde_json::from_str(raw.get()) {
            Ok(elements) => elements,
            Err(error) => {
                self.errors.push(FieldError::new(path, error.to_string()));
                return None;
            }
        };
        let parsed = elements.iter().enumerate().map(|(index, raw)| read_string(path.index(index), raw, &parse));
        parsed.filter_map(|result| result.map_err(|error| self.errors.push(error)).ok()).collect::<Vec<_>>().into()
    }

    /// Takes an object, if it is present, and passes it to `read`. Its errors become errors of this object.
    pub(crate) fn optional_object<T>(&mut self, name: &str, read: impl FnOnce(&mut Object<'a>) -> T) -> Option<T> {
        let raw = self.take(name)?;
        if !self.expect(name, raw, JsonKind::Object) {
            return None;
        }
        match Object::at(self.path.member(name), raw.get()) {
            Ok(mut object) => {
                let value = read(&mut object);
                self.errors.extend(object.all_errors());
                Some(value)
            }
            Err(error) => {
                self.errors.push(error);
                None
            }
        }
    }

    /// What `read` returns, or the errors that it notes; these do not become errors of this object.
    pub(crate) fn separately<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Result<T, Vec<FieldError>> {
        let noted_before = self.errors.len();
        let value = read(self);
        let errors = self.errors.split_off(noted_before);
        value.filter(|_| errors.is_empty()).ok_or(errors)
    }

    /// Notes an error of a member.
    pub(crate) fn refuse(&mut self, name: &str, message: impl Into<String>) {
        let error = FieldError::new(self.path.member(name), message);
        self.errors.push(error);
    }

    /// Notes an error that already names its field.
    pub(crate) fn push(&mut self, error: FieldError) {
        self.errors.push(error);
    }

    /// The path of a member.
    pub(crate) fn path_of(&self, name: &str) -> FieldPath {
        self.path.member(name)
    }

    /// Whether the member is of this type; notes an error if not.
    pub(crate) fn expect(&mut self, name: &str, raw: &RawValue, kind: JsonKind) -> bool {
        let received = JsonKind::of(raw);
        if received != kind {
            self.refuse(name, format!("Expected {kind}, received {received}"));
        }
        received == kind
    }

    /// Returns `value`, unless an error was noted or an unknown member is left.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T, ApiError> {
        let errors = self.all_errors();
        match value {
            Some(value) if errors.is_empty() => Ok(value),
            _ => Err(ApiError::invalid(errors)),
        }
    }

    fn string<T>(&mut self, name: &str, raw: &RawValue, parse: impl FnOnce(&str) -> Result<T, Invalid>) -> Option<T> {
        read_string(self.path.member(name), raw, parse).map_err(|error| self.errors.push(error)).ok()
    }

    fn all_errors(self) -> Vec<FieldError> {
        let Self { path, members, mut errors } = self;
        errors.extend(members.iter().map(|(name, _)| FieldError::new(path.member(name), "Unknown field")));
        errors.truncate(limits::MAX_ERRORS);
        errors
    }
}

fn path_or_body(path: &FieldPath) -> FieldPath {
    if path.is_empty() { FieldPath::root("body") } else { path.clone() }
}

fn read_string<T>(
    path: FieldPath,
    raw: &RawValue,
    parse: impl FnOnce(&str) -> Result<T, Invalid>,
) -> Result<T, FieldError> {
    let kind = JsonKind::of(raw);
    if kind != JsonKind::String {
        return Err(FieldError::new(path, format!("Expected string, received {kind}")));
    }
    let text: String =
        serde_json::from_str(raw.get()).map_err(|_| FieldError::new(&path, "Not a valid string: a lone surrogate"))?;
    parse(&text).map_err(|invalid| invalid.at(path))
}
