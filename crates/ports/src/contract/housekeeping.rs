//! What [`Housekeeping`](crate::Housekeeping) promises.

use domain::{idempotency::Attempt, time::Timestamp};

use super::{Stores, fresh};

/// A store that works answers.
pub async fn a_ping_is_answered(stores: &Stores) {
    stores.housekeeping.ping().await.expect("ping");
}

/// Exactly those made before the time, of every kind; counted once.
pub async fn attempts_before_a_time_are_forgotten_and_what_they_made_stays(stores: &Stores) {
    let workspace = fresh::workspace();
    // Long before any attempt of another check.
    let then = Timestamp::from_micros(1_000_000_000);
    let before = |n: i64| Attempt { made_at: Timestamp::from_micros(then.as_micros() - n), ..fresh::attempt() };
    let (of_widget, of_binding, of_message, kept) = (before(1), before(2), before(3), before(0));
    let widget = fresh::widget("kept");
    stores.widgets.create(&workspace, &widget, Some(&of_widget)).await.expect("create");
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
}
