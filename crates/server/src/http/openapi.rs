//! The OpenAPI document: made from the handlers' own annotations; what they read is described here.

use serde_json::Value;
use utoipa::{
    IntoParams, Modify, OpenApi, ToSchema,
    openapi::security::{Http, HttpAuthScheme, SecurityScheme},
};

use super::routes::{assets, bindings, embed, health, messages, meta, prebuilt, rendering, versions, widgets};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "widgetd",
        description = "Self-hosted widget service for AI conversations: React components with a JSON Schema of their data, checked, versioned, given to peers and sent in messages.\n\nEvery failure is answered with the same envelope; `code` is stable and documented in docs/errors.md.",
        license(name = "MIT OR Apache-2.0"),
    ),
    servers((url = "/")),
    tags(
        (name = "Widgets", description = "A component, the schema of its data, and its versions"),
        (name = "Versions", description = "What a widget was, and making it so again"),
        (name = "Pre-built widgets", description = "Widgets that come with the service"),
        (name = "Peer widgets", description = "Which peer may use which widget, and how"),
        (name = "Messages", description = "Widget data sent to conversations"),
        (name = "Rendering", description = "What a browser loads and shows"),
        (name = "Service", description = "Health, metrics and this document"),
    ),
    security(("apiKey" = [])),
    modifiers(&ApiKeyScheme),
    paths(
        widgets::create::handle, widgets::list::handle, widgets::get::handle, widgets::update::handle,
        widgets::delete::handle, widgets::validate::handle,
        versions::list::handle, versions::get::handle, versions::restore::handle,
        prebuilt::list, prebuilt::get,
        bindings::add, bindings::list, bindings::get, bindings::update, bindings::remove,
        messages::send, messages::list, messages::get,
        rendering::message, rendering::preview, rendering::preview_with, assets::module, assets::source_map,
        embed::script, embed::part, embed::demo,
        health::live, health::ready, meta::metrics, meta::openapi, meta::docs, meta::docs_file,
    ),
)]
struct Document;

struct ApiKeyScheme;

impl Modify for ApiKeyScheme {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let mut scheme = Http::new(HttpAuthScheme::Bearer);
        scheme.description = Some("An API key: `widgetd key create` makes one".to_owned());
        let components = document.components.get_or_insert_with(Default::default);
        components.add_security_scheme("apiKey", SecurityScheme::Http(scheme));
    }
}

/// The document as indented JSON, ending with a line break: what `docs/openapi.json` holds.
pub fn json() -> String {
    let mut text = Document::openapi().to_pretty_json().expect("strings, numbers and maps are JSON");
    text.push('\n');
    text
}

/// The reference's categories.
#[derive(ToSchema)]
#[schema(as = Category, rename_all = "kebab-case")]
#[expect(dead_code, reason = "describes domain::widget::Category")]
pub(super) enum CategorySchema {
    Analytics,
    Productivity,
    Sales,
    CustomerService,
    Finance,
    General,
}

/// Always `widget`.
#[derive(ToSchema)]
#[schema(as = MessageType, rename_all = "lowercase")]
#[expect(dead_code, reason = "describes a constant")]
pub(super) enum MessageTypeSchema {
    Widget,
}

