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
        Page, Version, Widget, WidgetChange, WidgetContract, WidgetFilter, WidgetKey, WidgetPage, WidgetWithUsage,
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
        engine::{changes::told, transaction::Stop},
    },
    queries,
    rows::{
        Id,
        idempotency::{Known, Made},
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
        self.write(async |connection| {
            if let Some(attempt) = attempt {
                match claim(connection, workspace, attempt, &Made::widget(widget)?).await? {
                    Known::Nothing => {}
                    Known::Same(made) => {
                        let before = again(connection, workspace, made).await?;
                        return before.map(Creation::Replayed).ok_or(Stop::Refused(CreateWidgetError::AttemptMismatch));
                    }
                    Known::Other => return Err(Stop::Refused(CreateWidgetError::AttemptMismatch)),
                }
            }
            if !insert(connection, workspace, widget).await? {
                return Err(Stop::Refused(CreateWidgetError::KeyTaken));
            }
            insert_module(connection, workspace, widget.id, widget.version, module).await?;
            Ok(Creation::Made(widget.clone()))
        })
        .await
    }

    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<Widget>, ReplayError> {
        self.read(async |connection| match recall(connection, workspace, attempt).await? {
            Known::Nothing => Ok(None),
            Known::Same(made) => {
                let before = again(connection, workspace, made).await?;
                before.map(Some).ok_or(Stop::Refused(ReplayError::Mismatch))
            }
            Known::Other => Err(Stop::Refused(ReplayError::Mismatch)),
        })
        .await
    }

    async fn find(&self, workspace: &WorkspaceId, id: WidgetId) -> Result<Option<WidgetWithUsage>, StoreError> {
        self.read(async |connection| {
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
        self.read(async |connection| {
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
        let found = self.read_on_replica(read, |_| true).await?;
        if let Total::Wanted(counting) = total {
            counting.done(found.total);
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
        self.write(async |connection| {
            if !lock_for_edit(connection, workspace, id).await? {
                return Err(Stop::Refused(UpdateWidgetError::NotFound));
            }
            let before = find(connection, workspace, id).await?.ok_or(Stop::Refused(UpdateWidgetError::NotFound))?;
            if !precondition.is_met_by(before.revision) {
                return Err(Stop::Refused(UpdateWidgetError::Stale));
            }
            let (version, component, tags) = (before.version, before.component.clone(), before.tags.clone());
            let widget = before.edited(change.clone(), now);
            save(connection, workspace, &widget).await?;
            if widget.version != version {
                insert_version(connection, workspace, &widget).await?;
                match &change.module {
                    _ if widget.component == component => {
                        copy_module(connection, workspace, id, version, widget.version).await?;
                    }
                    Some(module) => insert_module(connection, workspace, id, widget.version, module).await?,
                    None => {}
                }
            }
            if widget.tags != tags {
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
        module: &CompiledModule,
        precondition: &Precondition,
        attempt: Option<&'a Attempt>,
        now: Timestamp,
    ) -> Result<Creation<Widget>, RestoreError> {
        self.write(async |connection| {
            // Of equal attempts on a widget that is there the first takes the lock, and the others see what it made.
            let is_there = lock_for_edit(connection, workspace, id).await?;
            if let Some(attempt) = attempt {
                match recall(connection, workspace, attempt).await? {
                    Known::Nothing => {}
                    Known::Same(made) => {
                        let before = again(connection, workspace, made).await?;
                        return before.map(Creation::Replayed).ok_or(Stop::Refused(RestoreError::AttemptMismatch));
                    }
                    Known::Other => return Err(Stop::Refused(RestoreError::AttemptMismatch)),
                }
            }
            if !is_there {
                return Err(Stop::Refused(RestoreError::NotFound));
            }
            let before = find(connection, workspace, id).await?.ok_or(Stop::Refused(RestoreError::NotFound))?;
            if !precondition.is_met_by(before.revision) {
                return Err(Stop::Refused(RestoreError::Stale));
            }
            let restored = find_version(connection, workspace, id, version).await?;
            let restored = restored.ok_or(Stop::Refused(RestoreError::VersionNotFound))?;
            let widget = before.clone().restored(restored, now);
            if widget != before {
                save(connection, workspace, &widget).await?;
                insert_version(connection, workspace, &widget).await?;
                insert_module(connection, workspace, id, widget.version, module).await?;
            }
            if let Some(attempt) = attempt {
                // Another request, for another thing, may have taken the key since.
                match claim(connection, workspace, attempt, &Made::restored(&widget)?).await? {
                    Known::Nothing => {}
                    Known::Same(_) | Known::Other => return Err(Stop::Refused(RestoreError::AttemptMismatch)),
                }
            }
            Ok(Creation::Made(widget))
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
        self.write(async |connection| {
            // First the lock, which waits for those that bind and makes others wait; only then is it true what is seen.
            let live = queries::widget::live(workspace.as_str(), id.as_uuid().into());
            let revision = live.select(widget::revision).for_update().get_result::<i64>(connection).await.optional()?;
            let revision = revision.ok_or(Stop::Refused(DeleteWidgetError::NotFound))?;
            if !precondition.is_met_by(read_revision(revision)?) {
                return Err(Stop::Refused(DeleteWidgetError::Stale));
            }
            let count = usage_count(connection, workspace, id).await?;
            if count > 0 {
                let peers = first_peers(connection, workspace, id).await?;
                return Err(Stop::Refused(DeleteWidgetError::InUse { count, peers }));
            }
            let deleted = diesel::update(live).set(widget::deleted_at.eq(now.as_micros()));
            deleted.returning(told(&Change::Widgets(workspace.clone()))).execute(connection).await?;
            remove_tags(connection, workspace, id).await?;
            Ok(())
        })
        .await
    }
}

/// The widget that an attempt made, as it was then; `None` if the attempt made something else.
async fn again<E: From<StoreError>>(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    made: Made,
) -> Result<Option<Widget>, Stop<E>> {
    let Made::Widget(made) = made else { return Ok(None) };
    let first = queries::widget::versions(workspace.as_str(), made.id()?.as_uuid().into())
        .filter(widget_version::version.eq(made.version()))
        .select(ContentRow::as_select())
        .first(connection)
        .await
        .optional()?
        .ok_or_else(|| damaged("idempotency.made", "the widget's version is not there"))?;
    Ok(Some(made.into_domain(first)?))
}

/// Makes other edits and the deletion of the widget wait until the transaction ends, and tells whether it is there.
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
) -> Result<Option<Widget>, Stop<E>> {
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
        .limit(limits::PEERS_NAMED as i64)
        .select(peer_widget::peer_id)
        .load::<String>(connection)
        .await?;
    Ok(names.iter().map(|name| PeerId::reserved(name)).collect())
}

/// Saves a new widget: its row, its first version, its tags. Tells whether it did: not if its key or id is taken, also by a
/// transaction that it had to wait for.
pub(crate) async fn insert<E: From<StoreError>>(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    widget: &Widget,
) -> Result<bool, Stop<E>> {
    let inserted = diesel::insert_into(widget::table)
        .values(NewWidget::new(workspace, widget)?)
        .on_conflict_do_nothing()
        .returning(told(&Change::Widgets(workspace.clone())))
        .execute(connection)
        .await?;
    if inserted == 0 {
        return Ok(false);
    }
    insert_version(connection, workspace, widget).await?;
    insert_tags(connection, workspace, widget).await?;
    Ok(true)
}

/// Saves an edited widget. Versions and tags are the caller's.
pub(crate) async fn save<E: From<StoreError>>(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    widget: &Widget,
) -> Result<(), Stop<E>> {
    diesel::update(queries::widget::live(workspace.as_str(), widget.id.as_uuid().into()))
        .set(EditedWidget::new(widget)?)
        .returning(told(&Change::Widgets(workspace.clone())))
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

/// Tags are a list in which one may stand twice; for filtering once is enough.
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
