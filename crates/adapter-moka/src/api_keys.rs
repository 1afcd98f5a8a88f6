use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    access::{ApiKey, SecretHash},
    id::ApiKeyId,
    names::WorkspaceId,
    time::Timestamp,
};
use ports::{ApiKeyStore, Change, ChangeListener as _, StoreError};

use crate::{cache::Cache, generations::Scope, validity::Validity};

/// Enough for about 1,300 keys.
const MAX_BYTES: u64 = 1024 * 1024;

/// Caches keys that exist, revoked ones included. Absence is not cached, so a new key works immediately in all processes, and
/// guessed keys take no memory.
pub(crate) struct CachedApiKeys {
    inner: Arc<dyn ApiKeyStore>,
    by_hash: Cache<SecretHash, Option<ApiKey>>,
    validity: Arc<Validity>,
}

impl CachedApiKeys {
    pub(crate) fn new(inner: Arc<dyn ApiKeyStore>, validity: Arc<Validity>) -> Self {
        Self { inner, by_hash: Cache::new(MAX_BYTES, Arc::clone(&validity)), validity }
    }
}

#[async_trait]
impl ApiKeyStore for CachedApiKeys {
    async fn add(&self, key: &ApiKey, hash: SecretHash) -> Result<(), StoreError> {
        self.inner.add(key, hash).await
    }

    async fn add_first(&self, key: &ApiKey, hash: SecretHash) -> Result<bool, StoreError> {
        self.inner.add_first(key, hash).await
    }

    async fn find(&self, hash: SecretHash) -> Result<Option<ApiKey>, StoreError> {
        let scopes = [Scope::ApiKeys; 2];
        self.by_hash.get(hash, scopes, || self.inner.find(hash), Option::is_some).await
    }

    async fn list<'a>(&self, workspace: Option<&'a WorkspaceId>) -> Result<Vec<ApiKey>, StoreError> {
        self.inner.list(workspace).await
    }

    async fn revoke(&self, id: ApiKeyId, now: Timestamp) -> Result<Option<ApiKey>, StoreError> {
        let revoked = self.inner.revoke(id, now).await;
        // After errors too: a change whose answer is "unavailable" may have been committed.
        self.validity.changed(&Change::ApiKeys);
        revoked
    }
}
