//! Compiles class names to a style sheet.

/// Compiles the utility classes of a component to CSS, as Tailwind does.
///
/// Synchronous: it runs inside of a worker process, which may be killed.
pub trait StyleCompiler: Send + Sync {
    /// The style sheet for these class names. Candidates that are no utilities add nothing. The same candidates in the same order
    /// give the same text, whatever was compiled before.
    fn compile(&self, candidates: &[&str]) -> Result<String, StyleError>;
}

/// Why class names were not compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StyleError {
    /// They exceed a limit of time, memory or size.
    #[error("the class names take too much time or memory")]
    TooComplex,
    /// The compiler failed.
    #[error("{0}")]
    Internal(String),
}
