use async_trait::async_trait;
use diesel::{OptionalExtension as _, prelude::*};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{
    binding::{NamedPeerWidget, PeerWidget},
    id::{PeerWidgetId, WidgetId},
    idempotency::Attempt,
    names::{PeerId, WorkspaceId},
    widget::prebuilt_workspace,
};
use ports::{BindError, BindingStore, Change, Creation, ReplaceBindingError, ReplayError, StoreError};

use super::idempotency::{claim, recall};
use crate::{
    postgres::{
        PostgresStore,
        engine::{changes::told, transaction::Stop},
    },
    queries,
    rows::{
        Id,
        binding::{BindingRow, EditedBinding, NamedBindingRow, NewBinding, read_named},
        idempotency::{Known, Made},
    },
    schema::{peer_widget, widget},
};

#[async_trait]
impl BindingStore for PostgresStore {
    async fn add<'a>(
        &self,
        workspace: &WorkspaceId,
        binding: &PeerWidget,
        attempt: Option<&'a Attempt>,
    ) -> Result<Creation<PeerWidget>, BindError> {
        self.write(async |connection| {
            if let Some(attempt) = attempt {
                match claim(connection, workspace, attempt, &Made::binding(binding)).await? {
                    Known::Nothing => {}
                    Known::Same(made) => {
                        let before = made.into_binding()?;
                        return before.map(Creation::Replayed).ok_or(Stop::Refused(BindError::AttemptMismatch));
                    }
                    Known::Other => return Err(Stop::Refused(BindError::AttemptMismatch)),
                }
            }
            insert(connection, workspace, binding).await?;
            Ok(Creation::Made(binding.clone()))
        })
        .await
    }

    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<PeerWidget>, ReplayError> {
        self.read(async |connection| match recall(connection, workspace, attempt).await? {
            Known::Nothing => Ok(None),
            Known::Same(made) => made.into_binding()?.map(Some).ok_or(Stop::Refused(ReplayError::Mismatch)),
            Known::Other => Err(Stop::Refused(ReplayError::Mismatch)),
        })
        .await
    }

    async fn list(&self, workspace: &WorkspaceId, peer: &PeerId) -> Result<Vec<NamedPeerWidget>, StoreError> {
        self.read(async |connection| {
            let rows = queries::binding::with_widgets(workspace.as_str(), prebuilt_workspace().as_str())
                .filter(peer_widget::peer_id.eq(peer.as_str()))
                .order((peer_widget::added_at.asc(), peer_widget::id.asc()))
                .select((BindingRow::as_select(), widget::key, widget::name))
                .load::<NamedBindingRow>(connection)
                .await?;
            Ok(rows.into_iter().map(read_named).collect::<Result<_, _>>()?)
        })
        .await
    }

    async fn find(
        &self,
        workspace: &WorkspaceId,
        peer: &PeerId,
        id: PeerWidgetId,
    ) -> Result<Option<NamedPeerWidget>, StoreError> {
        self.read(async |connection| {
            let row = queries::binding::with_widgets(workspace.as_str(), prebuilt_workspace().as_str())
                .filter(peer_widget::id.eq(Id::from(id.as_uuid())))
                .filter(peer_widget::peer_id.eq(peer.as_str()))
                .select((BindingRow::as_select(), widget::key, widget::name))
                .first::<NamedBindingRow>(connection)
                .await
                .optional()?;
            Ok(row.map(read_named).transpose()?)
        })
        .await
    }

    async fn find_by_widget(
        &self,
        workspace: &WorkspaceId,
        peer: &PeerId,
        widget: WidgetId,
    ) -> Result<Option<PeerWidget>, StoreError> {
        self.read(async |connection| {
            let row = queries::binding::by_widget(workspace.as_str(), peer.as_str(), widget.as_uuid().into())
                .select(BindingRow::as_select())
                .first(connection)
                .await
                .optional()?;
            Ok(row.map(BindingRow::into_domain).transpose()?)
        })
        .await
    }

    async fn replace(
        &self,
        workspace: &WorkspaceId,
        current: &PeerWidget,
        next: &PeerWidget,
    ) -> Result<(), ReplaceBindingError> {
        self.write(async |connection| {
            let id = current.id.as_uuid().into();
            let place = queries::binding::of_peer(workspace.as_str(), current.peer.as_str(), id);
            let found = place.select(BindingRow::as_select()).for_no_key_update().get_result(connection).await;
            let found = found.optional()?.ok_or(Stop::Refused(ReplaceBindingError::NotFound))?.into_domain()?;
            if found.enabled != current.enabled || found.config != current.config {
                return Err(Stop::Refused(ReplaceBindingError::Changed));
            }
            let change = Change::Bindings(workspace.clone(), current.peer.clone());
            let replaced = diesel::update(place).set(EditedBinding::new(next)).returning(told(&change));
            replaced.execute(connection).await?;
            Ok(())
        })
        .await
    }

    async fn remove(&self, workspace: &WorkspaceId, peer: &PeerId, id: PeerWidgetId) -> Result<bool, StoreError> {
        self.read(async |connection| {
            let place = queries::binding::of_peer(workspace.as_str(), peer.as_str(), id.as_uuid().into());
            let removed = diesel::delete(place).returning(told(&Change::Bindings(workspace.clone(), peer.clone())));
            Ok(removed.execute(connection).await? > 0)
        })
        .await
    }

    async fn usage_count(&self, workspace: &WorkspaceId, widget: WidgetId) -> Result<u64, StoreError> {
        self.read(async |connection| Ok(usage_count(connection, workspace, widget).await?)).await
    }
}

/// How many peers of the workspace have the widget.
pub(crate) async fn usage_count(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    widget: WidgetId,
) -> QueryResult<u64> {
    let of_widget = queries::binding::of_widget(workspace.as_str(), widget.as_uuid().into());
    let count: i64 = of_widget.count().get_result(connection).await?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// Binds a widget that is there to a peer that lacks it.
///
/// The lock on the widget's row is one that deleting waits for, and which waits for deleting; edits of the widget and other
/// bindings go on beside it.
async fn insert(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    binding: &PeerWidget,
) -> Result<(), Stop<BindError>> {
    if !lock_live(connection, workspace, binding.widget).await?
        && !lock_live(connection, &prebuilt_workspace(), binding.widget).await?
    {
        return Err(Stop::Refused(BindError::WidgetNotFound));
    }
    let inserted = diesel::insert_into(peer_widget::table)
        .values(NewBinding::new(workspace, binding))
        .on_conflict((peer_widget::workspace_id, peer_widget::peer_id, peer_widget::widget_id))
        .do_nothing()
        .returning(told(&Change::Bindings(workspace.clone(), binding.peer.clone())))
        .execute(connection)
        .await?;
    if inserted == 0 { Err(Stop::Refused(BindError::AlreadyBound)) } else { Ok(()) }
}

/// Keeps the widget from being deleted until the transaction ends, and tells whether it is there.
async fn lock_live(connection: &mut AsyncPgConnection, workspace: &WorkspaceId, id: WidgetId) -> QueryResult<bool> {
    let live = queries::widget::live(workspace.as_str(), id.as_uuid().into()).select(widget::id).for_key_share();
    Ok(live.get_result::<Id>(connection).await.optional()?.is_some())
}
