//! The column `widget_version.resources`.

use domain::{
    origin::Origin,
    resources::{Origins, Resources},
};
use ports::StoreError;
use serde::Deserialize;

use crate::failure::damaged;

/// The lists as they are stored. An empty list is absent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    #[serde(default)]
    images: Vec<String>,
    #[serde(default)]
    fonts: Vec<String>,
    #[serde(default)]
    connect: Vec<String>,
}

/// Checks every origin again: each becomes part of a header.
pub(crate) fn read_resources(json: Option<String>) -> Result<Resources, StoreError> {
    let Some(json) = json else { return Ok(Resources::default()) };
    let Lists { images, fonts, connect } = serde_json::from_str(&json).map_err(|why| damaged(COLUMN, why))?;
    Ok(Resources { images: read_origins(&images)?, fonts: read_origins(&fonts)?, connect: read_origins(&connect)? })
}

fn read_origins(texts: &[String]) -> Result<Origins, StoreError> {
    let origins: Result<_, _> = texts.iter().map(|text| Origin::parse(text)).collect();
    origins.and_then(Origins::new).map_err(|why| damaged(COLUMN, why))
}

/// `None` if nothing is declared.
pub(crate) fn write_resources(resources: &Resources) -> Option<String> {
    // Lists of strings are always JSON.
    (!resources.is_empty()).then(|| serde_json::to_string(resources).unwrap_or_default())
}

const COLUMN: &str = "widget_version.resources";

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
