//! Administrative statements.

use std::thread;

use tokio_postgres::NoTls;

/// Runs statements one by one on a separate connection. Returns the first column of all rows.
///
/// Uses a separate thread and runtime, so it works after a test's runtime has ended.
pub(crate) fn execute(url: &str, statements: &[String]) -> Vec<String> {
    let failed = |what: &str, why: &dyn std::fmt::Display| -> ! { panic!("the test server {what}: {why}") };
    thread::scope(|scope| {
        let thread = scope.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let (client, connection) =
                    tokio_postgres::connect(url, NoTls).await.unwrap_or_else(|why| failed("does not answer", &why));
                let driver = tokio::spawn(connection);
                let mut first_columns = Vec::new();
                for statement in statements {
                    let messages = client
                        .simple_query(statement)
                        .await
                        .unwrap_or_else(|why| failed(&format!("refused `{statement}`"), &detailed(&why)));
                    for message in messages {
                        if let tokio_postgres::SimpleQueryMessage::Row(row) = message {
                            first_columns.extend(row.get(0).map(str::to_owned));
                        }
                    }
                }
                driver.abort();
                first_columns
            })
        });
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn detailed(error: &tokio_postgres::Error) -> String {
    error.as_db_error().map_or_else(|| error.to_string(), |error| error.message().to_owned())
}
