//! Idempotency keys: a retried request creates nothing twice.

use schema::field::Invalid;
use sha2::{Digest as _, Sha256};

use crate::{id::ApiKeyId, limits, time::Timestamp};

/// The minimum time for which the service remembers a key, in seconds: 24 hours.
pub const MIN_RETENTION_SECONDS: i64 = 24 * 60 * 60;

/// The value of an `Idempotency-Key` header: 1 to 255 printable ASCII characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Parses the header's value.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text.is_empty()
            || text.len() > limits::MAX_IDEMPOTENCY_KEY_CHARS
            || !text.bytes().all(|b| b.is_ascii_graphic() || b == b' ')
        {
            return Err(Invalid::new(format!(
                "Expected 1 to {} printable ASCII characters",
                limits::MAX_IDEMPOTENCY_KEY_CHARS
            )));
        }
        Ok(Self(text.to_owned()))
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A request with an idempotency key: who sent it, with which key, and what it asked for.
///
/// Idempotency keys are scoped to the API key: the same value sent with two API keys names two attempts, so no caller finds
/// out about another's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The API key that sent it.
    pub api_key: ApiKeyId,
    /// The value of the header.
    pub key: IdempotencyKey,
    /// Identifies the request: a different request with the same key has a different fingerprint.
    pub fingerprint: Fingerprint,
    /// When it was sent. Housekeeping deletes attempts older than [`MIN_RETENTION_SECONDS`]. Until then the key is taken,
    /// whatever the time of a later attempt.
    pub made_at: Timestamp,
}

/// SHA-256 over the operation and the body of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(pub [u8; 32]);

impl Fingerprint {
    /// The fingerprint of `operation` (method and path) with this body.
    pub fn of(operation: &str, body: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update((operation.len() as u64).to_le_bytes());
        hash.update(operation.as_bytes());
        hash.update(body);
        Self(hash.finalize().into())
    }
}
