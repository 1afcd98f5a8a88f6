//! How each operation may fail: every status with the codes that come with it, one response for each set of codes.

use std::collections::BTreeMap;

use utoipa::{
    Modify,
    openapi::{
        AllOfBuilder, Content, Object, OpenApi, Ref, RefOr, Response, Schema, SecurityRequirement, schema::SchemaType,
    },
};

use super::{headers, operations};
use crate::response::ErrorCode;

/// What may go wrong in each operation, beside what may in all of its kind.
const FAILURES: [(&str, &[ErrorCode]); 34] = {
    use ErrorCode::*;
    [
        ("createWidget", &[WidgetRejected, WidgetKeyTaken, IdempotencyMismatch, RateLimited]),
        ("listWidgets", &[InvalidRequest, RateLimited]),
        ("getWidget", &[WidgetNotFound]),
        ("updateWidget", &[WidgetRejected, PrebuiltReadOnly, WidgetNotFound, Stale, RateLimited]),
        ("deleteWidget", &[InvalidRequest, PrebuiltReadOnly, WidgetNotFound, WidgetInUse, Stale]),
        ("validateWidget", &[]),
        ("listPrebuiltWidgets", &[]),
        ("getPrebuiltWidget", &[WidgetNotFound]),
        ("addPeerWidget", &[WidgetNotFound, AlreadyBound, IdempotencyMismatch]),
        ("listPeerWidgets", &[InvalidRequest]),
        ("getPeerWidget", &[InvalidRequest, PeerWidgetNotFound]),
        ("updatePeerWidget", &[PeerWidgetNotFound, Contended]),
        ("removePeerWidget", &[InvalidRequest, PeerWidgetNotFound]),
        (
            "sendMessage",
            &[DataRejected, WidgetNotFound, PeerLacksWidget, DisabledForPeer, IdempotencyMismatch, RateLimited],
        ),
        ("listMessages", &[InvalidRequest]),
        ("getMessage", &[InvalidRequest, MessageNotFound]),
        ("listVersions", &[InvalidRequest, WidgetNotFound, RateLimited]),
        ("getVersion", &[WidgetNotFound, VersionNotFound]),
        (
            "restoreVersion",
            &[
                InvalidRequest,
                WidgetRejected,
                PrebuiltReadOnly,
                WidgetNotFound,
                VersionNotFound,
                Stale,
                IdempotencyMismatch,
                RateLimited,
            ],
        ),
        ("renderMessage", &[InvalidRequest, MessageNotFound]),
        ("previewWidget", &[InvalidRequest, WidgetNotFound, VersionNotFound, RateLimited]),
        ("previewWidgetWithData", &[DataRejected, WidgetNotFound, VersionNotFound, RateLimited]),
        ("widgetModule", &[ModuleNotFound, Unavailable]),
        ("widgetSourceMap", &[ModuleNotFound, Unavailable]),
        ("embedScript", &[NotBuilt]),
        ("embedPart", &[RouteNotFound, NotBuilt]),
        ("demo", &[NotBuilt]),
        ("healthLive", &[]),
        ("healthReady", &[Unavailable]),
        ("metrics", &[]),
        ("openapi", &[]),
        ("start", &[]),
        ("docs", &[]),
        ("docsFile", &[RouteNotFound]),
    ]
};

/// What may go wrong wherever a key is needed.
const WITH_KEY: [ErrorCode; 3] = [ErrorCode::Unauthorized, ErrorCode::TooManyAtOnce, ErrorCode::Unavailable];

/// What may go wrong wherever a body is read.
const WITH_BODY: [ErrorCode; 5] = [
    ErrorCode::InvalidJson,
    ErrorCode::InvalidRequest,
    ErrorCode::RequestTimeout,
    ErrorCode::BodyTooLarge,
    ErrorCode::UnsupportedMediaType,
];

/// Adds to each operation the ways in which it may fail.
pub(super) struct Failures;

impl Modify for Failures {
    fn modify(&self, document: &mut OpenApi) {
        let mut shared = BTreeMap::new();
        for operation in operations(document) {
            let id = operation.operation_id.as_deref().unwrap_or_default();
            let Some((_, own)) = FAILURES.iter().find(|(name, _)| *name == id) else { continue };
            let mut codes = own.to_vec();
            codes.push(ErrorCode::Internal);
            if operation.request_body.is_some() {
                codes.extend(WITH_BODY);
            }
            // What the whole document asks for, a valid key, is what an operation asks for that says nothing of its own.
            let open = operation.security == open();
            if !open {
                codes.extend(WITH_KEY);
            }
            // Only a permission that is asked for can be missing.
            if !open && operation.security.is_some() {
                codes.push(ErrorCode::Forbidden);
            }
            for (status, codes) in by_status(codes) {
                let name = codes.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(".");
                let reference = Ref::new(format!("#/components/responses/{name}"));
                shared.entry(name).or_insert_with(|| RefOr::T(response(status, &codes)));
                operation.responses.responses.insert(status.to_string(), RefOr::Ref(reference));
            }
        }
        document.components.get_or_insert_default().responses.extend(shared);
    }
}

/// What an operation asks for that needs no key.
fn open() -> Option<Vec<SecurityRequirement>> {
    Some(vec![SecurityRequirement::default()])
}

fn by_status(mut codes: Vec<ErrorCode>) -> BTreeMap<u16, Vec<ErrorCode>> {
    codes.sort_unstable_by_key(|code| code.as_str());
    codes.dedup();
    let mut groups = BTreeMap::<u16, Vec<ErrorCode>>::new();
    for code in codes {
        groups.entry(code.status().as_u16()).or_default().push(code);
    }
    groups
}

fn response(status: u16, codes: &[ErrorCode]) -> Response {
    let meanings: Vec<String> = codes.iter().map(|code| format!("`{}`: {}", code.as_str(), code.meaning())).collect();
    let names: Vec<&str> = codes.iter().map(|code| code.as_str()).collect();
    let code = Object::builder().schema_type(SchemaType::AnyValue).enum_values(Some(names)).build();
    let which = Object::builder().schema_type(SchemaType::AnyValue).property("code", code).build();
    let body = AllOfBuilder::new().item(Ref::from_schema_name("Failure")).item(which).build();
    let mut response = Response::new(meanings.join("\n\n"));
    response.content.insert("application/json".to_owned(), Content::new(Some(Schema::AllOf(body))).into());
    headers::of_failure(&mut response, status, codes);
    response
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use utoipa::OpenApi as _;

    use super::*;
    use crate::openapi::Document;

    #[test]
    fn every_operation_tells_how_it_may_fail() {
        let mut document = Document::openapi();
        let there_are: BTreeSet<_> =
            operations(&mut document).filter_map(|operation| operation.operation_id.clone()).collect();
        let listed: BTreeSet<_> = FAILURES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(there_are, listed);
    }

    #[test]
    fn no_operation_leaves_a_status_to_be_guessed() {
        let mut document = Document::openapi();
        for operation in operations(&mut document) {
            assert!(!operation.responses.responses.contains_key("default"), "{:?}", operation.operation_id);
        }
    }
}
