use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    access::{ApiKey, SecretHash},
    id::ApiKeyId,
    names::WorkspaceId,
    time::Timestamp,
};
use ports::{ApiKeyStore, Change, ChangeListener as _, StoreError};

use crate::{freshness::Freshness, memory::Memory, stamps::Scope};

/// Some 1,300 keys.
const BYTES: u64 = 1024 * 1024;

/// Keeps keys that were found, revoked ones too. That there is none is not kept: a new key works at once everywhere, and
/// made-up ones take no memory.
pub(crate) struct CachedApiKeys {
    inner: Arc<dyn ApiKeyStore>,
    found: Memory<SecretHash, Option<ApiKey>>,
    freshness: Arc<Freshness>,
}

impl CachedApiKeys {
    pub(crate) fn new(inner: Arc<dyn ApiKeyStore>, freshness: Arc<Freshness>) -> Self {
        Self { inner, found: Memory::new(BYTES, Arc::clone(&freshness)), freshness }
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
        self.found.get(hash, scopes, || self.inner.find(hash), Option::is_some).await
    }

    async fn list<'a>(&self, workspace: Option<&'a WorkspaceId>) -> Result<Vec<ApiKey>, StoreError> {
        self.inner.list(workspace).await
    }

    async fn revoke(&self, id: ApiKeyId, now: Timestamp) -> Result<Option<ApiKey>, StoreError> {
        let revoked = self.inner.revoke(id, now).await;
        // Whatever the answer is: one that says "unavailable" may have been committed.
        self.freshness.changed(&Change::ApiKeys);
        revoked
    }
}
