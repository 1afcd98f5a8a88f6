//! Deleting old rows, however long that takes.

use diesel_async::SimpleAsyncConnection as _;
use domain::time::Timestamp;
use ports::Housekeeping as _;

use super::fixture::{connect, connection, migrated};

/// 126 messages, and a database that cannot delete more than 125 of them within the statement timeout.
const TOO_MANY_AT_ONCE: &str = "
    INSERT INTO message SELECT 'w', 'c', int8send(n) || int8send(n), NULL, int8send(n) || int8send(n), 1, 'key', 'u', n, NULL, '{}'
        FROM generate_series(1, 126) n;
    CREATE FUNCTION be_slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF (SELECT count(*) FROM gone) > 125 THEN PERFORM pg_sleep(60); END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER slow AFTER DELETE ON message_first REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION be_slow();
";

#[tokio::test]
async fn messages_that_cannot_be_deleted_together_are_deleted_in_smaller_batches() {
    let database = migrated().await;
    connection(&database).await.batch_execute(TOO_MANY_AT_ONCE).await.unwrap();
    let store = connect(&database.url()).await;
    let then = Timestamp::from_micros(1_000);
    assert_eq!(store.delete_messages_before(then).await, Ok(126));
    assert_eq!(store.delete_messages_before(then).await, Ok(0));
}
