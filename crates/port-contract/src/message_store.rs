//! Checks of [`MessageStore`](ports::MessageStore).

use domain::{
    id::MessageId,
    limits::{MAX_DATA_BYTES, MAX_MESSAGE_PART_BYTES, MAX_MESSAGE_TEXT_CHARS},
    message::{Message, MessagePage, MessageText},
    names::WorkspaceId,
    revision::Precondition,
    widget::Version,
};
use futures_util::future::join_all;
use ports::Creation;

use super::{
    Stores,
    fresh::{self, NOW},
};

/// Every field is returned unchanged; of the data also the order of members, digits of numbers, escapes and white space.
pub async fn a_message_comes_back_to_the_byte(stores: &Stores) {
    let workspace = fresh::workspace();
    let documents = [
        "{}",
        "{ }",
        "{\"n\":12345678901234567890123,\"e\":1e2,\"E\":1E+2,\"z\":-0.0,\"f\":0.1000}",
        "{\"z\":1,\"a\":2,\"\":3,\"Z\":4}",
        "{\"s\":\"\\u0000\\ud83e\\udd80\\/\\b é 🦀 \u{2028} \u{7f}\"}",
        "{\r\n\t\"deep\" : [ [ [ { } ] ] ] ,\"null\":null }",
        "{\"sql\":\"'; DROP TABLE message; --\",\"like\":\"%_\\\\\"}",
    ];
    for (n, data) in documents.into_iter().enumerate() {
        let message = Message {
            data: fresh::json(data),
            text: (n % 2 == 0).then(|| text(&format!("Zeile 1\r\nline 2\t🦀 \u{7} {n} "))),
            peer: (n % 3 == 0).then(|| fresh::peer("peer:1.a-B_c")),
            widget_version: Version(u32::MAX - n as u32),
            ..fresh::message("conv_1")
        };
        let made = stores.messages.append(&workspace, &message, None).await.expect("append");
        assert_eq!(made, Creation::Created(message.clone()));
        let found = stores.messages.find(&workspace, &message.conversation, message.id).await.expect("find");
        let found = found.expect("it is there");
        assert_eq!(found.data.as_str(), data);
        assert_eq!(found, message);
    }
    let empty = Message { text: Some(text("")), ..fresh::message("conv_1") };
    stores.messages.append(&workspace, &empty, None).await.expect("append");
    let found = stores.messages.find(&workspace, &empty.conversation, empty.id).await.expect("find");
    assert_eq!(found, Some(empty), "an empty text is not an absent one");
}

/// Conversations and peers keep their names to the byte, and names that differ in a byte are different.
pub async fn caller_names_are_kept_apart(stores: &Stores) {
    let workspace = fresh::workspace();
    let names = fresh::caller_names();
    let mut sent = Vec::new();
    for name in &names {
        let message = Message { peer: Some(fresh::peer(name)), ..fresh::message(name) };
        stores.messages.append(&workspace, &message, None).await.expect("append");
        sent.push(message);
    }
    let page = MessagePage { after: None, limit: 10 };
    for (name, message) in names.iter().zip(sent) {
        let found = stores.messages.find(&workspace, &fresh::conversation(name), message.id).await.expect("find");
        assert_eq!(found.as_ref(), Some(&message));
        let listed = stores.messages.list(&workspace, &fresh::conversation(name), page).await.expect("list");
        assert_eq!(listed.messages, [message], "{name}");
    }
}

