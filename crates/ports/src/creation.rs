use crate::StoreError;

/// What became of a request to create something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Creation<T> {
    /// It was made now.
    Made(T),
    /// An earlier attempt with the same idempotency key made it; this is what that attempt was answered.
    Replayed(T),
}

impl<T> Creation<T> {
    /// The thing itself, made now or before.
    pub fn get(&self) -> &T {
        match self {
            Self::Made(thing) | Self::Replayed(thing) => thing,
        }
    }

    /// Whether an earlier attempt made it.
    pub fn is_replay(&self) -> bool {
        matches!(self, Self::Replayed(_))
    }

    /// The thing itself, made now or before.
    pub fn into_inner(self) -> T {
        match self {
            Self::Made(thing) | Self::Replayed(thing) => thing,
        }
    }
}

/// Why an earlier attempt could not be answered again.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// The idempotency key was used for another request.
    #[error("the idempotency key was used for another request")]
    Mismatch,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
