//! Positions of fields and syntax errors in a JSON text.

use schema::{field::FieldPath, json::Members};
use serde_json::value::RawValue;

use super::finding::Position;

/// Returns where the value of a field begins. The paths of all fields begin with `root`. For a field that does not exist it is
/// the position of the nearest enclosing value.
pub(super) fn of_field(text: &str, root: &str, field: &str) -> Position {
    of_offset(text, offset(text, root, field).unwrap_or(0))
}

/// Returns the position of a syntax error, and its message without the position.
pub(super) fn of_syntax_error(text: &str, error: &serde_json::Error) -> (Position, String) {
    // serde_json counts bytes from 1 in a line, and may point past its end.
    let begin: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let position = of_offset(text, begin + error.column().saturating_sub(1));
    let message = error.to_string();
    let suffix = format!(" at line {} column {}", error.line(), error.column());
    (position, message.strip_suffix(&suffix).unwrap_or(&message).to_owned())
}

fn of_offset(text: &str, offset: usize) -> Position {
    let before = &text[..text.floor_char_boundary(offset)];
    let line_begins = before.rfind('\n').map_or(0, |line_break| line_break + 1);
    let number = |count: usize| u32::try_from(count + 1).unwrap_or(u32::MAX);
    Position {
        line: number(before.matches('\n').count()),
        column: number(before[line_begins..].encode_utf16().count()),
    }
}

fn offset(text: &str, root: &str, field: &str) -> Option<usize> {
    let mut value: &RawValue = serde_json::from_str(text).ok()?;
    let mut path = FieldPath::root(root);
    while path.as_str() != field {
        let Some((next_path, next)) = children(value, &path).into_iter().find(|(child, _)| leads_to(child, field))
        else {
            break;
        };
        (path, value) = (next_path, next);
    }
    // A raw value borrows from the text that it was parsed from, so the difference of the addresses is its offset.
    (value.get().as_ptr() as usize).checked_sub(text.as_ptr() as usize)
}

fn leads_to(path: &FieldPath, field: &str) -> bool {
    field.strip_prefix(path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn children<'a>(value: &'a RawValue, path: &FieldPath) -> Vec<(FieldPath, &'a RawValue)> {
    if value.get().starts_with('[') {
        let elements: Vec<&RawValue> = serde_json::from_str(value.get()).unwrap_or_default();
        return elements.into_iter().enumerate().map(|(index, element)| (path.index(index), element)).collect();
    }
    let Members(members) = serde_json::from_str(value.get()).unwrap_or_default();
    members.into_iter().map(|(name, member)| (path.member(&name), member)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{
  "properties": {
    "é": 1, "a b": { "type": ["string",
      null] }
  }
}"#;

    fn position(field: &str) -> (u32, u32) {
        let Position { line, column } = of_field(TEXT, "schema", field);
        (line, column)
    }

    #[test]
    fn a_field_is_found_where_its_value_begins() {
        assert_eq!(position("schema"), (1, 1));
        assert_eq!(position("schema.properties"), (2, 17));
        assert_eq!(position("schema.properties.é"), (3, 10));
        assert_eq!(position(r#"schema.properties["a b"]"#), (3, 20));
        assert_eq!(position(r#"schema.properties["a b"].type[1]"#), (4, 7));
    }

    #[test]
    fn a_missing_field_has_the_position_of_its_parent() {
        assert_eq!(position("schema.properties.absent.deep"), (2, 17));
        assert_eq!(position("elsewhere"), (1, 1));
        assert_eq!(of_field("no json", "schema", "schema.x"), Position { line: 1, column: 1 });
    }

    #[test]
    fn columns_count_utf16_units() {
        let text = "{\"😀\": 1, \"x\": 2}";
        assert_eq!(of_field(text, "", "x"), Position { line: 1, column: 16 });
    }

    #[test]
    fn the_message_of_a_syntax_error_does_not_repeat_its_position() {
        let text = "{\n  \"é\": 1,\n}";
        let error = serde_json::from_str::<&RawValue>(text).unwrap_err();
        let (position, message) = of_syntax_error(text, &error);
        assert_eq!(position, Position { line: 3, column: 1 });
        assert!(!message.contains("line"), "{message}");
        for text in ["", "{", "{\"a\"", "\"é"] {
            let error = serde_json::from_str::<&RawValue>(text).unwrap_err();
            assert_eq!(of_syntax_error(text, &error).0.line, 1, "{text}");
        }
    }
}
