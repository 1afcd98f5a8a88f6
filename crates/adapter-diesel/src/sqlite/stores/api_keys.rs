use async_trait::async_trait;
use diesel::prelude::*;
use domain::{
    access::{ApiKey, SecretHash},
    id::ApiKeyId,
    names::WorkspaceId,
    time::Timestamp,
};
use ports::{ApiKeyStore, Change, StoreError};

use super::read_optional;
use crate::{
    failure::store_error,
    queries,
    rows::{
        api_key::{ApiKeyRow, NewApiKey},
        bytes::Bytes,
    },
    schema::api_key,
    sqlite::SqliteStore,
};

#[async_trait]
impl ApiKeyStore for SqliteStore {
    async fn add(&self, key: &ApiKey, hash: SecretHash) -> Result<(), StoreError> {
        let key = key.clone();
        self.database.write(move |connection| insert(connection, &key, hash)).await
    }

    async fn add_first(&self, key: &ApiKey, hash: SecretHash) -> Result<bool, StoreError> {
        let key = key.clone();
        self.database
            .write(move |connection| {
                let any = queries::api_key::any().get_result(connection).map_err(store_error)?;
                if any {
                    return Ok(false);
                }
                insert(connection, &key, hash)?;
                Ok(true)
            })
            .await
    }

    async fn find(&self, hash: SecretHash) -> Result<Option<ApiKey>, StoreError> {
        self.database
            .read(move |connection| {
                let row = queries::api_key::by_hash(Bytes(hash.0)).select(ApiKeyRow::as_select()).first(connection);
                read_optional(row, ApiKeyRow::into_domain)
            })
            .await
    }

    async fn list<'a>(&self, workspace: Option<&'a WorkspaceId>) -> Result<Vec<ApiKey>, StoreError> {
        let workspace = workspace.cloned();
        self.database
            .read(move |connection| {
                let rows = match &workspace {
                    Some(workspace) => queries::api_key::of_workspace(workspace.as_str())
                        .select(ApiKeyRow::as_select())
                        .load(connection),
                    None => queries::api_key::all().select(ApiKeyRow::as_select()).load(connection),
                };
                rows.map_err(store_error)?.into_iter().map(ApiKeyRow::into_domain).collect()
            })
            .await
    }

    async fn revoke(&self, id: ApiKeyId, now: Timestamp) -> Result<Option<ApiKey>, StoreError> {
        self.database
            .write_change(Change::ApiKeys, move |connection| {
                diesel::update(queries::api_key::by_id(id.as_uuid().into()).filter(api_key::revoked_at.is_null()))
                    .set(api_key::revoked_at.eq(now.as_micros()))
                    .execute(connection)
                    .map_err(store_error)?;
                let row = queries::api_key::by_id(id.as_uuid().into()).select(ApiKeyRow::as_select()).first(connection);
                read_optional(row, ApiKeyRow::into_domain)
            })
            .await
    }
}

fn insert(connection: &mut SqliteConnection, key: &ApiKey, hash: SecretHash) -> Result<(), StoreError> {
    diesel::insert_into(api_key::table)
        .values(NewApiKey::new(key, hash))
        .execute(connection)
        .map(drop)
        .map_err(store_error)
}
