use domain::{
    id::{MessageId, WidgetId},
    idempotency::{Attempt, Fingerprint},
    message::Message,
    names::{ConversationId, UserId},
    time::Timestamp,
    widget::{Version, WidgetKey},
};
use schema::json::JsonText;
use uuid::Uuid;

use super::*;

fn pending(key: Option<&str>, bytes: usize) -> PendingMessage {
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
    PendingMessage { workspace: WorkspaceId::parse("w").unwrap(), message, attempt }
}

/// The rows of the statements, in the order in which they run.
fn rows(messages: &[PendingMessage]) -> Vec<Vec<usize>> {
    plan_statements(messages.iter().enumerate()).into_iter().rev().map(|statement| statement.rows).collect()
}

#[test]
fn messages_share_one_statement() {
    let messages: Vec<_> = [None, Some("a"), None, Some("b")].into_iter().map(|key| pending(key, 10)).collect();
    assert_eq!(rows(&messages), [[0, 1, 2, 3]]);
}

#[test]
fn messages_with_one_idempotency_key_are_in_separate_statements_and_in_order() {
    let messages: Vec<_> = ["a", "a", "b", "a"].into_iter().map(|key| pending(Some(key), 10)).collect();
    assert_eq!(rows(&messages), [vec![0, 2], vec![1], vec![3]]);
}

#[test]
fn large_messages_need_more_statements() {
    let half = MAX_STATEMENT_BYTES / 2;
    let messages: Vec<_> = (0..5).map(|_| pending(Some("a"), half)).collect();
    assert_eq!(rows(&messages).concat(), [0, 1, 2, 3, 4]);
    let messages: Vec<_> = (0..5).map(|_| pending(None, half)).collect();
    assert_eq!(rows(&messages), [vec![0, 1], vec![2, 3], vec![4]]);
}

#[test]
fn small_messages_do_not_wait_for_large_ones() {
    let messages = [
        pending(None, 2 * MAX_STATEMENT_BYTES),
        pending(None, 1),
        pending(None, LARGE_MESSAGE_BYTES + 1),
        pending(None, LARGE_MESSAGE_BYTES),
    ];
    assert_eq!(rows(&messages), [vec![1, 3], vec![0], vec![2]]);
}
