//! API keys: whose request it is and what it may do.

mod permission;
mod secret;

pub use permission::{Manager, Messenger, MissingPermission, Permission, Permissions, Principal};
pub use secret::{ApiKeySecret, SecretHash};

use crate::{
    id::ApiKeyId,
    names::{UserId, WorkspaceId},
    time::Timestamp,
};

/// The stored record of an API key. It does not hold the key itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Identifies the key in lists and in `key revoke`.
    pub id: ApiKeyId,
    /// The workspace that its requests read and change.
    pub workspace: WorkspaceId,
    /// `createdBy` of everything created with it.
    pub user: UserId,
    /// What it may do.
    pub permissions: Permissions,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was revoked; `None` while it is valid.
    pub revoked_at: Option<Timestamp>,
}

impl ApiKey {
    /// The principal of requests with this key; `None` once it is revoked.
    pub fn principal(&self) -> Option<Principal> {
        self.revoked_at.is_none().then(|| Principal {
            key: self.id,
            workspace: self.workspace.clone(),
            user: self.user.clone(),
            permissions: self.permissions,
        })
    }
}
