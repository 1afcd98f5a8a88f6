//! The source of a component, and the errors found in it.

use std::{fmt, sync::Arc};

use schema::field::Invalid;
use serde::{Deserialize, Serialize};

use crate::limits;

/// The reference's warning about components with inline styles, verbatim.
pub const INLINE_STYLE_WARNING: &str = "Component uses inline styles which may not be optimal";

/// The text of one module, in JavaScript or TypeScript, with JSX: at most 256 KiB, not blank, no NUL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentSource(Arc<str>);

impl ComponentSource {
    /// Accepts text that meets the conditions above. Only a review finds out whether the text is a valid component.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text.len() > limits::MAX_COMPONENT_BYTES {
            return Err(Invalid::new(format!(
                "Component is {} bytes long; at most {} are allowed",
                text.len(),
                limits::MAX_COMPONENT_BYTES
            )));
        }
        if text.contains('\0') {
            return Err(Invalid::new("Must not contain NUL characters"));
        }
        if text.trim().is_empty() {
            return Err(Invalid::new("Must not be empty"));
        }
        Ok(Self(text.into()))
    }

    /// Accepts text that was checked when it was stored.
    pub fn from_stored(text: String) -> Self {
        Self(text.into())
    }

    /// The source as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The language of a component's source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// JavaScript with JSX.
    #[default]
    Jsx,
    /// TypeScript with JSX. Its types are erased when the component is compiled.
    Tsx,
}

impl Language {
    /// The name of the language in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jsx => "jsx",
            Self::Tsx => "tsx",
        }
    }
}

/// One error in a component's source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentError {
    /// Line, counted from 1.
    pub line: u32,
    /// Column in UTF-16 code units, counted from 1, as editors show it.
    pub column: u32,
    /// What is wrong and how to fix it; a syntax error begins with `Syntax error: `.
    pub message: String,
    /// The violated rule, as listed in `docs/component-checking.md`: `syntax`, `no-eval`, …
    pub code: String,
}

/// Something in a component's source that is accepted but that its author should change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentWarning {
    /// Line, counted from 1.
    pub line: u32,
    /// Column in UTF-16 code units, counted from 1, as editors show it.
    pub column: u32,
    /// What is wrong and how to fix it.
    pub message: String,
    /// The violated rule, as listed in `docs/component-checking.md`: `missing-key`, …
    pub code: String,
}

impl fmt::Display for ComponentWarning {
    /// Writes the warning as a sentence of the API. The reference's warning about inline styles has no position.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.message != INLINE_STYLE_WARNING {
            write!(f, "Line {}, column {}: ", self.line, self.column)?;
        }
        f.write_str(&self.message)
    }
}
