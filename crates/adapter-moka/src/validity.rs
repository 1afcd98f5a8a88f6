use std::time::Instant;

use ports::{Change, ChangeListener};

use crate::{
    generations::{Generations, Scope},
    lease::Lease,
};

/// Decides which entries are valid. Listens to the change feed.
pub(crate) struct Validity {
    pub(crate) generations: Generations,
    pub(crate) lease: Lease,
}

impl Validity {
    pub(crate) fn new() -> Self {
        Self { generations: Generations::new(), lease: Lease::new() }
    }
}

impl ChangeListener for Validity {
    fn changed(&self, change: &Change) {
        match change {
            Change::ApiKeys => self.generations.advance(Scope::ApiKeys),
            Change::Widgets(workspace) => self.generations.advance(Scope::Widgets(workspace)),
            Change::Bindings(workspace, peer) => {
                self.generations.advance(Scope::BindingsOfPeer(workspace, peer));
                self.generations.advance(Scope::Bindings(workspace));
            }
            Change::Everything => self.generations.advance_all(),
        }
    }

    fn current_as_of(&self, moment: Instant) {
        self.lease.extend_from(moment);
    }
}
