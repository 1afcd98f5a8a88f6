//! A schema, and behind a line of `---` data: the guard and both checkers answer, agree, and take no longer than they may.
#![no_main]

use std::time::Duration;

use adapter_jsonschema::JsonSchemaChecker;
use adapter_valico::ValicoChecker;
use domain::{
    field::FieldError,
    json::{JsonDocument, JsonText},
    limits::{DATA_BYTES, ERRORS},
    schema::{CheckedSchema, Plan, Schema},
};
use fuzz::json::{document, now};
use libfuzzer_sys::{Corpus, fuzz_target};
use ports::SchemaChecker;
use rustix::time::{ClockId, clock_gettime};
use serde_json::{Map, Value, json, value::RawValue};

/// Processor time of one call. 100 ms is promised of a release build; instrumented, the same work takes some ten times as long,
/// and some more on a machine that is shared.
const MOST: Duration = Duration::from_secs(3);

/// How large data is made by repeating its items: enough to meet the work budget, and a quarter of what a message may hold.
const LARGE: usize = 64 * 1024;

fuzz_target!(|text: &str| -> Corpus {
    let (schema, data) = text.split_once("\n---\n").unwrap_or((text, "{}"));
    let Ok(raw) = serde_json::from_str::<&RawValue>(schema) else { return Corpus::Reject };
    let Ok(CheckedSchema { schema, .. }) = in_time("the guard", || Schema::parse(JsonText::from_raw(raw))) else {
        return Corpus::Keep;
    };
    let mut all = vec![example(&schema.value(), &schema.value(), 4), schema.value()];
    if let Some(Ok(data)) = document(data) {
        all.extend([data.value().clone(), repeated(data.value())]);
    }
    fuzz::on_a_deep_stack(move || promises(&schema, &all));
    Corpus::Keep
});

fn promises(schema: &Schema, all: &[Value]) {
    let checkers: [&dyn SchemaChecker; 2] = [&JsonSchemaChecker::new(), &ValicoChecker::new()];
    let plan = schema.plan();
    for checker in checkers {
        let found = in_time("compiling", || now(checker.check_schema(schema)));
        assert_eq!(found, Ok(Vec::new()), "what the guard takes can be compiled");
    }
    for data in all {
        let text = data.to_string();
        let Some(Ok(data)) = document(&text).filter(|_| text.len() <= DATA_BYTES) else { continue };
        let explained = plan.explain(data.value(), "data");
        for checker in checkers {
            let found = in_time("checking", || now(checker.check_data(schema, &data, "data"))).expect("an answer");
            assert!(found.len() <= ERRORS, "{found:?}");
            // The one difference between the checkers: how soon data is too much work.
            if found != Plan::refuse_as_too_much("data") {
                agree(&found, &explained, &data);
            }
        }
    }
}

/// The words are the domain's and the verdict is the checker's.
fn agree(found: &[FieldError], explained: &[FieldError], data: &JsonDocument) {
    assert_eq!(found, explained, "{}", data.text().as_str());
}

fn in_time<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let used = || {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec as u32)
    };
    let before = used();
    let result = work();
    let took = used() - before;
    assert!(took < MOST, "{what} took {took:?}");
    result
}

/// Data that a schema asks for, roughly: what it names as a constant, a choice or an example, below the names it knows.
fn example(root: &Value, schema: &Value, levels: usize) -> Value {
    let Value::Object(members) = schema else { return json!(1) };
    let below = |it: &Value| if levels == 0 { Value::Null } else { example(root, it, levels - 1) };
    if let Some(target) = members.get("$ref").and_then(Value::as_str).and_then(|it| root.pointer(it.strip_prefix('#')?))
    {
        return below(target);
    }
    let named = ["const", "default", "minimum", "maximum", "multipleOf", "minLength", "pattern", "format"];
    if let Some(value) = named.iter().find_map(|name| members.get(*name)) {
        return value.clone();
    }
    if let Some(value) = members.get("enum").and_then(|it| it.get(0)) {
        return value.clone();
    }
    if let Some(Value::Object(properties)) = members.get("properties") {
        return properties.iter().map(|(name, it)| (name.clone(), below(it))).collect::<Map<_, _>>().into();
    }
    match members.get("items") {
        Some(Value::Array(items)) => items.iter().map(below).collect(),
        Some(items) => json!([below(items), below(items)]),
        None => match ["allOf", "anyOf", "oneOf"].iter().find_map(|it| members.get(*it)?.get(0)) {
            Some(first) => below(first),
            None => json!({"a": [1, "a"]}),
        },
    }
}

/// The same with each list much longer, but not too large for a message.
fn repeated(data: &Value) -> Value {
    match data {
        Value::Array(items) if !items.is_empty() => {
            let times = (LARGE / data.to_string().len()).clamp(1, 10_000);
            items.iter().cycle().take(items.len() * times).cloned().collect()
        }
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), repeated(value))).collect(),
        _ => data.clone(),
    }
}
