use diesel::prelude::*;
use domain::{
    id::WidgetId,
    module::{AssetDigest, CompiledModule, StoredModule},
    names::WorkspaceId,
    time::Timestamp,
    widget::{Version, VersionPage, VersionSummary, WidgetVersion},
};
use ports::StoreError;

use super::{
    Digest, Id,
    bytes::Bytes,
    read_count,
    widget::{Content, ContentRow, read_name, read_version},
};
use crate::{
    failure::damaged,
    schema::{library_file, widget_module, widget_version},
};

/// The columns of a version that lists read. The digest of its module comes separately.
#[derive(Queryable, Selectable)]
#[diesel(table_name = widget_version)]
pub(crate) struct VersionRow {
    widget_id: Id,
    version: i64,
    created_at: i64,
}

impl VersionRow {
    fn into_summary(self, module: Option<ModuleRow>) -> Result<VersionSummary, StoreError> {
        Ok(VersionSummary {
            version: read_version(self.version)?,
            module: module.map(ModuleRow::into_domain).transpose()?,
            created_at: Timestamp::from_micros(self.created_at),
        })
    }

    pub(crate) fn into_domain(
        self,
        widget_name: String,
        content: ContentRow,
        module: Option<ModuleRow>,
    ) -> Result<WidgetVersion, StoreError> {
        let Content { schema, component, language, resources, styles } = content.into_domain()?;
        Ok(WidgetVersion {
            widget: WidgetId::from_uuid(self.widget_id.into()),
            widget_name: read_name(widget_name)?,
            version: read_version(self.version)?,
            schema,
            component,
            language,
            resources,
            styles,
            module: module.map(ModuleRow::into_domain).transpose()?,
            created_at: Timestamp::from_micros(self.created_at),
        })
    }
}

/// The columns of a module without its texts.
#[derive(Queryable, Selectable)]
#[diesel(table_name = widget_module)]
pub(crate) struct ModuleRow {
    digest: Digest,
    library_set: Option<i64>,
    load_bytes: Option<i64>,
    stylesheet_digest: Option<Digest>,
    imports: Option<String>,
}

impl ModuleRow {
    pub(crate) fn into_domain(self) -> Result<StoredModule, StoreError> {
        let library_set = self.library_set.map(u32::try_from).transpose();
        let imports = self.imports.map_or_else(|| Ok(Vec::new()), |json| serde_json::from_str(&json));
        Ok(StoredModule {
            digest: read_digest(self.digest),
            stylesheet: self.stylesheet_digest.map(read_digest),
            library_set: library_set.map_err(|why| damaged("widget_module.library_set", why))?,
            imports: imports.map_err(|why| damaged("widget_module.imports", why))?,
            load_bytes: self.load_bytes.map(read_count),
        })
    }
}

/// A page of versions with their modules.
pub(crate) fn read_page(
    rows: Vec<(VersionRow, Option<ModuleRow>)>,
    current: i64,
    total: i64,
) -> Result<VersionPage, StoreError> {
    Ok(VersionPage {
        versions: rows.into_iter().map(|(row, module)| row.into_summary(module)).collect::<Result<_, _>>()?,
        current: read_version(current)?,
        total: read_count(total),
    })
}

fn read_digest(digest: Digest) -> AssetDigest {
    AssetDigest(digest.0)
}

#[derive(Insertable)]
#[diesel(table_name = widget_module, treat_none_as_default_value = false)]
pub(crate) struct NewModule<'a> {
    workspace_id: &'a str,
    widget_id: Id,
    version: i64,
    digest: Digest,
    source_map_digest: Digest,
    code: &'a str,
    source_map: &'a str,
    library_set: Option<i64>,
    load_bytes: Option<i64>,
    stylesheet_digest: Option<Digest>,
    imports: Option<String>,
    stylesheet: Option<&'a str>,
}

impl<'a> NewModule<'a> {
    pub(crate) fn new(
        workspace: &'a WorkspaceId,
        widget: WidgetId,
        version: Version,
        module: &'a CompiledModule,
    ) -> Self {
        let summary = module.summary();
        Self {
            workspace_id: workspace.as_str(),
            widget_id: widget.as_uuid().into(),
            version: version.0.into(),
            digest: Bytes(module.digest().0),
            source_map_digest: Bytes(module.source_map_digest().0),
            code: module.code(),
            source_map: module.source_map(),
            library_set: summary.library_set.map(Into::into),
            load_bytes: summary.load_bytes.and_then(|bytes| i64::try_from(bytes).ok()),
            stylesheet_digest: summary.stylesheet.map(|digest| Bytes(digest.0)),
            // A list of strings is always JSON.
            imports: summary.load_bytes.and_then(|_| serde_json::to_string(&summary.imports).ok()),
            stylesheet: module.stylesheet(),
        }
    }
}

/// A file of a library set. All workspaces share it.
#[derive(Insertable)]
#[diesel(table_name = library_file, treat_none_as_default_value = false)]
pub(crate) struct NewLibraryFile<'a> {
    workspace_id: &'a str,
    digest: Digest,
    code: &'a str,
}

impl<'a> NewLibraryFile<'a> {
    pub(crate) fn new(workspace: &'a WorkspaceId, digest: Digest, code: &'a str) -> Self {
        Self { workspace_id: workspace.as_str(), digest, code }
    }
}

/// The digests of the files that a module needs of a library set, sorted, so that concurrent transactions insert them in one order.
pub(crate) fn library_digests(module: &CompiledModule) -> Vec<Digest> {
    module.libraries().map(|it| it.files.keys().map(|digest| Bytes(digest.0)).collect()).unwrap_or_default()
}

/// Of these files, those that are not stored yet.
pub(crate) fn missing_files<'a>(
    workspace: &'a WorkspaceId,
    module: &'a CompiledModule,
    stored: &[Digest],
) -> Vec<NewLibraryFile<'a>> {
    let files = module.libraries().into_iter().flat_map(|libraries| &libraries.files);
    let missing = files.map(|(digest, code)| (Bytes(digest.0), *code)).filter(|(digest, _)| !stored.contains(digest));
    missing.map(|(digest, code)| NewLibraryFile::new(workspace, digest, code)).collect()
}
