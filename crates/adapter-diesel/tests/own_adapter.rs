//! The example of `docs/adapters.md`, and a test that the two are equal.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

// What follows is the example, up to the next line that begins with `// ---`.
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use adapter_diesel::SqliteStore;
use async_trait::async_trait;
use domain::{
    id::MessageId,
    idempotency::Attempt,
    message::{Message, MessagePage, Messages},
    names::{ConversationId, WorkspaceId},
};
use port_contract::Stores;
use ports::{AppendError, Creation, MessageStore, ReplayError, StoreError};

/// Counts the messages that were added. Replays do not count.
struct Counted<S> {
    inner: S,
    added: AtomicU64,
}

#[async_trait]
impl<S: MessageStore> MessageStore for Counted<S> {
    async fn append<'a>(
        &self,
        workspace: &WorkspaceId,
        message: &Message,
        attempt: Option<&'a Attempt>,
    ) -> Result<Creation<Message>, AppendError> {
        let creation = self.inner.append(workspace, message, attempt).await?;
        if matches!(creation, Creation::Created(_)) {
            self.added.fetch_add(1, Ordering::Relaxed);
        }
        Ok(creation)
    }

    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<Message>, ReplayError> {
        self.inner.replay(workspace, attempt).await
    }

    async fn find(
        &self,
        workspace: &WorkspaceId,
        conversation: &ConversationId,
        id: MessageId,
    ) -> Result<Option<Message>, StoreError> {
        self.inner.find(workspace, conversation, id).await
    }

    async fn list(
        &self,
        workspace: &WorkspaceId,
        conversation: &ConversationId,
        page: MessagePage,
    ) -> Result<Messages, StoreError> {
        self.inner.list(workspace, conversation, page).await
    }
}

async fn stores() -> Stores {
    let sqlite = SqliteStore::open("sqlite::memory:").unwrap();
    sqlite.migrate().await.unwrap();
    let counted = Counted { inner: sqlite.clone(), added: AtomicU64::new(0) };
    Stores { messages: Arc::new(counted), ..Stores::of(sqlite, ()) }
}

mod contract {
    port_contract::store_contract!(crate::stores);
}

// --- the end of the example

#[test]
fn the_document_shows_this_example() {
    let (this, document) = (include_str!("own_adapter.rs"), include_str!("../../../docs/adapters.md"));
    let (_, example) = this.split_once("`// ---`.\n").unwrap();
    let (example, _) = example.split_once("\n// --- the end").unwrap();
    assert!(document.contains(&format!("```rust\n{example}```\n")), "docs/adapters.md does not show:\n{example}");
}
