//! Descriptions of values that requests and answers share, for the OpenAPI document.

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

/// 1 to 50 characters without commas, and without white space at its ends.
#[derive(ToSchema)]
#[schema(as = Tag, min_length = 1, max_length = 50, pattern = r"^[^,\u0000-\u0020\u007F-\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]([^,\u0000-\u001F\u007F-\u009F]*[^,\u0000-\u0020\u007F-\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000])?$")]
#[expect(dead_code, reason = "describes domain::widget::Tag")]
pub(crate) struct TagSchema(String);

/// The language of a component: whether it contains TypeScript.
#[derive(ToSchema)]
#[schema(as = Language, rename_all = "lowercase")]
#[expect(dead_code, reason = "describes domain::component::Language")]
pub(crate) enum LanguageSchema {
    Jsx,
    Tsx,
}

/// Whether a component is styled with Tailwind CSS. `auto`: if it uses utility classes.
#[derive(ToSchema)]
#[schema(as = Styles, rename_all = "lowercase")]
#[expect(dead_code, reason = "describes domain::styles::Styles")]
pub(crate) enum StylesSchema {
    Auto,
    Tailwind,
    None,
}

/// What a widget loads from other origins. A browser is only allowed those that the operator allows too.
#[derive(ToSchema)]
#[schema(as = Resources)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "describes domain::resources::Resources")]
pub(crate) struct ResourcesSchema {
    /// For images.
    #[schema(max_items = 10, nullable = false)]
    images: Option<Vec<OriginSchema>>,
    /// For fonts.
    #[schema(max_items = 10, nullable = false)]
    fonts: Option<Vec<OriginSchema>>,
    /// For `fetch` and `XMLHttpRequest`. A component may use them only with an origin here.
    #[schema(max_items = 10, nullable = false)]
    connect: Option<Vec<OriginSchema>>,
}

/// An origin as browsers write it: `https`, a host in lower case and, unless it is 443, a port.
#[derive(ToSchema)]
#[schema(as = Origin, max_length = 267, pattern = r"^https://([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?(:([1-9][0-9]?|[1-35-9][0-9]{2}|4[0-35-9][0-9]|44[0-24-9]|[1-9][0-9]{3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$", example = "https://cdn.example.com")]
#[expect(dead_code, reason = "describes domain::origin::Origin")]
pub(crate) struct OriginSchema(String);