macro_rules! described {
    ($($(#[$attribute:meta])* $name:ident { $($(#[$field_attribute:meta])* $field:ident: $type:ty,)* })+) => {
        $(
            $(#[$attribute])*
            #[derive(ToSchema)]
            #[serde(rename_all = "camelCase", deny_unknown_fields)]
            #[expect(dead_code, reason = "describes what http::request reads by hand, to name every wrong field at once")]
            pub(super) struct $name { $($(#[$field_attribute])* pub $field: $type,)* }
        )+
    };
}

described! {
    /// A new widget.
    CreateWidget {
        /// Unique in the workspace, for ever the same.
        #[schema(max_length = 64, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$", example = "sales-dashboard")]
        key: String,
        #[schema(min_length = 1, max_length = 120, example = "Sales Dashboard")]
        name: String,
        #[schema(max_length = 2000, nullable = false)]
        description: Option<String>,
        /// `general` if absent.
        #[schema(nullable = false)]
        category: Option<CategorySchema>,
        #[schema(max_items = 20, nullable = false)]
        tags: Option<Vec<TagSchema>>,
        /// JSON Schema (draft-07) of the widget's data, at most 128 KiB; its root says `"type": "object"`.
        #[schema(value_type = Object)]
        schema: Value,
        /// A JavaScript module with JSX, at most 256 KiB, whose default export is a React component.
        #[schema(min_length = 1, max_length = 262_144)]
        component: String,
    }
    /// What to change of a widget. What GET shows and nobody can change is ignored.
    UpdateWidget {
        /// If it is named it must be the widget's.
        #[schema(max_length = 64, nullable = false)]
        key: Option<String>,
        #[schema(min_length = 1, max_length = 120, nullable = false)]
        name: Option<String>,
        #[schema(max_length = 2000, nullable = false)]
        description: Option<String>,
        #[schema(nullable = false)]
        category: Option<CategorySchema>,
        #[schema(max_items = 20, nullable = false)]
        tags: Option<Vec<TagSchema>>,
        #[schema(value_type = Option<Object>, nullable = false)]
        schema: Option<Value>,
        #[schema(min_length = 1, max_length = 262_144, nullable = false)]
        component: Option<String>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        id: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        version: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        created_at: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        updated_at: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        created_by: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        usage_count: Option<Value>,
    }
    /// A schema and a component to be checked.
    ValidateWidget {
        /// JSON Schema (draft-07).
        #[schema(value_type = Object)]
        schema: Value,
        /// A JavaScript module with JSX.
        component: String,
    }
    /// A widget to give to a peer: named by `widgetId` or by `widgetKey`.
    AddPeerWidget {
        #[schema(nullable = false)]
        widget_id: Option<String>,
        /// One's own widget first, else the pre-built one.
        #[schema(max_length = 64, nullable = false)]
        widget_key: Option<String>,
        /// True if absent.
        #[schema(nullable = false)]
        enabled: Option<bool>,
        #[schema(nullable = false)]
        config: Option<BindingConfigInput>,
    }
    /// What to change of a peer's widget. What GET shows and nobody can change is ignored.
    UpdatePeerWidget {
        #[schema(nullable = false)]
        enabled: Option<bool>,
        /// Members that are named are replaced.
        #[schema(nullable = false)]
        config: Option<BindingConfigInput>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        id: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        peer_id: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        widget_id: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        widget_key: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        widget_name: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        added_at: Option<Value>,
    }
    /// How a peer uses a widget.
    BindingConfigInput {
        /// Spread into the component's props beside `data`.
        #[schema(value_type = Option<Object>, nullable = false)]
        default_props: Option<Value>,
        /// When false, messages for the peer bring no data and `defaultProps.data` is rendered; true if absent.
        #[schema(nullable = false)]
        allow_custom_data: Option<bool>,
    }
    /// A message to send.
    SendMessage {
        r#type: MessageTypeSchema,
        /// One's own widget first, else the pre-built one.
        #[schema(max_length = 64, example = "sales-dashboard")]
        widget_key: String,
        /// Fits the widget's schema; absent only for a peer whose widget allows no custom data.
        #[schema(value_type = Option<Object>, nullable = false)]
        data: Option<Value>,
        /// For people, and for clients that show no widgets.
        #[schema(max_length = 100_000)]
        text: Option<String>,
        /// Then the peer must have the widget, enabled.
        #[schema(max_length = 128, pattern = "^[A-Za-z0-9_.:-]+$")]
        peer_id: Option<String>,
    }
}

described! {
    /// Data to preview a widget with.
    PreviewWidget {
        /// Fits the schema of the version.
        #[schema(value_type = Object)]
        data: Value,
        /// Props beside it.
        #[schema(value_type = Option<Object>, nullable = false)]
        props: Option<Value>,
    }
}

/// 1 to 50 characters.
#[derive(ToSchema)]
#[schema(as = Tag, min_length = 1, max_length = 50)]
#[expect(dead_code, reason = "describes domain::widget::Tag")]
pub(super) struct TagSchema(String);

macro_rules! parameters {
    ($($(#[$attribute:meta])* $name:ident in $place:ident { $($(#[$field_attribute:meta])* $field:ident: $type:ty,)* })+) => {
        $(
            $(#[$attribute])*
            #[derive(IntoParams)]
            #[into_params(parameter_in = $place)]
            #[expect(dead_code, reason = "describes what http::request reads")]
            pub(super) struct $name { $($(#[$field_attribute])* pub $field: $type,)* }
        )+
    };
}

parameters! {
    WidgetIdPath in Path {
        /// The widget's id.
        #[param(rename = "widgetId")]
        widget_id: String,
    }
    VersionPath in Path {
        /// The number of the version, counted from 1.
        #[param(minimum = 1)]
        version: u32,
    }
    VersionQuery in Query {
        /// The number of the version; the current one if absent.
        #[param(minimum = 1)]
        version: Option<u32>,
    }
    PageQuery in Query {
        /// Counted from 1; 1 if absent.
        #[param(minimum = 1)]
        page: Option<u32>,
        /// Results per page; 20 if absent.
        #[param(minimum = 1, maximum = 100)]
        limit: Option<u32>,
    }
    WidgetKeyPath in Path {
        /// The key of a pre-built widget.
        #[param(rename = "widgetKey")]
        widget_key: String,
    }
    PeerIdPath in Path {
        /// The caller's own name for the peer.
        #[param(rename = "peerId", min_length = 1, max_length = 128, pattern = "^[A-Za-z0-9_.:-]+$")]
        peer_id: String,
    }
    PeerWidgetIdPath in Path {
        /// The binding's id.
        #[param(rename = "peerWidgetId")]
        peer_widget_id: String,
    }
    ConversationIdPath in Path {
        /// The caller's own name for the conversation.
        #[param(rename = "conversationId", min_length = 1, max_length = 128, pattern = "^[A-Za-z0-9_.:-]+$")]
        conversation_id: String,
    }
    MessageIdPath in Path {
        /// The message's id.
        #[param(rename = "messageId")]
        message_id: String,
    }
    IdempotencyKeyHeader in Header {
        /// Makes a retry safe: within 24 hours the same request under the same key is answered as the first was.
        #[param(rename = "Idempotency-Key", min_length = 1, max_length = 255)]
        idempotency_key: Option<String>,
    }
    IfMatchHeader in Header {
        /// The entity tag of the widget that the change is meant for.
        #[param(rename = "If-Match")]
        if_match: Option<String>,
    }
    IfNoneMatchHeader in Header {
        /// The entity tag of what the client has.
        #[param(rename = "If-None-Match")]
        if_none_match: Option<String>,
    }
    ListWidgetsQuery in Query {
        /// Counted from 1; 1 if absent.
        #[param(minimum = 1)]
        page: Option<u32>,
        /// Results per page; 20 if absent.
        #[param(minimum = 1, maximum = 100)]
        limit: Option<u32>,
        /// Only this category.
        category: Option<CategorySchema>,
        /// A substring of name, description or tags, in upper or lower case.
        #[param(max_length = 200)]
        search: Option<String>,
        /// Up to 20 tags joined by commas; all of them must be present.
        tags: Option<String>,
    }
    ListMessagesQuery in Query {
        /// Messages per answer; 50 if absent.
        #[param(minimum = 1, maximum = 100)]
        limit: Option<u32>,
        /// The `nextCursor` of an earlier answer.
        cursor: Option<String>,
    }
}
