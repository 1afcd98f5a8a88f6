use async_trait::async_trait;
use domain::{
    component::{ComponentReport, ComponentSource},
    id::ApiKeyId,
};

use crate::CheckError;

/// Checks whether a source is a component that may be saved.
///
/// A source may be hostile. Whatever it holds, the answer comes within 3 seconds of the call and the service keeps running. A
/// source that makes the checker crash, time out or run out of memory is an error in line 1 with code `too-complex`. A
/// check that other checks delay beyond that time fails with [`CheckError::Overloaded`].
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait ComponentChecker: Send + Sync {
    /// Checks syntax, semantics and policy. The same source always gets the same report.
    ///
    /// `caller` sent the source. Callers that send hostile sources, however many, do not delay the checks of others.
    async fn check(&self, source: &ComponentSource, caller: ApiKeyId) -> Result<ComponentReport, CheckError>;
}
