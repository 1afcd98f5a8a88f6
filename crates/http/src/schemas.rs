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

/// 1 to 50 characters.
#[derive(ToSchema)]
#[schema(as = Tag, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u001F\u007F-\u009F]*[^\u0000-\u0020\u007F-\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000][^\u0000-\u001F\u007F-\u009F]*$")]
#[expect(dead_code, reason = "describes domain::widget::Tag")]
pub(crate) struct TagSchema(String);
