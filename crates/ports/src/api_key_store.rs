use async_trait::async_trait;
use domain::{
    access::{ApiKey, SecretHash},
    id::ApiKeyId,
    names::WorkspaceId,
    time::Timestamp,
};

use crate::StoreError;

/// Keeps API keys: their hashes, never the keys.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait ApiKeyStore: Send + Sync {
    /// Adds a key.
    async fn add(&self, key: &ApiKey, hash: SecretHash) -> Result<(), StoreError>;

    /// Adds a key if there is none at all, revoked ones counted, and tells whether it did. Of many at once one does.
    async fn add_first(&self, key: &ApiKey, hash: SecretHash) -> Result<bool, StoreError>;

    /// The key with this hash, revoked or not.
    async fn find(&self, hash: SecretHash) -> Result<Option<ApiKey>, StoreError>;

    /// All keys, oldest first; those of one workspace when it is named.
    async fn list<'a>(&self, workspace: Option<&'a WorkspaceId>) -> Result<Vec<ApiKey>, StoreError>;

    /// Revokes a key for good and returns it; `None` if there is no such key. Revoking twice keeps the first time.
    async fn revoke(&self, id: ApiKeyId, now: Timestamp) -> Result<Option<ApiKey>, StoreError>;
}
