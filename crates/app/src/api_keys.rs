//! Use cases of API keys.

use std::sync::Arc;

use domain::{
    access::{ApiKey, ApiKeySecret, Permissions, Principal},
    id::ApiKeyId,
    names::{UserId, WorkspaceId},
};
use ports::{ApiKeyStore, Clock, IdSource};

use crate::AppError;

/// Issues, lists, revokes and authenticates API keys.
pub struct ApiKeys {
    /// Stores the keys.
    pub store: Arc<dyn ApiKeyStore>,
    /// The service's clock.
    pub clock: Arc<dyn Clock>,
    /// Generates ids and secrets.
    pub ids: Arc<dyn IdSource>,
}

/// A new key with its secret, which is not stored and cannot be shown again.
#[derive(Debug)]
pub struct IssuedKey {
    /// The stored record.
    pub key: ApiKey,
    /// The bearer token that its holder sends.
    pub secret: ApiKeySecret,
}

impl ApiKeys {
    /// Returns the principal of a bearer token; `None` if the token is malformed, unknown or revoked.
    pub async fn authenticate(&self, token: &str) -> Result<Option<Principal>, AppError> {
        // The checksum rejects invented keys without a query.
        let Some(secret) = ApiKeySecret::parse(token) else { return Ok(None) };
        let key = self.store.find(secret.hash()).await?;
        Ok(key.as_ref().and_then(ApiKey::principal))
    }

    /// Issues a key.
    pub async fn issue(
        &self,
        workspace: WorkspaceId,
        user: UserId,
        permissions: Permissions,
    ) -> Result<IssuedKey, AppError> {
        let issued = self.prepare(workspace, user, permissions);
        self.store.add(&issued.key, issued.secret.hash()).await?;
        Ok(issued)
    }

    /// Issues a key with all permissions if none was ever issued, as at the first start on an empty database.
    pub async fn issue_first(&self, workspace: WorkspaceId, user: UserId) -> Result<Option<IssuedKey>, AppError> {
        let issued = self.prepare(workspace, user, Permissions::all());
        let added = self.store.add_first(&issued.key, issued.secret.hash()).await?;
        Ok(added.then_some(issued))
    }

    /// Lists all keys, or those of one workspace, oldest first, including revoked ones.
    pub async fn list(&self, workspace: Option<&WorkspaceId>) -> Result<Vec<ApiKey>, AppError> {
        Ok(self.store.list(workspace).await?)
    }

    /// Revokes a key permanently; `None` if no such key exists.
    pub async fn revoke(&self, id: ApiKeyId) -> Result<Option<ApiKey>, AppError> {
        Ok(self.store.revoke(id, self.clock.now()).await?)
    }

    fn prepare(&self, workspace: WorkspaceId, user: UserId, permissions: Permissions) -> IssuedKey {
        let id = ApiKeyId::from_uuid(self.ids.next_uuid());
        let key = ApiKey { id, workspace, user, permissions, created_at: self.clock.now(), revoked_at: None };
        IssuedKey { key, secret: ApiKeySecret::from_random(self.ids.secret_bits()) }
    }
}
