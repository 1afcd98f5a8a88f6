use async_trait::async_trait;
use diesel::prelude::*;
use domain::{
    id::WidgetId,
    idempotency::Attempt,
    limits,
    module::CompiledModule,
    names::{PeerId, WorkspaceId},
    revision::Precondition,
    time::Timestamp,
    widget::{
        NewModule, Page, Version, Widget, WidgetChange, WidgetContract, WidgetFilter, WidgetKey, WidgetPage,
        WidgetWithUsage,
    },
};
use ports::{
    Change, CreateWidgetError, Creation, DeleteWidgetError, ReplayError, RestoreError, StoreError, UpdateWidgetError,
    WidgetStore,
};

use super::{
    bindings::usage_count,
    idempotency::{recall, remember},
    read_optional,
    versions::{copy_module, find_version, insert_module},
    widget_list,
};
use crate::{
    failure::{damaged, store_error},
    queries,
    rows::{
        Id,
        idempotency::{AttemptError, Created},
        widget::{ContentRow, ContractRow, EditedWidget, NewTag, NewVersion, NewWidget, WidgetRow, read_contract},
    },
    schema::{peer_widget, widget, widget_tag, widget_version},
    sqlite::{SqliteStore, engine::snapshot::snapshot},
};

#[async_trait]
impl WidgetStore for SqliteStore {
    async fn create<'a>(
        &self,
        workspace: &WorkspaceId,
        widget: &Widget,
        module: &CompiledModule,
        attempt: Option<&'a Attempt>,
    ) -> Result<Creation<Widget>, CreateWidgetError> {
        let (workspace, widget, module, attempt) =
            (workspace.clone(), widget.clone(), module.clone(), attempt.cloned());
        self.database
            .write_change(Change::Widgets(workspace.clone()), move |connection| {
                if let Some(attempt) = &attempt
                    && let Some(earlier) = recall::<CreateWidgetError>(connection, &workspace, attempt)?
                {
                    return find_created(connection, &workspace, earlier).map(Creation::Replayed);
                }
                if key_is_taken(connection, &workspace, &widget.key)? {
                    return Err(CreateWidgetError::KeyTaken);
                }
                insert(connection, &workspace, &widget)?;
                insert_module(connection, &workspace, widget.id, widget.version, &module)?;
                if let Some(attempt) = &attempt {
                    remember(connection, &workspace, attempt, &Created::widget(&widget)?)?;
                }
                Ok(Creation::Created(widget.clone()))
            })
            .await
    }

    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<Widget>, ReplayError> {
        let (workspace, attempt) = (workspace.clone(), attempt.clone());
        self.database
            .read(move |connection| {
                let earlier = recall::<ReplayError>(connection, &workspace, &attempt)?;
                earlier.map(|earlier| find_created(connection, &workspace, earlier)).transpose()
            })
            .await
    }

    async fn find(&self, workspace: &WorkspaceId, id: WidgetId) -> Result<Option<WidgetWithUsage>, StoreError> {
        let workspace = workspace.clone();
        self.database
            .read(move |connection| {
                snapshot(connection, |connection| {
                    let Some(widget) = find(connection, &workspace, id)? else { return Ok(None) };
                    let usage_count = usage_count(connection, &workspace, id)?;
                    Ok(Some(WidgetWithUsage { widget, usage_count }))
                })
            })
            .await
    }

    async fn contract(&self, workspace: &WorkspaceId, key: &WidgetKey) -> Result<Option<WidgetContract>, StoreError> {
        let (workspace, key) = (workspace.clone(), key.clone());
        self.database
            .read(move |connection| {
                let row = queries::widget::live_with_version_by_key(workspace.as_str(), key.as_str())
                    .select((widget::id, widget::version, widget_version::schema_digest, widget_version::schema))
                    .first::<ContractRow>(connection)
                    .optional()
                    .map_err(store_error)?;
                row.map(|row| read_contract(row, key)).transpose()
            })
            .await
    }

    async fn list(&self, workspace: &WorkspaceId, filter: &WidgetFilter, page: Page) -> Result<WidgetPage, StoreError> {
        let total = self.totals.of(workspace, filter).await;
        let (workspace, filter) = (workspace.clone(), filter.clone());
        self.database
            .read(move |connection| {
                snapshot(connection, |connection| widget_list::page(connection, &workspace, &filter, page, total))
            })
            .await
    }

    async fn update(
        &self,
        workspace: &WorkspaceId,
        id: WidgetId,
        change: WidgetChange,
        precondition: &Precondition,
        now: Timestamp,
    ) -> Result<WidgetWithUsage, UpdateWidgetError> {
        let (workspace, precondition) = (workspace.clone(), precondition.clone());
        self.database
            .write_change(Change::Widgets(workspace.clone()), move |connection| {
                let before = find(connection, &workspace, id)?.ok_or(UpdateWidgetError::NotFound)?;
                if !precondition.is_met_by(before.revision) {
                    return Err(UpdateWidgetError::Stale);
                }
                let widget = before.clone().edited(change.clone(), now);
                save(connection, &workspace, &widget)?;
                if widget.version != before.version {
                    insert_version(connection, &workspace, &widget)?;
                    match widget.new_module(&before, change.compiled.as_ref()) {
                        NewModule::Copied => copy_module(connection, &workspace, id, before.version, widget.version)?,
                        NewModule::Compiled(module) => {
                            insert_module(connection, &workspace, id, widget.version, module)?;
                        }
                        NewModule::Later => {}
                    }
                }
                if widget.tags != before.tags {
                    remove_tags(connection, &workspace, id)?;
                    insert_tags(connection, &workspace, &widget)?;
                }
                let usage_count = usage_count(connection, &workspace, id)?;
                Ok(WidgetWithUsage { widget, usage_count })
            })
            .await
    }

    async fn restore<'a>(
        &self,
        workspace: &WorkspaceId,
        id: WidgetId,
        version: Version,
        precondition: &Precondition,
        attempt: Option<&'a Attempt>,
        now: Timestamp,
    ) -> Result<Creation<Widget>, RestoreError> {
        let (workspace, precondition, attempt) = (workspace.clone(), precondition.clone(), attempt.cloned());
        self.database
            .write_change(Change::Widgets(workspace.clone()), move |connection| {
                if let Some(attempt) = &attempt
                    && let Some(earlier) = recall::<RestoreError>(connection, &workspace, attempt)?
                {
                    return find_created(connection, &workspace, earlier).map(Creation::Replayed);
                }
                let before = find(connection, &workspace, id)?.ok_or(RestoreError::NotFound)?;
                if !precondition.is_met_by(before.revision) {
                    return Err(RestoreError::Stale);
                }
                let restored =
                    find_version(connection, &workspace, id, version)?.ok_or(RestoreError::VersionNotFound)?;
                let widget = before.clone().restored(restored, now);
                if widget != before {
                    save(connection, &workspace, &widget)?;
                    insert_version(connection, &workspace, &widget)?;
                    copy_module(connection, &workspace, id, version, widget.version)?;
                }
                if let Some(attempt) = &attempt {
                    remember(connection, &workspace, attempt, &Created::restored(&widget)?)?;
                }
                Ok(Creation::Created(widget))
            })
            .await
    }

    async fn delete(
        &self,
        workspace: &WorkspaceId,
        id: WidgetId,
        precondition: &Precondition,
        now: Timestamp,
    ) -> Result<(), DeleteWidgetError> {
        let (workspace, precondition) = (workspace.clone(), precondition.clone());
        self.database
            .write_change(Change::Widgets(workspace.clone()), move |connection| {
                let before = find(connection, &workspace, id)?.ok_or(DeleteWidgetError::NotFound)?;
                if !precondition.is_met_by(before.revision) {
                    return Err(DeleteWidgetError::Stale);
                }
                let count = usage_count(connection, &workspace, id)?;
                if count > 0 {
                    return Err(DeleteWidgetError::InUse { count, peers: first_peers(connection, &workspace, id)? });
                }
                diesel::update(queries::widget::live(workspace.as_str(), id.as_uuid().into()))
                    .set(widget::deleted_at.eq(now.as_micros()))
                    .execute(connection)
                    .map_err(store_error)?;
                remove_tags(connection, &workspace, id)?;
                Ok(())
            })
            .await
    }
}

