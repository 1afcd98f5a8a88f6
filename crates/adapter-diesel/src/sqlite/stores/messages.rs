use async_trait::async_trait;
use diesel::{connection::DefaultLoadingMode, prelude::*};
use domain::{
    id::MessageId,
    idempotency::Attempt,
    message::{Message, MessagePage, Messages},
    names::{ConversationId, WorkspaceId},
};
use ports::{AppendError, Creation, MessageStore, ReplayError, StoreError};

use super::idempotency::{recall, remember};
use crate::{
    failure::failed,
    queries,
    rows::{
        idempotency::{Known, Made, read_message_place},
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
        let replayed = self.write(move |connection| {
            let Some(attempt) = &attempt else {
                insert(connection, &workspace, &stored)?;
                return Ok::<_, AppendError>(None);
            };
            match recall(connection, &workspace, attempt)? {
                Known::Nothing => {}
                Known::Same(made) => {
                    return again(connection, &workspace, made)?.map(Some).ok_or(AppendError::AttemptMismatch);
                }
                Known::Other => return Err(AppendError::AttemptMismatch),
            }
            insert(connection, &workspace, &stored)?;
            remember(connection, &workspace, attempt, &Made::message(&stored))?;
            Ok(None)
        });
        Ok(replayed.await?.map_or_else(|| Creation::Made(message.clone()), Creation::Replayed))
    }

    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<Message>, ReplayError> {
        let (workspace, attempt) = (workspace.clone(), attempt.clone());
        self.read(move |connection| match recall(connection, &workspace, &attempt)? {
            Known::Nothing => Ok(None),
            Known::Same(made) => again(connection, &workspace, made)?.map(Some).ok_or(ReplayError::Mismatch),
            Known::Other => Err(ReplayError::Mismatch),
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
        self.read(move |connection| find(connection, &workspace, &conversation, id)).await
    }

    async fn list(
        &self,
        workspace: &WorkspaceId,
        conversation: &ConversationId,
        page: MessagePage,
    ) -> Result<Messages, StoreError> {
        let (workspace, conversation) = (workspace.clone(), conversation.clone());
        self.read(move |connection| list(connection, &workspace, &conversation, page)).await
    }
}

fn insert(connection: &mut SqliteConnection, workspace: &WorkspaceId, message: &Message) -> Result<(), StoreError> {
    diesel::insert_into(message::table)
        .values(NewMessage::new(workspace, message))
        .execute(connection)
        .map(drop)
        .map_err(failed)
}

/// The message that an attempt made; `None` if it made something else, or the message was deleted. Retention forgets an
/// attempt before it deletes what it made; this is for an operator who deletes by hand.
fn again(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    made: Made,
) -> Result<Option<Message>, StoreError> {
    let Made::Message { conversation, id } = made else { return Ok(None) };
    let (conversation, id) = read_message_place(&conversation, &id)?;
    find(connection, workspace, &conversation, id)
}

fn find(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    conversation: &ConversationId,
    id: MessageId,
) -> Result<Option<Message>, StoreError> {
    queries::message::one(workspace.as_str(), conversation.as_str(), id.as_uuid().into())
        .select(MessageRow::as_select())
        .first(connection)
        .optional()
        .map_err(failed)?
        .map(MessageRow::into_domain)
        .transpose()
}

fn list(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    conversation: &ConversationId,
    page: MessagePage,
) -> Result<Messages, StoreError> {
    // One more than wanted tells whether more follow. Row by row, since a hundred of the largest would be 60 MB.
    let rows = queries::message::following(workspace.as_str(), conversation.as_str(), page_start(page))
        .limit(i64::from(page.limit) + 1)
        .select(MessageRow::as_select())
        .load_iter::<MessageRow, DefaultLoadingMode>(connection)
        .map_err(failed)?;
    Messages::gather(page, rows.map(|row| row.map_err(failed).and_then(MessageRow::into_domain)))
}
