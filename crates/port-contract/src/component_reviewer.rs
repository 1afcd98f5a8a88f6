//! Checks of [`ComponentReviewer`].

use std::time::Duration;

use domain::{
    component::ComponentSource,
    id::ApiKeyId,
    limits::{MAX_COMPONENT_BYTES, MAX_ERRORS},
    resources::Resources,
    styles::Styles,
};
use futures_util::future::{join, join_all};
use ports::{ComponentReviewer, ReviewSettings};
use tokio::time::timeout;

use super::fresh;

/// Sources that compile: all forms in which a component may be written.
const ACCEPTED: &[&str] = &[
    "export default function Widget({ data }) { return <p className=\"x\">{data.title} &amp; more</p>; }",
    "import React, { useState as state } from \"react\"; export default class A extends React.Component { render() { return <></>; } }",
    "export const A = ({ k, ...rest }) => <b {...rest} key={k}><i/>text</b>; export { A as default };",
    "export default () => null;",
];

/// Sources that break a rule, and whether they can be parsed and so compiled.
const REFUSED: &[(&str, bool)] = &[
    ("export default () => eval(\"1\");", true),
    ("export default () => fetch(\"/\");", true),
    ("export const a = 1;", true),
    ("import a from \"no-library\"; export default () => a;", false),
    ("export default () => <p>;", false),
    ("export default (", false),
];

/// The time in which every call returns.
const MAX_TIME: Duration = Duration::from_secs(3);

/// Sources that are not components and on which parsers spend hours, gigabytes or their stack.
fn expensive() -> [String; 4] {
    let full = |piece: &str| piece.repeat(MAX_COMPONENT_BYTES / piece.len());
    [
        full("(a=(a="),
        format!("x={}", "P<{[d".repeat(22)),
        full("{"),
        format!("{}1{}", "(".repeat(60_000), ")".repeat(60_000)),
    ]
}

/// Defines a test for each check of a component reviewer, with the check's name.
///
/// `$reviewer` is the path of an `async fn` that returns a [`ComponentReviewer`]; each test calls it once. The crate that calls
/// the macro needs tokio with `macros` and `rt-multi-thread`.
#[macro_export]
macro_rules! component_reviewer_contract {
    ($reviewer:path) => {
        $crate::store_contract! { @tests $reviewer;
            component_reviewer {
                what_is_accepted_is_compiled
                the_same_source_gets_the_same_module
                different_sources_get_different_modules
                a_component_may_make_requests_if_it_declares_origins_for_them
                what_was_saved_is_compiled_whatever_the_rules_say
                a_module_imports_react_and_its_runtime_alone
                an_expensive_source_is_refused_within_3_seconds
                an_expensive_source_that_was_saved_delays_its_caller_by_at_most_3_seconds
                expensive_sources_of_one_caller_do_not_delay_others
            }
        }
    };
}

/// A module for what is accepted, and errors for what is not.
pub async fn what_is_accepted_is_compiled(reviewer: &dyn ComponentReviewer) {
    for text in ACCEPTED.iter().chain(REFUSED.iter().map(|(text, _)| text)) {
        let (source, caller) = subject(text);
        let review = reviewer.review(&source, &ReviewSettings::default(), caller).await.expect("review");
        assert_eq!(review.outcome.is_ok(), ACCEPTED.contains(text), "{text}: {review:?}");
        assert_eq!(review.errors().is_empty(), review.outcome.is_ok(), "{text}: {review:?}");
    }
}

/// Concurrent compilations for several callers return identical modules.
pub async fn the_same_source_gets_the_same_module(reviewer: &dyn ComponentReviewer) {
    for text in ACCEPTED {
        let source = ComponentSource::parse(text).expect("a source");
        let callers: Vec<_> = (0..16).map(|_| ApiKeyId::from_uuid(fresh::uuid())).collect();
        let none = ReviewSettings::default();
        let reviews = join_all(callers.iter().map(|caller| reviewer.review(&source, &none, *caller))).await;
        let mut modules = reviews.into_iter().map(|review| review.expect("review").outcome.expect("a module"));
        let first = modules.next().expect("sixteen");
        assert!(modules.all(|module| module == first), "{text}");
    }
}

/// Even a comment makes a difference, as the source map contains it.
pub async fn different_sources_get_different_modules(reviewer: &dyn ComponentReviewer) {
    let (source, caller) = subject("export default () => <p/>;");
    let (commented, _) = subject("/* mine */ export default () => <p/>;");
    let first =
        reviewer.review(&source, &ReviewSettings::default(), caller).await.expect("review").outcome.expect("a module");
    let second = reviewer
        .review(&commented, &ReviewSettings::default(), caller)
        .await
        .expect("review")
        .outcome
        .expect("a module");
    assert_ne!(first.digest(), second.digest());
    assert_ne!(first.source_map_digest(), second.source_map_digest());
    assert!(second.source_map().contains("/* mine */") && !second.code().contains("mine"));
}