/// The widget that an earlier request created, as it was then. A conflict if the request created something else.
fn find_created<E: AttemptError>(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    earlier: Created,
) -> Result<Widget, E> {
    let widget = earlier.into_widget::<E>()?;
    let content = queries::widget::versions(workspace.as_str(), widget.id()?.as_uuid().into())
        .filter(widget_version::version.eq(widget.version()))
        .select(ContentRow::as_select())
        .first(connection)
        .optional()
        .map_err(store_error)?
        .ok_or_else(|| damaged("idempotency.made", "the widget's version does not exist"))?;
    Ok(widget.into_domain(content)?)
}

/// The widget with its current version.
pub(crate) fn find(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    id: WidgetId,
) -> Result<Option<Widget>, StoreError> {
    let row = queries::widget::live_with_version(workspace.as_str(), id.as_uuid().into())
        .select((WidgetRow::as_select(), ContentRow::as_select()))
        .first::<(WidgetRow, ContentRow)>(connection);
    read_optional(row, |(widget, content)| widget.into_domain(content))
}

fn key_is_taken(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    key: &WidgetKey,
) -> Result<bool, StoreError> {
    diesel::select(diesel::dsl::exists(queries::widget::live_by_key(workspace.as_str(), key.as_str())))
        .get_result(connection)
        .map_err(store_error)
}

