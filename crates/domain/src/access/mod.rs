//! API keys: who a request comes from and what it may do.

mod permission;
mod secret;

pub use permission::{Manager, Messenger, MissingPermission, Permission, Permissions, Principal};
pub use secret::{ApiKeySecret, SecretHash};

use crate::{
    id::ApiKeyId,
    names::{UserId, WorkspaceId},
    time::Timestamp,
};

/// What is stored of an API key; never the key itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Names the key in lists and in `key revoke`.
    pub id: ApiKeyId,
    /// What its requests see and change.
    pub workspace: WorkspaceId,
    /// `createdBy` of what it makes.
    pub user: UserId,
    /// What it may do.
    pub permissions: Permissions,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when it opens nothing any more.
    pub revoked_at: Option<Timestamp>,
}

impl ApiKey {
    /// Whom requests with this key come from; `None` once it is revoked.
    pub fn principal(&self) -> Option<Principal> {
        self.revoked_at.is_none().then(|| Principal {
            key: self.id,
            workspace: self.workspace.clone(),
            user: self.user.clone(),
            permissions: self.permissions,
        })
    }
}
