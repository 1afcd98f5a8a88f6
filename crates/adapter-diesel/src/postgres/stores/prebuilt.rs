use async_trait::async_trait;
use diesel::{OptionalExtension as _, dsl::max, prelude::*};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{
    names::WorkspaceId,
    time::Timestamp,
    widget::{PrebuiltWidget, Version, prebuilt_workspace},
};
use ports::{PrebuiltStore, StoreError};

use super::widgets::{find, insert, insert_tags, insert_version, lock_for_edit, remove_tags, save};
use crate::{
    failure::damaged,
    postgres::{PostgresStore, engine::transaction::TxError},
    queries,
    rows::{
        bytes::Bytes,
        widget::{prebuilt_as_widget, read_version, republished},
    },
    schema::widget_version,
};

#[async_trait]
impl PrebuiltStore for PostgresStore {
    async fn publish(&self, prebuilt: &PrebuiltWidget, now: Timestamp) -> Result<Version, StoreError> {
        self.database.transaction(async |connection| publish(connection, prebuilt, now).await).await
    }
}

async fn publish(
    connection: &mut AsyncPgConnection,
    prebuilt: &PrebuiltWidget,
    now: Timestamp,
) -> Result<Version, TxError<StoreError>> {
    let workspace = prebuilt_workspace();
    // Of concurrent processes that find no row, one inserts it. The others wait in their insert, and continue with its row.
    if !lock_for_edit(connection, &workspace, prebuilt.id).await? {
        let first = prebuilt_as_widget(prebuilt, Version::FIRST, now);
        if insert::<StoreError>(connection, &workspace, &first).await? {
            return Ok(first.version);
        }
        lock_for_edit(connection, &workspace, prebuilt.id).await?;
    }
    let current = find::<StoreError>(connection, &workspace, prebuilt.id).await?;
    let current = current.ok_or_else(|| damaged("widget", "the key of a pre-built one has another id"))?;
    let (version, is_new) = match version_with_content(connection, &workspace, prebuilt).await? {
        Some(version) => (version, false),
        None => (Version(last_version(connection, &workspace, prebuilt).await?.0 + 1), true),
    };
    let Some(next) = republished(&current, prebuilt, version, now) else { return Ok(version) };
    if is_new {
        insert_version(connection, &workspace, &next).await?;
    }
    save::<StoreError>(connection, &workspace, &next).await?;
    remove_tags(connection, &workspace, next.id).await?;
    insert_tags(connection, &workspace, &next).await?;
    Ok(version)
}

/// The version that has this content already; not necessarily the current one.
async fn version_with_content(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    prebuilt: &PrebuiltWidget,
) -> Result<Option<Version>, TxError<StoreError>> {
    let schema = Bytes(prebuilt.schema.digest().0);
    let version = queries::version::with_content(
        workspace.as_str(),
        prebuilt.id.as_uuid().into(),
        schema,
        prebuilt.component.as_str(),
    )
    .first::<i64>(connection)
    .await
    .optional()?;
    Ok(version.map(read_version).transpose()?)
}

async fn last_version(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    prebuilt: &PrebuiltWidget,
) -> Result<Version, TxError<StoreError>> {
    let last: Option<i64> = queries::widget::versions(workspace.as_str(), prebuilt.id.as_uuid().into())
        .select(max(widget_version::version))
        .first(connection)
        .await?;
    Ok(read_version(last.unwrap_or(0))?)
}
