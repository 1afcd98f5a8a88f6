//! `widgetd migrate`: applies the database migrations, and rewrites what they cannot.

use ports::StoreError;

use super::{CommandError, text};
use crate::{config::Config, wiring};

pub(super) async fn run(config: Config) -> Result<(), CommandError> {
    let store = wiring::Store::open(&config.database_url).await?;
    let migrated = migrate(&store).await;
    store.close().await;
    let (applied, refreshed) = migrated.map_err(wiring::StartError::from)?;
    applied.iter().try_for_each(|name| text::print(&format!("Applied {name}")))?;
    match refreshed {
        0 if applied.is_empty() => text::print("The database is up to date: nothing to apply."),
        0 => Ok(()),
        _ => text::print(&format!("Updated the search text of widgets: {refreshed}")),
    }
}

/// The applied migrations, and the number of widgets whose search text was out of date.
async fn migrate(store: &wiring::Store) -> Result<(Vec<String>, u64), StoreError> {
    Ok((store.migrate().await?, store.refresh_search().await?))
}
