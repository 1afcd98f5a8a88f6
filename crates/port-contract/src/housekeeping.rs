//! What [`Housekeeping`](ports::Housekeeping) promises.

use domain::{
    clock::CLOCK_TRUST_SECONDS,
    id::MessageId,
    idempotency::Attempt,
    message::{Message, MessagePage},
    names::WorkspaceId,
    time::Timestamp,
};
use futures_util::future::{join, join_all};
use ports::{AppendError, Creation, ReplayError};
use tokio::sync::Mutex;
use uuid::Builder;

use super::{Stores, fresh};

/// Messages are deleted in all workspaces, so the checks that do it are run one by one where they share a database. They
/// delete what was sent before this time, long before any message of another check.
static DELETING: Mutex<()> = Mutex::const_new(());
const THEN: Timestamp = Timestamp::from_micros(2_000_000_000);

/// A store that works answers.
pub async fn a_ping_is_answered(stores: &Stores) {
    stores.housekeeping.ping().await.expect("ping");
}

/// Replicas that start together prepare at once, and each of them again every hour. What is sent before, meanwhile and after
/// is read in its order.
pub async fn many_prepare_at_once_and_messages_are_sent_meanwhile(stores: &Stores) {
    let workspace = fresh::workspace();
    let (sent, last) = ((0..100).map(|_| fresh::message("conv")).collect::<Vec<_>>(), message_of_2033());
    let sending = async {
        for message in &sent {
            stores.messages.append(&workspace, message, None).await.expect("append");
        }
    };
    let preparing = join_all((0..10).map(|_| stores.housekeeping.prepare(last.sent_at)));
    let (prepared, ()) = join(preparing, sending).await;
    prepared.into_iter().for_each(|prepared| prepared.expect("prepare"));
    stores.messages.append(&workspace, &last, None).await.expect("append");
    let page = MessagePage { after: None, limit: 200 };
    let page = stores.messages.list(&workspace, &fresh::conversation("conv"), page).await.expect("list");
    assert_eq!((page.messages, page.next), ([sent, vec![last]].concat(), None));
}

/// Of a time for which no other check prepares.
fn message_of_2033() -> Message {
    let millis = 2_000_000_000_000;
    let id = Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid();
    Message {
        id: MessageId::from_uuid(id),
        sent_at: Timestamp::from_micros(2_000_000_000_000_000),
        ..fresh::message("conv")
    }
}

/// Exactly those made before the time, of every kind; counted once.
pub async fn attempts_before_a_time_are_forgotten_and_what_they_made_stays(stores: &Stores) {
    let workspace = fresh::workspace();
    // Long before any attempt of another check.
    let then = Timestamp::from_micros(1_000_000_000);
    let before = |n: i64| Attempt { made_at: Timestamp::from_micros(then.as_micros() - n), ..fresh::attempt() };
    let (of_widget, of_binding, of_message, kept) = (before(1), before(2), before(3), before(0));
    let widget = fresh::widget("kept");
    stores.widgets.create(&workspace, &widget, fresh::module(), Some(&of_widget)).await.expect("create");
    let binding = fresh::binding("peer", widget.id);
    stores.bindings.add(&workspace, &binding, Some(&of_binding)).await.expect("add");
    let (message, last) = (fresh::message("conv"), fresh::message("conv"));
    stores.messages.append(&workspace, &message, Some(&of_message)).await.expect("append");
    stores.messages.append(&workspace, &last, Some(&kept)).await.expect("append");

    assert_eq!(stores.housekeeping.forget_attempts_before(then).await.expect("forget"), 3);
    assert_eq!(stores.housekeeping.forget_attempts_before(then).await.expect("forget"), 0);

    assert_eq!(stores.widgets.replay(&workspace, &of_widget).await.expect("replay"), None);
    assert_eq!(stores.bindings.replay(&workspace, &of_binding).await.expect("replay"), None);
    assert_eq!(stores.messages.replay(&workspace, &of_message).await.expect("replay"), None);
    assert_eq!(stores.messages.replay(&workspace, &kept).await.expect("replay"), Some(last));

    assert_eq!(stores.widgets.find(&workspace, widget.id).await.expect("find").map(|found| found.widget), Some(widget));
    let found = stores.bindings.find_by_widget(&workspace, &binding.peer, binding.widget).await.expect("find");
    assert_eq!(found, Some(binding));
    let found = stores.messages.find(&workspace, &message.conversation, message.id).await.expect("find");
    assert_eq!(found, Some(message));

    // The key is free again.
    let next = fresh::message("conv");
    let made = stores.messages.append(&workspace, &next, Some(&of_message)).await.expect("append");
    assert_eq!(made, Creation::Made(next));
    // This check may run again on the same database.
    assert_eq!(stores.housekeeping.forget_attempts_before(then).await.expect("forget"), 1);
}

