use async_trait::async_trait;
use domain::{clock::ClockReading, time::Timestamp};

use crate::StoreError;

/// What a store is asked for outside requests.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait Housekeeping: Send + Sync {
    /// Whether the store answers: `Ok` only after a round trip to it.
    async fn ping(&self) -> Result<(), StoreError>;

    /// Forgets the idempotency keys of attempts made before this time, and tells how many. What the attempts made stays.
    async fn forget_attempts_before(&self, time: Timestamp) -> Result<u64, StoreError>;

    /// Stores the time that was read, in the place of the last reading, and returns it with what follows from the last one
    /// ([`ClockReading::next`]). All processes on a database share the reading, and it outlives their restarts.
    async fn record_clock(&self, now: Timestamp, has_seen_a_jump: bool) -> Result<ClockReading, StoreError>;

    /// Gets ready for what will be sent in the hours from `now` on: to be called before serving, and at least once an hour.
    ///
    /// Messages are sent and read meanwhile as ever. Several may do it at once. Nothing depends on it: if it fails, or is not
    /// called, whatever is sent is kept and found all the same, and only what it costs may grow.
    async fn prepare(&self, now: Timestamp) -> Result<(), StoreError>;

    /// Deletes the messages that were sent before this time, of all workspaces, and tells how many. Nothing else is touched.
    ///
    /// Done in short steps, between which messages are sent and read as ever. Several may do it at once: each message is
    /// deleted, and counted, by one of them. If it fails, what was deleted until then is gone, and the rest is for the next
    /// call. An attempt whose message is gone is either forgotten or refused as one for another request.
    async fn delete_messages_before(&self, time: Timestamp) -> Result<u64, StoreError>;
}
