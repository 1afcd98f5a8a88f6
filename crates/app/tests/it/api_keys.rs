//! Use cases of API keys.

use app::{ApiKeys, AppError};
use domain::{access::ApiKeySecret, time::Timestamp};
use ports::{MockApiKeyStore, StoreError};

use crate::fixture::{NOW, clock, ids};

fn api_keys(store: MockApiKeyStore) -> ApiKeys {
    ApiKeys { store: std::sync::Arc::new(store), clock: clock(), ids: ids() }
}

#[tokio::test]
async fn a_malformed_token_never_reaches_the_store() {
    let keys = api_keys(MockApiKeyStore::new()); // any call would fail the test
    for token in ["", "wgt_", "wgt_0000000000000000000000000000", "secret"] {
        assert!(keys.authenticate(token).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_revoked_key_authenticates_no_caller() {
    for (revoked_at, is_valid) in [(None, true), (Some(NOW), false), (Some(Timestamp::from_micros(0)), false)] {
        let mut store = MockApiKeyStore::new();
        store.expect_add().returning(|_, _| Ok(()));
        let issued = api_keys(store).issue_for_test().await;
        let mut key = issued.key.clone();
        key.revoked_at = revoked_at;
        let mut store = MockApiKeyStore::new();
        store
            .expect_find()
            .withf(move |hash| *hash == ApiKeySecret::from_random(42).hash())
            .return_once(|_| Ok(Some(key)));
        let principal = api_keys(store).authenticate(issued.secret.reveal()).await.unwrap();
        assert_eq!(principal.is_some(), is_valid);
    }
}

#[tokio::test]
async fn an_unavailable_store_is_not_reported_as_an_invalid_key() {
    let mut store = MockApiKeyStore::new();
    store.expect_find().returning(|_| Err(StoreError::Unavailable("gone".to_owned())));
    let secret = ApiKeySecret::from_random(42);
    let error = api_keys(store).authenticate(secret.reveal()).await.unwrap_err();
    assert!(matches!(error, AppError::Unavailable(_)));
}

trait IssueForTest {
    async fn issue_for_test(&self) -> app::IssuedKey;
}

impl IssueForTest for ApiKeys {
    async fn issue_for_test(&self) -> app::IssuedKey {
        use domain::{
            access::Permissions,
            names::{UserId, WorkspaceId},
        };
        let (workspace, user) = (WorkspaceId::parse("acme").unwrap(), UserId::parse("user_1").unwrap());
        self.issue(workspace, user, Permissions::all()).await.unwrap()
    }
}
