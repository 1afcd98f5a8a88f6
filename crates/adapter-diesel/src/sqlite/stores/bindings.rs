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

use super::{
    idempotency::{recall, remember},
    read_optional,
};
use crate::{
    failure::store_error,
    queries,
    rows::{
        binding::{BindingRow, EditedBinding, NamedBindingRow, NewBinding, read_named},
        idempotency::Created,
        read_count,
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
        self.database
            .write_change(change, move |connection| {
                if let Some(attempt) = &attempt
                    && let Some(earlier) = recall::<BindError>(connection, &workspace, attempt)?
                {
                    return earlier.into_binding().map(Creation::Replayed);
                }
                insert(connection, &workspace, &binding)?;
                if let Some(attempt) = &attempt {
                    remember(connection, &workspace, attempt, &Created::binding(&binding))?;
                }
                Ok(Creation::Created(binding.clone()))
            })
            .await
    }

    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<PeerWidget>, ReplayError> {
        let (workspace, attempt) = (workspace.clone(), attempt.clone());
        let earlier =
            self.database.read(move |connection| recall::<ReplayError>(connection, &workspace, &attempt)).await?;
        earlier.map(Created::into_binding).transpose()
    }

    async fn list(&self, workspace: &WorkspaceId, peer: &PeerId) -> Result<Vec<NamedPeerWidget>, StoreError> {
        let (workspace, peer) = (workspace.clone(), peer.clone());
        self.database
            .read(move |connection| {
                queries::binding::of_peer_with_widgets(workspace.as_str(), prebuilt_workspace().as_str(), peer.as_str())
                    .select((BindingRow::as_select(), widget::key, widget::name))
                    .load::<NamedBindingRow>(connection)
                    .map_err(store_error)?
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
        self.database
            .read(move |connection| {
                let row = queries::binding::with_widgets(workspace.as_str(), prebuilt_workspace().as_str())
                    .filter(peer_widget::id.eq(crate::rows::Id::from(id.as_uuid())))
                    .filter(peer_widget::peer_id.eq(peer.as_str()))
                    .select((BindingRow::as_select(), widget::key, widget::name))
                    .first::<NamedBindingRow>(connection);
                read_optional(row, read_named)
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
        self.database
            .read(move |connection| {
                let row = queries::binding::by_widget(workspace.as_str(), peer.as_str(), widget.as_uuid().into())
                    .select(BindingRow::as_select())
                    .first(connection);
                read_optional(row, BindingRow::into_domain)
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
        self.database
            .write_change(change, move |connection| {
                let selected =
                    queries::binding::of_peer(workspace.as_str(), current.peer.as_str(), current.id.as_uuid().into());
                let found =
                    selected.select(BindingRow::as_select()).first(connection).optional().map_err(store_error)?;
                let found = found.ok_or(ReplaceBindingError::NotFound)?.into_domain()?;
                if found.enabled != current.enabled || found.config != current.config {
                    return Err(ReplaceBindingError::Changed);
                }
                diesel::update(selected).set(EditedBinding::new(&next)).execute(connection).map_err(store_error)?;
                Ok(())
            })
            .await
    }

    async fn remove(&self, workspace: &WorkspaceId, peer: &PeerId, id: PeerWidgetId) -> Result<bool, StoreError> {
        let (workspace, peer) = (workspace.clone(), peer.clone());
        let change = Change::Bindings(workspace.clone(), peer.clone());
        self.database
            .write_change(change, move |connection| {
                diesel::delete(queries::binding::of_peer(workspace.as_str(), peer.as_str(), id.as_uuid().into()))
                    .execute(connection)
                    .map(|removed| removed > 0)
                    .map_err(store_error)
            })
            .await
    }

    async fn usage_count(&self, workspace: &WorkspaceId, widget: WidgetId) -> Result<u64, StoreError> {
        let workspace = workspace.clone();
        self.database.read(move |connection| usage_count(connection, &workspace, widget)).await
    }
}

/// The number of peers of the workspace that have the widget.
pub(crate) fn usage_count(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    widget: WidgetId,
) -> Result<u64, StoreError> {
    let count = queries::binding::of_widget(workspace.as_str(), widget.as_uuid().into())
        .count()
        .get_result::<i64>(connection)
        .map_err(store_error)?;
    Ok(read_count(count))
}

/// Binds an existing widget to a peer that lacks it. The write lock keeps the widget until the commit.
fn insert(connection: &mut SqliteConnection, workspace: &WorkspaceId, binding: &PeerWidget) -> Result<(), BindError> {
    if !is_live(connection, workspace, binding.widget)? && !is_live(connection, &prebuilt_workspace(), binding.widget)?
    {
        return Err(BindError::WidgetNotFound);
    }
    let same = queries::binding::by_widget(workspace.as_str(), binding.peer.as_str(), binding.widget.as_uuid().into());
    if diesel::select(diesel::dsl::exists(same)).get_result(connection).map_err(store_error)? {
        return Err(BindError::AlreadyBound);
    }
    diesel::insert_into(peer_widget::table)
        .values(NewBinding::new(workspace, binding))
        .execute(connection)
        .map_err(store_error)?;
    Ok(())
}

fn is_live(connection: &mut SqliteConnection, workspace: &WorkspaceId, id: WidgetId) -> Result<bool, StoreError> {
    diesel::select(diesel::dsl::exists(queries::widget::live(workspace.as_str(), id.as_uuid().into())))
        .get_result(connection)
        .map_err(store_error)
}
