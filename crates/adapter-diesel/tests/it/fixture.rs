use std::path::{Path, PathBuf};

use adapter_diesel::SqliteStore;
use diesel::{Connection as _, SqliteConnection, connection::SimpleConnection as _};
use port_contract::Stores;
use tempfile::TempDir;

/// A directory for a database, deleted when this is dropped.
pub(crate) struct Place(TempDir);

impl Place {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn directory(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.0.path().join("widgetd.db")
    }

    pub(crate) fn url(&self) -> String {
        format!("sqlite:{}", self.file().display())
    }

    /// The store, migrated.
    pub(crate) async fn store(&self) -> SqliteStore {
        let store = SqliteStore::open(&self.url()).unwrap();
        store.migrate().await.unwrap();
        store
    }

    /// A separate connection, as of an operator with a shell.
    pub(crate) fn connection(&self) -> SqliteConnection {
        let mut connection = SqliteConnection::establish(self.file().to_str().unwrap()).unwrap();
        connection.batch_execute("PRAGMA busy_timeout = 5000").unwrap();
        connection
    }
}

/// Makes it an error to change or delete a version or a message, or to delete a widget. Retention tests may still delete
/// messages that were sent before 2001.
const TRIPWIRES: &str = "
    CREATE TRIGGER no_version_is_deleted BEFORE DELETE ON widget_version
        BEGIN SELECT RAISE(ABORT, 'a version was deleted'); END;
    CREATE TRIGGER no_version_is_changed BEFORE UPDATE ON widget_version
        BEGIN SELECT RAISE(ABORT, 'a version was changed'); END;
    CREATE TRIGGER no_widget_row_is_deleted BEFORE DELETE ON widget
        BEGIN SELECT RAISE(ABORT, 'a widget row was deleted'); END;
    CREATE TRIGGER no_message_is_deleted BEFORE DELETE ON message WHEN OLD.sent_at >= 978307200000000
        BEGIN SELECT RAISE(ABORT, 'a message was deleted'); END;
    CREATE TRIGGER no_message_is_changed BEFORE UPDATE ON message
        BEGIN SELECT RAISE(ABORT, 'a message was changed'); END;
";

pub(crate) async fn file_with_tripwires() -> Stores {
    let place = Place::new();
    let store = place.store().await;
    place.connection().batch_execute(TRIPWIRES).unwrap();
    Stores::of(store, place)
}

pub(crate) async fn memory() -> Stores {
    let store = SqliteStore::open("sqlite::memory:").unwrap();
    store.migrate().await.unwrap();
    Stores::of(store, ())
}
