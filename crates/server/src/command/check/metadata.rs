//! Checks of `widget.json`. Its fields have the rules of the fields of the same names in a request.

use domain::widget::{Category, Description, Tag, Tags, WidgetKey, WidgetName};
use schema::{
    field::{self, FieldError, FieldPath, Invalid},
    json::{JsonDocument, JsonText},
};
use serde_json::{Map, Value};

/// Returns the errors in the metadata of a widget in a folder of this name.
pub(super) fn errors(text: JsonText, folder_name: &str) -> Vec<FieldError> {
    let document = match JsonDocument::parse(text, &FieldPath::default()) {
        Ok(document) => document,
        Err(error) => return vec![error],
    };
    match document.value() {
        Value::Object(members) => errors_of_members(members, folder_name),
        other => vec![FieldError::new("", field::expected(&["object"], other))],
    }
}

fn errors_of_members(members: &Map<String, Value>, folder_name: &str) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if !members.contains_key("name") {
        errors.push(FieldError::missing("", "name"));
    }
    if !members.contains_key("key")
        && let Err(invalid) = WidgetKey::parse(folder_name)
    {
        let message = format!("'key' is missing, and the folder's name '{folder_name}' is not a valid key: {invalid}");
        errors.push(FieldError::new("", message));
    }
    for (name, value) in members {
        let path = FieldPath::default().member(name);
        match name.as_str() {
            "key" => errors.extend(error_of_string(&path, value, |text| WidgetKey::parse(text).map(drop))),
            "name" => errors.extend(error_of_string(&path, value, |text| WidgetName::parse(text).map(drop))),
            "description" => errors.extend(error_of_string(&path, value, |text| Description::parse(text).map(drop))),
            "category" => errors.extend(error_of_string(&path, value, |text| Category::parse(text).map(drop))),
            "tags" => errors.extend(errors_of_tags(&path, value)),
            _ => errors.push(FieldError::new(path, "Unknown field")),
        }
    }
    errors
}

fn errors_of_tags(path: &FieldPath, value: &Value) -> Vec<FieldError> {
    let Value::Array(elements) = value else {
        return vec![FieldError::new(path, field::expected(&["array"], value))];
    };
    let mut tags = Vec::new();
    let mut errors = Vec::new();
    for (index, element) in elements.iter().enumerate() {
        let parse = |text: &str| Tag::parse(text).map(|tag| tags.push(tag));
        errors.extend(error_of_string(&path.index(index), element, parse));
    }
    errors.extend(Tags::new(tags).err().map(|invalid| invalid.at(path)));
    errors
}

fn error_of_string(
    path: &FieldPath,
    value: &Value,
    parse: impl FnOnce(&str) -> Result<(), Invalid>,
) -> Option<FieldError> {
    match value {
        Value::String(text) => parse(text).err().map(|invalid| invalid.at(path)),
        other => Some(FieldError::new(path, field::expected(&["string"], other))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str, folder_name: &str) -> Vec<String> {
        let raw: &serde_json::value::RawValue = serde_json::from_str(text).unwrap();
        errors(JsonText::from_raw(raw), folder_name).into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn only_the_name_is_required() {
        assert!(fields(r#"{"name":"Sales"}"#, "sales").is_empty());
        assert!(fields(r#"{"name":"Sales","key":"sales"}"#, "My Folder").is_empty());
    }

    #[test]
    fn every_error_is_reported() {
        let text = r#"{"key":"A","name":"","description":1,"category":"misc","tags":["ok","",2],"colour":"red"}"#;
        assert_eq!(fields(text, "x"), ["category", "colour", "description", "key", "name", "tags[1]", "tags[2]"]);
        assert_eq!(fields("{}", "My Folder"), ["", ""]);
        assert_eq!(fields("[]", "x"), [""]);
        assert_eq!(fields(r#"{"name":"a","name":"b"}"#, "x"), [""]);
        assert_eq!(fields(r#"{"name":"a","tags":{}}"#, "x"), ["tags"]);
    }
}
