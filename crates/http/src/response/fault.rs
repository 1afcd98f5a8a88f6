/// Why the service failed: for the log, never for the answer.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(super) what: &'static str,
    pub(super) cause: String,
}

impl Fault {
    /// Logs it under the request's id.
    pub(crate) fn log(&self, id: &str, method: &str, path: &str) {
        tracing::error!(id, method, path, cause = self.cause, "{}", self.what);
    }
}
