//! The versions of a widget: what messages are rendered with, for ever.

use schema::{Schema, field::Invalid};

use super::WidgetName;
use crate::{component::ComponentSource, id::WidgetId, module::ModuleDigest, time::Timestamp};

/// Counts the changes of a widget's schema or component, from 1. Messages pin the version they were sent with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Version(pub u32);

impl Version {
    /// The version a widget is created with.
    pub const FIRST: Self = Self(1);

    /// Reads a version as a path or a query names it: digits without a sign, and no zeros in front.
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
    /// The widget's name of today; of a deleted one, its last.
    pub widget_name: WidgetName,
    /// Which version.
    pub version: Version,
    /// What data must look like.
    pub schema: Schema,
    /// The JSX source.
    pub component: ComponentSource,
    /// What a browser loads; absent as long as nobody asked for a version from before modules were kept.
    pub module: Option<ModuleDigest>,
    /// When it was saved.
    pub created_at: Timestamp,
}

/// What a list shows of a version: no schema and no component.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionSummary {
    /// Which version.
    pub version: Version,
    /// As of [`WidgetVersion::module`].
    pub module: Option<ModuleDigest>,
    /// When it was saved.
    pub created_at: Timestamp,
}

/// One page of a widget's versions, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionPage {
    /// The versions of this page.
    pub versions: Vec<VersionSummary>,
    /// The version that messages are sent with now.
    pub current: Version,
    /// How many there are on all pages.
    pub total: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_one_text() {
        assert_eq!(Version::parse("1"), Ok(Version::FIRST));
        assert_eq!(Version::parse("4294967295"), Ok(Version(u32::MAX)));
        for wrong in ["", "0", "01", "+1", "-1", "1.0", " 1", "4294967296", "latest"] {
            assert!(Version::parse(wrong).is_err(), "{wrong}");
        }
    }
}
