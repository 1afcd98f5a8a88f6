//! A schema, and behind a line of `---` data: the guard answers, and where a check is cheap enough for the service's own process,
//! both engines answer, agree with the explanation, and take no longer than they may.
#![no_main]

use std::time::Duration;

use adapter_jsonschema::JsonSchema;
use adapter_valico::Valico;
use domain::{limits::{DATA_BYTES, ERRORS}};
use schema::{json::JsonText, CheckedSchema, Plan, Schema, StepBudget};
use fuzz::json::document;
use libfuzzer_sys::{Corpus, fuzz_target};
use rustix::time::{ClockId, clock_gettime};
use schema_checker::{Engine, in_place_budget};
use serde_json::{Map, Value, json, value::RawValue};

/// Processor time of one call. A millisecond is promised of a check in place in a release build, and 100 of the guard;
/// instrumented, the same work takes some ten times as long, and more on a machine that is shared.
const MAX_CHECK_TIME: Duration = Duration::from_millis(20);
const MAX_GUARD_TIME: Duration = Duration::from_secs(3);

/// How large data is made by repeating its items: enough to meet the work budget, and a quarter of what a message may hold.
const LARGE: usize = 64 * 1024;

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
    fuzz::on_a_deep_stack(move || promises(&schema, &all));
    Corpus::Keep
});

fn promises(schema: &Schema, all: &[Value]) {
    let plan = schema.plan();
    engine_keeps_them::<JsonSchema>(&plan, all);
    engine_keeps_them::<Valico>(&plan, all);
}

fn engine_keeps_them<E: Engine>(plan: &Plan, all: &[Value]) {
    let covered = |data: &Value| in_place_budget::<E>().covers(plan, data);
    // What is cheap to check may be expensive to compile, and only a worker process compiles it then.
    let Some(compiled) = is_small(plan).then(|| E::compile(plan).expect("the engine compiles what the guard takes")) else {
        return;
    };
    for data in all {
        let text = data.to_string();
        let Some(Ok(data)) = document(&text).filter(|_| text.len() <= DATA_BYTES) else { continue };
        if !covered(data.value()) {
            continue;
        }
        let is_valid = in_time("checking", MAX_CHECK_TIME, || E::is_valid(&compiled, data.value())).expect("a verdict");
        let explained = in_time("explaining", MAX_CHECK_TIME, || plan.explain(data.value(), "data"));
        assert!(explained.len() <= ERRORS, "{explained:?}");
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
