//! What the strict reader takes, and how it compares with serde_json's.

use proptest::{collection::vec, prelude::*};
use serde_json::{Value, value::RawValue};

use super::{JsonDocument, JsonText};
use crate::field::{FieldError, FieldPath};

fn read(text: &str) -> Result<JsonDocument, FieldError> {
    let raw: &RawValue = serde_json::from_str(text).unwrap();
    JsonDocument::parse(JsonText::from_raw(raw), &FieldPath::root("data"))
}

/// JSON as somebody may write it: white space between, escapes in strings, digits that no computer would write, names twice.
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
    fn what_is_taken_is_kept_to_the_byte_and_means_what_others_read(text in json(), white in "[ \t\r\n]{0,3}") {
        match read(&format!("{white}{text}{white}")) {
            Ok(document) => {
                prop_assert_eq!(document.text().as_str(), &text);
                let value: Value = serde_json::from_str(&text).unwrap();
                prop_assert_eq!(document.value(), &value);
                // And what is written of it is read back, whatever digits it was sent with.
                let again = read(&value.to_string()).unwrap();
                prop_assert_eq!(again.value(), &value);
            }
            Err(error) => prop_assert!(error.message.contains("appears twice"), "{text}: {error:?}"),
        }
    }

    #[test]
    fn nothing_makes_the_reader_panic(text in "\\PC{0,60}") {
        let _ = JsonDocument::parse(JsonText::from_stored(text), &FieldPath::root("data"));
    }
}
