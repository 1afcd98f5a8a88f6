use async_trait::async_trait;
use domain::access::Principal;
use schema::{
    Schema,
    field::FieldError,
    json::{JsonDocument, JsonText},
};

use crate::CheckError;

/// Checks schemas, and data against schemas (JSON Schema draft-07).
///
/// Schemas and data may be hostile. Whatever they hold, an answer takes at most 150 ms of one core, comes within 3 seconds,
/// and neither ends nor blocks the process: what takes longer is refused by name. No caller's input delays another
/// caller's cheap checks. `by` is the caller for whom the work is done.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait SchemaChecker: Send + Sync {
    /// Reads the text of a schema that is to be saved, and compiles it. A schema that is accepted can be checked with.
    ///
    /// Errors have paths that begin with `schema`, at most 50. A schema that takes more than 100 ms of processor time to read,
    /// or 25 ms to compile, is refused with one error that says so.
    async fn review(&self, text: JsonText, by: &Principal) -> Result<SchemaReview, CheckError>;

    /// What of `data` (at most 256 KiB, nested at most 64 deep) does not fit `schema`, one that [`review`](Self::review)
    /// accepted; empty when all fits.
    ///
    /// At most 50 errors, with paths that begin with `root` and the reference's wording: `Expected number, received string`
    /// at the value, `Required field 'x' is missing` at the object that lacks it. Data whose check with its explanation
    /// takes more than 100 ms of processor time is refused with
    /// [`Plan::too_expensive_errors`](schema::Plan::too_expensive_errors).
    async fn check_data(
        &self,
        schema: &Schema,
        data: &JsonDocument,
        root: &str,
        by: &Principal,
    ) -> Result<Vec<FieldError>, CheckError>;

    /// The index of the first of `candidates` that fits. Candidates whose check is not cheap are skipped.
    async fn first_fitting(
        &self,
        schema: &Schema,
        candidates: &[JsonDocument],
        by: &Principal,
    ) -> Result<Option<usize>, CheckError>;
}

/// What a review of a schema found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaReview {
    /// The schema, if it may be saved, or all that is wrong with it.
    pub verdict: Result<Schema, Vec<FieldError>>,
    /// Advice, as sentences.
    pub warnings: Vec<String>,
}
