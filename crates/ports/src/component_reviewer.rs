use async_trait::async_trait;
use domain::{
    component::{ComponentError, ComponentSource},
    id::ApiKeyId,
    module::CompiledModule,
};

use crate::CheckError;

/// Checks the sources of components and compiles them to the modules that browsers load.
///
/// A source may be hostile. Whatever it holds, the answer comes within 3 seconds of the call and the service keeps running. A
/// source that makes the reviewer crash, time out or run out of memory is refused with an error in line 1 with code
/// `too-complex`. A review that other reviews delay beyond that time fails with [`CheckError::Overloaded`]. `caller` sent the
/// source: callers that send hostile sources, however many, do not delay the reviews of others.
///
/// A module is one ES module whose default export is the component. It imports only from `react` and `react/jsx-runtime`,
/// behaves as the source, and has a source map. Every process of one build compiles the same source to the same module, byte
/// for byte, on every machine.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait ComponentReviewer: Send + Sync {
    /// Checks syntax, semantics and policy, and compiles what has no errors. The same source always gets the same review.
    async fn review(&self, source: &ComponentSource, caller: ApiKeyId) -> Result<ComponentReview, CheckError>;

    /// Compiles a source that was accepted when it was saved, also if the current policy refuses it: its messages must always
    /// render.
    async fn compile_stored(&self, source: &ComponentSource, caller: ApiKeyId) -> Result<ComponentReview, CheckError>;
}

/// What a review of a component found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentReview {
    /// The module, or what is wrong with the source: at most [`limits::ERRORS`](domain::limits::ERRORS) errors, in the order of
    /// the source.
    pub verdict: Result<CompiledModule, Vec<ComponentError>>,
    /// Advice, as sentences. Inline styles give exactly
    /// [`INLINE_STYLE_WARNING`](domain::component::INLINE_STYLE_WARNING), once.
    pub warnings: Vec<String>,
}

impl ComponentReview {
    /// A review without warnings.
    pub fn new(verdict: Result<CompiledModule, Vec<ComponentError>>) -> Self {
        Self { verdict, warnings: Vec::new() }
    }

    /// What is wrong with the source; empty if it is accepted.
    pub fn errors(&self) -> &[ComponentError] {
        self.verdict.as_ref().err().map_or(&[], Vec::as_slice)
    }
}
