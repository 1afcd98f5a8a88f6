//! The members of an object in their order, each as the text it was sent as.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::JsonText;

/// The members of an object, each as text; one that is named twice is there twice.
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
    /// The object without a member. The other values keep their text and their order; an object that lacks the member, and
    /// what is no object, stay as they are.
    #[must_use]
    pub fn without(&self, name: &str) -> Self {
        let Ok(Members(members)) = serde_json::from_str(self.as_str()) else { return self.clone() };
        if members.iter().all(|(key, _)| key != name) {
            return self.clone();
        }
        let kept = members.iter().filter(|(key, _)| key != name);
        let kept: Vec<String> =
            kept.map(|(key, value)| format!("{}:{}", serde_json::Value::from(key.as_str()), value.get())).collect();
        Self::from_stored(format!("{{{}}}", kept.join(",")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_taken_out_and_the_others_stay_to_the_byte() {
        let without = |text: &str| JsonText::from_stored(text.to_owned()).without("data").as_str().to_owned();
        assert_eq!(without(r#"{ "z":1e2, "data":{"a":1}, "a":[ 1.0 ]}"#), r#"{"z":1e2,"a":[ 1.0 ]}"#);
        assert_eq!(without(r#"{"d\u0061ta":1,"q\"\n":2}"#), r#"{"q\"\n":2}"#);
        assert_eq!(without(r#"{"data":1}"#), "{}");
        for same in [r#"{ "a": {"data":1} }"#, "{ }", "[1]"] {
            assert_eq!(without(same), same);
        }
    }
}
