use async_trait::async_trait;
use diesel::{connection::DefaultLoadingMode, prelude::*};
use domain::{
    id::MessageId,
    idempotency::Attempt,
    message::{Message, MessagePage, Messages},
    names::{ConversationId, WorkspaceId},
};
use ports::{AppendError, Creation, MessageStore, ReplayError, StoreError};

use super::{
    idempotency::{recall, remember},
    read_optional,
};
use crate::{
    failure::store_error,
    queries,
    rows::{
        idempotency::{AttemptError, Created},
        message::{MessageRow, NewMessage, page_start},
    },
    schema::message,
    sqlite::SqliteStore,
};

#[async_trait]
impl MessageStore for SqliteStore {
    async fn append<'a>(
        &self,
        workspace: &WorkspaceId,
        message: &Message,
        attempt: Option<&'a Attempt>,
    ) -> Result<Creation<Message>, AppendError> {
        let (stored, workspace, attempt) = (message.clone(), workspace.clone(), attempt.cloned());
        let replayed = self.database.write(move |connection| {
            if let Some(attempt) = &attempt {
                if let Some(earlier) = recall::<AppendError>(connection, &workspace, attempt)? {
                    return find_created::<AppendError>(connection, &workspace, earlier).map(Some);
                }
                remember(connection, &workspace, attempt, &Created::message(&stored))?;
            }
            insert(connection, &workspace, &stored)?;
            Ok(None)
        });
        Ok(replayed.await?.map_or_else(|| Creation::Created(message.clone()), Creation::Replayed))
    }

    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<Message>, ReplayError> {
        let (workspace, attempt) = (workspace.clone(), attempt.clone());
        self.database
            .read(move |connection| {
                let earlier = recall::<ReplayError>(connection, &workspace, &attempt)?;
                earlier.map(|earlier| find_created(connection, &workspace, earlier)).transpose()
            })
            .await
    }

    async fn find(
        &self,
        workspace: &WorkspaceId,
        conversation: &ConversationId,
        id: MessageId,
    ) -> Result<Option<Message>, StoreError> {
        let (workspace, conversation) = (workspace.clone(), conversation.clone());
        self.database.read(move |connection| find(connection, &workspace, &conversation, id)).await
    }

    async fn list(
        &self,
        workspace: &WorkspaceId,
        conversation: &ConversationId,
        page: MessagePage,
    ) -> Result<Messages, StoreError> {
        let (workspace, conversation) = (workspace.clone(), conversation.clone());
        self.database.read(move |connection| list(connection, &workspace, &conversation, page)).await
    }
}

fn insert(connection: &mut SqliteConnection, workspace: &WorkspaceId, message: &Message) -> Result<(), StoreError> {
    diesel::insert_into(message::table)
        .values(NewMessage::new(workspace, message))
        .execute(connection)
        .map(drop)
        .map_err(store_error)
}

/// The message that an earlier request created. A conflict if it created something else, or if an operator has deleted the
/// message; retention deletes the record of an attempt before the message.
fn find_created<E: AttemptError>(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    earlier: Created,
) -> Result<Message, E> {
    let (conversation, id) = earlier.into_message::<E>()?;
    find(connection, workspace, &conversation, id)?.ok_or_else(E::conflict)
}

fn find(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    conversation: &ConversationId,
    id: MessageId,
) -> Result<Option<Message>, StoreError> {
    let row = queries::message::one(workspace.as_str(), conversation.as_str(), id.as_uuid().into())
        .select(MessageRow::as_select())
        .first(connection);
    read_optional(row, MessageRow::into_domain)
}

fn list(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    conversation: &ConversationId,
    page: MessagePage,
) -> Result<Messages, StoreError> {
    // One row more shows whether more follow. Row by row, since a hundred of the largest would take 60 MB.
    let rows = queries::message::following(workspace.as_str(), conversation.as_str(), page_start(page))
        .limit(i64::from(page.limit) + 1)
        .select(MessageRow::as_select())
        .load_iter::<MessageRow, DefaultLoadingMode>(connection)
        .map_err(store_error)?;
    Messages::gather(page, rows.map(|row| row.map_err(store_error).and_then(MessageRow::into_domain)))
}
