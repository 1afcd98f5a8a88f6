//! The port that stores API keys.

use async_trait::async_trait;
use domain::{
    access::{ApiKey, SecretHash},
    id::ApiKeyId,
    names::WorkspaceId,
    time::Timestamp,
};

use crate::StoreError;

/// Stores API keys as hashes. The keys themselves are never stored.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait ApiKeyStore: Send + Sync {
    /// Adds a key.
    async fn add(&self, key: &ApiKey, hash: SecretHash) -> Result<(), StoreError>;

    /// Adds a key if the store holds none at all, not even a revoked one, and returns whether it did. Of concurrent calls
    /// exactly one adds its key.
    async fn add_first(&self, key: &ApiKey, hash: SecretHash) -> Result<bool, StoreError>;

    /// Returns the key with this hash, revoked or not.
    async fn find(&self, hash: SecretHash) -> Result<Option<ApiKey>, StoreError>;

    /// Returns all keys, or those of one workspace, oldest first.
    async fn list<'a>(&self, workspace: Option<&'a WorkspaceId>) -> Result<Vec<ApiKey>, StoreError>;

    /// Revokes a key permanently and returns it; `None` if no such key exists. Revoking it again changes nothing.
    async fn revoke(&self, id: ApiKeyId, now: Timestamp) -> Result<Option<ApiKey>, StoreError>;
}
