//! What requests name in path, query and headers.

use utoipa::IntoParams;

use super::CategorySchema;

macro_rules! parameters {
    ($($(#[$attribute:meta])* $name:ident in $place:ident { $($(#[$field_attribute:meta])* $field:ident: $type:ty,)* })+) => {
        $(
            $(#[$attribute])*
            #[derive(IntoParams)]
            #[into_params(parameter_in = $place)]
            #[expect(dead_code, reason = "describes what http::request reads")]
            pub(crate) struct $name { $($(#[$field_attribute])* pub $field: $type,)* }
        )+
    };
}

parameters! {
    WidgetIdPath in Path {
        /// The widget's id.
        #[param(rename = "widgetId", pattern = "^widget_[0-7][0-9a-hjkmnp-tv-z]{25}$")]
        widget_id: String,
    }
    VersionPath in Path {
        /// The number of the version, counted from 1.
        #[param(minimum = 1, maximum = 4_294_967_295_i64, value_type = i64)]
        version: u32,
    }
    VersionQuery in Query {
        /// The number of the version; the current one if absent.
        #[param(minimum = 1, maximum = 4_294_967_295_i64, value_type = Option<i64>, nullable = false)]
        version: Option<u32>,
    }
    PageQuery in Query {
        /// Counted from 1; 1 if absent.
        #[param(minimum = 1, maximum = 4_294_967_295_i64, value_type = Option<i64>, nullable = false)]
        page: Option<u32>,
        /// Results per page; 20 if absent.
        #[param(minimum = 1, maximum = 100, nullable = false)]
        limit: Option<u32>,
    }
    WidgetKeyPath in Path {
        /// The key of a pre-built widget.
        #[param(rename = "widgetKey", max_length = 64, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
        widget_key: String,
    }
    PeerIdPath in Path {
        /// The caller's own name for the peer.
        #[param(rename = "peerId", min_length = 1, max_length = 128, pattern = r"^([A-Za-z0-9_:-]|\.[A-Za-z0-9_:-]|\.\.[A-Za-z0-9_.:-])[A-Za-z0-9_.:-]*$")]
        peer_id: String,
    }
    PeerWidgetIdPath in Path {
        /// The binding's id.
        #[param(rename = "peerWidgetId", pattern = "^peer_widget_[0-7][0-9a-hjkmnp-tv-z]{25}$")]
        peer_widget_id: String,
    }
    ConversationIdPath in Path {
        /// The caller's own name for the conversation.
        #[param(rename = "conversationId", min_length = 1, max_length = 128, pattern = r"^([A-Za-z0-9_:-]|\.[A-Za-z0-9_:-]|\.\.[A-Za-z0-9_.:-])[A-Za-z0-9_.:-]*$")]
        conversation_id: String,
    }
    MessageIdPath in Path {
        /// The message's id.
        #[param(rename = "messageId", pattern = "^msg_[0-7][0-9a-hjkmnp-tv-z]{25}$")]
        message_id: String,
    }
    IdempotencyKeyHeader in Header {
        /// Makes a retry safe: for at least 24 hours the same request under the same key is answered as the first was.
        #[param(rename = "Idempotency-Key", max_length = 255, pattern = "^[!-~]([ -~]*[!-~])?$", nullable = false)]
        idempotency_key: Option<String>,
    }
    IfMatchHeader in Header {
        /// The entity tag of the widget that the change is meant for, such as `"1-0"`.
        #[param(
            rename = "If-Match",
            pattern = r#"^(\*|(W/)?"[!#-~]*"(, *(W/)?"[!#-~]*")*)$"#,
            nullable = false
        )]
        if_match: Option<String>,
    }
    IfNoneMatchHeader in Header {
        /// The entity tag of what the client has.
        #[param(rename = "If-None-Match", nullable = false)]
        if_none_match: Option<String>,
    }
    ListWidgetsQuery in Query {
        /// Counted from 1; 1 if absent.
        #[param(minimum = 1, maximum = 4_294_967_295_i64, value_type = Option<i64>, nullable = false)]
        page: Option<u32>,
        /// Results per page; 20 if absent.
        #[param(minimum = 1, maximum = 100, nullable = false)]
        limit: Option<u32>,
        /// Only this category.
        #[param(nullable = false)]
        category: Option<CategorySchema>,
        /// A substring of name, description or tags, in upper or lower case.
        #[param(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F-\u009F]*$", nullable = false)]
        search: Option<String>,
        /// Up to 20 tags joined by commas; all of them must be present. White space around each is left out.
        #[param(pattern = r"^([\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]*[^,\u0000-\u0020\u007F-\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]([^,\u0000-\u001F\u007F-\u009F]{0,48}[^,\u0000-\u0020\u007F-\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000])?[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]*(,[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]*[^,\u0000-\u0020\u007F-\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]([^,\u0000-\u001F\u007F-\u009F]{0,48}[^,\u0000-\u0020\u007F-\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000])?[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]*){0,19})?$", nullable = false)]
        tags: Option<String>,
    }
    ListMessagesQuery in Query {
        /// Messages per answer; 50 if absent.
        #[param(minimum = 1, maximum = 100, nullable = false)]
        limit: Option<u32>,
        /// The `nextCursor` or `resumeCursor` of an earlier answer.
        #[param(pattern = "^(msg_[0-7][0-9a-hjkmnp-tv-z]{25})?$", nullable = false)]
        cursor: Option<String>,
    }
}
