use uuid::Uuid;

/// Makes ids and secrets.
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait IdSource: Send + Sync {
    /// A new UUIDv7 (RFC 9562). Within one process each is greater than the one before it, unless the clock went back by
    /// more than a second.
    fn next_uuid(&self) -> Uuid;

    /// 128 bits from the operating system's secure generator.
    fn secret_bits(&self) -> u128;
}
