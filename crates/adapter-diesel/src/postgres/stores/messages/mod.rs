//! Messages: written together ([`writer`], [`statement`]), read one request at a time.

mod statement;
mod writer;

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

pub(crate) use self::writer::Writer;
use self::writer::{Outcome, Post};
use super::idempotency::{claim, never_free, recall};
use crate::{
    postgres::{PostgresStore, engine::transaction::Stop},
    queries,
    rows::{
        idempotency::{Known, Made, read_message_place},
        message::{MessageRow, NewMessage, page_start},
    },
    schema::message,
};

/// How often a message is tried whose idempotency key is used, and then is not.
const TRIES: u32 = 3;

#[async_trait]
impl MessageStore for PostgresStore {
    async fn append<'a>(
        &self,
        workspace: &WorkspaceId,
        message: &Message,
        attempt: Option<&'a Attempt>,
    ) -> Result<Creation<Message>, AppendError> {
        let attempt = attempt.map(|attempt| Ok::<_, StoreError>((attempt.clone(), Made::message(message).text()?)));
        let mut post = Post { workspace: workspace.clone(), message: message.clone(), attempt: attempt.transpose()? };
        for _ in 0..TRIES {
            let (back, outcome) = self.messages.submit(post).await?;
            post = back;
            let Some((attempt, _)) = &post.attempt else { return Ok(Creation::Made(post.message)) };
            match outcome {
                Outcome::Written => return Ok(Creation::Made(post.message)),
                Outcome::KeyHeld => return self.append_after(workspace, &post.message, attempt).await,
                Outcome::KeyUsed => match self.replay(workspace, attempt).await {
                    Ok(Some(made)) => return Ok(Creation::Replayed(made)),
                    Ok(None) => {} // forgotten between the two statements: the key is free again
                    Err(ReplayError::Mismatch) => return Err(AppendError::AttemptMismatch),
                    Err(ReplayError::Store(error)) => return Err(error.into()),
                },
            }
        }
        Err(never_free().into())
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
        // One that is not there may be too new.
        self.read_on_replica(async |connection| find(connection, workspace, conversation, id).await, Option::is_some)
            .await
    }

    async fn list(
        &self,
        workspace: &WorkspaceId,
        conversation: &ConversationId,
        page: MessagePage,
    ) -> Result<Messages, StoreError> {
        self.read_on_replica(async |connection| list(connection, workspace, conversation, page).await, |_| true).await
    }
}

async fn list(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    conversation: &ConversationId,
    page: MessagePage,
) -> Result<Messages, Stop<StoreError>> {
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
}

impl PostgresStore {
    /// Adds a message once whoever holds its idempotency key has decided: in a transaction of its own, so that only its
    /// sender waits.
    async fn append_after(
        &self,
        workspace: &WorkspaceId,
        message: &Message,
        attempt: &Attempt,
    ) -> Result<Creation<Message>, AppendError> {
        self.write(async |connection| match claim(connection, workspace, attempt, &Made::message(message)).await? {
            Known::Nothing => {
                let insert = diesel::insert_into(message::table).values(NewMessage::new(workspace, message));
                insert.execute(connection).await?;
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

    /// Adds a message in a statement of its own, on a shared connection, whoever else adds some. For comparison with
    /// [`MessageStore::append`]; nothing of the service uses it.
    pub async fn append_alone(&self, workspace: &WorkspaceId, message: &Message) -> Result<(), StoreError> {
        let insert = diesel::insert_into(message::table).values(NewMessage::new(workspace, message));
        self.read(async |connection| Ok(insert.execute(connection).await.map(drop)?)).await
    }
}

/// The message that an attempt made; `None` if it made something else, or the message was deleted. Retention forgets an
/// attempt before it deletes what it made; this is for an operator who deletes by hand.
async fn again<E: From<StoreError>>(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    made: Made,
) -> Result<Option<Message>, Stop<E>> {
    let Made::Message { conversation, id } = made else { return Ok(None) };
    let (conversation, id) = read_message_place(&conversation, &id)?;
    find(connection, workspace, &conversation, id).await
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
