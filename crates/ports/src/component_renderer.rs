//! The port that renders components without a browser.

use std::fmt;

use async_trait::async_trait;
use domain::{id::ApiKeyId, module::CompiledModule};
use schema::json::JsonText;

use crate::CheckError;

/// Maximum size of a rendered text, in bytes of UTF-8.
pub const MAX_RENDERED_TEXT_BYTES: usize = 10 * 1024;

/// Maximum number of warnings in a report.
pub const MAX_RENDER_WARNINGS: usize = 20;

/// Renders components to HTML once, to find what they throw and what React warns of.
///
/// It is no browser: effects do not run, timers do not fire, error boundaries do not catch, and nothing has a size. What a
/// component reads of a browser while it renders has plausible values. So a report without an error is no proof that a browser
/// shows the component, and its text may differ in numbers and dates.
///
/// A module may be hostile. Whatever it does, a call returns within 5 seconds and the service keeps running: the module runs
/// for at most 2 seconds of processor time and in at most 256 MiB of memory, in a process that can be killed and has neither
/// files nor a network. No render sees anything of another. A module that exceeds a limit gets a report with an error. A
/// render that others delay fails with [`CheckError::Overloaded`]. `caller` is the API key that sent the source.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait ComponentRenderer: Send + Sync {
    /// Renders the default export of a module with the props that a frame passes: `theme`, `locale`, `dir`, the members of
    /// `props` (a JSON object), `data` (JSON) and `onAction`.
    async fn render(
        &self,
        module: &CompiledModule,
        data: &JsonText,
        props: &JsonText,
        caller: ApiKeyId,
    ) -> Result<RenderReport, CheckError>;
}

/// The result of a render.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderReport {
    /// What the component shows, or the first error that it threw.
    pub outcome: Result<RenderedText, RenderError>,
    /// What React warned of until then, without duplicates: at most [`MAX_RENDER_WARNINGS`].
    pub warnings: Vec<RenderWarning>,
}

/// The text of the HTML, as a reader of the page would read it: elements that begin a line begin a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RenderedText {
    /// The text, at most [`MAX_RENDERED_TEXT_BYTES`].
    pub text: String,
    /// Whether the end was cut off.
    pub is_truncated: bool,
}

/// What a component threw, or the limit that it exceeded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderError {
    /// What is wrong, in one line.
    pub message: String,
    /// The innermost position in the component's source, if the error names one.
    pub position: Option<SourcePosition>,
}

/// Something that React, or the render, warns of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderWarning {
    /// What is wrong, in one line.
    pub message: String,
    /// Where in the component's source the element was written, if React knows it.
    pub position: Option<SourcePosition>,
}

impl fmt::Display for RenderWarning {
    /// Writes the warning as a sentence of the API.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(SourcePosition { line, column }) = self.position {
            write!(f, "Line {line}, column {column}: ")?;
        }
        f.write_str(&self.message)
    }
}

/// A position in the source of a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourcePosition {
    /// Line, counted from 1.
    pub line: u32,
    /// Column in UTF-16 code units, counted from 1, as editors show it.
    pub column: u32,
}
