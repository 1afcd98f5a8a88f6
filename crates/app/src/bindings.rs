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

/// How often an edit is tried again when others edit the same binding.
const REPLACE_TRIES: usize = 8;

/// Gives widgets to peers.
pub struct Bindings {
    /// Where bindings are kept.
    pub store: Arc<dyn BindingStore>,
    /// Finds widgets.
    pub widgets: WidgetResolver,
    /// Checks default data against schemas.
    pub reviewer: Arc<Reviewer>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes ids.
    pub ids: Arc<dyn IdSource>,
}

impl Bindings {
    /// Gives a widget to a peer, once for each idempotency key.
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

    /// All widgets of a peer, oldest first.
    pub async fn list(&self, by: &Messenger, peer: &PeerId) -> Result<Vec<NamedPeerWidget>, AppError> {
        Ok(self.store.list(&by.workspace, peer).await?)
    }

    /// One widget of a peer.
    pub async fn find(&self, by: &Messenger, peer: &PeerId, id: PeerWidgetId) -> Result<NamedPeerWidget, AppError> {
        self.store.find(&by.workspace, peer, id).await?.ok_or(AppError::PeerWidgetNotFound)
    }

    /// Changes what the edit names. What is saved was checked as a whole, however many edit at once.
    pub async fn update(
        &self,
        by: &Messenger,
        peer: &PeerId,
        id: PeerWidgetId,
        change: BindingChange,
    ) -> Result<PeerWidget, AppError> {
        for _ in 0..REPLACE_TRIES {
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

    /// Takes a widget from a peer.
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

    /// Where messages bring no data, what is rendered instead must fit the widget's schema.
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
