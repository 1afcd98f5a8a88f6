//! Administrative statements.

use std::thread;

use tokio_postgres::NoTls;

/// Runs statements one by one on a separate connection. Returns the first column of all rows. Panics if one fails.
///
/// Uses a separate thread and runtime, so it works after a test's runtime has ended.
pub(crate) fn execute(url: &str, statements: &[String]) -> Vec<String> {
    thread::scope(|scope| {
        let thread = scope.spawn(|| try_execute(url, statements));
        let result = thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        result.unwrap_or_else(|why| panic!("the test server {why}"))
    })
}

/// As [`execute`], in this thread, which must not have a runtime. The error says what the server did.
pub(crate) fn try_execute(url: &str, statements: &[String]) -> Result<Vec<String>, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let (client, connection) =
            tokio_postgres::connect(url, NoTls).await.map_err(|why| format!("does not answer: {why}"))?;
        let driver = tokio::spawn(connection);
        let mut first_columns = Vec::new();
        for statement in statements {
            let messages = client
                .simple_query(statement)
                .await
                .map_err(|why| format!("refused `{statement}`: {}", detailed(&why)))?;
            for message in messages {
                if let tokio_postgres::SimpleQueryMessage::Row(row) = message {
                    first_columns.extend(row.get(0).map(str::to_owned));
                }
            }
        }
        driver.abort();
        Ok(first_columns)
    })
}

fn detailed(error: &tokio_postgres::Error) -> String {
    error.as_db_error().map_or_else(|| error.to_string(), |error| error.message().to_owned())
}
