use diesel::prelude::*;
use domain::{
    id::WidgetId,
    module::{CompiledModule, ModuleDigest},
    names::WorkspaceId,
    time::Timestamp,
    widget::{Version, VersionPage, VersionSummary, WidgetVersion},
};
use ports::StoreError;

use super::{
    Digest, Id,
    bytes::Bytes,
    read_count,
    widget::{ContentRow, read_name, read_version},
};
use crate::schema::{widget_module, widget_version};

/// The columns of a version that lists read. The digest of its module comes separately.
#[derive(Queryable, Selectable)]
#[diesel(table_name = widget_version)]
pub(crate) struct VersionRow {
    widget_id: Id,
    version: i64,
    created_at: i64,
}

impl VersionRow {
    fn into_summary(self, module: Option<Digest>) -> Result<VersionSummary, StoreError> {
        Ok(VersionSummary {
            version: read_version(self.version)?,
            module: module.map(read_digest),
            created_at: Timestamp::from_micros(self.created_at),
        })
    }

    pub(crate) fn into_domain(
        self,
        widget_name: String,
        content: ContentRow,
        module: Option<Digest>,
    ) -> Result<WidgetVersion, StoreError> {
        let (schema, component, resources) = content.into_domain()?;
        Ok(WidgetVersion {
            widget: WidgetId::from_uuid(self.widget_id.into()),
            widget_name: read_name(widget_name)?,
            version: read_version(self.version)?,
            schema,
            component,
            resources,
            module: module.map(read_digest),
            created_at: Timestamp::from_micros(self.created_at),
        })
    }
}

/// A page of versions with the digests of their modules.
pub(crate) fn read_page(
    rows: Vec<(VersionRow, Option<Digest>)>,
    current: i64,
    total: i64,
) -> Result<VersionPage, StoreError> {
    Ok(VersionPage {
        versions: rows.into_iter().map(|(row, module)| row.into_summary(module)).collect::<Result<_, _>>()?,
        current: read_version(current)?,
        total: read_count(total),
    })
}

pub(crate) fn read_digest(digest: Digest) -> ModuleDigest {
    ModuleDigest(digest.0)
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
}

impl<'a> NewModule<'a> {
    pub(crate) fn new(
        workspace: &'a WorkspaceId,
        widget: WidgetId,
        version: Version,
        module: &'a CompiledModule,
    ) -> Self {
        Self {
            workspace_id: workspace.as_str(),
            widget_id: widget.as_uuid().into(),
            version: version.0.into(),
            digest: Bytes(module.digest().0),
            source_map_digest: Bytes(module.source_map_digest().0),
            code: module.code(),
            source_map: module.source_map(),
        }
    }
}
