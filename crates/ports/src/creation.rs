//! Results of requests that create something, with or without an idempotency key.

use crate::StoreError;

/// The result of a request to create something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Creation<T> {
    /// This request created it.
    Created(T),
    /// An earlier attempt with the same idempotency key created it. This is the result of that attempt.
    Replayed(T),
}

impl<T> Creation<T> {
    /// The created value, whichever attempt created it.
    pub fn get(&self) -> &T {
        match self {
            Self::Created(thing) | Self::Replayed(thing) => thing,
        }
    }

    /// Whether an earlier attempt created it.
    pub fn is_replay(&self) -> bool {
        matches!(self, Self::Replayed(_))
    }

    /// The created value, whichever attempt created it.
    pub fn into_inner(self) -> T {
        match self {
            Self::Created(thing) | Self::Replayed(thing) => thing,
        }
    }
}

/// Why the result of an earlier attempt could not be returned.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// The idempotency key was used for a different request.
    #[error("the idempotency key was used for another request")]
    Mismatch,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
