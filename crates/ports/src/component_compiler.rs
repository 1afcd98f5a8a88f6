use async_trait::async_trait;
use domain::{
    component::{ComponentReport, ComponentSource},
    id::ApiKeyId,
    module::CompiledModule,
};

use crate::CheckError;

/// Compiles a component to the module that a browser loads.
///
/// A module is one ES module whose default export is the component. It imports only from `react` and `react/jsx-runtime`,
/// behaves as the source, and has a source map. Every process of one build makes the same module of the same source, byte for
/// byte, on every machine.
///
/// Hostile sources and the time of an answer have the limits of [`ComponentChecker`](crate::ComponentChecker).
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait ComponentCompiler: Send + Sync {
    /// Checks a source that is to be saved, with the same report as the checker, and compiles it in the same job if it is
    /// accepted. There is a module exactly when there are no errors.
    async fn compile(&self, source: &ComponentSource, caller: ApiKeyId) -> Result<Compilation, CheckError>;

    /// Compiles a source that was accepted when it was saved, also if the current rules refuse it: its messages must always
    /// render. There is a module exactly when there are no errors.
    async fn compile_kept(&self, source: &ComponentSource, caller: ApiKeyId) -> Result<Compilation, CheckError>;
}

/// The result of checking and compiling a source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compilation {
    /// What the check found.
    pub report: ComponentReport,
    /// The module.
    pub module: Option<CompiledModule>,
}
