//! Permissions, and principals that have proved them.

use std::{fmt, ops::Deref};

use schema::field::Invalid;
use uuid::Uuid;

use crate::{
    id::ApiKeyId,
    names::{UserId, WorkspaceId},
    widget::prebuilt_workspace,
};

/// The reference's permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Binds widgets to peers, sends and reads messages.
    UseBasic,
    /// Creates, updates, deletes and validates widgets.
    Manage,
}

impl Permission {
    /// Both permissions.
    pub const ALL: [Self; 2] = [Self::UseBasic, Self::Manage];

    /// The reference's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UseBasic => "WIDGETS_USE_BASIC",
            Self::Manage => "WIDGETS_MANAGE",
        }
    }

    /// Reads the reference's name.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        Self::ALL
            .into_iter()
            .find(|permission| permission.as_str() == text)
            .ok_or_else(|| Invalid::new(format!("Expected {}", Self::ALL.map(Self::as_str).join(" or "))))
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A set of permissions. A key with the empty set can still read widgets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Permissions {
    use_basic: bool,
    manage: bool,
}

impl Permissions {
    /// Every permission.
    pub const fn all() -> Self {
        Self { use_basic: true, manage: true }
    }

    /// Parses names joined by commas; an empty text is the empty set.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(Permission::parse).collect()
    }

    /// Whether the set contains the permission.
    pub const fn contains(self, permission: Permission) -> bool {
        match permission {
            Permission::UseBasic => self.use_basic,
            Permission::Manage => self.manage,
        }
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        permissions.into_iter().fold(Self::default(), |mut set, permission| {
            match permission {
                Permission::UseBasic => set.use_basic = true,
                Permission::Manage => set.manage = true,
            }
            set
        })
    }
}

/// The names, joined by commas: what [`Permissions::parse`] reads.
impl fmt::Display for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = Permission::ALL.into_iter().filter(|permission| self.contains(*permission));
        f.write_str(&held.map(Permission::as_str).collect::<Vec<_>>().join(","))
    }
}

/// The key does not hold the permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the permission {0} is required")]
pub struct MissingPermission(pub Permission);

/// The authenticated caller of a request. It may read widgets; every other operation requires a [`Manager`] or a
/// [`Messenger`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// The key of the request.
    pub key: ApiKeyId,
    /// The workspace that the request reads and changes.
    pub workspace: WorkspaceId,
    /// `createdBy` of everything the request creates.
    pub user: UserId,
    /// What the request may do.
    pub permissions: Permissions,
}

impl Principal {
    /// The service itself, for background work without an API key. It has no permissions.
    pub fn service() -> Self {
        Self {
            key: ApiKeyId::from_uuid(Uuid::nil()),
            workspace: prebuilt_workspace(),
            user: UserId::reserved("@service"),
            permissions: Permissions::default(),
        }
    }
}

macro_rules! permitted {
    ($(#[$doc:meta])* $name:ident, $permission:expr) => {
        $(#[$doc])*
        /// Use cases take this type, so a route that forgets the permission check does not compile.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(Principal);

        impl TryFrom<Principal> for $name {
            type Error = MissingPermission;

            fn try_from(principal: Principal) -> Result<Self, MissingPermission> {
                if principal.permissions.contains($permission) {
                    Ok(Self(principal))
                } else {
                    Err(MissingPermission($permission))
                }
            }
        }

        impl Deref for $name {
            type Target = Principal;

            fn deref(&self) -> &Principal {
                &self.0
            }
        }
    };
}

permitted!(
    /// A principal that holds WIDGETS_MANAGE.
    Manager,
    Permission::Manage
);
permitted!(
    /// A principal that holds WIDGETS_USE_BASIC.
    Messenger,
    Permission::UseBasic
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_permissions_parse_to_the_same_set() {
        for text in ["", "WIDGETS_USE_BASIC", "WIDGETS_MANAGE", "WIDGETS_USE_BASIC,WIDGETS_MANAGE"] {
            assert_eq!(Permissions::parse(text).unwrap().to_string(), text);
        }
        assert!(Permissions::parse("WIDGETS_ADMIN").is_err());
    }
}
