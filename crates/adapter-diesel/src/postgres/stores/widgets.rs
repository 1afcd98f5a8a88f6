use async_trait::async_trait;
use diesel::{OptionalExtension as _, prelude::*};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
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
    idempotency::{claim, recall},
    versions::{copy_module, find_version, insert_module},
    widget_list,
};
use crate::{
    failure::damaged,
    postgres::{
        PostgresStore,
        engine::{notification::notify, transaction::TxError},
    },
    queries,
    rows::{
        Id,
        idempotency::{AttemptError, Created},
        widget::{
            ContentRow, ContractRow, EditedWidget, NewTag, NewVersion, NewWidget, WidgetRow, read_contract,
            read_revision,
        },
    },
    schema::{peer_widget, widget, widget_tag, widget_version},
    totals::Total,
};

#[async_trait]
impl WidgetStore for PostgresStore {
    async fn create<'a>(
        &self,
        workspace: &WorkspaceId,
        widget: &Widget,
        module: &CompiledModule,
        attempt: Option<&'a Attempt>,
    ) -> Result<Creation<Widget>, CreateWidgetError> {
        self.database
            .transaction(async |connection| {
                if let Some(attempt) = attempt
                    && let Some(earlier) = claim(connection, workspace, attempt, &Created::widget(widget)?).await?
                {
                    return find_created(connection, workspace, earlier).await.map(Creation::Replayed);
                }
                if !insert(connection, workspace, widget).await? {
                    return Err(TxError::Domain(CreateWidgetError::KeyTaken));
                }
                insert_module(connection, workspace, widget.id, widget.version, module).await?;
                Ok(Creation::Created(widget.clone()))
            })
            .await
    }

    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<Widget>, ReplayError> {
        self.database
            .run(async |connection| match recall(connection, workspace, attempt).await? {
                Some(earlier) => find_created(connection, workspace, earlier).await.map(Some),
                None => Ok(None),
            })
            .await
    }

    async fn find(&self, workspace: &WorkspaceId, id: WidgetId) -> Result<Option<WidgetWithUsage>, StoreError> {
        self.database
            .run(async |connection| {
                // One statement sees one moment.
                let usage = queries::binding::of_widget(workspace.as_str(), id.as_uuid().into()).count().single_value();
                let row = queries::widget::live_with_version(workspace.as_str(), id.as_uuid().into())
                    .select((WidgetRow::as_select(), ContentRow::as_select(), usage))
                    .first::<(WidgetRow, ContentRow, Option<i64>)>(connection)
                    .await
                    .optional()?;
                let Some((widget, content, count)) = row else { return Ok(None) };
                let usage_count = count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0);
                Ok(Some(WidgetWithUsage { widget: widget.into_domain(content)?, usage_count }))
            })
            .await
    }

    async fn contract(&self, workspace: &WorkspaceId, key: &WidgetKey) -> Result<Option<WidgetContract>, StoreError> {
        self.database
            .run(async |connection| {
                let row = queries::widget::live_with_version_by_key(workspace.as_str(), key.as_str())
                    .select((widget::id, widget::version, widget_version::schema_digest, widget_version::schema))
                    .first::<ContractRow>(connection)
                    .await
                    .optional()?;
                Ok(row.map(|row| read_contract(row, key.clone())).transpose()?)
            })
            .await
    }

    async fn list(&self, workspace: &WorkspaceId, filter: &WidgetFilter, page: Page) -> Result<WidgetPage, StoreError> {
        let total = self.totals.of(workspace, filter).await;
        let known = total.known();
        let read = async |connection: &mut AsyncPgConnection| {
            widget_list::page(connection, workspace, filter, page, known).await
        };
        let found = self.database.read_on_replica(read, |_| true).await?;
        if let Total::Uncached(counting) = total {
            counting.finish(found.total);
        }
        Ok(found)
    }

    async fn update(
        &self,
        workspace: &WorkspaceId,
        id: WidgetId,
        change: WidgetChange,
        precondition: &Precondition,
        now: Timestamp,
    ) -> Result<WidgetWithUsage, UpdateWidgetError> {
        self.database
            .transaction(async |connection| {
                if !lock_for_edit(connection, workspace, id).await? {
                    return Err(TxError::Domain(UpdateWidgetError::NotFound));
                }
                let before =
                    find(connection, workspace, id).await?.ok_or(TxError::Domain(UpdateWidgetError::NotFound))?;
                if !precondition.is_met_by(before.revision) {
                    return Err(TxError::Domain(UpdateWidgetError::Stale));
                }
                let widget = before.clone().edited(change.clone(), now);
                save(connection, workspace, &widget).await?;
                if widget.version != before.version {
                    insert_version(connection, workspace, &widget).await?;
                    match widget.new_module(&before, change.compiled.as_ref()) {
                        NewModule::Copied => {
                            copy_module(connection, workspace, id, before.version, widget.version).await?;
                        }
                        NewModule::Compiled(module) => {
                            insert_module(connection, workspace, id, widget.version, module).await?;
                        }
                        NewModule::Later => {}
                    }
                }
                if widget.tags != before.tags {
                    remove_tags(connection, workspace, id).await?;
                    insert_tags(connection, workspace, &widget).await?;
                }
                let usage_count = usage_count(connection, workspace, id).await?;
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
        self.database
            .transaction(async |connection| {
                // Of equal attempts on an existing widget the first takes the lock, and the others read what it created.
                let exists = lock_for_edit(connection, workspace, id).await?;
                if let Some(attempt) = attempt
                    && let Some(earlier) = recall(connection, workspace, attempt).await?
                {
                    return find_created(connection, workspace, earlier).await.map(Creation::Replayed);
                }
                if !exists {
                    return Err(TxError::Domain(RestoreError::NotFound));
                }
                let before = find(connection, workspace, id).await?.ok_or(TxError::Domain(RestoreError::NotFound))?;
                if !precondition.is_met_by(before.revision) {
                    return Err(TxError::Domain(RestoreError::Stale));
                }
                let restored = find_version(connection, workspace, id, version).await?;
                let restored = restored.ok_or(TxError::Domain(RestoreError::VersionNotFound))?;
                let widget = before.clone().restored(restored, now);
                if widget != before {
                    save(connection, workspace, &widget).await?;
                    insert_version(connection, workspace, &widget).await?;
                    copy_module(connection, workspace, id, version, widget.version).await?;
                }
                // A request for another widget may have claimed the key since.
                if let Some(attempt) = attempt
                    && claim::<RestoreError>(connection, workspace, attempt, &Created::restored(&widget)?)
                        .await?
                        .is_some()
                {
                    return Err(TxError::Domain(RestoreError::AttemptMismatch));
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
        self.database
            .transaction(async |connection| {
                // The lock comes first: it waits for transactions that bind the widget, and blocks others.
                let live = queries::widget::live(workspace.as_str(), id.as_uuid().into());
                let revision =
                    live.select(widget::revision).for_update().get_result::<i64>(connection).await.optional()?;
                let revision = revision.ok_or(TxError::Domain(DeleteWidgetError::NotFound))?;
                if !precondition.is_met_by(read_revision(revision)?) {
                    return Err(TxError::Domain(DeleteWidgetError::Stale));
                }
                let count = usage_count(connection, workspace, id).await?;
                if count > 0 {
                    let peers = first_peers(connection, workspace, id).await?;
                    return Err(TxError::Domain(DeleteWidgetError::InUse { count, peers }));
                }
                let deleted = diesel::update(live).set(widget::deleted_at.eq(now.as_micros()));
                deleted.returning(notify(&Change::Widgets(workspace.clone()))).execute(connection).await?;
                remove_tags(connection, workspace, id).await?;
                Ok(())
            })
            .await
    }
}

/// The widget that an earlier request created, as it was then. A conflict if the request created something else.
async fn find_created<E: AttemptError>(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    earlier: Created,
) -> Result<Widget, TxError<E>> {
    let widget = earlier.into_widget().map_err(TxError::Domain)?;
    let content = queries::widget::versions(workspace.as_str(), widget.id()?.as_uuid().into())
        .filter(widget_version::version.eq(widget.version()))
        .select(ContentRow::as_select())
        .first(connection)
        .await
        .optional()?
        .ok_or_else(|| damaged("idempotency.made", "the widget's version does not exist"))?;
    Ok(widget.into_domain(content)?)
}

/// Blocks other edits and the deletion of the widget until the transaction ends. Returns whether the widget exists.
pub(crate) async fn lock_for_edit(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    id: WidgetId,
) -> QueryResult<bool> {
    let live = queries::widget::live(workspace.as_str(), id.as_uuid().into()).select(widget::id).for_no_key_update();
    Ok(live.get_result::<Id>(connection).await.optional()?.is_some())
}

/// The widget with its current version.
pub(crate) async fn find<E: From<StoreError>>(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    id: WidgetId,
) -> Result<Option<Widget>, TxError<E>> {
    let row = queries::widget::live_with_version(workspace.as_str(), id.as_uuid().into())
        .select((WidgetRow::as_select(), ContentRow::as_select()))
        .first::<(WidgetRow, ContentRow)>(connection)
        .await
        .optional()?;
    Ok(row.map(|(widget, content)| widget.into_domain(content)).transpose()?)
}

async fn first_peers(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    id: WidgetId,
) -> QueryResult<Vec<PeerId>> {
    let names = queries::binding::of_widget(workspace.as_str(), id.as_uuid().into())
        .order(peer_widget::peer_id.asc())
        .limit(limits::MAX_PEERS_NAMED as i64)
        .select(peer_widget::peer_id)
        .load::<String>(connection)
        .await?;
    Ok(names.iter().map(|name| PeerId::reserved(name)).collect())
}

/// Inserts a new widget: its row, its first version, its tags. `false` if its key or id is taken, also by a transaction
/// that it had to wait for.
pub(crate) async fn insert<E: From<StoreError>>(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    widget: &Widget,
) -> Result<bool, TxError<E>> {
    let inserted = diesel::insert_into(widget::table)
        .values(NewWidget::new(workspace, widget)?)
        .on_conflict_do_nothing()
        .returning(notify(&Change::Widgets(workspace.clone())))
        .execute(connection)
        .await?;
    if inserted == 0 {
        return Ok(false);
    }
    insert_version(connection, workspace, widget).await?;
    insert_tags(connection, workspace, widget).await?;
    Ok(true)
}

/// Updates the row of an edited widget. The caller updates versions and tags.
pub(crate) async fn save<E: From<StoreError>>(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    widget: &Widget,
) -> Result<(), TxError<E>> {
    diesel::update(queries::widget::live(workspace.as_str(), widget.id.as_uuid().into()))
        .set(EditedWidget::new(widget)?)
        .returning(notify(&Change::Widgets(workspace.clone())))
        .execute(connection)
        .await?;
    Ok(())
}

pub(crate) async fn insert_version(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    widget: &Widget,
) -> QueryResult<()> {
    let version = NewVersion::of(workspace, widget);
    diesel::insert_into(widget_version::table).values(version).execute(connection).await.map(drop)
}

/// A list of tags may contain one twice; one row is enough for filters.
pub(crate) async fn insert_tags(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    widget: &Widget,
) -> QueryResult<()> {
    let widget_id = Id::from(widget.id.as_uuid());
    for tag in widget.tags.iter() {
        diesel::insert_into(widget_tag::table)
            .values(NewTag { workspace_id: workspace.as_str(), tag: tag.as_str(), widget_id })
            .on_conflict_do_nothing()
            .execute(connection)
            .await?;
    }
    Ok(())
}

pub(crate) async fn remove_tags(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    id: WidgetId,
) -> QueryResult<()> {
    diesel::delete(queries::widget::tags(workspace.as_str(), id.as_uuid().into())).execute(connection).await.map(drop)
}
