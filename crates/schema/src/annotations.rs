//! Annotations of a schema: its title, and examples of its data.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::Schema;
use crate::json::JsonText;

/// Maximum number of `examples` that are used.
const MAX_EXAMPLES: usize = 10;

/// Draft-07, section 10: these keywords do not affect validation, so they may hold anything.
#[derive(Deserialize)]
struct Annotations<'a> {
    #[serde(borrow)]
    title: Option<&'a RawValue>,
    #[serde(borrow)]
    examples: Option<&'a RawValue>,
    #[serde(borrow)]
    default: Option<&'a RawValue>,
}

impl Schema {
    /// The `title`, if it is a string that is not blank.
    pub fn title(&self) -> Option<String> {
        let title: String = serde_json::from_str(self.annotations()?.title?.get()).ok()?;
        Some(title).filter(|title| !title.trim().is_empty())
    }

    /// The author's examples of data, in order of preference: `examples`, then `default`. They may not match the schema.
    pub fn examples(&self) -> Vec<JsonText> {
        let Some(annotations) = self.annotations() else { return Vec::new() };
        let examples = annotations.examples.and_then(|raw| serde_json::from_str::<Vec<&RawValue>>(raw.get()).ok());
        let examples = examples.unwrap_or_default().into_iter().take(MAX_EXAMPLES).chain(annotations.default);
        examples.map(JsonText::from_raw).filter(JsonText::is_object).collect()
    }

    fn annotations(&self) -> Option<Annotations<'_>> {
        serde_json::from_str(self.text().as_str()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(members: &str) -> Schema {
        Schema::parse(JsonText::from_stored(format!(r#"{{"type":"object"{members}}}"#))).unwrap().schema
    }

    #[test]
    fn a_title_is_a_string_that_is_not_blank() {
        assert_eq!(schema(r#","title":"Sales \u00e9""#).title().as_deref(), Some("Sales é"));
        for none in ["", r#","title":"""#, r#","title":" \n""#, r#","properties":{"title":{"type":"string"}}"#] {
            assert_eq!(schema(none).title(), None, "{none}");
        }
    }

    #[test]
    fn examples_keep_their_text_and_come_before_the_default() {
        let texts = |schema: Schema| -> Vec<String> {
            schema.examples().into_iter().map(|text| text.as_str().to_owned()).collect()
        };
        let both = schema(r#","default":{"b":1.0},"examples":[{"z":1e2, "a":1},7,{"c":[]}]"#);
        assert_eq!(texts(both), [r#"{"z":1e2, "a":1}"#, r#"{"c":[]}"#, r#"{"b":1.0}"#]);
        assert_eq!(texts(schema("")), [""; 0]);
        let many = schema(&format!(r#","examples":[{}{{}}]"#, "{},".repeat(100)));
        assert_eq!(many.examples().len(), MAX_EXAMPLES);
    }
}
