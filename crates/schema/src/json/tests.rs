//! The strict parser compared with serde_json's.

use proptest::{collection::vec, prelude::*};
use serde_json::{Value, value::RawValue};

use super::{JsonDocument, JsonText};
use crate::field::{FieldError, FieldPath};

fn read(text: &str) -> Result<JsonDocument, FieldError> {
    let raw: &RawValue = serde_json::from_str(text).unwrap();
    JsonDocument::parse(JsonText::from_raw(raw), &FieldPath::root("data"))
}

/// JSON in unusual forms: white space, escapes in strings, numbers with many digits, duplicate names.
fn json() -> impl Strategy<Value = String> {
    let number = "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?";
    let string = r#""([a-c ]|\\\\|\\"|\\u00e9|\\ud83d\\ude00|é|😀|\\n){0,4}""#;
    let leaf = prop_oneof![Just("null".to_owned()), Just("true".to_owned()), number, string];
    leaf.prop_recursive(4, 40, 4, move |below| {
        let member =
            (string, "[ \t\r\n]?", below.clone()).prop_map(|(name, white, value)| format!("{name}{white}:{value}"));
        prop_oneof![
            (vec(below, 0..4), "[ \n]?").prop_map(|(items, white)| format!("[{}{white}]", items.join(","))),
            vec(member, 0..4).prop_map(|members| format!("{{{}}}", members.join(" , "))),
        ]
    })
}

proptest! {
    #[test]
    fn an_accepted_document_keeps_its_text_and_has_the_value_of_serde_json(text in json(), white in "[ \t\r\n]{0,3}") {
        match read(&format!("{white}{text}{white}")) {
            Ok(document) => {
                prop_assert_eq!(document.text().as_str(), &text);
                let value: Value = serde_json::from_str(&text).unwrap();
                prop_assert_eq!(document.value(), &value);
                // The serialized value is accepted too, and has the same value.
                let again = read(&value.to_string()).unwrap();
                prop_assert_eq!(again.value(), &value);
            }
            Err(error) => prop_assert!(error.message.contains("appears twice"), "{text}: {error:?}"),
        }
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,60}") {
        let _ = JsonDocument::parse(JsonText::from_stored(text), &FieldPath::root("data"));
    }
}
