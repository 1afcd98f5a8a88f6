//! Messages: inserted in batches ([`inserter`], [`statement`]), read one request at a time.

pub(crate) mod inserter;
mod pending;
mod statement;

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

use self::{inserter::Outcome, pending::PendingMessage};
use super::idempotency::{claim, never_free, recall};
use crate::{
    postgres::{PostgresStore, engine::transaction::TxError},
    queries,
    rows::{
        idempotency::{AttemptError, Created},
        message::{MessageRow, NewMessage, page_start},
    },
    schema::message,
};

/// How often a message is submitted whose idempotency key is used, and then forgotten.
const MAX_TRIES: u32 = 3;

#[async_trait]
impl MessageStore for PostgresStore {
    async fn append<'a>(
        &self,
        workspace: &WorkspaceId,
        message: &Message,
        attempt: Option<&'a Attempt>,
    ) -> Result<Creation<Message>, AppendError> {
        let attempt =
            attempt.map(|attempt| Ok::<_, StoreError>((attempt.clone(), Created::message(message).to_text()?)));
        let attempt = attempt.transpose()?;
        let mut pending = PendingMessage { workspace: workspace.clone(), message: message.clone(), attempt };
        for _ in 0..MAX_TRIES {
            let (returned, outcome) = self.messages.submit(pending).await?;
            pending = returned;
            let Some((attempt, _)) = &pending.attempt else { return Ok(Creation::Created(pending.message)) };
            match outcome {
                Outcome::Inserted => return Ok(Creation::Created(pending.message)),
                Outcome::KeyLocked => return self.append_when_unlocked(workspace, &pending.message, attempt).await,
                Outcome::KeyUsed => match self.replay(workspace, attempt).await {
                    Ok(Some(made)) => return Ok(Creation::Replayed(made)),
                    Ok(None) => {} // deleted between the two statements: the key is free again
                    Err(ReplayError::Mismatch) => return Err(AppendError::AttemptMismatch),
                    Err(ReplayError::Store(error)) => return Err(error.into()),
                },
            }
        }
        Err(never_free().into())
    }

    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<Message>, ReplayError> {
        self.database
            .run(async |connection| match recall(connection, workspace, attempt).await? {
                Some(earlier) => find_created(connection, workspace, earlier).await.map(Some),
                None => Ok(None),
            })
            .await
    }

    async fn find(
        &self,
        workspace: &WorkspaceId,
        conversation: &ConversationId,
        id: MessageId,
    ) -> Result<Option<Message>, StoreError> {
        // The replica may not have a new message yet.
        self.database
            .read_on_replica(async |connection| find(connection, workspace, conversation, id).await, Option::is_some)
            .await
    }

    async fn list(
        &self,
        workspace: &WorkspaceId,
        conversation: &ConversationId,
        page: MessagePage,
    ) -> Result<Messages, StoreError> {
        self.database
            .read_on_replica(async |connection| list(connection, workspace, conversation, page).await, |_| true)
            .await
    }
}

async fn list(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    conversation: &ConversationId,
    page: MessagePage,
) -> Result<Messages, TxError<StoreError>> {
    // One row more shows whether more follow. Row by row, since a hundred of the largest would take 60 MB.
    let mut rows = queries::message::following(workspace.as_str(), conversation.as_str(), page_start(page))
        .limit(i64::from(page.limit) + 1)
        .select(MessageRow::as_select())
        .load_stream::<MessageRow>(connection)
        .await?;
    let (mut found, mut bytes) = (Vec::new(), 0);
    while let Some(row) = rows.try_next().await? {
        let is_enough = bytes >= limits::MAX_MESSAGE_PART_BYTES;
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
    /// Adds a message in a separate transaction, which waits until its idempotency key is unlocked. Only its sender waits.
    async fn append_when_unlocked(
        &self,
        workspace: &WorkspaceId,
        message: &Message,
        attempt: &Attempt,
    ) -> Result<Creation<Message>, AppendError> {
        self.database
            .transaction(async |connection| {
                if let Some(earlier) = claim(connection, workspace, attempt, &Created::message(message)).await? {
                    return find_created(connection, workspace, earlier).await.map(Creation::Replayed);
                }
                let insert = diesel::insert_into(message::table).values(NewMessage::new(workspace, message));
                insert.execute(connection).await?;
                Ok(Creation::Created(message.clone()))
            })
            .await
    }
}

impl PostgresStore {
    /// Inserts a message with a separate statement on a shared connection.
    ///
    /// Hidden, since only the comparison in `crates/server/examples/single_row.rs` calls it. It is here because no other
    /// crate may depend on diesel.
    #[doc(hidden)]
    pub async fn append_unbatched(&self, workspace: &WorkspaceId, message: &Message) -> Result<(), StoreError> {
        let insert = diesel::insert_into(message::table).values(NewMessage::new(workspace, message));
        self.database.run(async |connection| Ok(insert.execute(connection).await.map(drop)?)).await
    }
}

/// The message that an earlier request created. A conflict if it created something else, or if an operator has deleted the
/// message; retention deletes the record of an attempt before the message.
async fn find_created<E: AttemptError>(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    earlier: Created,
) -> Result<Message, TxError<E>> {
    let (conversation, id) = earlier.into_message().map_err(TxError::Domain)?;
    let message = find(connection, workspace, &conversation, id).await?;
    message.ok_or_else(|| TxError::Domain(E::conflict()))
}

async fn find<E: From<StoreError>>(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    conversation: &ConversationId,
    id: MessageId,
) -> Result<Option<Message>, TxError<E>> {
    let row = queries::message::one(workspace.as_str(), conversation.as_str(), id.as_uuid().into())
        .select(MessageRow::as_select())
        .first(connection)
        .await
        .optional()?;
    Ok(row.map(MessageRow::into_domain).transpose()?)
}
