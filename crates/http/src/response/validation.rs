use domain::component::{ComponentError, Language};
use ports::{RenderError, RenderedText, SourcePosition};
use schema::field::FieldError;
use serde::Serialize;
use utoipa::ToSchema;

/// What a validation found.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Validation)]
pub(crate) struct ValidationView {
    /// Whether all may be saved.
    pub(crate) valid: bool,
    pub(crate) schema_valid: bool,
    pub(crate) component_valid: bool,
    pub(crate) errors: Vec<ValidationError>,
    /// Advice, as sentences.
    pub(crate) warnings: Vec<String>,
    /// The language of the component; absent if its syntax is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<crate::schemas::LanguageSchema>, nullable = false)]
    pub(crate) language: Option<Language>,
    /// Present and true if the component gets a style sheet of Tailwind CSS.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub(crate) tailwind: bool,
    /// What the component shows; absent if it was not rendered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) rendered: Option<RenderedView>,
    /// What the component imports, sorted; absent if it imports no library.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = json!(["react", "recharts"]))]
    pub(crate) imports: Option<Vec<String>>,
    /// The number of the library set; absent if it imports no library.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) library_set: Option<u32>,
    /// What a browser loads, in bytes with gzip: module, style sheet and files of libraries, without the frame; absent if it imports no
    /// library.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) load_bytes: Option<u64>,
}

/// What a component shows.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Rendered)]
pub(crate) struct RenderedView {
    /// The text, at most 10 KiB.
    text: String,
    /// Whether the end of the text is missing.
    truncated: bool,
}

impl From<RenderedText> for RenderedView {
    fn from(RenderedText { text, is_truncated }: RenderedText) -> Self {
        Self { text, truncated: is_truncated }
    }
}

/// One thing that is wrong.
#[derive(Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(crate) enum ValidationError {
    /// In the schema.
    Schema {
        /// The path, as JavaScript would write it.
        field: String,
        message: String,
    },
    /// In the resources.
    Resources {
        /// The path, as JavaScript would write it.
        field: String,
        message: String,
    },
    /// In the setting of styles.
    Styles {
        /// The path, as JavaScript would write it.
        field: String,
        message: String,
    },
    /// In the data to render with.
    Data {
        /// The path, as JavaScript would write it.
        field: String,
        message: String,
    },
    /// In the component.
    Component {
        /// Counted from 1.
        line: u32,
        /// In UTF-16 units, counted from 1.
        column: u32,
        message: String,
        /// The rule, as docs/component-checking.md lists it; `render` if it threw when it was rendered.
        code: String,
    },
}

impl From<FieldError> for ValidationError {
    fn from(FieldError { field, message }: FieldError) -> Self {
        Self::Schema { field, message }
    }
}

impl ValidationError {
    /// What a component threw when it was rendered. Without a position it is that of the beginning.
    pub(crate) fn of_render(RenderError { message, position }: &RenderError) -> Self {
        let SourcePosition { line, column } = position.unwrap_or(SourcePosition { line: 1, column: 1 });
        Self::Component { line, column, message: message.clone(), code: "render".to_owned() }
    }

    pub(crate) fn is_of_component(&self) -> bool {
        matches!(self, Self::Component { .. })
    }
}

impl From<ComponentError> for ValidationError {
    fn from(ComponentError { line, column, message, code }: ComponentError) -> Self {
        Self::Component { line, column, message, code }
    }
}
