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
        engine::{notification::notify, transaction::TxError},
    },
    queries,
    rows::{
        Id,
        binding::{BindingRow, EditedBinding, NamedBindingRow, NewBinding, read_named},
        idempotency::Created,
        read_count,
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
        self.database
            .transaction(async |connection| {
                if let Some(attempt) = attempt
                    && let Some(earlier) = claim(connection, workspace, attempt, &Created::binding(binding)).await?
                {
                    return earlier.into_binding().map(Creation::Replayed).map_err(TxError::Domain);
                }
                insert(connection, workspace, binding).await?;
                Ok(Creation::Created(binding.clone()))
            })
            .await
    }

    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<PeerWidget>, ReplayError> {
        let earlier =
            self.database.run(async |connection| recall::<ReplayError>(connection, workspace, attempt).await).await?;
        earlier.map(Created::into_binding).transpose()
    }

    async fn list(&self, workspace: &WorkspaceId, peer: &PeerId) -> Result<Vec<NamedPeerWidget>, StoreError> {
        self.database
            .run(async |connection| {
                let rows = queries::binding::of_peer_with_widgets(
                    workspace.as_str(),
                    prebuilt_workspace().as_str(),
                    peer.as_str(),
                )
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
        self.database
            .run(async |connection| {
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
        self.database
            .run(async |connection| {
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
        self.database
            .transaction(async |connection| {
                let id = current.id.as_uuid().into();
                let binding = queries::binding::of_peer(workspace.as_str(), current.peer.as_str(), id);
                let found = binding.select(BindingRow::as_select()).for_no_key_update().get_result(connection).await;
                let found = found.optional()?.ok_or(TxError::Domain(ReplaceBindingError::NotFound))?.into_domain()?;
                if found.enabled != current.enabled || found.config != current.config {
                    return Err(TxError::Domain(ReplaceBindingError::Changed));
                }
                let change = Change::Bindings(workspace.clone(), current.peer.clone());
                let replaced = diesel::update(binding).set(EditedBinding::new(next)).returning(notify(&change));
                replaced.execute(connection).await?;
                Ok(())
            })
            .await
    }

    async fn remove(&self, workspace: &WorkspaceId, peer: &PeerId, id: PeerWidgetId) -> Result<bool, StoreError> {
        self.database
            .run(async |connection| {
                let binding = queries::binding::of_peer(workspace.as_str(), peer.as_str(), id.as_uuid().into());
                let removed =
                    diesel::delete(binding).returning(notify(&Change::Bindings(workspace.clone(), peer.clone())));
                Ok(removed.execute(connection).await? > 0)
            })
            .await
    }

    async fn usage_count(&self, workspace: &WorkspaceId, widget: WidgetId) -> Result<u64, StoreError> {
        self.database.run(async |connection| Ok(usage_count(connection, workspace, widget).await?)).await
    }
}

/// The number of peers of the workspace that have the widget.
pub(crate) async fn usage_count(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    widget: WidgetId,
) -> QueryResult<u64> {
    let of_widget = queries::binding::of_widget(workspace.as_str(), widget.as_uuid().into());
    let count: i64 = of_widget.count().get_result(connection).await?;
    Ok(read_count(count))
}

/// Binds an existing widget to a peer that lacks it.
///
/// The lock on the widget's row conflicts with its deletion, but not with edits and other bindings.
async fn insert(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    binding: &PeerWidget,
) -> Result<(), TxError<BindError>> {
    if !lock_live(connection, workspace, binding.widget).await?
        && !lock_live(connection, &prebuilt_workspace(), binding.widget).await?
    {
        return Err(TxError::Domain(BindError::WidgetNotFound));
    }
    let inserted = diesel::insert_into(peer_widget::table)
        .values(NewBinding::new(workspace, binding))
        .on_conflict((peer_widget::workspace_id, peer_widget::peer_id, peer_widget::widget_id))
        .do_nothing()
        .returning(notify(&Change::Bindings(workspace.clone(), binding.peer.clone())))
        .execute(connection)
        .await?;
    if inserted == 0 { Err(TxError::Domain(BindError::AlreadyBound)) } else { Ok(()) }
}

/// Blocks the deletion of the widget until the transaction ends. Returns whether the widget exists.
async fn lock_live(connection: &mut AsyncPgConnection, workspace: &WorkspaceId, id: WidgetId) -> QueryResult<bool> {
    let live = queries::widget::live(workspace.as_str(), id.as_uuid().into()).select(widget::id).for_key_share();
    Ok(live.get_result::<Id>(connection).await.optional()?.is_some())
}