/// A message with data and text of the maximum size.
pub async fn the_largest_message_comes_back(stores: &Stores) {
    let workspace = fresh::workspace();
    let filler = "é".repeat((MAX_DATA_BYTES - 8) / 2);
    let message = Message {
        data: fresh::json(&format!("{{\"d\":\"{filler}\"}}")),
        text: Some(text(&"🦀".repeat(MAX_MESSAGE_TEXT_CHARS))),
        ..fresh::message("large")
    };
    assert_eq!(message.data.as_str().len(), MAX_DATA_BYTES);
    stores.messages.append(&workspace, &message, None).await.expect("append");
    let found = stores.messages.find(&workspace, &message.conversation, message.id).await.expect("find");
    assert_eq!(found.as_ref(), Some(&message));
    let page = MessagePage { after: None, limit: 1 };
    let page = stores.messages.list(&workspace, &message.conversation, page).await.expect("list");
    assert_eq!((page.messages, page.next), (vec![message], None));
}

/// Pages follow each other without gaps or overlaps. A page has `next` exactly if more messages follow.
pub async fn pages_are_contiguous_and_oldest_first(stores: &Stores) {
    let workspace = fresh::workspace();
    let mut sent = Vec::new();
    for n in 0..12 {
        let message = Message { data: fresh::json(&format!("{{\"n\":{n}}}")), ..fresh::message("paged") };
        stores.messages.append(&workspace, &message, None).await.expect("append");
        sent.push(message);
    }
    for (limit, sizes) in [(1, vec![1; 12]), (4, vec![4; 3]), (5, vec![5, 5, 2]), (11, vec![11, 1]), (12, vec![12])] {
        let (mut seen, mut after) = (Vec::new(), None);
        for (n, size) in sizes.iter().enumerate() {
            let page = MessagePage { after, limit };
            let page = stores.messages.list(&workspace, &sent[0].conversation, page).await.expect("list");
            assert_eq!(page.messages.len(), *size, "limit {limit}, part {n}");
            let last = page.messages.last().map(|message| message.id);
            assert_eq!(page.next, last.filter(|_| n + 1 < sizes.len()), "limit {limit}, part {n}");
            after = page.next;
            seen.extend(page.messages);
        }
        assert_eq!(seen, sent, "limit {limit}");
    }
    let page = MessagePage { after: sent.last().map(|message| message.id), limit: 5 };
    let page = stores.messages.list(&workspace, &sent[0].conversation, page).await.expect("list");
    assert_eq!((page.messages.len(), page.next), (0, None), "after the last there is nothing");
}

