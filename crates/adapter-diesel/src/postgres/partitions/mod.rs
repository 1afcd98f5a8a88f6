//! Messages in partitions by time, so that a send touches the indexes of the newest alone.
//!
//! Every process makes them ahead of time and drops those that retention leaves nothing of; the catalogue is all they
//! share. The rule by which a partition is as long as it is, and its figures, are in
//! `docs/adr/0009-partitions-of-messages.md`.
//!
//! | file | holds |
//! |---|---|
//! | `catalogue` | which partitions there are |
//! | `slot` | which there should be |
//! | `ahead` | making them |
//! | `retire` | dropping those whose messages are all old |

mod ahead;
mod catalogue;
mod retire;
mod slot;

pub(super) use catalogue::Partition;

/// Of UTC since 1970: what an id begins with, in six bytes.
type Millis = i64;
