//! The port that generates ids and secrets.

use uuid::Uuid;

/// Generates ids and secrets.
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait IdSource: Send + Sync {
    /// Returns a new UUIDv7 (RFC 9562). Within one process each is greater than the one before it, unless the clock went back
    /// by more than a second.
    fn next_uuid(&self) -> Uuid;

    /// Returns 128 bits from the operating system's secure random number generator.
    fn secret_bits(&self) -> u128;
}
