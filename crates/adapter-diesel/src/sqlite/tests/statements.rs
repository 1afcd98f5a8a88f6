//! Whether the statements of the hot path are prepared once.

use std::sync::{Arc, Mutex};

use diesel::{Connection as _, connection::InstrumentationEvent};
use domain::{
    access::ApiKeySecret,
    id::{MessageId, WidgetId},
    message::Message,
    names::{ConversationId, PeerId, UserId, WorkspaceId},
    time::Timestamp,
    widget::{Version, WidgetKey},
};
use ports::{ApiKeyStore, BindingStore as _, MessageStore as _, StoreError, WidgetStore as _};
use schema::json::JsonText;
use uuid::Uuid;

use crate::sqlite::SqliteStore;

fn message(n: u128) -> Message {
    Message {
        id: MessageId::from_uuid(Uuid::from_u128(n)),
        conversation: ConversationId::parse("c").unwrap(),
        peer: n.is_multiple_of(2).then(|| PeerId::parse("p").unwrap()),
        widget: WidgetId::from_uuid(Uuid::from_u128(1)),
        widget_version: Version::FIRST,
        widget_key: WidgetKey::parse("k").unwrap(),
        data: JsonText::from_stored("{}".to_owned()),
        text: None,
        sent_at: Timestamp::from_micros(1),
        sent_by: UserId::parse("u").unwrap(),
    }
}

#[tokio::test]
async fn every_statement_of_the_hot_path_is_prepared_once() {
    // A database in memory has one connection, so its events are complete.
    let store = SqliteStore::open(":memory:").unwrap();
    store.migrate().await.unwrap();
    let prepared = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&prepared);
    store
        .database
        .write(move |connection| {
            let log = Arc::clone(&log);
            connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
                if let InstrumentationEvent::CacheQuery { sql, .. } = event {
                    log.lock().unwrap().push(sql.to_owned());
                }
            });
            Ok::<_, StoreError>(())
        })
        .await
        .unwrap();

    let workspace = WorkspaceId::parse("w").unwrap();
    for n in 1..=4 {
        store.append(&workspace, &message(n), None).await.unwrap();
        store.contract(&workspace, &WidgetKey::parse("k").unwrap()).await.unwrap();
        ApiKeyStore::find(&store, ApiKeySecret::from_random(n).hash()).await.unwrap();
        let (peer, widget) = (PeerId::parse("p").unwrap(), WidgetId::from_uuid(Uuid::from_u128(1)));
        store.find_by_widget(&workspace, &peer, widget).await.unwrap();
    }
    // Four statements, each reported when it entered the cache. One that cannot be cached is never reported.
    let prepared = prepared.lock().unwrap();
    assert_eq!(prepared.len(), 4, "{prepared:#?}");
}
