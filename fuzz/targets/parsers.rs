//! What is read at the edge: what was read is written as it came, and what is written is read back.
#![no_main]

use domain::{
    access::{ApiKeySecret, Permissions},
    id::{ApiKeyId, MessageId, PeerWidgetId, WidgetId},
    idempotency::IdempotencyKey,
    message::MessageText,
    names::{ConversationId, PeerId, UserId, WorkspaceId},
    rate_limit::RateLimit,
    widget::{Category, SearchTerm, Tag, WidgetKey},
};
use fuzz::{form, json::document};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|text: &str| {
    keys_and_ids(text);
    names(text);
    settings(text);
    query(text);
    strict_json(text);
});

fn keys_and_ids(text: &str) {
    if let Some(key) = ApiKeySecret::parse(text) {
        assert_eq!(key.reveal(), text);
    }
    macro_rules! ids {
        ($($id:ident)+) => { $(
            if let Ok(id) = $id::parse(text) {
                assert_eq!(id.to_string(), text);
                assert_eq!($id::from_uuid(*id.as_uuid()), id);
            }
        )+ };
    }
    ids! { ApiKeyId MessageId PeerWidgetId WidgetId }
    // Any bits are a key and an id.
    if let Some(bits) = text.as_bytes().first_chunk().map(|bytes| u128::from_le_bytes(*bytes)) {
        let key = ApiKeySecret::from_random(bits);
        assert_eq!(ApiKeySecret::parse(key.reveal()), Some(key));
        let id = WidgetId::from_uuid(uuid::Uuid::from_u128(bits));
        assert_eq!(WidgetId::parse(&id.to_string()), Ok(id));
    }
}

fn names(text: &str) {
    macro_rules! kept {
        ($($name:ident)+) => { $(
            if let Ok(name) = $name::parse(text) {
                assert_eq!(name.as_str(), text);
            }
        )+ };
    }
    kept! { ConversationId PeerId UserId WorkspaceId WidgetKey Tag Category IdempotencyKey MessageText }
    if let Ok(term) = SearchTerm::parse(text) {
        // Lower case once is lower case for good; it may be longer than a term may be.
        if let Ok(again) = SearchTerm::parse(term.as_str()) {
            assert_eq!(again, term);
        }
    }
}

fn settings(text: &str) {
    if let Ok(permissions) = Permissions::parse(text) {
        assert_eq!(Permissions::parse(&permissions.to_string()), Ok(permissions));
    }
    if let Ok(Some(limit)) = RateLimit::parse(text) {
        assert!(text.bytes().next().is_some_and(|first| first.is_ascii_digit()), "{text}: {limit}");
    }
}

fn query(text: &str) {
    for (name, value) in form::pairs(text) {
        for part in [name, value].into_iter().flatten() {
            let encoded: String = part.bytes().map(|byte| format!("%{byte:02X}")).collect();
            assert_eq!(form::pairs(&format!("x={encoded}")), [(Some("x".to_owned()), Some(part))]);
        }
    }
}

fn strict_json(text: &str) {
    let Some(read) = document(text) else { return };
    match read {
        Ok(data) => {
            let white = [' ', '\t', '\n', '\r'];
            assert_eq!(data.text().as_str(), text.trim_matches(white), "the text is kept");
            let value: Value = serde_json::from_str(text).expect("what is read strictly is read by others");
            assert_eq!(data.value(), &value, "others read the same");
            let written = value.to_string();
            let again = document(&written).expect("JSON").expect("what was written is read strictly");
            assert_eq!(again.value(), &value, "what was written is read back");
            assert_eq!(serde_json::to_string(data.text()).expect("JSON can be written"), data.text().as_str());
        }
        // What others take and the service does not is one of four things.
        Err(error) => {
            let reasons = ["appears twice", "levels", "out of range", "surrogate"];
            assert!(reasons.iter().any(|reason| error.message.contains(reason)), "{error:?}");
        }
    }
}
