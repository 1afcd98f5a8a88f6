use std::fmt;

use domain::component::ComponentError;
use schema::field::FieldError;

use super::{folder::File, place};
use crate::command::text::Escaped;

/// Something to say about a file, as compilers say it: `component.jsx:5:12: error: … [code]`.
pub(super) struct Finding {
    pub(super) file: String,
    /// Absent where it is about the file as a whole.
    pub(super) place: Option<Place>,
    pub(super) severity: Severity,
    pub(super) message: String,
    /// The rule, where rules have names.
    pub(super) code: Option<String>,
}

/// Line and column, both counted from 1, the column in UTF-16 units: what an editor goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: u32,
    pub(super) column: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Severity {
    /// The service would refuse the widget.
    Error,
    /// The service would take it.
    Warning,
}

impl Finding {
    /// A field of a JSON file. `root` is what the field's path begins with.
    pub(super) fn field(file: &File, root: &str, error: FieldError) -> Self {
        let place = place::of_field(&file.text, root, &error.field);
        let message = match error.field.as_str() {
            "" => error.message,
            field => format!("{field}: {}", error.message),
        };
        Self { file: file.name.clone(), place: Some(place), severity: Severity::Error, message, code: None }
    }

    /// Text that is no JSON.
    pub(super) fn malformed(file: &File, error: &serde_json::Error) -> Self {
        let (place, message) = place::of_syntax_error(&file.text, error);
        let message = format!("Invalid JSON: {message}");
        Self { file: file.name.clone(), place: Some(place), severity: Severity::Error, message, code: None }
    }

    /// A JSON file that begins as some editors begin a text in UTF-8.
    pub(super) fn byte_order_mark(file: &File) -> Self {
        let message = "Invalid JSON: begins with a byte order mark (U+FEFF); save the file without it".to_owned();
        let place = Some(Place { line: 1, column: 1 });
        Self { file: file.name.clone(), place, severity: Severity::Error, message, code: None }
    }

    /// A place in a component.
    pub(super) fn component(file: &File, error: ComponentError) -> Self {
        let place = Place { line: error.line, column: error.column };
        Self {
            file: file.name.clone(),
            place: Some(place),
            severity: Severity::Error,
            message: error.message,
            code: Some(error.code),
        }
    }

    /// Advice.
    pub(super) fn warning(file: &File, message: String) -> Self {
        Self { file: file.name.clone(), place: None, severity: Severity::Warning, message, code: None }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", Escaped(&self.file))?;
        if let Some(Place { line, column }) = self.place {
            write!(f, "{line}:{column}:")?;
        }
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, " {severity}: {}", Escaped(&self.message))?;
        self.code.iter().try_for_each(|code| write!(f, " [{code}]"))
    }
}
