use std::sync::LazyLock;

use adapter_diesel::PostgresStore;
use diesel_async::{AsyncConnection as _, AsyncPgConnection, SimpleAsyncConnection as _};
use port_contract::Stores;
use test_postgres::{Database, Server, Template};
use tokio::{
    runtime::{Builder, Handle, Runtime},
    sync::OnceCell,
};

/// The runtime of the stores' connections. The runtime of a test ends with the test.
pub(crate) fn runtime() -> Handle {
    static RUNTIME: LazyLock<Runtime> =
        LazyLock::new(|| Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap());
    RUNTIME.handle().clone()
}

pub(crate) async fn connect(url: &str) -> PostgresStore {
    PostgresStore::connect(url, runtime()).await.unwrap()
}

/// A separate connection, as of an operator with a shell.
pub(crate) async fn connection(database: &Database) -> AsyncPgConnection {
    AsyncPgConnection::establish(&database.url()).await.unwrap()
}

/// Makes it an error to change or delete a version or a message, or to delete a widget. Retention tests may still delete
/// messages that were sent before 2001.
const TRIPWIRES: &str = "
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '% of a row of %', TG_OP, TG_TABLE_NAME; END $$;
    CREATE TRIGGER no_version_is_changed_or_deleted BEFORE UPDATE OR DELETE ON widget_version
        FOR EACH ROW EXECUTE FUNCTION refuse();
    CREATE TRIGGER no_message_is_changed BEFORE UPDATE ON message
        FOR EACH ROW EXECUTE FUNCTION refuse();
    CREATE TRIGGER no_message_is_deleted BEFORE DELETE ON message
        FOR EACH ROW WHEN (OLD.sent_at >= 978307200000000) EXECUTE FUNCTION refuse();
    CREATE TRIGGER no_widget_row_is_deleted BEFORE DELETE ON widget
        FOR EACH ROW EXECUTE FUNCTION refuse();
";

/// A separate, empty, migrated database.
pub(crate) async fn migrated() -> Database {
    static TEMPLATE: OnceCell<Template> = OnceCell::const_new();
    TEMPLATE.get_or_init(|| template("")).await.copy().await
}

pub(crate) async fn with_tripwires() -> Stores {
    static TEMPLATE: OnceCell<Template> = OnceCell::const_new();
    let database = TEMPLATE.get_or_init(|| template(TRIPWIRES)).await.copy().await;
    Stores::of(connect(&database.url()).await, database)
}

async fn template(more: &str) -> Template {
    Template::new(Server::shared(), async |url| {
        let store = connect(&url).await;
        store.migrate().await.unwrap();
        store.close().await;
        let mut connection = AsyncPgConnection::establish(&url).await.unwrap();
        connection.batch_execute(more).await.unwrap();
    })
    .await
}
