//! The port that checks and compiles components.

use async_trait::async_trait;
use domain::{
    component::{ComponentError, ComponentSource, ComponentWarning, Language},
    id::ApiKeyId,
    module::CompiledModule,
    resources::Resources,
    styles::Styles,
};

use crate::CheckError;

/// Checks the sources of components and compiles them to the modules that browsers load.
///
/// A source may be hostile. Whatever it contains, a call returns within 3 seconds and the service keeps running. A source that
/// makes the reviewer crash, time out or run out of memory is refused with an error in line 1 with code `too-complex`. A
/// review that other reviews delay beyond 3 seconds fails with [`CheckError::Overloaded`]. `caller` is the API key that sent
/// the source: any number of callers that send hostile sources do not delay the reviews of other callers.
///
/// A module is one ES module whose default export is the component. It imports only what the frame provides (`react`,
/// `react/jsx-runtime`, `react-dom`) and files of the service's library set, behaves like the source, and has a source map. Every process of one build compiles the same source to the same module,
/// byte for byte, on every machine.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait ComponentReviewer: Send + Sync {
    /// Checks syntax, semantics and policy, and compiles a source without errors. The same source with the same settings always
    /// gets the same review.
    ///
    /// A component may make requests only if it declares origins for that. The module does not depend on the resources.
    async fn review(
        &self,
        source: &ComponentSource,
        settings: &ReviewSettings,
        caller: ApiKeyId,
    ) -> Result<ComponentReview, CheckError>;

    /// Compiles a source that was accepted when it was saved, even if the current policy refuses it, so that stored messages
    /// can be rendered. It fails only for imports that this build's libraries do not answer: their module would not load.
    async fn compile_stored(
        &self,
        source: &ComponentSource,
        styles: Styles,
        caller: ApiKeyId,
    ) -> Result<ComponentReview, CheckError>;
}

/// What a widget declares about its component.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReviewSettings {
    /// What it loads from other origins.
    pub resources: Resources,
    /// Whether it is styled with Tailwind CSS.
    pub styles: Styles,
}

/// The result of a component review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentReview {
    /// The module, or the errors in the source: at most [`limits::MAX_ERRORS`](domain::limits::MAX_ERRORS), in source order.
    pub outcome: Result<CompiledModule, Vec<ComponentError>>,
    /// The warnings about the source: at most [`limits::MAX_ERRORS`](domain::limits::MAX_ERRORS), in source order. Inline styles
    /// cause exactly one, [`INLINE_STYLE_WARNING`](domain::component::INLINE_STYLE_WARNING).
    pub warnings: Vec<ComponentWarning>,
    /// The language of the source; `None` if it could not be parsed.
    pub language: Option<Language>,
}

impl ComponentReview {
    /// A review without warnings and language.
    pub fn new(outcome: Result<CompiledModule, Vec<ComponentError>>) -> Self {
        Self { outcome, warnings: Vec::new(), language: None }
    }

    /// The errors in the source; empty if it is accepted.
    pub fn errors(&self) -> &[ComponentError] {
        self.outcome.as_ref().err().map_or(&[], Vec::as_slice)
    }
}
