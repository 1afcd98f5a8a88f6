//! Messages in partitions by time, so that a send touches the indexes of the newest alone.
//!
//! There is one for every time: `message_first` takes what is older than all the others, `message_rest` what is later. Every
//! process makes those between ahead of time and drops those that retention leaves nothing of; the catalogue is all that
//! processes share. The rule by which a partition is as long as it is, and its figures, are in
//! `docs/adr/0009-partitions-of-messages.md`.
//!
//! | file | holds |
//! |---|---|
//! | `catalogue` | which partitions there are |
//! | `slot` | which there should be |
//! | `ahead` | making them, and taking back those of a clock that was ahead |
//! | `retire` | dropping those whose messages are all old |

mod ahead;
mod catalogue;
mod retire;
mod slot;

pub(crate) use catalogue::Partition;

/// Of UTC since 1970: what an id begins with, in six bytes.
type Millis = i64;

/// While this is held, or waited for, nobody sends or reads a message: so not for long.
const APART: &str = "SET LOCAL lock_timeout = '200ms'; SET LOCAL statement_timeout = '2s';
    LOCK TABLE ONLY message IN ACCESS EXCLUSIVE MODE";
