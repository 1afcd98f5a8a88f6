//! The port for the maintenance of a store.

use async_trait::async_trait;
use domain::{clock::ClockReading, time::Timestamp};

use crate::StoreError;

/// Maintenance of a store, done outside of requests.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait Housekeeping: Send + Sync {
    /// Returns `Ok` only after a round trip to the store.
    async fn ping(&self) -> Result<(), StoreError>;

    /// Deletes the idempotency keys of attempts made before `time`, and returns their number. What the attempts created stays.
    async fn forget_attempts_before(&self, time: Timestamp) -> Result<u64, StoreError>;

    /// Replaces the stored clock reading with the one that follows it ([`ClockReading::next`]), and returns the new one.
    ///
    /// All processes on a database share the reading, and it survives restarts.
    async fn record_clock(&self, now: Timestamp, has_seen_a_jump: bool) -> Result<ClockReading, StoreError>;

    /// Prepares the store for the messages of the hours after `now`. Call it before serving, and at least once an hour.
    ///
    /// It does not block sending and reading messages, and calls may run concurrently. It only saves cost: if it fails or is
    /// not called, every message is still stored and found.
    async fn prepare(&self, now: Timestamp) -> Result<(), StoreError>;

    /// Rewrites the text that searches read of up to `at_most` widgets, and returns their number: those that an earlier version of
    /// the service wrote, whose searches ignored other differences.
    ///
    /// The store rewrites in short steps, so requests are not blocked. Calls may run concurrently, also while earlier versions
    /// still run, and during edits: a widget that is edited meanwhile keeps the text of its edit. After a failure the next call
    /// continues.
    async fn refresh_search(&self, at_most: u64) -> Result<u64, StoreError>;

    /// Deletes the messages of all workspaces that were sent before `time`, and returns their number. It changes nothing else.
    ///
    /// The store deletes in short steps, so sending and reading messages is not blocked. Calls may run concurrently: exactly
    /// one call deletes and counts each message. If a call fails, the messages deleted so far stay deleted, and the next call
    /// deletes the rest. A retry of an attempt whose message was deleted is treated as a new request, or refused as a different
    /// request with the same key.
    async fn delete_messages_before(&self, time: Timestamp) -> Result<u64, StoreError>;
}
