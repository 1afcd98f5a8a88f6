//! Which state of a widget an edit was meant for.

/// Counts every edit of a widget, from 1; what an `ETag` stands for. (A [`Version`](crate::widget::Version) counts only
/// the changes of schema or component.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(pub u32);

impl Revision {
    /// The revision a widget is created with.
    pub const FIRST: Self = Self(1);
}

/// What an edit or a deletion demands of the widget's state (RFC 9110, section 13.1.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Precondition {
    /// No `If-Match`, or `If-Match: *`.
    Any,
    /// The widget must be at one of these revisions; an empty list is met by none.
    OneOf(Vec<Revision>),
}

impl Precondition {
    /// Whether a widget at this revision may be changed.
    pub fn is_met_by(&self, current: Revision) -> bool {
        match self {
            Self::Any => true,
            Self::OneOf(revisions) => revisions.contains(&current),
        }
    }
}
