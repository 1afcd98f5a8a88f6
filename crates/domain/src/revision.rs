//! Revisions of widgets, and preconditions of edits.

/// Counts every edit of a widget, from 1. The `ETag` of a widget is its revision.
///
/// (A [`Version`](crate::widget::Version) counts only the changes of schema or component.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(pub u32);

impl Revision {
    /// The revision of a new widget.
    pub const FIRST: Self = Self(1);
}

/// The revision that an edit or a deletion requires (`If-Match`, RFC 9110, section 13.1.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Precondition {
    /// No `If-Match`, or `If-Match: *`.
    Any,
    /// The widget must be at one of these revisions. No revision meets an empty list.
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

    /// Whether a widget that was at revision `seen`, and may have been edited since, can meet it.
    pub fn may_be_met_after(&self, seen: Revision) -> bool {
        match self {
            Self::Any => true,
            Self::OneOf(revisions) => revisions.iter().any(|revision| *revision >= seen),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_past_revision_can_no_longer_be_met_and_a_future_one_can() {
        let named = Precondition::OneOf(vec![Revision(2), Revision(3)]);
        assert!(named.may_be_met_after(Revision(1)) && !named.is_met_by(Revision(1)));
        assert!(named.may_be_met_after(Revision(3)) && named.is_met_by(Revision(3)));
        assert!(!named.may_be_met_after(Revision(4)));
        assert!(Precondition::Any.may_be_met_after(Revision(4)));
        assert!(!Precondition::OneOf(Vec::new()).may_be_met_after(Revision(1)));
    }
}
