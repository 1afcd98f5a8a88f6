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

    /// Whether a widget that was at this revision, and may since have been edited, may meet it.
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
    fn a_revision_that_is_past_is_met_no_more_and_one_to_come_may_be() {
        let named = Precondition::OneOf(vec![Revision(2), Revision(3)]);
        assert!(named.may_be_met_after(Revision(1)) && !named.is_met_by(Revision(1)));
        assert!(named.may_be_met_after(Revision(3)) && named.is_met_by(Revision(3)));
        assert!(!named.may_be_met_after(Revision(4)));
        assert!(Precondition::Any.may_be_met_after(Revision(4)));
        assert!(!Precondition::OneOf(Vec::new()).may_be_met_after(Revision(1)));
    }
}
