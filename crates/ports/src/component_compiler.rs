use async_trait::async_trait;
use domain::{
    component::{ComponentReport, ComponentSource},
    id::ApiKeyId,
    module::CompiledModule,
};

use crate::CheckError;

/// Makes of a component the module that a browser loads.
///
/// A module is one ES module whose default export is the component. It imports from `react` and `react/jsx-runtime` and from
/// nowhere else, means what the source means, and has a source map. The same source always gets the same module, to the
/// byte, from every process of one build on every machine.
///
/// What [`ComponentChecker`](crate::ComponentChecker) promises of hostile sources and of the time that an answer takes holds
/// here too.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait ComponentCompiler: Send + Sync {
    /// Checks a source that is to be saved, with the report that the checker gives, and compiles it in the same trip if it is
    /// accepted. There is a module exactly when there are no errors.
    async fn compile(&self, source: &ComponentSource, caller: ApiKeyId) -> Result<Compilation, CheckError>;

    /// Compiles a source that was accepted when it was saved, whatever today's rules say of it: what a message was sent with
    /// must render for ever. There is a module exactly when there are no errors.
    async fn compile_kept(&self, source: &ComponentSource, caller: ApiKeyId) -> Result<Compilation, CheckError>;
}

/// What became of a source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compilation {
    /// What the check found.
    pub report: ComponentReport,
    /// The module.
    pub module: Option<CompiledModule>,
}
