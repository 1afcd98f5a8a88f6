//! The parsers of requests: a parsed value is written as it was sent, and a written value can be parsed.
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
    // Any 128 bits are a valid key and a valid id.
    if let Some(bits) = text.as_bytes().first_chunk().map(|bytes| u128::from_le_bytes(*bytes)) {
        let key = ApiKeySecret::from_random(bits);
        assert_eq!(ApiKeySecret::parse(key.reveal()), Some(key));
        let id = WidgetId::from_uuid(uuid::Uuid::from_u128(bits));
        assert_eq!(WidgetId::parse(&id.to_string()), Ok(id));
    }
}

fn names(text: &str) {
    macro_rules! keep_their_text {
        ($($name:ident)+) => { $(
            if let Ok(name) = $name::parse(text) {
                assert_eq!(name.as_str(), text);
            }
        )+ };
    }
    keep_their_text! { ConversationId PeerId UserId WorkspaceId WidgetKey Tag Category IdempotencyKey MessageText }
    if let Ok(term) = SearchTerm::parse(text) {
        // Lower-casing twice is the same as once. The result may be too long for a term.
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
            assert_eq!(data.text().as_str(), text.trim_matches(white), "the text is preserved");
            let value: Value = serde_json::from_str(text).expect("serde_json accepts what the strict parser accepts");
            assert_eq!(data.value(), &value, "serde_json parses the same value");
            let written = value.to_string();
            let again = document(&written).expect("JSON").expect("the strict parser accepts written JSON");
            assert_eq!(again.value(), &value, "written JSON has the same value");
            assert_eq!(serde_json::to_string(data.text()).expect("JSON can be written"), data.text().as_str());
        }
        // Only these four reasons make the strict parser refuse what serde_json accepts.
        Err(error) => {
            let reasons = ["appears twice", "levels", "out of range", "surrogate"];
            assert!(reasons.iter().any(|reason| error.message.contains(reason)), "{error:?}");
        }
    }
}