/// Exactly those sent before the time, of every workspace and in whatever order they came; counted once.
pub async fn messages_before_a_time_are_deleted_and_the_others_stay_to_the_byte(stores: &Stores) {
    let _alone = DELETING.lock().await;
    let workspaces = [fresh::workspace(), fresh::workspace()];
    let (mut old, mut kept) = (Vec::new(), Vec::new());
    for workspace in &workspaces {
        let message = |sent_at| Message { sent_at, ..fresh::message("conv") };
        // The younger ones first: clocks are set back.
        let young = [fresh::NOW, THEN].map(message);
        let aged = [THEN.plus_seconds(-1), Timestamp::from_micros(THEN.as_micros() - 1), THEN.plus_seconds(-900)];
        let aged = aged.map(message);
        for message in young.iter().chain(&aged) {
            stores.messages.append(workspace, message, None).await.expect("append");
        }
        old.extend(aged);
        kept.push(young.to_vec());
    }

    assert_eq!(stores.housekeeping.delete_messages_before(THEN).await.expect("delete"), 6);
    assert_eq!(stores.housekeeping.delete_messages_before(THEN).await.expect("delete"), 0);

    for (workspace, kept) in workspaces.iter().zip(kept) {
        for message in &old {
            let found = stores.messages.find(workspace, &message.conversation, message.id).await.expect("find");
            assert_eq!(found, None);
        }
        let conversation = fresh::conversation("conv");
        let page = MessagePage { after: None, limit: 100 };
        let page = stores.messages.list(workspace, &conversation, page).await.expect("list");
        assert_eq!(page.messages, kept);
    }
}

/// Replicas that delete at once do not hinder each other, and the sum of what they say is right.
pub async fn of_many_that_delete_at_once_one_deletes_each_message(stores: &Stores) {
    let _alone = DELETING.lock().await;
    let workspace = fresh::workspace();
    fill(stores, &workspace, 1_500).await;
    let deleted = join_all((0..3).map(|_| stores.housekeeping.delete_messages_before(THEN))).await;
    let sum: u64 = deleted.into_iter().map(|deleted| deleted.expect("delete")).sum();
    assert_eq!(sum, 1_500);
    assert_eq!(stores.housekeeping.delete_messages_before(THEN).await.expect("delete"), 0);
}

/// Nothing that is sent while old messages are deleted is lost or refused.
pub async fn messages_are_sent_while_old_ones_are_deleted(stores: &Stores) {
    let _alone = DELETING.lock().await;
    let workspace = fresh::workspace();
    fill(stores, &workspace, 1_500).await;
    let sent: Vec<_> = (0..100).map(|_| fresh::message("conv")).collect();
    let sending = async {
        for message in &sent {
            stores.messages.append(&workspace, message, None).await.expect("append");
        }
    };
    let (deleted, ()) = join(stores.housekeeping.delete_messages_before(THEN), sending).await;
    assert_eq!(deleted.expect("delete"), 1_500);
    let page = MessagePage { after: None, limit: 100 };
    let page = stores.messages.list(&workspace, &fresh::conversation("conv"), page).await.expect("list");
    assert_eq!((page.messages, page.next), (sent, None));
}

/// Retention forgets an attempt before it deletes what it made. Should a message go first, its retry is no failure of the
/// store.
pub async fn the_retry_of_a_deleted_message_is_no_failure(stores: &Stores) {
    let _alone = DELETING.lock().await;
    let (workspace, attempt) = (fresh::workspace(), fresh::attempt());
    let message = Message { sent_at: THEN.plus_seconds(-1), ..fresh::message("conv") };
    stores.messages.append(&workspace, &message, Some(&attempt)).await.expect("append");
    assert_eq!(stores.housekeeping.delete_messages_before(THEN).await.expect("delete"), 1);
    let replayed = stores.messages.replay(&workspace, &attempt).await;
    assert!(matches!(replayed, Ok(None) | Err(ReplayError::Mismatch)), "{replayed:?}");
    let repeated = stores.messages.append(&workspace, &fresh::message("conv"), Some(&attempt)).await;
    assert!(matches!(repeated, Ok(Creation::Made(_)) | Err(AppendError::AttemptMismatch)), "{repeated:?}");
}

/// There is one reading for all processes on a database, so of two at once the second sees the first's.
pub async fn a_reading_of_the_clock_is_kept_until_the_next(stores: &Stores) {
    let look = async |seconds: i64| {
        stores.housekeeping.record_clock(fresh::NOW.plus_seconds(seconds), false).await.expect("record the clock")
    };
    // Whatever was seen before, this is a day on and a day later the clock has run for a day.
    look(0).await;
    look(CLOCK_TRUST_SECONDS).await;
    let trusted = look(2 * CLOCK_TRUST_SECONDS).await;
    assert!(trusted.allows_deletion(), "{trusted:?}");

    let moved = look(9 * CLOCK_TRUST_SECONDS).await;
    let expected = trusted.next(fresh::NOW.plus_seconds(9 * CLOCK_TRUST_SECONDS), false);
    assert_eq!((moved, moved.allows_deletion()), (expected, false));
    let many = join_all((0..5).map(|_| look(9 * CLOCK_TRUST_SECONDS + 60))).await;
    let expected = expected.next(fresh::NOW.plus_seconds(9 * CLOCK_TRUST_SECONDS + 60), false);
    assert_eq!(many, vec![expected; 5]);
    let jumped = fresh::NOW.plus_seconds(9 * CLOCK_TRUST_SECONDS + 120);
    let reading = stores.housekeeping.record_clock(jumped, true).await.expect("record the clock");
    assert_eq!(reading, expected.next(jumped, true));
}

/// Adds so many messages that are to be deleted.
async fn fill(stores: &Stores, workspace: &WorkspaceId, count: usize) {
    let old: Vec<_> = (0..count).map(|_| Message { sent_at: THEN.plus_seconds(-1), ..fresh::message("old") }).collect();
    // In parts, as stores take only so much at once.
    for part in old.chunks(250) {
        for sent in join_all(part.iter().map(|message| stores.messages.append(workspace, message, None))).await {
            sent.expect("append");
        }
    }
}
