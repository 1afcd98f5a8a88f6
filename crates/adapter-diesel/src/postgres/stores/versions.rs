use std::sync::Arc;

use async_trait::async_trait;
use diesel::{OptionalExtension as _, dsl::count_star, prelude::*};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{
    id::WidgetId,
    module::{AssetDigest, AssetKind, CompiledModule, StoredModule},
    names::WorkspaceId,
    resources::Resources,
    widget::{Page, Version, VersionPage, WidgetVersion, prebuilt_workspace},
};
use ports::{StoreError, VersionStore};

use crate::{
    postgres::{PostgresStore, engine::transaction::TxError},
    queries,
    rows::{
        Digest, Id,
        bytes::Bytes,
        resources::read_resources,
        version::{ModuleRow, NewModule, VersionRow, library_digests, missing_files, read_page},
        widget::ContentRow,
    },
    schema::{library_file, widget, widget_module, widget_version},
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
    ) -> Result<StoredModule, StoreError> {
        // Two statements, since the second one sees the row that the first one may have waited for.
        self.database
            .transaction(async |connection| {
                insert_module(connection, workspace, widget, version, module).await?;
                let stored = queries::version::module_of(workspace.as_str(), widget.as_uuid().into(), version.0.into())
                    .select(ModuleRow::as_select())
                    .first(connection)
                    .await?;
                Ok(stored.into_domain()?)
            })
            .await
    }

    async fn asset(&self, kind: AssetKind, digest: AssetDigest) -> Result<Option<Arc<str>>, StoreError> {
        self.database
            .run(async |connection| {
                let digest = Bytes(digest.0);
                let text = match kind {
                    AssetKind::Module => queries::version::code(digest).first::<String>(connection).await,
                    AssetKind::SourceMap => queries::version::source_map(digest).first(connection).await,
                    AssetKind::Stylesheet => queries::version::stylesheet(digest).first(connection).await,
                    AssetKind::LibraryFile => {
                        let workspace = prebuilt_workspace();
                        queries::version::file_code(workspace.as_str(), digest).first(connection).await
                    }
                };
                Ok(text.optional()?.map(Into::into))
            })
            .await
    }

    async fn frame_resources(
        &self,
        widget: WidgetId,
        version: Version,
        module: AssetDigest,
    ) -> Result<Option<Resources>, StoreError> {
        self.database
            .run(async |connection| {
                let (widget, version) = (Id::from(widget.as_uuid()), i64::from(version.0));
                let found = queries::version::with_module(Bytes(module.0), widget, version)
                    .first::<Option<String>>(connection)
                    .await
                    .optional()?;
                Ok(found.map(read_resources).transpose()?)
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
        .select((VersionRow::as_select(), Option::<ModuleRow>::as_select()))
        .load::<(VersionRow, Option<ModuleRow>)>(connection)
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
        .select((VersionRow::as_select(), ContentRow::as_select(), Option::<ModuleRow>::as_select(), name))
        .first::<(VersionRow, ContentRow, Option<ModuleRow>, Option<String>)>(connection)
        .await
        .optional()?;
    let Some((row, content, module, name)) = row else { return Ok(None) };
    Ok(Some(row.into_domain(name.unwrap_or_default(), content, module)?))
}

/// Inserts the module of a version, unless it has one, and the files of libraries that it needs.
pub(crate) async fn insert_module(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    widget: WidgetId,
    version: Version,
    module: &CompiledModule,
) -> QueryResult<()> {
    insert_files(connection, module).await?;
    diesel::insert_into(widget_module::table)
        .values(NewModule::new(workspace, widget, version, module))
        .on_conflict_do_nothing()
        .execute(connection)
        .await
        .map(drop)
}

/// Sends only the files that are missing: a set has a megabyte.
async fn insert_files(connection: &mut AsyncPgConnection, module: &CompiledModule) -> QueryResult<()> {
    let (workspace, digests) = (prebuilt_workspace(), library_digests(module));
    if digests.is_empty() {
        return Ok(());
    }
    let stored = queries::version::stored_files(workspace.as_str(), digests).load::<Digest>(connection).await?;
    for file in missing_files(&workspace, module, &stored) {
        // A concurrent transaction may insert it too.
        diesel::insert_into(library_file::table).values(file).on_conflict_do_nothing().execute(connection).await?;
    }
    Ok(())
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