/// The same module comes of it, whatever is declared.
pub async fn a_component_may_make_requests_if_it_declares_origins_for_them(reviewer: &dyn ComponentReviewer) {
    let (source, caller) = subject("export default () => <b>{String(fetch)}</b>;");
    let resources = fresh::resources("https://api.example.com");
    let declared = ReviewSettings { resources: resources.clone(), ..ReviewSettings::default() };
    let review = reviewer.review(&source, &declared, caller).await.expect("review").outcome.expect("a module");
    assert_eq!(
        review,
        reviewer.compile_stored(&source, Styles::Auto, caller).await.expect("compile").outcome.expect("a module")
    );
    let resources = Resources { images: resources.images, ..Resources::default() };
    let only_images = ReviewSettings { resources, ..ReviewSettings::default() };
    assert!(reviewer.review(&source, &only_images, caller).await.expect("review").outcome.is_err());
}

/// New rules do not apply to saved components, so their messages can still be rendered. A module whose imports have no answer is not
/// made.
pub async fn what_was_saved_is_compiled_whatever_the_rules_say(reviewer: &dyn ComponentReviewer) {
    for (text, parses) in REFUSED {
        let (source, caller) = subject(text);
        let review = reviewer.compile_stored(&source, Styles::Auto, caller).await.expect("compile");
        assert_eq!(review.outcome.is_ok(), *parses, "{text}");
    }
    for text in ACCEPTED {
        let (source, caller) = subject(text);
        let saved = reviewer.review(&source, &ReviewSettings::default(), caller).await.expect("review").outcome;
        let stored = reviewer.compile_stored(&source, Styles::Auto, caller).await.expect("compile").outcome;
        assert!(saved.is_ok() && saved == stored, "{text}");
    }
}

/// Found by searching the module's text, which is reliable as `import` is a statement.
pub async fn a_module_imports_react_and_its_runtime_alone(reviewer: &dyn ComponentReviewer) {
    for pragma in ["", "/** @jsxImportSource https://evil.example */", "/* @jsxRuntime classic */ /* @jsx evil */"] {
        for text in ACCEPTED {
            let (source, caller) = subject(&format!("{pragma}{text}"));
            let module = reviewer
                .review(&source, &ReviewSettings::default(), caller)
                .await
                .expect("review")
                .outcome
                .expect("a module");
            let rest = module.code().replace("\"react\"", "").replace("\"react/jsx-runtime\"", "");
            assert!(
                !rest.contains("from\"") && !rest.contains("from \"") && !rest.contains("evil"),
                "{}",
                module.code()
            );
        }
    }
}

/// The next source is reviewed as if nothing had happened.
pub async fn an_expensive_source_is_refused_within_3_seconds(reviewer: &dyn ComponentReviewer) {
    for text in expensive() {
        let (source, caller) = subject(&text);
        let review = timeout(MAX_TIME, reviewer.review(&source, &ReviewSettings::default(), caller))
            .await
            .expect("in time")
            .expect("review");
        let errors = review.errors().len();
        assert!((1..=MAX_ERRORS).contains(&errors), "{errors} errors in {:?}…", &text[..20]);
        let (source, caller) = subject(ACCEPTED[0]);
        assert!(
            reviewer.review(&source, &ReviewSettings::default(), caller).await.expect("review").outcome.is_ok(),
            "after {:?}…",
            &text[..20]
        );
    }
}

/// Whether it compiles or not.
pub async fn an_expensive_source_that_was_saved_delays_its_caller_by_at_most_3_seconds(
    reviewer: &dyn ComponentReviewer,
) {
    for text in expensive() {
        let (source, caller) = subject(&text);
        timeout(MAX_TIME, reviewer.compile_stored(&source, Styles::Auto, caller))
            .await
            .expect("in time")
            .expect("compile");
    }
}

/// Neither the source that is being reviewed nor those that wait for it.
pub async fn expensive_sources_of_one_caller_do_not_delay_others(reviewer: &dyn ComponentReviewer) {
    let (source, hostile) = subject(&expensive()[0]);
    let none = ReviewSettings::default();
    let attack = join_all((0..3).map(|_| reviewer.review(&source, &none, hostile)));
    let others = async {
        for text in ACCEPTED {
            let (source, caller) = subject(text);
            let review = timeout(MAX_TIME, reviewer.review(&source, &ReviewSettings::default(), caller))
                .await
                .expect("in time")
                .expect("review");
            assert!(review.outcome.is_ok(), "{text}");
        }
    };
    // A source that waits too long for its turn may be refused with an error of the service.
    let (attacked, ()) = join(attack, others).await;
    assert!(attacked.iter().flatten().all(|review| review.outcome.is_err()), "{attacked:?}");
}

fn subject(text: &str) -> (ComponentSource, ApiKeyId) {
    (ComponentSource::parse(text).expect("a source"), ApiKeyId::from_uuid(fresh::uuid()))
}
