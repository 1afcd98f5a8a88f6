//! What a schema says for people: its title, and examples of its data.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::Schema;
use crate::json::JsonText;

/// Examples beyond these are not looked at.
const EXAMPLES: usize = 10;

/// Draft-07, section 10: none of these keywords has a say in what is valid, so they may hold anything.
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
    /// The `title`, if it is text that shows something.
    pub fn title(&self) -> Option<String> {
        let title: String = serde_json::from_str(self.annotations()?.title?.get()).ok()?;
        Some(title).filter(|title| !title.trim().is_empty())
    }

    /// What the author gave as an example of the data, best first: the first of `examples`, then the others, then `default`.
    /// Whether it fits the schema, a checker tells.
    pub fn examples(&self) -> Vec<JsonText> {
        let Some(annotations) = self.annotations() else { return Vec::new() };
        let examples = annotations.examples.and_then(|raw| serde_json::from_str::<Vec<&RawValue>>(raw.get()).ok());
        let examples = examples.unwrap_or_default().into_iter().take(EXAMPLES).chain(annotations.default);
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
    fn a_title_is_text_that_shows_something() {
        assert_eq!(schema(r#","title":"Sales \u00e9""#).title().as_deref(), Some("Sales é"));
        for none in ["", r#","title":"""#, r#","title":" \n""#, r#","properties":{"title":{"type":"string"}}"#] {
            assert_eq!(schema(none).title(), None, "{none}");
        }
    }

    #[test]
    fn examples_come_to_the_byte_and_before_the_default() {
        let texts = |schema: Schema| -> Vec<String> {
            schema.examples().into_iter().map(|text| text.as_str().to_owned()).collect()
        };
        let both = schema(r#","default":{"b":1.0},"examples":[{"z":1e2, "a":1},7,{"c":[]}]"#);
        assert_eq!(texts(both), [r#"{"z":1e2, "a":1}"#, r#"{"c":[]}"#, r#"{"b":1.0}"#]);
        assert_eq!(texts(schema("")), [""; 0]);
        let many = schema(&format!(r#","examples":[{}{{}}]"#, "{},".repeat(100)));
        assert_eq!(many.examples().len(), EXAMPLES);
    }
}
