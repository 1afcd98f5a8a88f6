//! A schema, a line of `---`, and data. The guard always answers. Where a check is cheap enough for the service's own process,
//! both engines agree with the explanation and stay within the time limit.
#![no_main]

use std::time::Duration;

use adapter_jsonschema::JsonSchema;
use adapter_valico::Valico;
use domain::{limits::{MAX_DATA_BYTES, MAX_ERRORS}};
use schema::{json::JsonText, CheckedSchema, Plan, Schema, StepBudget};
use fuzz::json::document;
use libfuzzer_sys::{Corpus, fuzz_target};
use rustix::time::{ClockId, clock_gettime};
use schema_checker::{Engine, in_place_budget};
use serde_json::{Map, Value, json, value::RawValue};

/// Maximum processor time of a check. The service promises a millisecond in a release build. Instrumented code takes about ten
/// times as long, and more on a busy machine.
const MAX_CHECK_TIME: Duration = Duration::from_millis(20);
/// Maximum processor time of the guard. The service promises 100 ms in a release build.
const MAX_GUARD_TIME: Duration = Duration::from_secs(3);

/// Size of the data with repeated items: enough to exceed the step budget, and a quarter of the maximum.
const REPEATED_BYTES: usize = 64 * 1024;

fuzz_target!(|text: &str| -> Corpus {
    let (schema, data) = text.split_once("\n---\n").unwrap_or((text, "{}"));
    let Ok(raw) = serde_json::from_str::<&RawValue>(schema) else { return Corpus::Reject };
    let Ok(CheckedSchema { schema, .. }) = in_time("the guard", MAX_GUARD_TIME, || Schema::parse(JsonText::from_raw(raw))) else {
        return Corpus::Keep;
    };
    let mut all = vec![example(&schema.value(), &schema.value(), 4), schema.value()];
    if let Some(Ok(data)) = document(data) {
        all.extend([data.value().clone(), repeated(data.value())]);
    }
    fuzz::run_on_deep_stack(move || check_promises(&schema, &all));
    Corpus::Keep
});

fn check_promises(schema: &Schema, all: &[Value]) {
    let plan = schema.plan();
    check_engine::<JsonSchema>(&plan, all);
    check_engine::<Valico>(&plan, all);
}

fn check_engine<E: Engine>(plan: &Plan, all: &[Value]) {
    let is_cheap = |data: &Value| in_place_budget::<E>().covers(plan, data);
    // A schema that is cheap to check may be expensive to compile. The service compiles such schemas only in workers.
    let Some(compiled) = is_small(plan).then(|| E::compile(plan).expect("the engine compiles what the guard accepts")) else {
        return;
    };
    for data in all {
        let text = data.to_string();
        let Some(Ok(data)) = document(&text).filter(|_| text.len() <= MAX_DATA_BYTES) else { continue };
        if !is_cheap(data.value()) {
            continue;
        }
        let is_valid = in_time("checking", MAX_CHECK_TIME, || E::is_valid(&compiled, data.value())).expect("an answer");
        let explained = in_time("explaining", MAX_CHECK_TIME, || plan.explain(data.value(), "data"));
        assert!(explained.len() <= MAX_ERRORS, "{explained:?}");
        assert_eq!(is_valid, explained.is_empty(), "{}", data.text().as_str());
    }
}

/// Whether compiling takes little time in both engines.
fn is_small(plan: &Plan) -> bool {
    plan.subschemas() <= 200 && StepBudget::new(100_000).covers(plan, &json!({}))
}

fn in_time<T>(what: &str, limit: Duration, work: impl FnOnce() -> T) -> T {
    let used = || {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec as u32)
    };
    let before = used();
    let result = work();
    let took = used() - before;
    assert!(took < limit, "{what} took {took:?}");
    result
}

/// Data that roughly matches a schema: its properties, with values from `const`, `enum`, `default` and other arguments.
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

/// The data with the items of each array repeated, but not too large for a message.
fn repeated(data: &Value) -> Value {
    match data {
        Value::Array(items) if !items.is_empty() => {
            let times = (REPEATED_BYTES / data.to_string().len()).clamp(1, 10_000);
            items.iter().cycle().take(items.len() * times).cloned().collect()
        }
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), repeated(value))).collect(),
        _ => data.clone(),
    }
}
