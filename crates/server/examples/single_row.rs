//! A variant of widgetd for `scripts/bench` that writes each message with a separate INSERT instead of batching.
//!
//! Takes the flags and variables of `widgetd serve`; the database must be PostgreSQL.

use std::{
    error::Error,
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use adapter_diesel::PostgresStore;
use async_trait::async_trait;
use clap::Parser;
use domain::{
    id::MessageId,
    idempotency::Attempt,
    message::{Message, MessagePage, Messages},
    names::{ConversationId, WorkspaceId},
};
use ports::{AppendError, Creation, MessageStore, ReplayError, StoreError};
use server::{
    config::{DatabaseUrl, Settings},
    wiring,
};
use tokio::runtime::Handle;

type Failure = Box<dyn Error + Send + Sync>;

/// Number of connection pools, of six connections each. This equals the number of connections of the peer in `bench/peers`,
/// which with eight connections stored only half as many messages.
const POOLS: usize = 3;

/// The store without batching of messages. It uses its pools in turn.
struct SingleRow {
    pools: Vec<PostgresStore>,
    next_pool: AtomicUsize,
}

impl SingleRow {
    fn next(&self) -> &PostgresStore {
        &self.pools[self.next_pool.fetch_add(1, Ordering::Relaxed) % self.pools.len()]
    }
}

#[async_trait]
impl MessageStore for SingleRow {
    async fn append<'a>(
        &self,
        workspace: &WorkspaceId,
        message: &Message,
        attempt: Option<&'a Attempt>,
    ) -> Result<Creation<Message>, AppendError> {
        if attempt.is_some() {
            let reason = "the benchmark sends no idempotency keys".to_owned();
            return Err(StoreError::Internal(reason).into());
        }
        self.next().append_unbatched(workspace, message).await?;
        Ok(Creation::Created(message.clone()))
    }

    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<Message>, ReplayError> {
        self.next().replay(workspace, attempt).await
    }

    async fn find(
        &self,
        workspace: &WorkspaceId,
        conversation: &ConversationId,
        id: MessageId,
    ) -> Result<Option<Message>, StoreError> {
        self.next().find(workspace, conversation, id).await
    }

    async fn list(
        &self,
        workspace: &WorkspaceId,
        conversation: &ConversationId,
        page: MessagePage,
    ) -> Result<Messages, StoreError> {
        self.next().list(workspace, conversation, page).await
    }
}

#[derive(Parser)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
}

// As in `widgetd serve`: two threads for the database; the HTTP server has its own threads.
#[tokio::main(worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let config = Cli::parse().settings.config()?;
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let DatabaseUrl::Postgres(url) = &config.database_url else { return Err("the database must be PostgreSQL".into()) };
    let mut wired = wiring::wire(&config).await?;
    let mut pools = Vec::with_capacity(POOLS);
    for _ in 0..POOLS {
        pools.push(PostgresStore::connect(url, Handle::current()).await?);
    }
    let services = Arc::get_mut(&mut wired.services).ok_or("the services are in use already")?;
    services.messages.store = Arc::new(SingleRow { pools, next_pool: AtomicUsize::new(0) });

    let listener = TcpListener::bind(&config.bind)?;
    println!("listening on http://{}", listener.local_addr()?);
    http::serve(listener, wired.services, wired.metrics, &http::HttpOptions::default())?.await?;
    Ok(())
}
