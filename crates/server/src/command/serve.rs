//! `widgetd serve`: runs the service.

use std::sync::Arc;

use app::ApiKeys;
use domain::names::{UserId, WorkspaceId};
use http::ServerHandle;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::{CommandError, housekeeping::Housekeeper, listen, text, welcome};
use crate::{config::Config, wiring};

pub(super) async fn run(config: Config) -> Result<(), CommandError> {
    // Before anything else, so that even an early signal is handled.
    let signals = Signals::listen()?;
    let wired = wiring::wire(&config).await?;
    let store = wired.store.clone();
    let result = serve(&config, wired, signals).await;
    // Acknowledged changes are durable already. Closing ends the store's threads or connections cleanly.
    store.close().await;
    result
}

async fn serve(config: &Config, wired: wiring::Wired, signals: Signals) -> Result<(), CommandError> {
    let wiring::Wired { services, clocks, metrics, .. } = wired;
    let listener = listen::bind(&config.bind).await?;
    let address = listener.local_addr().map_err(CommandError::failed)?;
    let store = Arc::clone(&services.housekeeping);
    let mut housekeeper = Housekeeper::new(store, Arc::clone(&clocks), config.message_retention);
    housekeeper.begin().await;
    let options = config.http_options();
    let server = http::serve(listener, Arc::clone(&services), metrics, &options).map_err(CommandError::failed)?;

    // After binding the address: if the start failed after the key was issued, the key would never be printed.
    if let Some(issued) = issue_first_key(&services.api_keys).await? {
        print_or_warn(&welcome::first_key(&issued, address));
    }
    if !web_assets::is_built() {
        tracing::warn!("built without Node.js: no <peer-widget> and no demo page; see docs/rendering.md");
    }
    tracing::info!(
        %address,
        schema_checker = config.schema_checker.as_str(),
        version = env!("CARGO_PKG_VERSION"),
        "listening"
    );
    print_or_warn(&welcome::listening(address));

    let housekeeping = tokio::spawn(housekeeper.run());
    let watching = tokio::spawn(async move { clocks.run().await });
    let handle = server.handle();
    let result = tokio::select! {
        result = server => result.map_err(CommandError::failed),
        // Dropping the server ends the requests in flight.
        () = until_second_signal(signals, handle) => Ok(()),
    };
    housekeeping.abort();
    watching.abort();
    tracing::info!("stopped");
    result
}

/// Prints to stdout. A failure is only logged, since the service can run without it.
fn print_or_warn(message: &str) {
    if let Err(error) = text::print(message) {
        tracing::warn!(%error, "the address, and the first key of a new database, could not be printed");
    }
}

/// Issues the first key of an empty database. Of several services that start concurrently exactly one issues it.
async fn issue_first_key(keys: &ApiKeys) -> Result<Option<app::IssuedKey>, CommandError> {
    let (workspace, user) = (WorkspaceId::reserved("default"), UserId::reserved("admin"));
    keys.issue_first(workspace, user).await.map_err(CommandError::failed)
}

/// The signals with which operators and supervisors stop a service.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn listen() -> Result<Self, CommandError> {
        let listen = |kind| signal(kind).map_err(CommandError::failed);
        Ok(Self { terminate: listen(SignalKind::terminate())?, interrupt: listen(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// On the first signal, stops the server once the requests in flight are answered. Returns on the second signal.
async fn until_second_signal(mut signals: Signals, server: ServerHandle) {
    signals.next().await;
    tracing::info!("stopping: no new connections, requests in flight finish; a second signal ends them");
    let _draining = server.stop(true);
    signals.next().await;
    tracing::warn!("stopping immediately");
}
