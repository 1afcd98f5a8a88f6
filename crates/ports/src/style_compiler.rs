//! The port that makes style sheets of utility classes.

/// Makes the style sheet of a component's utility classes. It is called in worker processes, so it may be slow and may be killed.
///
/// The same candidates always give the same style sheet. A candidate that is no utility class adds nothing. The caller passes only
/// candidates whose text cannot end a rule.
pub trait StyleCompiler: Send + Sync {
    /// Makes the style sheet of these candidates, which are sorted.
    fn compile(&self, candidates: &[&str]) -> Result<String, StyleError>;
}

/// Why there is no style sheet.
#[derive(Debug, thiserror::Error)]
pub enum StyleError {
    /// The classes exceed a limit, which the text names.
    #[error("{0}")]
    TooComplex(String),
    /// The compiler failed. The text is for the log.
    #[error("{0}")]
    Internal(String),
}
