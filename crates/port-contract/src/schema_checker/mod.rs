//! What every [`SchemaChecker`] is held to. [`all`] runs the lot; `docs/schema-checking.md` tells what stands behind it.

mod hostile;
mod patterns;
mod random;
mod suite;
mod verdicts;
mod words;

use domain::{
    access::{Permissions, Principal},
    id::ApiKeyId,
    names::{UserId, WorkspaceId},
};
use schema::{
    Schema,
    field::FieldError,
    json::{JsonDocument, JsonText},
};
use serde_json::{Value, json};
use uuid::Uuid;

pub use self::{
    hostile::{
        Hostile, Outcome, cost_cases, hostile_cases, hostile_schemas_are_answered, limit_cases,
        limits_are_exact_and_small_enough,
    },
    patterns::{patterns_mean_what_they_mean_in_ecma_262, random_patterns_are_judged_as_they_are_explained},
    random::random_schemas_are_judged_as_they_are_explained,
    suite::{SuiteCase, differences_from_the_public_test_suite, suite_cases, the_public_test_suite_is_passed},
    verdicts::{
        draft_07_is_what_is_checked, large_numbers_are_numbers, names_may_be_anything, references_are_followed,
    },
    words::{
        errors_are_bounded, large_values_are_refused_at_their_place, refusals_read_as_the_reference_says,
        the_references_own_example,
    },
};
use ports::SchemaChecker;

/// Every promise, one after the other.
pub async fn all(checker: &dyn SchemaChecker) {
    accepted_schemas_compile(checker).await;
    the_references_own_example(checker).await;
    refusals_read_as_the_reference_says(checker).await;
    errors_are_bounded(checker).await;
    large_values_are_refused_at_their_place(checker).await;
    draft_07_is_what_is_checked(checker).await;
    patterns_mean_what_they_mean_in_ecma_262(checker).await;
    random_patterns_are_judged_as_they_are_explained(checker).await;
    references_are_followed(checker).await;
    names_may_be_anything(checker).await;
    large_numbers_are_numbers(checker).await;
    random_schemas_are_judged_as_they_are_explained(checker).await;
    hostile_schemas_are_answered(checker).await;
    limits_are_exact_and_small_enough(checker).await;
    the_public_test_suite_is_passed(checker).await;
    threads_get_the_same_answers(checker).await;
}

/// A schema that the guard lets through is one that can be checked with.
pub async fn accepted_schemas_compile(checker: &dyn SchemaChecker) {
    for case in verdicts::CASES {
        let schema = accepted(&case.schema());
        compiles(checker, &schema, case.name).await;
    }
}

/// One checker serves all threads at once, also with schemas that it has not seen before.
pub async fn threads_get_the_same_answers(checker: &dyn SchemaChecker) {
    let schemas: Vec<Schema> = (0..20)
        .map(|limit| accepted(&json!({"type": "object", "properties": {"n": {"type": "number", "maximum": limit}}})))
        .collect();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let schemas = &schemas;
            scope.spawn(move || {
                for round in 0..500 {
                    let limit = (round * 7 + thread) % schemas.len();
                    for (n, fits) in [(limit, true), (limit + 1, false)] {
                        let data = document(&json!({"n": n}));
                        let errors =
                            block_on(checker.check_data(&schemas[limit], &data, "data", &caller())).expect("an answer");
                        assert_eq!(errors.is_empty(), fits, "{n} of at most {limit}");
                    }
                }
            });
        }
    });
}

/// Runs a future to its end on this thread.
fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        match future.as_mut().poll(&mut context) {
            std::task::Poll::Ready(output) => return output,
            std::task::Poll::Pending => std::thread::yield_now(),
        }
    }
}

/// The caller for whom the suite checks.
pub fn caller() -> Principal {
    Principal {
        key: ApiKeyId::from_uuid(Uuid::from_u128(7)),
        workspace: WorkspaceId::parse("contract").expect("a name"),
        user: UserId::parse("tester").expect("a name"),
        permissions: Permissions::default(),
    }
}

/// The checker accepts a schema that the guard has accepted.
async fn compiles(checker: &dyn SchemaChecker, schema: &Schema, name: &str) {
    let review = checker.review(schema.text().clone(), &caller()).await.expect("an answer");
    assert_eq!(review.verdict.as_ref(), Ok(schema), "{name}");
}

fn accepted(schema: &Value) -> Schema {
    let checked = Schema::parse(JsonText::from_stored(schema.to_string()));
    checked.unwrap_or_else(|errors| panic!("the guard refused {schema}: {errors:?}")).schema
}

fn document(data: &Value) -> JsonDocument {
    document_of(data.to_string())
}

fn document_of(text: String) -> JsonDocument {
    JsonDocument::parse(JsonText::from_stored(text), &schema::field::FieldPath::root("data")).expect("valid JSON")
}

async fn errors(checker: &dyn SchemaChecker, schema: &Value, data: &Value) -> Vec<FieldError> {
    checker.check_data(&accepted(schema), &document(data), "data", &caller()).await.expect("an answer")
}

/// Wraps a schema of anything into one whose root is an object, as every schema's must be.
fn of_x(schema: &Value) -> Value {
    json!({"type": "object", "properties": {"x": schema}})
}
