//! Checks of [`ApiKeyStore`](ports::ApiKeyStore).

use domain::{
    access::{ApiKey, ApiKeySecret, Permission, Permissions, SecretHash},
    id::ApiKeyId,
    names::WorkspaceId,
};
use futures_util::future::join_all;

use super::{
    Stores,
    fresh::{self, NOW},
};

/// A key with any permissions is found by its hash, and by no other.
pub async fn a_key_is_found_by_its_hash(stores: &Stores) {
    let workspace = fresh::workspace();
    let sets = [
        Permissions::default(),
        Permissions::from_iter([Permission::UseBasic]),
        Permissions::from_iter([Permission::Manage]),
        Permissions::all(),
    ];
    for permissions in sets {
        let (key, hash) = (ApiKey { permissions, ..key(&workspace) }, hash());
        assert_eq!(stores.keys.find(hash).await.expect("find"), None);
        stores.keys.add(&key, hash).await.expect("add");
        assert_eq!(stores.keys.find(hash).await.expect("find"), Some(key));
    }
}

/// Of 16 concurrent first keys exactly one is added, and only to a store without keys.
pub async fn of_concurrent_first_keys_one_is_added(stores: &Stores) {
    let workspace = fresh::workspace();
    let keys: Vec<_> = (0..16).map(|_| (key(&workspace), hash())).collect();
    let results = join_all(keys.iter().map(|(key, hash)| stores.keys.add_first(key, *hash))).await;
    let added: Vec<_> = results.into_iter().map(|result| result.expect("add_first")).collect();
    assert_eq!(added.iter().filter(|added| **added).count(), 1, "the store held no key before");
    for ((key, hash), added) in keys.iter().zip(added) {
        assert_eq!(stores.keys.find(*hash).await.expect("find").as_ref(), added.then_some(key));
    }
}

/// `add_first` refuses a store whose only key is revoked.
pub async fn a_revoked_key_counts_as_the_first(stores: &Stores) {
    let workspace = fresh::workspace();
    let first = key(&workspace);
    stores.keys.add(&first, hash()).await.expect("add");
    stores.keys.revoke(first.id, NOW).await.expect("revoke");
    assert!(!stores.keys.add_first(&key(&workspace), hash()).await.expect("add_first"));
    assert_eq!(stores.keys.list(Some(&workspace)).await.expect("list").len(), 1);
}

/// The list is of one workspace or of all, and includes revoked keys.
pub async fn keys_are_listed_oldest_first(stores: &Stores) {
    let (ours, theirs) = (fresh::workspace(), fresh::workspace());
    let mut keys = Vec::new();
    for n in 0..6 {
        let mut key = key(if n % 2 == 0 { &ours } else { &theirs });
        key.created_at = NOW.plus_seconds(n);
        keys.push(key);
    }
    for n in [4, 1, 5, 0, 3, 2] {
        stores.keys.add(&keys[n], hash()).await.expect("add");
    }
    keys[2] = stores.keys.revoke(keys[2].id, NOW).await.expect("revoke").expect("it is there");
    let of =
        |workspace: &WorkspaceId| keys.iter().filter(|key| &key.workspace == workspace).cloned().collect::<Vec<_>>();
    assert_eq!(stores.keys.list(Some(&ours)).await.expect("list"), of(&ours));
    assert_eq!(stores.keys.list(Some(&theirs)).await.expect("list"), of(&theirs));
    assert!(stores.keys.list(Some(&fresh::workspace())).await.expect("list").is_empty());
    let all = stores.keys.list(None).await.expect("list");
    let all: Vec<_> = all.into_iter().filter(|key| keys.iter().any(|known| known.id == key.id)).collect();
    assert_eq!(all, keys);
}

/// A second revocation does not change the time. A revoked key is still found, to distinguish it from an unknown one.
pub async fn a_key_is_revoked_once_and_permanently(stores: &Stores) {
    let workspace = fresh::workspace();
    let (revoked, revoked_hash) = (key(&workspace), hash());
    let (other, other_hash) = (key(&workspace), hash());
    stores.keys.add(&revoked, revoked_hash).await.expect("add");
    stores.keys.add(&other, other_hash).await.expect("add");
    let expected = ApiKey { revoked_at: Some(NOW), ..revoked };
    for seconds in [0, 60] {
        let answer = stores.keys.revoke(expected.id, NOW.plus_seconds(seconds)).await.expect("revoke");
        assert_eq!(answer.as_ref(), Some(&expected));
        assert_eq!(stores.keys.find(revoked_hash).await.expect("find").as_ref(), Some(&expected));
    }
    assert_eq!(stores.keys.find(other_hash).await.expect("find"), Some(other));
    let unknown = ApiKeyId::from_uuid(fresh::uuid());
    assert_eq!(stores.keys.revoke(unknown, NOW).await.expect("revoke"), None);
}

fn key(workspace: &WorkspaceId) -> ApiKey {
    ApiKey {
        id: ApiKeyId::from_uuid(fresh::uuid()),
        workspace: workspace.clone(),
        user: fresh::user(),
        permissions: Permissions::all(),
        created_at: NOW,
        revoked_at: None,
    }
}

fn hash() -> SecretHash {
    ApiKeySecret::from_random(fresh::uuid().as_u128()).hash()
}
