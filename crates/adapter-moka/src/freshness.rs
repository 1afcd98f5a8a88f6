use std::time::Instant;

use ports::{Change, ChangeListener};

use crate::{
    lease::Lease,
    stamps::{Scope, Stamps},
};

/// Which copies are true: the listener of the change feed.
pub(crate) struct Freshness {
    pub(crate) stamps: Stamps,
    pub(crate) lease: Lease,
}

impl Freshness {
    pub(crate) fn new() -> Self {
        Self { stamps: Stamps::new(), lease: Lease::new() }
    }
}

impl ChangeListener for Freshness {
    fn changed(&self, change: &Change) {
        match change {
            Change::ApiKeys => self.stamps.count(Scope::ApiKeys),
            Change::Widgets(workspace) => self.stamps.count(Scope::Widgets(workspace)),
            Change::Bindings(workspace, peer) => {
                self.stamps.count(Scope::BindingsOfPeer(workspace, peer));
                self.stamps.count(Scope::Bindings(workspace));
            }
            Change::Everything => self.stamps.count_all(),
        }
    }

    fn current_as_of(&self, moment: Instant) {
        self.lease.extend_from(moment);
    }
}
