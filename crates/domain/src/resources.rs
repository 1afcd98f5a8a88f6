//! What a widget loads from other origins, as its author declares it.

use schema::field::Invalid;
use serde::{Deserialize, Serialize};

use crate::{
    limits,
    origin::{AllowedOrigins, Origin},
};

/// The origins that a version of a widget loads from, by what it loads. A browser is only allowed those that the operator allows too.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Resources {
    /// Images, in elements and in styles.
    #[serde(skip_serializing_if = "Origins::is_empty")]
    pub images: Origins,
    /// Fonts of `@font-face` and `FontFace`.
    #[serde(skip_serializing_if = "Origins::is_empty")]
    pub fonts: Origins,
    /// Requests of scripts: `fetch` and `XMLHttpRequest`.
    #[serde(skip_serializing_if = "Origins::is_empty")]
    pub connect: Origins,
}

/// Up to 10 origins, in the order in which they were sent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<Origin>")]
pub struct Origins(Vec<Origin>);

impl TryFrom<Vec<Origin>> for Origins {
    type Error = Invalid;

    fn try_from(origins: Vec<Origin>) -> Result<Self, Invalid> {
        Self::new(origins)
    }
}

impl Origins {
    /// Accepts up to [`limits::MAX_ORIGINS`] origins.
    pub fn new(origins: Vec<Origin>) -> Result<Self, Invalid> {
        if origins.len() > limits::MAX_ORIGINS {
            let (most, received) = (limits::MAX_ORIGINS, origins.len());
            return Err(Invalid::new(format!("Expected at most {most} origins, received {received}")));
        }
        Ok(Self(origins))
    }

    /// The origins, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Origin> {
        self.0.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn retain(&self, keep: impl Fn(&Origin) -> bool) -> Self {
        Self(self.0.iter().filter(|origin| keep(origin)).cloned().collect())
    }
}

/// One of the lists of resources.
type List = fn(&Resources) -> &Origins;

impl Resources {
    /// The names of the lists, in requests and responses, and what each allows.
    pub const LISTS: [(&'static str, List); 3] = [
        ("images", |resources| &resources.images),
        ("fonts", |resources| &resources.fonts),
        ("connect", |resources| &resources.connect),
    ];

    /// Whether no origin is declared.
    pub fn is_empty(&self) -> bool {
        Self::LISTS.iter().all(|(_, list)| list(self).is_empty())
    }

    /// All origins in all lists; an origin in two lists comes twice.
    pub fn iter(&self) -> impl Iterator<Item = &Origin> {
        Self::LISTS.iter().flat_map(|(_, list)| list(self).iter())
    }

    /// The declared origins that the operator allows.
    #[must_use]
    pub fn allowed_by(&self, allowed: &AllowedOrigins) -> Self {
        self.retain(|origin| allowed.allows(origin))
    }

    /// The declared origins that meet a condition.
    #[must_use]
    pub fn retain(&self, keep: impl Fn(&Origin) -> bool) -> Self {
        Self { images: self.images.retain(&keep), fonts: self.fonts.retain(&keep), connect: self.connect.retain(&keep) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins(texts: &[&str]) -> Origins {
        Origins::new(texts.iter().map(|text| Origin::parse(text).unwrap()).collect()).unwrap()
    }

    #[test]
    fn a_list_has_at_most_ten_origins() {
        let many = |count| Origins::new(vec![Origin::parse("https://cdn.example.com").unwrap(); count]);
        assert!(many(10).is_ok());
        assert_eq!(many(11), Err(Invalid::new("Expected at most 10 origins, received 11")));
    }

    #[test]
    fn only_what_the_operator_allows_remains() {
        let declared = Resources {
            images: origins(&["https://a.example.com", "https://evil.example"]),
            fonts: origins(&["https://evil.example"]),
            connect: origins(&["https://b.example.com"]),
        };
        let allowed = AllowedOrigins::parse("https://*.example.com").unwrap();
        let expected = Resources {
            images: origins(&["https://a.example.com"]),
            fonts: Origins::default(),
            connect: origins(&["https://b.example.com"]),
        };
        assert_eq!(declared.allowed_by(&allowed), expected);
        assert!(declared.allowed_by(&AllowedOrigins::default()).is_empty());
        assert_eq!(declared.iter().count(), 4);
    }

    #[test]
    fn empty_lists_are_not_written() {
        let fonts = Resources { fonts: origins(&["https://a.example"]), ..Resources::default() };
        assert_eq!(serde_json::to_string(&fonts).unwrap(), r#"{"fonts":["https://a.example"]}"#);
        assert!(Resources::default().is_empty() && !fonts.is_empty());
    }
}
