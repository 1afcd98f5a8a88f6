use std::sync::Arc;

use async_trait::async_trait;
use diesel::{OptionalExtension as _, dsl::count_star, prelude::*};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{
    id::WidgetId,
    module::{CompiledModule, ModuleDigest},
    names::WorkspaceId,
    widget::{Page, Version, VersionPage, WidgetVersion},
};
use ports::{StoreError, VersionStore};

use crate::{
    postgres::{PostgresStore, engine::transaction::TxError},
    queries,
    rows::{
        Digest, Id,
        bytes::Bytes,
        version::{NewModule, VersionRow, read_digest, read_page},
        widget::ContentRow,
    },
    schema::{widget, widget_module, widget_version},
};

#[async_trait]
impl VersionStore for PostgresStore {
    async fn list_versions(
        &self,
        workspace: &WorkspaceId,
        widget: WidgetId,
        page: Page,
    ) -> Result<Option<VersionPage>, StoreError> {
        self.database.run(async |connection| list(connection, workspace, widget, page).await).await
    }

    async fn find_version(
        &self,
        workspace: &WorkspaceId,
        widget: WidgetId,
        version: Version,
    ) -> Result<Option<WidgetVersion>, StoreError> {
        self.database.run(async |connection| find_version(connection, workspace, widget, version).await).await
    }

    async fn save_module(
        &self,
        workspace: &WorkspaceId,
        widget: WidgetId,
        version: Version,
        module: &CompiledModule,
    ) -> Result<ModuleDigest, StoreError> {
        // Two statements, since the second one sees the row that the first one may have waited for.
        self.database
            .transaction(async |connection| {
                insert_module(connection, workspace, widget, version, module).await?;
                let stored = queries::version::module_of(workspace.as_str(), widget.as_uuid().into(), version.0.into())
                    .select(widget_module::digest)
                    .first::<Digest>(connection)
                    .await?;
                Ok(read_digest(stored))
            })
            .await
    }

    async fn module(&self, digest: ModuleDigest) -> Result<Option<Arc<str>>, StoreError> {
        self.database
            .run(async |connection| {
                let code = queries::version::code(Bytes(digest.0)).first::<String>(connection).await.optional()?;
                Ok(code.map(Into::into))
            })
            .await
    }

    async fn source_map(&self, digest: ModuleDigest) -> Result<Option<Arc<str>>, StoreError> {
        self.database
            .run(async |connection| {
                let map = queries::version::source_map(Bytes(digest.0)).first::<String>(connection).await.optional()?;
                Ok(map.map(Into::into))
            })
            .await
    }
}

async fn list(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    id: WidgetId,
    page: Page,
) -> Result<Option<VersionPage>, TxError<StoreError>> {
    let (workspace, id) = (workspace.as_str(), Id::from(id.as_uuid()));
    let current = queries::widget::live(workspace, id).select(widget::version).first::<i64>(connection).await;
    let Some(current) = current.optional()? else { return Ok(None) };
    let total = queries::widget::versions(workspace, id).select(count_star()).first::<i64>(connection).await?;
    let rows = queries::version::with_modules(workspace, id)
        .order(widget_version::version.desc())
        .limit(page.limit.into())
        .offset(i64::try_from(page.offset()).unwrap_or(i64::MAX))
        .select((VersionRow::as_select(), widget_module::digest.nullable()))
        .load::<(VersionRow, Option<Digest>)>(connection)
        .await?;
    Ok(Some(read_page(rows, current, total)?))
}

pub(crate) async fn find_version<E: From<StoreError>>(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    id: WidgetId,
    version: Version,
) -> Result<Option<WidgetVersion>, TxError<E>> {
    let (workspace, id) = (workspace.as_str(), Id::from(id.as_uuid()));
    let name = queries::version::widget_of(workspace, id).select(widget::name).single_value();
    let row = queries::version::with_modules(workspace, id)
        .filter(widget_version::version.eq(i64::from(version.0)))
        .select((VersionRow::as_select(), ContentRow::as_select(), widget_module::digest.nullable(), name))
        .first::<(VersionRow, ContentRow, Option<Digest>, Option<String>)>(connection)
        .await
        .optional()?;
    let Some((row, content, module, name)) = row else { return Ok(None) };
    Ok(Some(row.into_domain(name.unwrap_or_default(), content, module)?))
}

/// Inserts the module of a version, unless it has one.
pub(crate) async fn insert_module(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    widget: WidgetId,
    version: Version,
    module: &CompiledModule,
) -> QueryResult<()> {
    diesel::insert_into(widget_module::table)
        .values(NewModule::new(workspace, widget, version, module))
        .on_conflict_do_nothing()
        .execute(connection)
        .await
        .map(drop)
}

/// Copies the module of another version, if that has one.
pub(crate) async fn copy_module(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    widget: WidgetId,
    from: Version,
    to: Version,
) -> QueryResult<()> {
    let copy = queries::version::copied(workspace.as_str(), widget.as_uuid().into(), from.0.into(), to.0.into());
    copy.insert_into(widget_module::table).into_columns(queries::version::MODULE).execute(connection).await.map(drop)
}
