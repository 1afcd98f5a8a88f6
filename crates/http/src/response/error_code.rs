use actix_web::http::StatusCode;

/// Defines each error code once: its name, its status and what it means.
macro_rules! error_codes {
    ($($variant:ident $code:literal $status:ident $meaning:literal;)+) => {
        /// What went wrong, for programs. Codes are never renamed and never change their status.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum ErrorCode {
            $(#[doc = $meaning] $variant,)+
        }

        impl ErrorCode {
            /// The code as clients see it.
            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// What it means, for people.
            pub(crate) const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)+ }
            }

            /// The status it comes with.
            pub(crate) const fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status,)+ }
            }
        }

        /// Every code with its status and its meaning: what `docs/errors.md` lists.
        pub fn error_codes() -> Vec<(&'static str, u16, &'static str)> {
            vec![$(($code, StatusCode::$status.as_u16(), $meaning),)+]
        }
    };
}

error_codes! {
    InvalidJson "invalid_json" BAD_REQUEST "The body is not JSON, or not UTF-8.";
    InvalidRequest "invalid_request" BAD_REQUEST "Something in path, query, headers or body is not allowed; `details.errors` names each field.";
    WidgetRejected "widget_validation_failed" BAD_REQUEST "Schema or component cannot be saved; see `details.schemaErrors` and `details.componentErrors`.";
    DataRejected "widget_data_validation_failed" BAD_REQUEST "The data does not fit the widget's schema; see `details.errors`.";
    Unauthorized "unauthorized" UNAUTHORIZED "No API key, or one that is not valid.";
    Forbidden "forbidden" FORBIDDEN "The key lacks `details.requiredPermission`.";
    PrebuiltReadOnly "prebuilt_read_only" FORBIDDEN "Pre-built widgets cannot be edited or deleted.";
    RouteNotFound "route_not_found" NOT_FOUND "No such address.";
    WidgetNotFound "widget_not_found" NOT_FOUND "The workspace has no such widget.";
    VersionNotFound "widget_version_not_found" NOT_FOUND "The widget has no such version.";
    ModuleNotFound "module_not_found" NOT_FOUND "No version has a module, a source map, a style sheet or a file of a library with this digest, or the widget has no such version with this module.";
    PeerWidgetNotFound "peer_widget_not_found" NOT_FOUND "The peer has no such widget.";
    MessageNotFound "message_not_found" NOT_FOUND "The conversation has no such message.";
    MethodNotAllowed "method_not_allowed" METHOD_NOT_ALLOWED "The address is right, the method is not; the header `Allow` lists those that are.";
    RequestTimeout "request_timeout" REQUEST_TIMEOUT "The request, or a part of it, did not arrive in time.";
    WidgetKeyTaken "widget_key_taken" CONFLICT "A widget of the workspace has the key.";
    WidgetInUse "widget_in_use" CONFLICT "Peers have the widget; `details.peers` names up to 100 of them.";
    AlreadyBound "widget_already_bound" CONFLICT "The peer has the widget already.";
    PeerLacksWidget "peer_lacks_widget" CONFLICT "The message names a peer that does not have the widget.";
    DisabledForPeer "widget_disabled_for_peer" CONFLICT "The message names a peer for which the widget is disabled.";
    Contended "too_many_edits" CONFLICT "Too many edits of one thing at once; try again.";
    Stale "precondition_failed" PRECONDITION_FAILED "The widget was edited since the entity tag in `If-Match` was given.";
    BodyTooLarge "body_too_large" PAYLOAD_TOO_LARGE "The body exceeds `details.maxBytes`.";
    UnsupportedMediaType "unsupported_media_type" UNSUPPORTED_MEDIA_TYPE "The body is not sent as uncompressed `application/json` in UTF-8.";
    IdempotencyMismatch "idempotency_key_reused" UNPROCESSABLE_ENTITY "The `Idempotency-Key` was used for another request, and is not forgotten yet (24 hours at least).";
    RateLimited "rate_limited" TOO_MANY_REQUESTS "Over the limit; the header `Retry-After` says for how many seconds.";
    TooManyConcurrentRequests "too_many_concurrent_requests" TOO_MANY_REQUESTS "The key has too many requests in flight, or too long ones.";
    Internal "internal_error" INTERNAL_SERVER_ERROR "A defect of the service; the log has it under the answer's `X-Request-Id`.";
    WebAssetsNotBuilt "web_assets_not_built" SERVICE_UNAVAILABLE "The service was built without Node.js and lacks the web assets.";
    Unavailable "unavailable" SERVICE_UNAVAILABLE "The store does not answer, its database file was replaced, or too much work is waiting; try again after `Retry-After` seconds.";
}
