//! Use cases of bindings.

use std::sync::Arc;

use domain::{
    access::Messenger,
    binding::{BindingChange, BindingConfig, BindingDraft, NamedPeerWidget, PeerWidget, WidgetRef},
    id::{PeerWidgetId, WidgetId},
    idempotency::Attempt,
    names::{PeerId, WorkspaceId},
};
use ports::{BindingStore, Clock, Creation, IdSource, ReplaceBindingError};
use schema::{field::FieldPath, json::JsonDocument};

use crate::{AppError, Reviewer, WidgetResolver};

/// Maximum number of attempts at an edit while other callers edit the same binding.
const MAX_REPLACE_ATTEMPTS: usize = 8;

/// Binds widgets to peers.
pub struct Bindings {
    /// Stores bindings.
    pub store: Arc<dyn BindingStore>,
    /// Finds widgets.
    pub widgets: WidgetResolver,
    /// Checks default data against schemas.
    pub reviewer: Arc<Reviewer>,
    /// The service's clock.
    pub clock: Arc<dyn Clock>,
    /// Generates ids.
    pub ids: Arc<dyn IdSource>,
}

impl Bindings {
    /// Binds a widget to a peer, once for each idempotency key.
    pub async fn add(
        &self,
        by: &Messenger,
        peer: PeerId,
        draft: BindingDraft,
        attempt: Option<&Attempt>,
    ) -> Result<Creation<PeerWidget>, AppError> {
        if let Some(attempt) = attempt
            && let Some(binding) = self.store.replay(&by.workspace, attempt).await?
        {
            return Ok(Creation::Replayed(binding));
        }
        let widget = self.resolve(&by.workspace, &draft.widget).await?;
        self.check_default_data(by, widget, &draft.config).await?;
        let binding = PeerWidget {
            id: PeerWidgetId::from_uuid(self.ids.next_uuid()),
            peer,
            widget,
            enabled: draft.enabled,
            config: draft.config,
            added_at: self.clock.now(),
        };
        Ok(self.store.add(&by.workspace, &binding, attempt).await?)
    }

    /// Lists the bindings of a peer, oldest first.
    pub async fn list(&self, by: &Messenger, peer: &PeerId) -> Result<Vec<NamedPeerWidget>, AppError> {
        Ok(self.store.list(&by.workspace, peer).await?)
    }

    /// Finds one binding of a peer.
    pub async fn find(&self, by: &Messenger, peer: &PeerId, id: PeerWidgetId) -> Result<NamedPeerWidget, AppError> {
        self.store.find(&by.workspace, peer, id).await?.ok_or(AppError::PeerWidgetNotFound)
    }

    /// Applies an edit to a binding.
    ///
    /// The resulting configuration is always checked as a whole, even if several callers edit the binding concurrently.
    pub async fn update(
        &self,
        by: &Messenger,
        peer: &PeerId,
        id: PeerWidgetId,
        change: BindingChange,
    ) -> Result<PeerWidget, AppError> {
        for _ in 0..MAX_REPLACE_ATTEMPTS {
            let current = self.find(by, peer, id).await?.binding;
            let next = current.clone().edited(change.clone());
            if next.config != current.config {
                self.check_default_data(by, next.widget, &next.config).await?;
            }
            match self.store.replace(&by.workspace, &current, &next).await {
                Ok(()) => return Ok(next),
                Err(ReplaceBindingError::Changed) => {}
                Err(ReplaceBindingError::NotFound) => return Err(AppError::PeerWidgetNotFound),
                Err(ReplaceBindingError::Store(error)) => return Err(error.into()),
            }
        }
        Err(AppError::Contended)
    }

    /// Removes a binding of a peer.
    pub async fn remove(&self, by: &Messenger, peer: &PeerId, id: PeerWidgetId) -> Result<(), AppError> {
        match self.store.remove(&by.workspace, peer, id).await? {
            true => Ok(()),
            false => Err(AppError::PeerWidgetNotFound),
        }
    }

    async fn resolve(&self, workspace: &WorkspaceId, widget: &WidgetRef) -> Result<WidgetId, AppError> {
        match widget {
            WidgetRef::Id(id) => Ok(*id),
            WidgetRef::Key(key) => Ok(self.widgets.by_key(workspace, key).await?.id),
        }
    }

    /// Checks the default data against the widget's schema if messages of the binding carry no data.
    async fn check_default_data(
        &self,
        by: &Messenger,
        widget: WidgetId,
        config: &BindingConfig,
    ) -> Result<(), AppError> {
        let data = config.default_props.as_ref().and_then(|props| props.data());
        let Some(data) = data.filter(|_| !config.allows_custom_data()) else { return Ok(()) };
        let root = "config.defaultProps.data";
        let data = JsonDocument::parse_data(data, &FieldPath::root(root))
            .map_err(|error| AppError::InvalidRequest(vec![error]))?;
        let widget = self.widgets.by_id(&by.workspace, widget).await?;
        self.reviewer.check_data(widget.schema(), &data, root, by, AppError::InvalidRequest).await
    }
}
