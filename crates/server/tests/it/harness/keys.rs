use std::sync::Arc;

use app::ApiKeys;
use domain::{
    access::Permissions,
    id::ApiKeyId,
    names::{UserId, WorkspaceId},
};
use ports::{ApiKeyStore, Clock};
use server::system::OsIds;

use super::TestClock;

/// The sender of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// All permissions. The user is `user_xyz789`, as in the reference.
    Owner,
    /// WIDGETS_MANAGE alone.
    Manager,
    /// WIDGETS_USE_BASIC alone.
    Messenger,
    /// No permission: reads widgets.
    Reader,
    /// All permissions, in another workspace.
    Stranger,
    /// Had all permissions, and is revoked.
    Revoked,
    /// Sends no key.
    Anonymous,
}

impl Role {
    const WITH_KEY: [(Self, &'static str, &'static str, &'static str); 6] = [
        (Self::Owner, "acme", "user_xyz789", "WIDGETS_USE_BASIC,WIDGETS_MANAGE"),
        (Self::Manager, "acme", "user_manager", "WIDGETS_MANAGE"),
        (Self::Messenger, "acme", "user_messenger", "WIDGETS_USE_BASIC"),
        (Self::Reader, "acme", "user_reader", ""),
        (Self::Stranger, "umbrella", "user_stranger", "WIDGETS_USE_BASIC,WIDGETS_MANAGE"),
        (Self::Revoked, "acme", "user_revoked", "WIDGETS_USE_BASIC,WIDGETS_MANAGE"),
    ];
}

/// A key for each role.
#[derive(Debug, Clone)]
pub(super) struct Keys(Vec<(Role, String, ApiKeyId)>);

impl Keys {
    /// Issues them.
    pub(super) async fn issue(store: Arc<dyn ApiKeyStore>) -> Self {
        let clock: Arc<dyn Clock> = Arc::new(TestClock::default());
        let api_keys = ApiKeys { store, ids: Arc::new(OsIds::new(Arc::clone(&clock))), clock };
        let mut keys = Vec::new();
        for (role, workspace, user, permissions) in Role::WITH_KEY {
            let workspace = WorkspaceId::parse(workspace).unwrap();
            let user = UserId::parse(user).unwrap();
            let issued = api_keys.issue(workspace, user, Permissions::parse(permissions).unwrap()).await.unwrap();
            if role == Role::Revoked {
                api_keys.revoke(issued.key.id).await.unwrap().unwrap();
            }
            keys.push((role, issued.secret.reveal().to_owned(), issued.key.id));
        }
        Self(keys)
    }

    /// The key that this role sends.
    pub(super) fn secret(&self, role: Role) -> Option<&str> {
        self.0.iter().find(|(of, ..)| *of == role).map(|(_, secret, _)| secret.as_str())
    }
}
