//! The port that checks schemas, and data against schemas.

use async_trait::async_trait;
use domain::access::Principal;
use schema::{
    Schema,
    field::FieldError,
    json::{JsonDocument, JsonText},
};

use crate::CheckError;

/// Checks schemas, and data against schemas (JSON Schema draft-07, 2019-09 and 2020-12).
///
/// Schemas and data may be hostile. Whatever they contain, a call takes at most 150 ms of processor time, returns within 3
/// seconds, and neither ends nor blocks the process; input that would take longer is refused with an error that says so. No
/// caller's input delays another caller's cheap checks. `by` is the caller on whose behalf the check runs.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait SchemaChecker: Send + Sync {
    /// Parses and compiles the text of a schema that a caller wants to save. Data can be checked against an accepted schema.
    ///
    /// A review returns at most 50 errors, with paths that begin with `schema`. A schema that takes more than 100 ms of
    /// processor time to parse, or 25 ms to compile, is refused with one error that says so.
    async fn review(&self, text: JsonText, by: &Principal) -> Result<SchemaReview, CheckError>;

    /// Checks `data` (at most 256 KiB, nested at most 64 deep) against a schema that [`review`](Self::review) accepted, and
    /// returns the errors; none if the data is valid.
    ///
    /// It returns at most 50 errors, with paths that begin with `root` and the reference's wording: `Expected number, received
    /// string` at the value, `Required field 'x' is missing` at the object that lacks it. Data for which the check and its
    /// explanation take more than 100 ms of processor time is refused with
    /// [`Plan::too_expensive_errors`](schema::Plan::too_expensive_errors).
    async fn check_data(
        &self,
        schema: &Schema,
        data: &JsonDocument,
        root: &str,
        by: &Principal,
    ) -> Result<Vec<FieldError>, CheckError>;

    /// Returns the index of the first of `candidates` that is valid. It skips candidates whose check is not cheap.
    async fn first_fitting(
        &self,
        schema: &Schema,
        candidates: &[JsonDocument],
        by: &Principal,
    ) -> Result<Option<usize>, CheckError>;
}

/// The result of a schema review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaReview {
    /// The schema if it is accepted, or its errors.
    pub outcome: Result<Schema, Vec<FieldError>>,
    /// Warnings, as sentences.
    pub warnings: Vec<String>,
}
