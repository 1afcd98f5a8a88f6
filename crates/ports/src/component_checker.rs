use async_trait::async_trait;
use domain::{
    component::{ComponentReport, ComponentSource},
    id::ApiKeyId,
};

use crate::CheckError;

/// Tells whether a source is a component that may be saved.
///
/// A source may be hostile. Whatever it holds, the answer comes within 3 seconds of the call and the service goes on: a
/// source that kills, hangs or bloats the checker is reported as an error in line 1 with code `too-complex`, and a check
/// that cannot be done in that time because of others is turned away.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait ComponentChecker: Send + Sync {
    /// Checks syntax, semantics and policy. The same source always gets the same report.
    ///
    /// `caller` is whom the work is done for: callers who keep sending hostile sources, however many, must not keep
    /// another's honest ones from being checked.
    async fn check(&self, source: &ComponentSource, caller: ApiKeyId) -> Result<ComponentReport, CheckError>;
}
