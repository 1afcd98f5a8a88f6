//! Messages in partitions by time, so that an insert touches the indexes of the newest partition only.
//!
//! A partition exists for every time: `message_first` holds what is older than all others, `message_rest` what is later.
//! Every process creates the partitions between them ahead of time, and drops those whose messages have all expired.
//! Processes coordinate through the catalog of the database only. `docs/adr/0009-partitions-of-messages.md` states the rule
//! for the length of a partition, with its measurements.
//!
//! | file | holds |
//! |---|---|
//! | `catalog` | which partitions exist |
//! | `layout` | which partitions should exist |
//! | `maintain` | creating them, and removing those that a fast clock created |
//! | `retire` | dropping those whose messages are all old |

mod catalog;
mod layout;
mod maintain;
mod retire;

pub(crate) use catalog::Partition;

/// Milliseconds since 1970 in UTC: the first six bytes of an id.
type Millis = i64;

/// Locks the table against sends and reads. They wait while this is held or waited for, so its timeouts are short.
const LOCK_TABLE: &str = "SET LOCAL lock_timeout = '200ms'; SET LOCAL statement_timeout = '2s';
    LOCK TABLE ONLY message IN ACCESS EXCLUSIVE MODE";