fn first_peers(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    id: WidgetId,
) -> Result<Vec<PeerId>, StoreError> {
    let names = queries::binding::of_widget(workspace.as_str(), id.as_uuid().into())
        .order(peer_widget::peer_id.asc())
        .limit(limits::MAX_PEERS_NAMED as i64)
        .select(peer_widget::peer_id)
        .load::<String>(connection)
        .map_err(store_error)?;
    Ok(names.iter().map(|name| PeerId::reserved(name)).collect())
}

/// Inserts a new widget: its row, its first version, its tags.
pub(crate) fn insert(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    widget: &Widget,
) -> Result<(), StoreError> {
    diesel::insert_into(widget::table)
        .values(NewWidget::new(workspace, widget)?)
        .execute(connection)
        .map_err(store_error)?;
    insert_version(connection, workspace, widget)?;
    insert_tags(connection, workspace, widget)
}

/// Updates the row of an edited widget. The caller updates versions and tags.
pub(crate) fn save(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    widget: &Widget,
) -> Result<(), StoreError> {
    diesel::update(queries::widget::live(workspace.as_str(), widget.id.as_uuid().into()))
        .set(EditedWidget::new(widget)?)
        .execute(connection)
        .map(drop)
        .map_err(store_error)
}

pub(crate) fn insert_version(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    widget: &Widget,
) -> Result<(), StoreError> {
    diesel::insert_into(widget_version::table)
        .values(NewVersion::of(workspace, widget))
        .execute(connection)
        .map(drop)
        .map_err(store_error)
}

/// A list of tags may contain one twice; one row is enough for filters.
pub(crate) fn insert_tags(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    widget: &Widget,
) -> Result<(), StoreError> {
    let widget_id = Id::from(widget.id.as_uuid());
    for tag in widget.tags.iter() {
        diesel::insert_into(widget_tag::table)
            .values(NewTag { workspace_id: workspace.as_str(), tag: tag.as_str(), widget_id })
            .on_conflict_do_nothing()
            .execute(connection)
            .map_err(store_error)?;
    }
    Ok(())
}

pub(crate) fn remove_tags(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    id: WidgetId,
) -> Result<(), StoreError> {
    diesel::delete(queries::widget::tags(workspace.as_str(), id.as_uuid().into()))
        .execute(connection)
        .map(drop)
        .map_err(store_error)
}
