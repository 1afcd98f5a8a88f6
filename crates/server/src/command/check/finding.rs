//! Findings of `widgetd check`, printed like compiler diagnostics.

use std::{fmt, path::Path};

use domain::component::{ComponentError, ComponentWarning};
use schema::field::FieldError;
use serde_json::{Value, json};

use super::{folder::File, position};
use crate::command::text::Escaped;

/// An error or a warning about a file. It is printed as `component.jsx:5:12: error: … [code]`.
pub(super) struct Finding {
    pub(super) file: String,
    /// Absent if the finding concerns the file as a whole.
    pub(super) position: Option<Position>,
    pub(super) severity: Severity,
    pub(super) message: String,
    /// The code of the violated rule, if it has one.
    pub(super) code: Option<String>,
}

/// Line and column as editors show them: both counted from 1, the column in UTF-16 code units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) line: u32,
    pub(super) column: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Severity {
    /// The service would refuse the widget.
    Error,
    /// The service would accept the widget.
    Warning,
}

impl Severity {
    fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl Finding {
    /// The finding as `--json` prints it.
    pub(super) fn to_json(&self) -> Value {
        let Self { file, message, .. } = self;
        let mut members = json!({ "file": file, "severity": self.severity.name(), "message": message });
        if let Some(Position { line, column }) = self.position {
            members["line"] = line.into();
            members["column"] = column.into();
        }
        if let Some(code) = &self.code {
            members["code"] = code.as_str().into();
        }
        members
    }

    /// An error in a field of a JSON file. The paths of all fields begin with `root`.
    pub(super) fn field(file: &File, root: &str, error: FieldError) -> Self {
        let position = position::of_field(&file.text, root, &error.field);
        let message = match error.field.as_str() {
            "" => error.message,
            field => format!("{field}: {}", error.message),
        };
        Self { file: file.name.clone(), position: Some(position), severity: Severity::Error, message, code: None }
    }

    /// Text that is not JSON.
    pub(super) fn malformed(file: &File, error: &serde_json::Error) -> Self {
        let (position, message) = position::of_syntax_error(&file.text, error);
        let message = format!("Invalid JSON: {message}");
        Self { file: file.name.clone(), position: Some(position), severity: Severity::Error, message, code: None }
    }

    /// A JSON file that begins with a byte order mark, as some editors write it.
    pub(super) fn byte_order_mark(file: &File) -> Self {
        let message = "Invalid JSON: begins with a byte order mark (U+FEFF); save the file without it".to_owned();
        let position = Some(Position { line: 1, column: 1 });
        Self { file: file.name.clone(), position, severity: Severity::Error, message, code: None }
    }

    /// An error in a component.
    pub(super) fn component(file: &File, error: ComponentError) -> Self {
        let position = Position { line: error.line, column: error.column };
        Self {
            file: file.name.clone(),
            position: Some(position),
            severity: Severity::Error,
            message: error.message,
            code: Some(error.code),
        }
    }

    /// A warning about a component.
    pub(super) fn component_warning(file: &File, warning: ComponentWarning) -> Self {
        let position = Position { line: warning.line, column: warning.column };
        Self {
            file: file.name.clone(),
            position: Some(position),
            severity: Severity::Warning,
            message: warning.message,
            code: Some(warning.code),
        }
    }

    /// A path that names neither a widget nor a component.
    pub(super) fn unreadable(path: &Path, reason: String) -> Self {
        let file = path.display().to_string();
        Self { file, position: None, severity: Severity::Error, message: reason, code: None }
    }

    /// A warning about a file.
    pub(super) fn warning(file: &File, message: String) -> Self {
        Self { file: file.name.clone(), position: None, severity: Severity::Warning, message, code: None }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", Escaped(&self.file))?;
        if let Some(Position { line, column }) = self.position {
            write!(f, "{line}:{column}:")?;
        }
        write!(f, " {}: {}", self.severity.name(), Escaped(&self.message))?;
        self.code.iter().try_for_each(|code| write!(f, " [{code}]"))
    }
}
