//! Checks of [`MessageStore`](ports::MessageStore): retried messages.

use domain::{idempotency::Attempt, message::MessagePage, names::WorkspaceId};
use futures_util::future::join_all;
use ports::{AppendError, Creation, ReplayError};

use super::{Stores, fresh};

/// A retry returns the first message and adds nothing, even in another conversation.
pub async fn a_retried_message_returns_the_first_result(stores: &Stores) {
    let workspace = fresh::workspace();
    let (message, attempt) = (fresh::message("conv"), fresh::attempt());
    let made = stores.messages.append(&workspace, &message, Some(&attempt)).await.expect("append");
    assert_eq!(made, Creation::Created(message.clone()));
    for conversation in ["conv", "other"] {
        let again = fresh::message(conversation);
        let repeated = stores.messages.append(&workspace, &again, Some(&attempt)).await.expect("append again");
        assert_eq!(repeated, Creation::Replayed(message.clone()));
    }
    assert_eq!(stores.messages.replay(&workspace, &attempt).await.expect("replay"), Some(message));
    assert_eq!(count(stores, &workspace, "conv").await, 1);
    assert_eq!(count(stores, &workspace, "other").await, 0);
}

/// Of 32 concurrent equal attempts one appends a message, and all return it.
pub async fn of_concurrent_equal_attempts_one_appends(stores: &Stores) {
    let workspace = fresh::workspace();
    let attempt = fresh::attempt();
    let messages: Vec<_> = (0..32).map(|_| fresh::message("conv")).collect();
    let results =
        join_all(messages.iter().map(|message| stores.messages.append(&workspace, message, Some(&attempt)))).await;
    let (mut made, mut answers) = (0, Vec::new());
    for result in results {
        let creation = result.expect("append");
        made += usize::from(matches!(creation, Creation::Created(_)));
        answers.push(creation.into_inner());
    }
    assert_eq!(made, 1);
    answers.dedup();
    assert_eq!(answers.len(), 1);
    assert_eq!(count(stores, &workspace, "conv").await, 1);
}

/// The key is bound to its request.
pub async fn another_request_with_the_same_key_is_a_mismatch(stores: &Stores) {
    let workspace = fresh::workspace();
    let attempt = fresh::attempt();
    stores.messages.append(&workspace, &fresh::message("conv"), Some(&attempt)).await.expect("append");
    let other = fresh::other_request(&attempt);
    let error = stores.messages.append(&workspace, &fresh::message("conv"), Some(&other)).await.expect_err("mismatch");
    assert!(matches!(error, AppendError::AttemptMismatch), "{error:?}");
    let error = stores.messages.replay(&workspace, &other).await.expect_err("mismatch");
    assert!(matches!(error, ReplayError::Mismatch), "{error:?}");
    assert_eq!(count(stores, &workspace, "conv").await, 1);
}

/// Only housekeeping forgets a key. The time of a later attempt has no effect, as its clock may be wrong.
pub async fn a_key_is_remembered_whatever_the_clock_says(stores: &Stores) {
    let workspace = fresh::workspace();
    let (message, attempt) = (fresh::message("conv"), fresh::attempt());
    stores.messages.append(&workspace, &message, Some(&attempt)).await.expect("append");
    for made_at in fresh::any_times() {
        let later = Attempt { made_at, ..attempt.clone() };
        assert_eq!(stores.messages.replay(&workspace, &later).await.expect("replay"), Some(message.clone()));
        let again = stores.messages.append(&workspace, &fresh::message("conv"), Some(&later)).await;
        assert_eq!(again.expect("append again"), Creation::Replayed(message.clone()));
    }
    assert_eq!(count(stores, &workspace, "conv").await, 1);
}

async fn count(stores: &Stores, workspace: &WorkspaceId, conversation: &str) -> usize {
    let page = MessagePage { after: None, limit: 100 };
    stores.messages.list(workspace, &fresh::conversation(conversation), page).await.expect("list").messages.len()
}
