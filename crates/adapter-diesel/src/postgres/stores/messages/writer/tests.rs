use domain::{
    id::{MessageId, WidgetId},
    idempotency::Fingerprint,
    names::{ConversationId, UserId},
    time::Timestamp,
    widget::{Version, WidgetKey},
};
use schema::json::JsonText;
use uuid::Uuid;

use super::*;

fn post(key: Option<&str>, bytes: usize) -> Post {
    let uuid = Uuid::from_u128(1);
    let message = Message {
        id: MessageId::from_uuid(uuid),
        conversation: ConversationId::parse("c").unwrap(),
        peer: None,
        widget: WidgetId::from_uuid(uuid),
        widget_version: Version::FIRST,
        widget_key: WidgetKey::parse("card").unwrap(),
        data: JsonText::from_stored("x".repeat(bytes)),
        text: None,
        sent_at: Timestamp::from_micros(0),
        sent_by: UserId::parse("u").unwrap(),
    };
    let attempt = key.map(|key| Attempt {
        api_key: ApiKeyId::from_uuid(uuid),
        key: IdempotencyKey::parse(key).unwrap(),
        fingerprint: Fingerprint([0; 32]),
        made_at: Timestamp::from_micros(0),
    });
    let attempt = attempt.map(|attempt| (attempt, "{}".to_owned()));
    Post { workspace: WorkspaceId::parse("w").unwrap(), message, attempt }
}

/// The rows of the statements, in the order in which they run.
fn rows(posts: &[Post]) -> Vec<Vec<usize>> {
    statements(posts.iter().enumerate()).into_iter().rev().map(|statement| statement.rows).collect()
}

#[test]
fn posts_share_one_statement() {
    let posts: Vec<_> = [None, Some("a"), None, Some("b")].into_iter().map(|key| post(key, 10)).collect();
    assert_eq!(rows(&posts), [[0, 1, 2, 3]]);
}

#[test]
fn posts_with_one_idempotency_key_are_apart_and_in_order() {
    let posts: Vec<_> = ["a", "a", "b", "a"].into_iter().map(|key| post(Some(key), 10)).collect();
    assert_eq!(rows(&posts), [vec![0, 2], vec![1], vec![3]]);
}

#[test]
fn large_posts_make_more_statements() {
    let half = STATEMENT_BYTES / 2;
    let posts: Vec<_> = (0..5).map(|_| post(Some("a"), half)).collect();
    assert_eq!(rows(&posts).concat(), [0, 1, 2, 3, 4]);
    let posts: Vec<_> = (0..5).map(|_| post(None, half)).collect();
    assert_eq!(rows(&posts), [vec![0, 1], vec![2, 3], vec![4]]);
}

#[test]
fn small_posts_do_not_wait_for_large_ones() {
    let posts = [post(None, 2 * STATEMENT_BYTES), post(None, 1), post(None, LARGE + 1), post(None, LARGE)];
    assert_eq!(rows(&posts), [vec![1, 3], vec![0], vec![2]]);
}
