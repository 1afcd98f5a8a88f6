use diesel::{dsl::auto_type, prelude::*, sql_types::BigInt};

use super::widget::versions;
use crate::{
    rows::{Digest, Id},
    schema::{library_file, widget, widget_module, widget_version},
};

/// All versions of a widget with their modules, if they have one.
#[auto_type]
pub(crate) fn with_modules<'a>(workspace: &'a str, widget_id: Id) -> _ {
    let versions: versions<'a> = versions(workspace, widget_id);
    versions.left_join(
        widget_module::table.on(widget_module::workspace_id
            .eq(widget_version::workspace_id)
            .and(widget_module::widget_id.eq(widget_version::widget_id))
            .and(widget_module::version.eq(widget_version::version))),
    )
}

/// A widget, deleted or not.
#[auto_type]
pub(crate) fn widget_of<'a>(workspace: &'a str, id: Id) -> _ {
    widget::table.filter(widget::workspace_id.eq(workspace)).filter(widget::id.eq(id))
}

/// The module of a version.
#[auto_type]
pub(crate) fn module_of<'a>(workspace: &'a str, widget_id: Id, version: i64) -> _ {
    widget_module::table
        .filter(widget_module::workspace_id.eq(workspace))
        .filter(widget_module::widget_id.eq(widget_id))
        .filter(widget_module::version.eq(version))
}

/// The columns of a module.
pub(crate) const MODULE: (
    widget_module::workspace_id,
    widget_module::widget_id,
    widget_module::version,
    widget_module::digest,
    widget_module::source_map_digest,
    widget_module::code,
    widget_module::source_map,
    widget_module::library_set,
    widget_module::load_bytes,
    widget_module::stylesheet_digest,
    widget_module::imports,
    widget_module::stylesheet,
) = (
    widget_module::workspace_id,
    widget_module::widget_id,
    widget_module::version,
    widget_module::digest,
    widget_module::source_map_digest,
    widget_module::code,
    widget_module::source_map,
    widget_module::library_set,
    widget_module::load_bytes,
    widget_module::stylesheet_digest,
    widget_module::imports,
    widget_module::stylesheet,
);

/// The same columns of the module of version `from`, with the number of version `to`.
#[auto_type]
pub(crate) fn copied<'a>(workspace: &'a str, widget_id: Id, from: i64, to: i64) -> _ {
    let module: module_of<'a> = module_of(workspace, widget_id, from);
    module.select((
        widget_module::workspace_id,
        widget_module::widget_id,
        to.into_sql::<BigInt>(),
        widget_module::digest,
        widget_module::source_map_digest,
        widget_module::code,
        widget_module::source_map,
        widget_module::library_set,
        widget_module::load_bytes,
        widget_module::stylesheet_digest,
        widget_module::imports,
        widget_module::stylesheet,
    ))
}

/// The numbers of the versions with this content.
#[auto_type]
pub(crate) fn with_content<'a>(workspace: &'a str, widget_id: Id, schema: Digest, component: &'a str) -> _ {
    let versions: versions<'a> = versions(workspace, widget_id);
    versions
        .filter(widget_version::schema_digest.eq(schema))
        .filter(widget_version::component.eq(component))
        .select(widget_version::version)
}

/// The text of a module. Several versions may have the same one.
#[auto_type]
pub(crate) fn code(digest: Digest) -> _ {
    widget_module::table.filter(widget_module::digest.eq(digest)).select(widget_module::code)
}

/// The version of a widget that has this module, in any workspace: in its own, as ids are unique.
#[auto_type]
pub(crate) fn with_module(digest: Digest, widget_id: Id, version: i64) -> _ {
    widget_module::table
        .inner_join(
            widget_version::table.on(widget_version::workspace_id
                .eq(widget_module::workspace_id)
                .and(widget_version::widget_id.eq(widget_module::widget_id))
                .and(widget_version::version.eq(widget_module::version))),
        )
        .filter(widget_module::digest.eq(digest))
        .filter(widget_module::widget_id.eq(widget_id))
        .filter(widget_module::version.eq(version))
        .select(widget_version::resources)
}

/// The text of a source map.
#[auto_type]
pub(crate) fn source_map(digest: Digest) -> _ {
    widget_module::table.filter(widget_module::source_map_digest.eq(digest)).select(widget_module::source_map)
}

/// The text of a style sheet.
#[auto_type]
pub(crate) fn stylesheet(digest: Digest) -> _ {
    widget_module::table
        .filter(widget_module::stylesheet_digest.eq(digest))
        .select(widget_module::stylesheet.assume_not_null())
}

/// The digests of those of these files that are stored.
#[auto_type]
pub(crate) fn stored_files<'a>(workspace: &'a str, digests: Vec<Digest>) -> _ {
    library_file::table
        .filter(library_file::workspace_id.eq(workspace))
        .filter(library_file::digest.eq_any(digests))
        .select(library_file::digest)
}

/// The text of a file of a library set.
#[auto_type]
pub(crate) fn file_code<'a>(workspace: &'a str, digest: Digest) -> _ {
    library_file::table
        .filter(library_file::workspace_id.eq(workspace))
        .filter(library_file::digest.eq(digest))
        .select(library_file::code)
}
