//! Checks of [`SchemaChecker`]. [`all`] runs all of them. See `docs/schema-checking.md`.

mod hostile;
mod keyword_cases;
mod keywords;
mod messages;
mod patterns;
mod random;
mod suite;

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
        Expected, HostileCase, cost_cases, hostile_cases, hostile_schemas_are_answered, limit_cases,
        limits_are_exact_and_small_enough,
    },
    keywords::{
        keywords_are_checked, large_numbers_are_checked, properties_of_any_name_are_checked, references_are_followed,
        references_of_later_drafts_are_followed,
    },
    messages::{
        error_messages_are_exact, errors_are_bounded, large_values_are_refused_at_their_path,
        the_reference_apis_example,
    },
    patterns::{patterns_match_as_in_ecma_262, random_patterns_agree_with_the_explanation},
    random::random_schemas_agree_with_the_explanation,
    suite::{SuiteCase, differences_from_the_public_test_suite, suite_cases, the_public_test_suite_is_passed},
};
use ports::SchemaChecker;

/// Runs all checks one after the other.
pub async fn all(checker: &dyn SchemaChecker) {
    accepted_schemas_compile(checker).await;
    the_reference_apis_example(checker).await;
    error_messages_are_exact(checker).await;
    errors_are_bounded(checker).await;
    large_values_are_refused_at_their_path(checker).await;
    keywords_are_checked(checker).await;
    patterns_match_as_in_ecma_262(checker).await;
    random_patterns_agree_with_the_explanation(checker).await;
    references_are_followed(checker).await;
    references_of_later_drafts_are_followed(checker).await;
    properties_of_any_name_are_checked(checker).await;
    large_numbers_are_checked(checker).await;
    random_schemas_agree_with_the_explanation(checker).await;
    hostile_schemas_are_answered(checker).await;
    limits_are_exact_and_small_enough(checker).await;
    the_public_test_suite_is_passed(checker).await;
    threads_share_a_checker(checker).await;
}

/// Every schema that the guard accepts can be compiled.
pub async fn accepted_schemas_compile(checker: &dyn SchemaChecker) {
    for case in keyword_cases::CASES {
        let schema = accepted(&case.schema());
        assert_compiles(checker, &schema, case.name).await;
    }
}

/// Threads use one checker concurrently, with schemas that are new to it.
pub async fn threads_share_a_checker(checker: &dyn SchemaChecker) {
    let schemas: Vec<Schema> = (0..20)
        .map(|limit| accepted(&json!({"type": "object", "properties": {"n": {"type": "number", "maximum": limit}}})))
        .collect();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let schemas = &schemas;
            scope.spawn(move || {
                for round in 0..500 {
                    let limit = (round * 7 + thread) % schemas.len();
                    for (n, is_valid) in [(limit, true), (limit + 1, false)] {
                        let data = document(&json!({"n": n}));
                        let errors =
                            block_on(checker.check_data(&schemas[limit], &data, "data", &caller())).expect("an answer");
                        assert_eq!(errors.is_empty(), is_valid, "{n} of at most {limit}");
                    }
                }
            });
        }
    });
}

/// Runs a future to completion on this thread.
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

/// The caller of all checks.
pub fn caller() -> Principal {
    Principal {
        key: ApiKeyId::from_uuid(Uuid::from_u128(7)),
        workspace: WorkspaceId::parse("contract").expect("a name"),
        user: UserId::parse("tester").expect("a name"),
        permissions: Permissions::default(),
    }
}

/// Asserts that the checker accepts a schema that the guard has accepted.
async fn assert_compiles(checker: &dyn SchemaChecker, schema: &Schema, name: &str) {
    let review = checker.review(schema.text().clone(), &caller()).await.expect("an answer");
    assert_eq!(review.outcome.as_ref(), Ok(schema), "{name}");
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

/// The schema of an object whose property `x` has this schema. The root of every schema must be an object.
fn of_x(schema: &Value) -> Value {
    json!({"type": "object", "properties": {"x": schema}})
}
