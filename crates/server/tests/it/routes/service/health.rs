use insta::assert_snapshot;
use ports::{MockHousekeeping, StoreError};

use crate::harness::*;

#[tokio::test]
async fn a_service_that_can_serve_is_live_and_ready_without_a_key() {
    let app = spawn_app().await;
    assert_snapshot!(app.get("/health/live").role(Role::Anonymous).await, @r#"
    200
    {
      "success": true,
      "data": {
        "status": "live"
      }
    }
    "#);
    assert_snapshot!(app.get("/health/ready").role(Role::Anonymous).await, @r#"
    200
    {
      "success": true,
      "data": {
        "status": "ready"
      }
    }
    "#);
}

#[tokio::test]
async fn without_its_store_it_is_live_and_not_ready() {
    let app = spawn_with(Options {
        change: Box::new(|adapters| {
            let mut housekeeping = MockHousekeeping::new();
            housekeeping.expect_ping().returning(|| Err(StoreError::Unavailable("connection refused: db-7".into())));
            adapters.housekeeping = std::sync::Arc::new(housekeeping);
        }),
        ..Options::default()
    })
    .await;
    app.get("/health/live").role(Role::Anonymous).await.expect(200);
    assert_snapshot!(app.get("/health/ready").role(Role::Anonymous).await, @r#"
    503
    retry-after: 1
    {
      "success": false,
      "error": "The service is temporarily unavailable, try again",
      "code": "unavailable"
    }
    "#);
}
