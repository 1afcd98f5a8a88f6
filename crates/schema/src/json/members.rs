//! The members of an object, in their order and with their text.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::JsonText;

/// The members of an object, in their order and with the text of their values. Includes duplicates.
#[derive(Debug, Default)]
pub struct Members<'a>(pub Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

impl JsonText {
    /// The object without the member `name`. The other values keep their text and their order. Returns an unchanged copy if there
    /// is no such member or the value is not an object.
    #[must_use]
    pub fn without(&self, name: &str) -> Self {
        let Ok(Members(members)) = serde_json::from_str(self.as_str()) else { return self.clone() };
        if members.iter().all(|(key, _)| key != name) {
            return self.clone();
        }
        let others = members.iter().filter(|(key, _)| key != name);
        let others: Vec<String> =
            others.map(|(key, value)| format!("{}:{}", serde_json::Value::from(key.as_str()), value.get())).collect();
        Self::from_stored(format!("{{{}}}", others.join(",")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removing_a_member_keeps_the_text_of_the_others() {
        let without = |text: &str| JsonText::from_stored(text.to_owned()).without("data").as_str().to_owned();
        assert_eq!(without(r#"{ "z":1e2, "data":{"a":1}, "a":[ 1.0 ]}"#), r#"{"z":1e2,"a":[ 1.0 ]}"#);
        assert_eq!(without(r#"{"d\u0061ta":1,"q\"\n":2}"#), r#"{"q\"\n":2}"#);
        assert_eq!(without(r#"{"data":1}"#), "{}");
        for same in [r#"{ "a": {"data":1} }"#, "{ }", "[1]"] {
            assert_eq!(without(same), same);
        }
    }
}