/// A page ends early when its size limit is reached. The cursor continues without gaps.
pub async fn pages_of_large_messages_are_shorter(stores: &Stores) {
    let workspace = fresh::workspace();
    let filler = "x".repeat(MAX_DATA_BYTES - 8);
    let full = MAX_MESSAGE_PART_BYTES.div_ceil(MAX_DATA_BYTES);
    let mut sent = Vec::new();
    for _ in 0..=full + 1 {
        let message = Message { data: fresh::json(&format!("{{\"d\":\"{filler}\"}}")), ..fresh::message("large") };
        stores.messages.append(&workspace, &message, None).await.expect("append");
        sent.push(message.id);
    }
    let (mut after, mut read, mut parts) = (None, Vec::new(), Vec::new());
    loop {
        let page = MessagePage { after, limit: 100 };
        let part = stores.messages.list(&workspace, &fresh::conversation("large"), page).await.expect("list");
        parts.push(part.messages.len());
        read.extend(part.messages.iter().map(|message| message.id));
        after = part.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(read, sent);
    assert_eq!(parts.len(), 2, "{parts:?}");
}

/// Ids are ordered by the time of sending, so a late message is listed before later ones. Any id can be used as a cursor.
pub async fn messages_are_ordered_by_id_however_they_arrive(stores: &Stores) {
    let workspace = fresh::workspace();
    let messages: Vec<_> = (0..5).map(|_| fresh::message("late")).collect();
    for n in [3, 0, 4, 1] {
        stores.messages.append(&workspace, &messages[n], None).await.expect("append");
    }
    assert_eq!(ids(stores, &workspace, "late", None).await, [0, 1, 3, 4].map(|n: usize| messages[n].id));
    assert_eq!(ids(stores, &workspace, "late", Some(messages[2].id)).await, [3, 4].map(|n: usize| messages[n].id));
}

/// 64 concurrent appends to one conversation.
pub async fn concurrent_appends_are_all_stored(stores: &Stores) {
    let workspace = fresh::workspace();
    let messages: Vec<_> = (0..64).map(|_| fresh::message("crowded")).collect();
    for result in join_all(messages.iter().map(|message| stores.messages.append(&workspace, message, None))).await {
        assert!(matches!(result.expect("append"), Creation::Created(_)));
    }
    let expected: Vec<_> = messages.iter().map(|message| message.id).collect();
    assert_eq!(ids(stores, &workspace, "crowded", None).await, expected);
}

/// A conversation need not be created.
pub async fn a_conversation_without_messages_is_empty(stores: &Stores) {
    let workspace = fresh::workspace();
    assert!(ids(stores, &workspace, "silent", None).await.is_empty());
    let message = fresh::message("silent");
    assert_eq!(stores.messages.find(&workspace, &message.conversation, message.id).await.expect("find"), None);
    assert_eq!(stores.messages.replay(&workspace, &fresh::attempt()).await.expect("replay"), None);
}

/// Names with a common beginning are different conversations, and so are names that differ only in case.
pub async fn another_conversations_messages_are_not_seen(stores: &Stores) {
    let workspace = fresh::workspace();
    let message = fresh::message("conv_1");
    stores.messages.append(&workspace, &message, None).await.expect("append");
    for other in ["conv_", "conv_10", "Conv_1", "conv-1"] {
        assert!(ids(stores, &workspace, other, None).await.is_empty(), "{other}");
        let found = stores.messages.find(&workspace, &fresh::conversation(other), message.id).await.expect("find");
        assert_eq!(found, None, "{other}");
    }
}

/// No method returns another workspace's message, even if the conversations have the same name.
pub async fn another_workspaces_messages_are_never_seen(stores: &Stores) {
    let (ours, theirs) = (fresh::workspace(), fresh::workspace());
    let (message, attempt) = (fresh::message("same"), fresh::attempt());
    stores.messages.append(&theirs, &message, Some(&attempt)).await.expect("append");
    assert!(ids(stores, &ours, "same", None).await.is_empty());
    assert_eq!(stores.messages.find(&ours, &message.conversation, message.id).await.expect("find"), None);
    assert_eq!(stores.messages.replay(&ours, &attempt).await.expect("replay"), None);
    let our = fresh::message("same");
    stores.messages.append(&ours, &our, Some(&attempt)).await.expect("append");
    assert_eq!(ids(stores, &ours, "same", None).await, [our.id]);
    assert_eq!(ids(stores, &theirs, "same", None).await, [message.id]);
}

/// A message stays unchanged when its widget is deleted.
pub async fn messages_outlive_their_widget(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = stores
        .widgets
        .create(&workspace, &fresh::widget("mortal"), fresh::module(), None)
        .await
        .expect("create")
        .into_inner();
    let message = Message { widget: widget.id, widget_key: widget.key, ..fresh::message("conv") };
    stores.messages.append(&workspace, &message, None).await.expect("append");
    stores.widgets.delete(&workspace, widget.id, &Precondition::Any, NOW).await.expect("delete");
    let found = stores.messages.find(&workspace, &message.conversation, message.id).await.expect("find");
    assert_eq!(found, Some(message));
}

fn text(text: &str) -> MessageText {
    MessageText::parse(text).expect("a text")
}

async fn ids(stores: &Stores, workspace: &WorkspaceId, conversation: &str, after: Option<MessageId>) -> Vec<MessageId> {
    let page = MessagePage { after, limit: 100 };
    let page = stores.messages.list(workspace, &fresh::conversation(conversation), page).await.expect("list");
    assert_eq!(page.next, None);
    page.messages.into_iter().map(|message| message.id).collect()
}
