use diesel::prelude::*;
use domain::{
    access::{ApiKey, Permissions, SecretHash},
    id::ApiKeyId,
    names::{UserId, WorkspaceId},
    time::Timestamp,
};
use ports::StoreError;

use super::{Digest, Id};
use crate::{failure::damaged, schema::api_key};

#[derive(Queryable, Selectable)]
#[diesel(table_name = api_key)]
pub(crate) struct ApiKeyRow {
    workspace_id: String,
    id: Id,
    user_id: String,
    permissions: String,
    created_at: i64,
    revoked_at: Option<i64>,
}

impl ApiKeyRow {
    pub(crate) fn into_domain(self) -> Result<ApiKey, StoreError> {
        Ok(ApiKey {
            id: ApiKeyId::from_uuid(self.id.into()),
            workspace: WorkspaceId::reserved(&self.workspace_id),
            user: UserId::reserved(&self.user_id),
            permissions: Permissions::parse(&self.permissions).map_err(|why| damaged("api_key", why))?,
            created_at: Timestamp::from_micros(self.created_at),
            revoked_at: self.revoked_at.map(Timestamp::from_micros),
        })
    }
}

#[derive(Insertable)]
#[diesel(table_name = api_key, treat_none_as_default_value = false)]
pub(crate) struct NewApiKey<'a> {
    workspace_id: &'a str,
    id: Id,
    hash: Digest,
    user_id: &'a str,
    permissions: String,
    created_at: i64,
    revoked_at: Option<i64>,
}

impl<'a> NewApiKey<'a> {
    pub(crate) fn new(key: &'a ApiKey, hash: SecretHash) -> Self {
        Self {
            workspace_id: key.workspace.as_str(),
            id: key.id.as_uuid().into(),
            hash: super::bytes::Bytes(hash.0),
            user_id: key.user.as_str(),
            permissions: key.permissions.to_string(),
            created_at: key.created_at.as_micros(),
            revoked_at: key.revoked_at.map(Timestamp::as_micros),
        }
    }
}
