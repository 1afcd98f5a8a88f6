//! The draft that a document is written in.

/// Which draft's meaning the keywords of a document have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Draft-07, and draft-06, which is a part of it. Keywords of later drafts do nothing.
    Draft07,
    /// A document without `$schema`: draft-07, with the keywords of later drafts.
    Unnamed,
    Draft2019,
    Draft2020,
}

impl Dialect {
    /// The dialect that `$schema` names.
    pub(super) fn from_uri(uri: &str) -> Option<Self> {
        let uri = uri.strip_suffix('#').unwrap_or(uri);
        let name = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))?;
        match name.strip_prefix("json-schema.org/")? {
            "draft-06/schema" | "draft-07/schema" => Some(Self::Draft07),
            "draft/2019-09/schema" => Some(Self::Draft2019),
            "draft/2020-12/schema" => Some(Self::Draft2020),
            _ => None,
        }
    }

    /// Whether keywords that came after draft-07 have a meaning.
    pub(super) fn has_later_keywords(self) -> bool {
        self != Self::Draft07
    }

    /// Whether keywords next to `$ref` count. In draft-07 they are ignored.
    pub(super) fn has_reference_siblings(self) -> bool {
        matches!(self, Self::Draft2019 | Self::Draft2020)
    }

    /// Whether `items` may be a list. In 2020-12 the list is `prefixItems`.
    pub(super) fn has_item_lists(self) -> bool {
        self != Self::Draft2020
    }
}
