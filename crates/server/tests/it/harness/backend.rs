//! The databases that the suite runs on. To add one, add a value to [`Backend`] and its arm to the methods.

use std::{any::Any, env, fs, path::Path, sync::Arc};

use adapter_diesel::SqliteStore;
use server::{config::DatabaseUrl, wiring::Store};
use test_postgres::{Database, Server};
use tokio::sync::OnceCell;

use super::{keys::Keys, runtime::RUNTIME};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backend {
    Sqlite,
    Postgres,
}

/// A database with all migrations and keys, which the tests' own databases are copies of.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) keys: Keys,
    database: Original,
}

#[derive(Debug)]
enum Original {
    /// The bytes of the file.
    Sqlite(Vec<u8>),
    Postgres(test_postgres::Template),
}

/// Keeps a test's database until the test ends.
pub(super) type Guard = Box<dyn Any + Send + Sync>;

impl Backend {
    /// The database of this run. `scripts/test` runs the suite once for each.
    pub(crate) fn chosen() -> Self {
        #[expect(clippy::disallowed_methods, reason = "the configuration of the tests, not of the service")]
        let name = env::var("WIDGETD_TEST_BACKEND");
        match name.as_deref() {
            Err(_) | Ok("sqlite") => Self::Sqlite,
            Ok("postgres") => Self::Postgres,
            Ok(other) => panic!("WIDGETD_TEST_BACKEND: expected sqlite or postgres, received {other:?}"),
        }
    }

    /// Created by the first test that needs it.
    pub(super) async fn template(self) -> &'static Template {
        static TEMPLATE: OnceCell<Template> = OnceCell::const_new();
        TEMPLATE
            .get_or_init(|| async {
                match self {
                    Self::Sqlite => sqlite_template().await,
                    Self::Postgres => postgres_template().await,
                }
            })
            .await
    }

    /// A copy of the template. For SQLite, a file in `folder`.
    pub(super) async fn store(self, folder: &Path) -> (Store, Guard) {
        match &self.template().await.database {
            Original::Sqlite(bytes) => {
                let file = folder.join("widgetd.db");
                fs::write(&file, bytes).unwrap();
                let store = SqliteStore::open(&format!("sqlite:{}", file.display())).unwrap();
                (Store::Sqlite(store), Box::new(()))
            }
            Original::Postgres(template) => {
                let database = template.copy().await;
                (connect(database.url()).await, Box::new(database))
            }
        }
    }

    /// An empty database for processes, and the URL that they get; `None` if they make a file where they are.
    pub(crate) fn for_processes(self) -> Option<Database> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some(Database::empty(Server::shared())),
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
    Template { keys, database: Original::Sqlite(fs::read(&file).unwrap()) }
}

async fn postgres_template() -> Template {
    let mut keys = None;
    let template = test_postgres::Template::new(Server::shared(), async |url| {
        let Store::Postgres(store) = connect(url).await else { unreachable!("a PostgreSQL URL") };
        store.migrate().await.unwrap();
        keys = Some(Keys::issue(Arc::new(store.clone())).await);
        store.close().await;
    })
    .await;
    Template { keys: keys.unwrap(), database: Original::Postgres(template) }
}

/// A store whose connections live as long as the servers.
async fn connect(url: String) -> Store {
    RUNTIME.spawn(async move { Store::open(&DatabaseUrl::Postgres(url)).await.unwrap() }).await.unwrap()
}
