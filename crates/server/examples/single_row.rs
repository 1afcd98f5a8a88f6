//! For `scripts/bench`: widgetd as it is, but for one thing: each message is written by an INSERT of its own.
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

/// Pools of connections, of six each: as many as the peer in `bench/peers` has, which with eight connections stored half as
/// many messages. One pool is enough for reads beside one writer.
const POOLS: usize = 3;

/// The store without its group commit.
struct SingleRow {
    pools: Vec<PostgresStore>,
    turn: AtomicUsize,
}

impl SingleRow {
    fn next(&self) -> &PostgresStore {
        &self.pools[self.turn.fetch_add(1, Ordering::Relaxed) % self.pools.len()]
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
            let why = "idempotency keys are not measured here".to_owned();
            return Err(StoreError::Internal(why).into());
        }
        self.next().append_unbatched(workspace, message).await?;
        Ok(Creation::Made(message.clone()))
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

// As `widgetd serve` has it: two threads for the database, the server's own for HTTP.
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
    services.messages.store = Arc::new(SingleRow { pools, turn: AtomicUsize::new(0) });

    let listener = TcpListener::bind(&config.bind)?;
    println!("listening on http://{}", listener.local_addr()?);
    http::serve(listener, wired.services, wired.metrics, &http::HttpOptions::default())?.await?;
    Ok(())
}
