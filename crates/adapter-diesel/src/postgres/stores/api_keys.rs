use async_trait::async_trait;
use diesel::{OptionalExtension as _, prelude::*};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection as _};
use domain::{
    access::{ApiKey, SecretHash},
    id::ApiKeyId,
    names::WorkspaceId,
    time::Timestamp,
};
use ports::{ApiKeyStore, Change, StoreError};

use crate::{
    postgres::{PostgresStore, engine::notification::notify},
    queries,
    rows::{
        api_key::{ApiKeyRow, NewApiKey},
        bytes::Bytes,
    },
    schema::api_key,
};

/// Blocks other inserts of keys, but not reads. The absence of keys is no row that could be locked.
const LOCK_INSERTS: &str = "LOCK TABLE api_key IN SHARE ROW EXCLUSIVE MODE";

#[async_trait]
impl ApiKeyStore for PostgresStore {
    async fn add(&self, key: &ApiKey, hash: SecretHash) -> Result<(), StoreError> {
        self.database.run(async |connection| Ok(insert(connection, key, hash).await?)).await
    }

    async fn add_first(&self, key: &ApiKey, hash: SecretHash) -> Result<bool, StoreError> {
        self.database
            .transaction(async |connection| {
                connection.batch_execute(LOCK_INSERTS).await?;
                let any: bool = queries::api_key::any().get_result(connection).await?;
                if any {
                    return Ok(false);
                }
                insert(connection, key, hash).await?;
                Ok(true)
            })
            .await
    }

    async fn find(&self, hash: SecretHash) -> Result<Option<ApiKey>, StoreError> {
        self.database
            .run(async |connection| {
                let query = queries::api_key::by_hash(Bytes(hash.0)).select(ApiKeyRow::as_select());
                let row = query.first(connection).await.optional()?;
                Ok(row.map(ApiKeyRow::into_domain).transpose()?)
            })
            .await
    }

    async fn list<'a>(&self, workspace: Option<&'a WorkspaceId>) -> Result<Vec<ApiKey>, StoreError> {
        self.database
            .run(async |connection| {
                let rows: Vec<ApiKeyRow> = match workspace {
                    Some(workspace) => {
                        let query = queries::api_key::of_workspace(workspace.as_str()).select(ApiKeyRow::as_select());
                        query.load(connection).await?
                    }
                    None => queries::api_key::all().select(ApiKeyRow::as_select()).load(connection).await?,
                };
                Ok(rows.into_iter().map(ApiKeyRow::into_domain).collect::<Result<_, _>>()?)
            })
            .await
    }

    async fn revoke(&self, id: ApiKeyId, now: Timestamp) -> Result<Option<ApiKey>, StoreError> {
        self.database
            .run(async |connection| {
                diesel::update(queries::api_key::by_id(id.as_uuid().into()).filter(api_key::revoked_at.is_null()))
                    .set(api_key::revoked_at.eq(now.as_micros()))
                    .returning(notify(&Change::ApiKeys))
                    .execute(connection)
                    .await?;
                let query = queries::api_key::by_id(id.as_uuid().into()).select(ApiKeyRow::as_select());
                let row = query.first(connection).await.optional()?;
                Ok(row.map(ApiKeyRow::into_domain).transpose()?)
            })
            .await
    }
}

async fn insert(connection: &mut AsyncPgConnection, key: &ApiKey, hash: SecretHash) -> QueryResult<()> {
    diesel::insert_into(api_key::table).values(NewApiKey::new(key, hash)).execute(connection).await.map(drop)
}
