//! Checks of [`Housekeeping`](ports::Housekeeping).

use domain::{
    clock::CLOCK_TRUST_SECONDS,
    id::MessageId,
    idempotency::Attempt,
    message::{Message, MessagePage},
    names::WorkspaceId,
    revision::Precondition,
    time::Timestamp,
    widget::WidgetChange,
};
use futures_util::future::{join, join_all};
use ports::{AppendError, Creation, ReplayError};
use tokio::sync::Mutex;
use uuid::Builder;

use super::{Stores, fresh};

/// Held by checks that delete messages. They delete in all workspaces, and may share a database.
static DELETION: Mutex<()> = Mutex::const_new(());
/// Messages before this time are deleted. Those of other checks are much later.
const THEN: Timestamp = Timestamp::from_micros(2_000_000_000);

/// A working store answers a ping.
pub async fn a_ping_is_answered(stores: &Stores) {
    stores.housekeeping.ping().await.expect("ping");
}

/// Ten replicas prepare concurrently. Messages that are sent before, during and after that are listed in order.
pub async fn replicas_prepare_concurrently_while_messages_are_sent(stores: &Stores) {
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

/// A message of a time for which no other check prepares.
fn message_of_2033() -> Message {
    let millis = 2_000_000_000_000;
    let id = Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid();
    Message {
        id: MessageId::from_uuid(id),
        sent_at: Timestamp::from_micros(2_000_000_000_000_000),
        ..fresh::message("conv")
    }
}

/// Attempts of every kind before the time are forgotten, and counted once. Widgets, bindings and messages stay.
pub async fn old_attempts_are_forgotten_and_their_results_stay(stores: &Stores) {
    let workspace = fresh::workspace();
    // Much earlier than any attempt of another check.
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
    assert_eq!(made, Creation::Created(next));
    // This check may run again on the same database.
    assert_eq!(stores.housekeeping.forget_attempts_before(then).await.expect("forget"), 1);
}

/// Messages of all workspaces that were sent before the time are deleted, whatever their order, and counted once.
pub async fn old_messages_are_deleted_and_others_stay_unchanged(stores: &Stores) {
    let _guard = DELETION.lock().await;
    let workspaces = [fresh::workspace(), fresh::workspace()];
    let (mut old, mut kept) = (Vec::new(), Vec::new());
    for workspace in &workspaces {
        let message = |sent_at| Message { sent_at, ..fresh::message("conv") };
        // Newer ones first, as after a clock was set back.
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

/// The counts of replicas that delete concurrently add up to the number of deleted messages.
pub async fn concurrent_deletions_count_each_message_once(stores: &Stores) {
    let _guard = DELETION.lock().await;
    let workspace = fresh::workspace();
    fill(stores, &workspace, 1_500).await;
    let deleted = join_all((0..3).map(|_| stores.housekeeping.delete_messages_before(THEN))).await;
    let sum: u64 = deleted.into_iter().map(|deleted| deleted.expect("delete")).sum();
    assert_eq!(sum, 1_500);
    assert_eq!(stores.housekeeping.delete_messages_before(THEN).await.expect("delete"), 0);
}

/// Messages that are sent during a deletion are neither lost nor refused.
pub async fn messages_are_sent_while_old_ones_are_deleted(stores: &Stores) {
    let _guard = DELETION.lock().await;
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

/// Usually an attempt is forgotten before its message is deleted. In the other order a retry is a new message or a mismatch.
pub async fn retrying_a_deleted_message_is_not_a_store_error(stores: &Stores) {
    let _guard = DELETION.lock().await;
    let (workspace, attempt) = (fresh::workspace(), fresh::attempt());
    let message = Message { sent_at: THEN.plus_seconds(-1), ..fresh::message("conv") };
    stores.messages.append(&workspace, &message, Some(&attempt)).await.expect("append");
    assert_eq!(stores.housekeeping.delete_messages_before(THEN).await.expect("delete"), 1);
    let replayed = stores.messages.replay(&workspace, &attempt).await;
    assert!(matches!(replayed, Ok(None) | Err(ReplayError::Mismatch)), "{replayed:?}");
    let repeated = stores.messages.append(&workspace, &fresh::message("conv"), Some(&attempt)).await;
    assert!(matches!(repeated, Ok(Creation::Created(_)) | Err(AppendError::AttemptMismatch)), "{repeated:?}");
}

/// All processes on a database share the clock reading. Of concurrent calls the later ones see the first.
pub async fn a_clock_reading_is_stored_until_the_next(stores: &Stores) {
    let look = async |seconds: i64| {
        stores.housekeeping.record_clock(fresh::NOW.plus_seconds(seconds), false).await.expect("record the clock")
    };
    // Makes the clock trusted, whatever earlier readings were: it has advanced regularly for the required time.
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

/// Adds `count` messages that are old enough to be deleted.
async fn fill(stores: &Stores, workspace: &WorkspaceId, count: usize) {
    let old: Vec<_> = (0..count).map(|_| Message { sent_at: THEN.plus_seconds(-1), ..fresh::message("old") }).collect();
    // In chunks, since stores limit concurrent appends.
    for part in old.chunks(250) {
        for sent in join_all(part.iter().map(|message| stores.messages.append(workspace, message, None))).await {
            sent.expect("append");
        }
    }
}

/// What the store saves itself is up to date, after an edit too.
pub async fn texts_of_this_version_are_not_refreshed(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = fresh::widget_of(fresh::draft("fresh"));
    stores.widgets.create(&workspace, &widget, fresh::module(), None).await.expect("create");
    let change = WidgetChange { name: Some(fresh::name("Edited")), ..WidgetChange::default() };
    stores.widgets.update(&workspace, widget.id, change, &Precondition::Any, fresh::NOW).await.expect("update");
    assert_eq!(stores.housekeeping.refresh_search(u64::MAX).await, Ok(0));
}
