//! The bodies of requests.

use serde_json::Value;
use utoipa::ToSchema;

/// The reference's categories.
#[derive(ToSchema)]
#[schema(as = Category, rename_all = "kebab-case")]
#[expect(dead_code, reason = "describes domain::widget::Category")]
pub(crate) enum CategorySchema {
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
pub(crate) enum MessageTypeSchema {
    Widget,
}

macro_rules! described {
    ($($(#[$attribute:meta])* $name:ident { $($(#[$field_attribute:meta])* $field:ident: $type:ty,)* })+) => {
        $(
            $(#[$attribute])*
            #[derive(ToSchema)]
            #[serde(rename_all = "camelCase", deny_unknown_fields)]
            #[expect(dead_code, reason = "describes what http::request reads by hand, to name every wrong field at once")]
            pub(crate) struct $name { $($(#[$field_attribute])* pub $field: $type,)* }
        )+
    };
}

described! {
    /// A new widget.
    CreateWidget {
        /// Unique in the workspace, for ever the same.
        #[schema(max_length = 64, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$", example = "sales-dashboard")]
        key: String,
        #[schema(min_length = 1, max_length = 120, pattern = r"^[^\u0000-\u001F\u007F-\u009F]*[^\u0000-\u0020\u007F-\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000][^\u0000-\u001F\u007F-\u009F]*$", example = "Sales Dashboard")]
        name: String,
        #[schema(max_length = 2000, pattern = r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$", nullable = false)]
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
        #[schema(nullable = false)]
        key: Option<String>,
        #[schema(min_length = 1, max_length = 120, pattern = r"^[^\u0000-\u001F\u007F-\u009F]*[^\u0000-\u0020\u007F-\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000][^\u0000-\u001F\u007F-\u009F]*$", nullable = false)]
        name: Option<String>,
        #[schema(max_length = 2000, pattern = r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$", nullable = false)]
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
    /// A schema and a component to be checked. Whatever is sent as either is looked at, and told to be wrong in the answer.
    ValidateWidget {
        /// JSON Schema (draft-07).
        #[schema(value_type = Option<Value>)]
        schema: Option<Value>,
        /// A JavaScript module with JSX.
        #[schema(value_type = Option<Value>)]
        component: Option<Value>,
    }
    /// A widget to give to a peer, named by its id.
    AddPeerWidgetById {
        #[schema(example = "widget_01k9x2m5f3e8h9s4t6v7w8x9y0")]
        widget_id: String,
        /// True if absent.
        #[schema(nullable = false)]
        enabled: Option<bool>,
        #[schema(nullable = false)]
        config: Option<BindingConfigInput>,
    }
    /// A widget to give to a peer, named by its key.
    AddPeerWidgetByKey {
        /// One's own widget first, else the pre-built one.
        #[schema(max_length = 64, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$", example = "sales-dashboard")]
        widget_key: String,
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
        #[schema(max_length = 64, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$", example = "sales-dashboard")]
        widget_key: String,
        /// Fits the widget's schema; absent only for a peer whose widget allows no custom data.
        #[schema(value_type = Option<Object>, nullable = false)]
        data: Option<Value>,
        /// For people, and for clients that show no widgets.
        #[schema(max_length = 100_000, pattern = r"^[^\u0000]*$")]
        text: Option<String>,
        /// Then the peer must have the widget, enabled.
        #[schema(max_length = 128, pattern = r"^([A-Za-z0-9_:-]|\.[A-Za-z0-9_:-]|\.\.[A-Za-z0-9_.:-])[A-Za-z0-9_.:-]*$")]
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

/// A widget to give to a peer: named by its id or by its key, not by both.
#[derive(ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes what http::request reads by hand")]
pub(crate) enum AddPeerWidget {
    ById(AddPeerWidgetById),
    ByKey(AddPeerWidgetByKey),
}

/// 1 to 50 characters.
#[derive(ToSchema)]
#[schema(as = Tag, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u001F\u007F-\u009F]*[^\u0000-\u0020\u007F-\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000][^\u0000-\u001F\u007F-\u009F]*$")]
#[expect(dead_code, reason = "describes domain::widget::Tag")]
pub(crate) struct TagSchema(String);
