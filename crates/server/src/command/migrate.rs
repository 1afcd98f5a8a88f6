//! `widgetd migrate`: applies the database migrations.

use super::{CommandError, text};
use crate::{config::Config, wiring};

pub(super) async fn run(config: Config) -> Result<(), CommandError> {
    let store = wiring::Store::open(&config.database_url).await?;
    let applied = store.migrate().await;
    store.close().await;
    let applied = applied.map_err(wiring::StartError::from)?;
    match applied.as_slice() {
        [] => text::print("The database is up to date: nothing to apply."),
        names => names.iter().try_for_each(|name| text::print(&format!("Applied {name}"))),
    }
}
