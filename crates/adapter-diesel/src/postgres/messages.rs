use async_trait::async_trait;
use diesel::{OptionalExtension as _, prelude::*};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{
    id::MessageId,
    idempotency::Attempt,
    limits,
    message::{Message, MessagePage, Messages},
    names::{ConversationId, WorkspaceId},
};
use futures_util::TryStreamExt as _;
use ports::{AppendError, Creation, MessageStore, ReplayError, StoreError};

use super::{
    PostgresStore,
    idempotency::{claim, recall},
    transaction::Stop,
};
use crate::{
    failure::damaged,
    queries,
    rows::{
        idempotency::{Known, Made, read_message_place},
        message::{MessageRow, NewMessage, page_start},
    },
    schema::message,
};

#[async_trait]
impl MessageStore for PostgresStore {
    async fn append<'a>(
        &self,
        workspace: &WorkspaceId,
        message: &Message,
        attempt: Option<&'a Attempt>,
    ) -> Result<Creation<Message>, AppendError> {
        let Some(attempt) = attempt else {
            // One statement is a transaction already.
            self.read(async |connection| Ok::<_, Stop<AppendError>>(insert(connection, workspace, message).await?))
                .await?;
            return Ok(Creation::Made(message.clone()));
        };
        self.write(async |connection| match claim(connection, workspace, attempt, &Made::message(message)).await? {
            Known::Nothing => {
                insert(connection, workspace, message).await?;
                Ok(Creation::Made(message.clone()))
            }
            Known::Same(made) => {
                let message = again(connection, workspace, made).await?;
                message.map(Creation::Replayed).ok_or(Stop::Refused(AppendError::AttemptMismatch))
            }
            Known::Other => Err(Stop::Refused(AppendError::AttemptMismatch)),
        })
        .await
    }

    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<Message>, ReplayError> {
        self.read(async |connection| match recall(connection, workspace, attempt).await? {
            Known::Nothing => Ok(None),
            Known::Same(made) => {
                let message = again(connection, workspace, made).await?;
                message.map(Some).ok_or(Stop::Refused(ReplayError::Mismatch))
            }
            Known::Other => Err(Stop::Refused(ReplayError::Mismatch)),
        })
        .await
    }

    async fn find(
        &self,
        workspace: &WorkspaceId,
        conversation: &ConversationId,
        id: MessageId,
    ) -> Result<Option<Message>, StoreError> {
        self.read(async |connection| find(connection, workspace, conversation, id).await).await
    }

    async fn list(
        &self,
        workspace: &WorkspaceId,
        conversation: &ConversationId,
        page: MessagePage,
    ) -> Result<Messages, StoreError> {
        self.read(async |connection| {
            // One more than wanted tells whether more follow. Row by row, since a hundred of the largest would be 60 MB.
            let mut rows = queries::message::following(workspace.as_str(), conversation.as_str(), page_start(page))
                .limit(i64::from(page.limit) + 1)
                .select(MessageRow::as_select())
                .load_stream::<MessageRow>(connection)
                .await?;
            let (mut found, mut bytes) = (Vec::new(), 0);
            while let Some(row) = rows.try_next().await? {
                let is_enough = bytes >= limits::MESSAGE_PART_BYTES;
                let message = row.into_domain()?;
                bytes += message.data.as_str().len();
                found.push(message);
                if is_enough {
                    break;
                }
            }
            Ok(Messages::gather(page, found.into_iter().map(Ok::<_, StoreError>))?)
        })
        .await
    }
}

async fn insert(connection: &mut AsyncPgConnection, workspace: &WorkspaceId, message: &Message) -> QueryResult<()> {
    let row = NewMessage::new(workspace, message);
    diesel::insert_into(message::table).values(row).execute(connection).await.map(drop)
}

/// The message that an attempt made; `None` if it made something else.
async fn again<E: From<StoreError>>(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    made: Made,
) -> Result<Option<Message>, Stop<E>> {
    let Made::Message { conversation, id } = made else { return Ok(None) };
    let (conversation, id) = read_message_place(&conversation, &id)?;
    match find(connection, workspace, &conversation, id).await? {
        Some(message) => Ok(Some(message)),
        None => Err(damaged("idempotency.made", "the message is not there").into()),
    }
}

async fn find<E: From<StoreError>>(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    conversation: &ConversationId,
    id: MessageId,
) -> Result<Option<Message>, Stop<E>> {
    let row = queries::message::one(workspace.as_str(), conversation.as_str(), id.as_uuid().into())
        .select(MessageRow::as_select())
        .first(connection)
        .await
        .optional()?;
    Ok(row.map(MessageRow::into_domain).transpose()?)
}
