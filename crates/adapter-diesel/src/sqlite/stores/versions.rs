use std::sync::Arc;

use async_trait::async_trait;
use diesel::{dsl::count_star, prelude::*};
use domain::{
    id::WidgetId,
    module::{AssetDigest, AssetKind, CompiledModule, StoredModule},
    names::WorkspaceId,
    resources::Resources,
    widget::{Page, Version, VersionPage, WidgetVersion, prebuilt_workspace},
};
use ports::{StoreError, VersionStore};

use crate::{
    failure::store_error,
    queries,
    rows::{
        Digest, Id,
        bytes::Bytes,
        resources::read_resources,
        version::{ModuleRow, NewModule, VersionRow, library_digests, missing_files, read_page},
        widget::ContentRow,
    },
    schema::{library_file, widget, widget_module, widget_version},
    sqlite::{SqliteStore, engine::snapshot::snapshot},
};

#[async_trait]
impl VersionStore for SqliteStore {
    async fn list_versions(
        &self,
        workspace: &WorkspaceId,
        widget: WidgetId,
        page: Page,
    ) -> Result<Option<VersionPage>, StoreError> {
        let workspace = workspace.clone();
        self.database
            .read(move |connection| snapshot(connection, |connection| list(connection, &workspace, widget, page)))
            .await
    }

    async fn find_version(
        &self,
        workspace: &WorkspaceId,
        widget: WidgetId,
        version: Version,
    ) -> Result<Option<WidgetVersion>, StoreError> {
        let workspace = workspace.clone();
        self.database
            .read(move |connection| {
                snapshot(connection, |connection| find_version(connection, &workspace, widget, version))
            })
            .await
    }

    async fn save_module(
        &self,
        workspace: &WorkspaceId,
        widget: WidgetId,
        version: Version,
        module: &CompiledModule,
    ) -> Result<StoredModule, StoreError> {
        let (workspace, module) = (workspace.clone(), module.clone());
        self.database
            .write(move |connection| {
                insert_module(connection, &workspace, widget, version, &module)?;
                queries::version::module_of(workspace.as_str(), widget.as_uuid().into(), version.0.into())
                    .select(ModuleRow::as_select())
                    .first(connection)
                    .map_err(store_error)?
                    .into_domain()
            })
            .await
    }

    async fn asset(&self, kind: AssetKind, digest: AssetDigest) -> Result<Option<Arc<str>>, StoreError> {
        self.database
            .read(move |connection| {
                let digest = Bytes(digest.0);
                let text = match kind {
                    AssetKind::Module => queries::version::code(digest).first::<String>(connection),
                    AssetKind::SourceMap => queries::version::source_map(digest).first(connection),
                    AssetKind::Stylesheet => queries::version::stylesheet(digest).first(connection),
                    AssetKind::LibraryFile => {
                        let workspace = prebuilt_workspace();
                        queries::version::file_code(workspace.as_str(), digest).first(connection)
                    }
                };
                Ok(text.optional().map_err(store_error)?.map(Into::into))
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
            .read(move |connection| {
                let (widget, version) = (Id::from(widget.as_uuid()), i64::from(version.0));
                let found = queries::version::with_module(Bytes(module.0), widget, version)
                    .first::<Option<String>>(connection)
                    .optional();
                found.map_err(store_error)?.map(read_resources).transpose()
            })
            .await
    }
}

fn list(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    id: WidgetId,
    page: Page,
) -> Result<Option<VersionPage>, StoreError> {
    let (workspace, id) = (workspace.as_str(), Id::from(id.as_uuid()));
    let current = queries::widget::live(workspace, id).select(widget::version).first::<i64>(connection).optional();
    let Some(current) = current.map_err(store_error)? else { return Ok(None) };
    let total = queries::widget::versions(workspace, id).select(count_star()).first::<i64>(connection);
    let rows = queries::version::with_modules(workspace, id)
        .order(widget_version::version.desc())
        .limit(page.limit.into())
        .offset(i64::try_from(page.offset()).unwrap_or(i64::MAX))
        .select((VersionRow::as_select(), Option::<ModuleRow>::as_select()))
        .load::<(VersionRow, Option<ModuleRow>)>(connection)
        .map_err(store_error)?;
    read_page(rows, current, total.map_err(store_error)?).map(Some)
}

pub(crate) fn find_version(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    id: WidgetId,
    version: Version,
) -> Result<Option<WidgetVersion>, StoreError> {
    let (workspace, id) = (workspace.as_str(), Id::from(id.as_uuid()));
    let row = queries::version::with_modules(workspace, id)
        .filter(widget_version::version.eq(i64::from(version.0)))
        .select((VersionRow::as_select(), ContentRow::as_select(), Option::<ModuleRow>::as_select()))
        .first::<(VersionRow, ContentRow, Option<ModuleRow>)>(connection)
        .optional();
    let Some((row, content, module)) = row.map_err(store_error)? else { return Ok(None) };
    let name = queries::version::widget_of(workspace, id).select(widget::name).first::<String>(connection);
    row.into_domain(name.map_err(store_error)?, content, module).map(Some)
}

/// Inserts the module of a version, unless it has one, and the files of libraries that it needs.
pub(crate) fn insert_module(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    widget: WidgetId,
    version: Version,
    module: &CompiledModule,
) -> Result<(), StoreError> {
    insert_files(connection, module)?;
    diesel::insert_into(widget_module::table)
        .values(NewModule::new(workspace, widget, version, module))
        .on_conflict_do_nothing()
        .execute(connection)
        .map(drop)
        .map_err(store_error)
}

fn insert_files(connection: &mut SqliteConnection, module: &CompiledModule) -> Result<(), StoreError> {
    let (workspace, digests) = (prebuilt_workspace(), library_digests(module));
    if digests.is_empty() {
        return Ok(());
    }
    let stored = queries::version::stored_files(workspace.as_str(), digests).load::<Digest>(connection);
    for file in missing_files(&workspace, module, &stored.map_err(store_error)?) {
        diesel::insert_into(library_file::table).values(file).execute(connection).map_err(store_error)?;
    }
    Ok(())
}

/// Copies the module of another version, if that has one.
pub(crate) fn copy_module(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    widget: WidgetId,
    from: Version,
    to: Version,
) -> Result<(), StoreError> {
    let copy = queries::version::copied(workspace.as_str(), widget.as_uuid().into(), from.0.into(), to.0.into());
    let copy = copy.insert_into(widget_module::table).into_columns(queries::version::MODULE);
    copy.execute(connection).map(drop).map_err(store_error)
}
