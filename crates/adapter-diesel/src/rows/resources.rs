//! The column `widget_version.resources`.

use domain::resources::Resources;
use ports::StoreError;

use crate::failure::damaged;

/// Every origin is checked again: each becomes part of a header.
pub(crate) fn read_resources(json: Option<String>) -> Result<Resources, StoreError> {
    json.map_or_else(
        || Ok(Resources::default()),
        |json| serde_json::from_str(&json).map_err(|why| damaged("widget_version.resources", why)),
    )
}

/// `None` if nothing is declared.
pub(crate) fn write_resources(resources: &Resources) -> Option<String> {
    // Lists of strings are always JSON.
    (!resources.is_empty()).then(|| serde_json::to_string(resources).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read_and_anything_else_is_damaged() {
        let text = r#"{"images":["https://a.example"],"connect":["https://b.example:8443"]}"#;
        assert_eq!(write_resources(&read_resources(Some(text.to_owned())).unwrap()).as_deref(), Some(text));
        assert_eq!(write_resources(&read_resources(None).unwrap()), None);
        for damaged in [
            "",
            "1",
            r#"{"images":["https://a.example; script-src *"]}"#,
            r#"{"fonts":["*"]}"#,
            r#"{"scripts":["https://a.example"]}"#,
        ] {
            assert!(read_resources(Some(damaged.to_owned())).is_err(), "{damaged}");
        }
    }
}
