//! Checks of `widget.json`. Its fields have the rules of the fields of the same names in a request.

use domain::{
    origin::Origin,
    resources::{Origins, Resources},
    styles::Styles,
    widget::{Category, Description, Tag, Tags, WidgetKey, WidgetName},
};
use ports::ReviewSettings;
use schema::{
    field::{self, FieldError, FieldPath, Invalid},
    json::{JsonDocument, JsonText},
};
use serde_json::{Map, Value};

/// Reads the settings of the widget in a folder of this name, and the errors in its metadata.
pub(super) fn read(text: JsonText, folder_name: &str) -> (ReviewSettings, Vec<FieldError>) {
    let mut settings = ReviewSettings::default();
    let errors = match JsonDocument::parse(text, &FieldPath::default()) {
        Ok(document) => match document.value() {
            Value::Object(members) => errors_of_members(members, folder_name, &mut settings),
            other => vec![FieldError::new("", field::expected(&["object"], other))],
        },
        Err(error) => vec![error],
    };
    (settings, errors)
}

fn errors_of_members(
    members: &Map<String, Value>,
    folder_name: &str,
    settings: &mut ReviewSettings,
) -> Vec<FieldError> {
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
            "resources" => errors.extend(errors_of_resources(&path, value, &mut settings.resources)),
            "styles" => errors.extend(error_of_string(&path, value, |text| {
                Styles::parse(text).map(|styles| settings.styles = styles)
            })),
            _ => errors.push(FieldError::new(path, "Unknown field")),
        }
    }
    errors
}

fn errors_of_tags(path: &FieldPath, value: &Value) -> Vec<FieldError> {
    let (tags, mut errors) = strings(path, value, |text| Tag::parse(text));
    errors.extend(Tags::new(tags).err().map(|invalid| invalid.at(path)));
    errors
}

fn errors_of_resources(path: &FieldPath, value: &Value, resources: &mut Resources) -> Vec<FieldError> {
    let Value::Object(lists) = value else {
        return vec![FieldError::new(path, field::expected(&["object"], value))];
    };
    let mut errors = Vec::new();
    for (name, value) in lists {
        let path = path.member(name);
        let list = match name.as_str() {
            "images" => &mut resources.images,
            "fonts" => &mut resources.fonts,
            "connect" => &mut resources.connect,
            _ => {
                errors.push(FieldError::new(path, "Unknown field"));
                continue;
            }
        };
        let (origins, refused) = strings(&path, value, Origin::parse);
        errors.extend(refused);
        match Origins::new(origins) {
            Ok(origins) => *list = origins,
            Err(invalid) => errors.push(invalid.at(path)),
        }
    }
    errors
}

/// Reads an array of strings: the elements that are valid, and the errors of the others.
fn strings<T>(
    path: &FieldPath,
    value: &Value,
    parse: impl Fn(&str) -> Result<T, Invalid>,
) -> (Vec<T>, Vec<FieldError>) {
    let Value::Array(elements) = value else {
        return (Vec::new(), vec![FieldError::new(path, field::expected(&["array"], value))]);
    };
    let (mut read, mut errors) = (Vec::new(), Vec::new());
    for (index, element) in elements.iter().enumerate() {
        let parse = |text: &str| parse(text).map(|value| read.push(value));
        errors.extend(error_of_string(&path.index(index), element, parse));
    }
    (read, errors)
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
        read(JsonText::from_raw(raw), folder_name).1.into_iter().map(|error| error.field).collect()
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
        assert_eq!(fields(r#"{"name":"a","resources":[]}"#, "x"), ["resources"]);
    }

    #[test]
    fn valid_origins_are_read_and_others_are_reported() {
        let text = r#"{"name":"a","resources":{"images":["https://a.example","*"],"connect":[],"scripts":[]}}"#;
        assert_eq!(fields(text, "x"), ["resources.images[1]", "resources.scripts"]);
        let raw: &serde_json::value::RawValue = serde_json::from_str(text).unwrap();
        let (settings, _) = read(JsonText::from_raw(raw), "x");
        assert_eq!(settings.resources.iter().map(Origin::as_str).collect::<Vec<_>>(), ["https://a.example"]);
    }
}
