//! Versions of a widget. They are never deleted, so that every message can be rendered with the version it pins.

use schema::{Schema, field::Invalid};

use super::WidgetName;
use crate::{
    component::{ComponentSource, Language},
    id::WidgetId,
    module::StoredModule,
    resources::Resources,
    styles::Styles,
    time::Timestamp,
};

/// Counts the changes of a widget's schema, component, resources or styles, from 1. A message pins the version it was sent with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Version(pub u32);

impl Version {
    /// The version of a new widget.
    pub const FIRST: Self = Self(1);

    /// Parses a version in a path or a query: digits without sign and leading zeros.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let version = text.parse().ok().filter(|version: &u32| *version > 0 && version.to_string() == text);
        version.map(Self).ok_or_else(|| Invalid::new("Expected the number of a version"))
    }
}

/// One version of a widget, current or not.
#[derive(Debug, Clone, PartialEq)]
pub struct WidgetVersion {
    /// The widget.
    pub widget: WidgetId,
    /// The widget's current name, or the last name of a deleted widget.
    pub widget_name: WidgetName,
    /// The number of the version.
    pub version: Version,
    /// The schema of the widget's data.
    pub schema: Schema,
    /// The source of the component.
    pub component: ComponentSource,
    /// The language of the component.
    pub language: Language,
    /// What it loads from other origins.
    pub resources: Resources,
    /// Whether it is styled with Tailwind CSS.
    pub styles: Styles,
    /// The module that browsers load. Absent until the module of a version saved before modules were stored is first requested.
    pub module: Option<StoredModule>,
    /// When it was saved.
    pub created_at: Timestamp,
}

/// A version in a list, without schema and component.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionSummary {
    /// The number of the version.
    pub version: Version,
    /// As [`WidgetVersion::module`].
    pub module: Option<StoredModule>,
    /// When it was saved.
    pub created_at: Timestamp,
}

/// One page of a widget's versions, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionPage {
    /// The versions of this page.
    pub versions: Vec<VersionSummary>,
    /// The current version of the widget, which new messages pin.
    pub current: Version,
    /// The number of versions on all pages.
    pub total: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_exactly_one_text() {
        assert_eq!(Version::parse("1"), Ok(Version::FIRST));
        assert_eq!(Version::parse("4294967295"), Ok(Version(u32::MAX)));
        for wrong in ["", "0", "01", "+1", "-1", "1.0", " 1", "4294967296", "latest"] {
            assert!(Version::parse(wrong).is_err(), "{wrong}");
        }
    }
}
