use async_trait::async_trait;
use diesel::prelude::*;
use domain::{
    binding::{NamedPeerWidget, PeerWidget},
    id::{PeerWidgetId, WidgetId},
    idempotency::Attempt,
    names::{PeerId, WorkspaceId},
    widget::prebuilt_workspace,
};
use ports::{BindError, BindingStore, Change, Creation, ReplaceBindingError, ReplayError, StoreError};

use super::idempotency::{recall, remember};
use crate::{
    failure::failed,
    queries,
    rows::{
        binding::{BindingRow, EditedBinding, NamedBindingRow, NewBinding, read_named},
        idempotency::{Known, Made},
    },
    schema::{peer_widget, widget},
    sqlite::SqliteStore,
};

#[async_trait]
impl BindingStore for SqliteStore {
    async fn add<'a>(
        &self,
        workspace: &WorkspaceId,
        binding: &PeerWidget,
        attempt: Option<&'a Attempt>,
    ) -> Result<Creation<PeerWidget>, BindError> {
        let (workspace, binding, attempt) = (workspace.clone(), binding.clone(), attempt.cloned());
        let change = Change::Bindings(workspace.clone(), binding.peer.clone());
        self.write_change(change, move |connection| {
            if let Some(attempt) = &attempt {
                match recall(connection, &workspace, attempt)? {
                    Known::Nothing => {}
                    Known::Same(made) => {
                        return Ok(Creation::Replayed(made.into_binding()?.ok_or(BindError::AttemptMismatch)?));
                    }
                    Known::Other => return Err(BindError::AttemptMismatch),
                }
            }
            insert(connection, &workspace, &binding)?;
            if let Some(attempt) = &attempt {
                remember(connection, &workspace, attempt, &Made::binding(&binding))?;
            }
            Ok(Creation::Made(binding.clone()))
        })
        .await
    }

    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<PeerWidget>, ReplayError> {
        let (workspace, attempt) = (workspace.clone(), attempt.clone());
        self.read(move |connection| match recall(connection, &workspace, &attempt)? {
            Known::Nothing => Ok(None),
            Known::Same(made) => made.into_binding()?.map(Some).ok_or(ReplayError::Mismatch),
            Known::Other => Err(ReplayError::Mismatch),
        })
        .await
    }

    async fn list(&self, workspace: &WorkspaceId, peer: &PeerId) -> Result<Vec<NamedPeerWidget>, StoreError> {
        let (workspace, peer) = (workspace.clone(), peer.clone());
        self.read(move |connection| {
            queries::binding::with_widgets(workspace.as_str(), prebuilt_workspace().as_str())
                .filter(peer_widget::peer_id.eq(peer.as_str()))
                .order((peer_widget::added_at.asc(), peer_widget::id.asc()))
                .select((BindingRow::as_select(), widget::key, widget::name))
                .load::<NamedBindingRow>(connection)
                .map_err(failed)?
                .into_iter()
                .map(read_named)
                .collect()
        })
        .await
    }

    async fn find(
        &self,
        workspace: &WorkspaceId,
        peer: &PeerId,
        id: PeerWidgetId,
    ) -> Result<Option<NamedPeerWidget>, StoreError> {
        let (workspace, peer) = (workspace.clone(), peer.clone());
        self.read(move |connection| {
            queries::binding::with_widgets(workspace.as_str(), prebuilt_workspace().as_str())
                .filter(peer_widget::id.eq(crate::rows::Id::from(id.as_uuid())))
                .filter(peer_widget::peer_id.eq(peer.as_str()))
                .select((BindingRow::as_select(), widget::key, widget::name))
                .first::<NamedBindingRow>(connection)
                .optional()
                .map_err(failed)?
                .map(read_named)
                .transpose()
        })
        .await
    }

    async fn find_by_widget(
        &self,
        workspace: &WorkspaceId,
        peer: &PeerId,
        widget: WidgetId,
    ) -> Result<Option<PeerWidget>, StoreError> {
        let (workspace, peer) = (workspace.clone(), peer.clone());
        self.read(move |connection| {
            queries::binding::by_widget(workspace.as_str(), peer.as_str(), widget.as_uuid().into())
                .select(BindingRow::as_select())
                .first(connection)
                .optional()
                .map_err(failed)?
                .map(BindingRow::into_domain)
                .transpose()
        })
        .await
    }

    async fn replace(
        &self,
        workspace: &WorkspaceId,
        current: &PeerWidget,
        next: &PeerWidget,
    ) -> Result<(), ReplaceBindingError> {
        let (workspace, current, next) = (workspace.clone(), current.clone(), next.clone());
        let change = Change::Bindings(workspace.clone(), current.peer.clone());
        self.write_change(change, move |connection| {
            let place =
                queries::binding::of_peer(workspace.as_str(), current.peer.as_str(), current.id.as_uuid().into());
            let found = place.select(BindingRow::as_select()).first(connection).optional().map_err(failed)?;
            let found = found.ok_or(ReplaceBindingError::NotFound)?.into_domain()?;
            if found.enabled != current.enabled || found.config != current.config {
                return Err(ReplaceBindingError::Changed);
            }
            diesel::update(place).set(EditedBinding::new(&next)).execute(connection).map_err(failed)?;
            Ok(())
        })
        .await
    }

    async fn remove(&self, workspace: &WorkspaceId, peer: &PeerId, id: PeerWidgetId) -> Result<bool, StoreError> {
        let (workspace, peer) = (workspace.clone(), peer.clone());
        let change = Change::Bindings(workspace.clone(), peer.clone());
        self.write_change(change, move |connection| {
            diesel::delete(queries::binding::of_peer(workspace.as_str(), peer.as_str(), id.as_uuid().into()))
                .execute(connection)
                .map(|removed| removed > 0)
                .map_err(failed)
        })
        .await
    }

    async fn usage_count(&self, workspace: &WorkspaceId, widget: WidgetId) -> Result<u64, StoreError> {
        let workspace = workspace.clone();
        self.read(move |connection| usage_count(connection, &workspace, widget)).await
    }
}

/// How many peers of the workspace have the widget.
pub(crate) fn usage_count(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    widget: WidgetId,
) -> Result<u64, StoreError> {
    let count = queries::binding::of_widget(workspace.as_str(), widget.as_uuid().into())
        .count()
        .get_result::<i64>(connection)
        .map_err(failed)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// Binds a widget that is there to a peer that lacks it. The write lock keeps both so until the commit.
fn insert(connection: &mut SqliteConnection, workspace: &WorkspaceId, binding: &PeerWidget) -> Result<(), BindError> {
    if !is_live(connection, workspace, binding.widget)? && !is_live(connection, &prebuilt_workspace(), binding.widget)?
    {
        return Err(BindError::WidgetNotFound);
    }
    let same = queries::binding::by_widget(workspace.as_str(), binding.peer.as_str(), binding.widget.as_uuid().into());
    if diesel::select(diesel::dsl::exists(same)).get_result(connection).map_err(failed)? {
        return Err(BindError::AlreadyBound);
    }
    diesel::insert_into(peer_widget::table)
        .values(NewBinding::new(workspace, binding))
        .execute(connection)
        .map_err(failed)?;
    Ok(())
}

fn is_live(connection: &mut SqliteConnection, workspace: &WorkspaceId, id: WidgetId) -> Result<bool, StoreError> {
    diesel::select(diesel::dsl::exists(queries::widget::live(workspace.as_str(), id.as_uuid().into())))
        .get_result(connection)
        .map_err(failed)
}
