//! A database that another process uses as well.

use diesel::connection::SimpleConnection as _;
use domain::{
    access::{ApiKey, ApiKeySecret, Permissions},
    id::ApiKeyId,
    names::{UserId, WorkspaceId},
    time::Timestamp,
};
use ports::{ApiKeyStore as _, StoreError};
use uuid::Uuid;

use crate::fixture::Place;

fn key(n: u128) -> ApiKey {
    ApiKey {
        id: ApiKeyId::from_uuid(Uuid::from_u128(n)),
        workspace: WorkspaceId::parse("workspace").unwrap(),
        user: UserId::parse("user").unwrap(),
        permissions: Permissions::all(),
        created_at: Timestamp::from_micros(1),
        revoked_at: None,
    }
}

#[tokio::test]
async fn two_stores_on_one_file_see_each_others_commits() {
    let place = Place::new();
    let (service, command) = (place.store().await, place.store().await);
    for n in 0..10 {
        let hash = ApiKeySecret::from_random(n).hash();
        command.add(&key(n), hash).await.unwrap();
        assert_eq!(service.find(hash).await.unwrap(), Some(key(n)));
        service.revoke(key(n).id, Timestamp::from_micros(2)).await.unwrap();
        assert!(command.find(hash).await.unwrap().unwrap().revoked_at.is_some());
    }
}

#[tokio::test]
async fn a_lock_that_is_held_too_long_is_unavailable_and_reads_continue() {
    let place = Place::new();
    let store = place.store().await;
    let hash = ApiKeySecret::from_random(1).hash();
    let mut other = place.connection();
    other.batch_execute("BEGIN IMMEDIATE").unwrap();
    let key_1 = key(1);
    let (written, read) = tokio::join!(store.add(&key_1, hash), store.find(hash));
    assert_eq!(read, Ok(None));
    assert_eq!(written, Err(StoreError::Unavailable("database is locked".to_owned())));
    other.batch_execute("ROLLBACK").unwrap();
    store.add(&key(1), hash).await.unwrap();
    assert_eq!(store.find(hash).await.unwrap(), Some(key(1)));
}
