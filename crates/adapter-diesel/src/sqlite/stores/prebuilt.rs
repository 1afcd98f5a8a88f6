use async_trait::async_trait;
use diesel::{dsl::max, prelude::*};
use domain::{
    names::WorkspaceId,
    time::Timestamp,
    widget::{PrebuiltWidget, Version, prebuilt_workspace},
};
use ports::{PrebuiltStore, StoreError};

use super::{
    read_optional,
    widgets::{find, insert, insert_tags, insert_version, remove_tags, save},
};
use crate::{
    failure::store_error,
    queries,
    rows::{
        bytes::Bytes,
        widget::{prebuilt_as_widget, read_version, republished},
    },
    schema::widget_version,
    sqlite::SqliteStore,
};

#[async_trait]
impl PrebuiltStore for SqliteStore {
    async fn publish(&self, prebuilt: &PrebuiltWidget, now: Timestamp) -> Result<Version, StoreError> {
        let prebuilt = prebuilt.clone();
        self.database.write(move |connection| publish(connection, &prebuilt, now)).await
    }
}

fn publish(
    connection: &mut SqliteConnection,
    prebuilt: &PrebuiltWidget,
    now: Timestamp,
) -> Result<Version, StoreError> {
    let workspace = prebuilt_workspace();
    let Some(current) = find(connection, &workspace, prebuilt.id)? else {
        let first = prebuilt_as_widget(prebuilt, Version::FIRST, now);
        insert(connection, &workspace, &first)?;
        return Ok(first.version);
    };
    let (version, is_new) = match version_with_content(connection, &workspace, prebuilt)? {
        Some(version) => (version, false),
        None => (Version(last_version(connection, &workspace, prebuilt)?.0 + 1), true),
    };
    let Some(next) = republished(&current, prebuilt, version, now) else { return Ok(version) };
    if is_new {
        insert_version(connection, &workspace, &next)?;
    }
    save(connection, &workspace, &next)?;
    remove_tags(connection, &workspace, next.id)?;
    insert_tags(connection, &workspace, &next)?;
    Ok(version)
}

/// The version that has this content already; not necessarily the current one.
fn version_with_content(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    prebuilt: &PrebuiltWidget,
) -> Result<Option<Version>, StoreError> {
    let schema = Bytes(prebuilt.schema.digest().0);
    let row = queries::version::with_content(
        workspace.as_str(),
        prebuilt.id.as_uuid().into(),
        schema,
        prebuilt.component.as_str(),
    )
    .first::<i64>(connection);
    read_optional(row, read_version)
}

fn last_version(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    prebuilt: &PrebuiltWidget,
) -> Result<Version, StoreError> {
    let last = queries::widget::versions(workspace.as_str(), prebuilt.id.as_uuid().into())
        .select(max(widget_version::version))
        .first::<Option<i64>>(connection)
        .map_err(store_error)?;
    read_version(last.unwrap_or(0))
}
