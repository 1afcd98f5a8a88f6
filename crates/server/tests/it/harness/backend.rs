//! The databases that the suite runs on. To add one, add a value to [`Backend`] and its arm to the two methods.

use std::{fs, path::Path, sync::Arc};

use adapter_diesel::SqliteStore;
use ports::{ComponentChecker, SchemaChecker};
use server::wiring::Adapters;
use tokio::sync::OnceCell;

use super::keys::Keys;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backend {
    Sqlite,
}

/// A database with all migrations and keys, which the tests' own databases are copies of.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) keys: Keys,
    /// The bytes of the file.
    sqlite: Vec<u8>,
}

impl Backend {
    /// The database of this run: the one place where it is decided.
    pub(crate) fn chosen() -> Self {
        Self::Sqlite
    }

    /// Made by the first test that asks.
    pub(super) async fn template(self) -> &'static Template {
        static SQLITE: OnceCell<Template> = OnceCell::const_new();
        match self {
            Self::Sqlite => SQLITE.get_or_init(sqlite_template).await,
        }
    }

    /// A copy of the template in `folder`, behind its ports.
    pub(super) async fn adapters(
        self,
        folder: &Path,
        schemas: Arc<dyn SchemaChecker>,
        components: Arc<dyn ComponentChecker>,
    ) -> Adapters {
        match self {
            Self::Sqlite => {
                let file = folder.join("widgetd.db");
                fs::write(&file, &self.template().await.sqlite).unwrap();
                let store = SqliteStore::open(&format!("sqlite:{}", file.display())).unwrap();
                Adapters::new(Arc::new(store), schemas, components)
            }
        }
    }
}

async fn sqlite_template() -> Template {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("template.db");
    let store = Arc::new(SqliteStore::open(&format!("sqlite:{}", file.display())).unwrap());
    store.migrate().await.unwrap();
    let keys = Keys::issue(Arc::clone(&store) as _).await;
    store.close().await;
    Template { keys, sqlite: fs::read(&file).unwrap() }
}
