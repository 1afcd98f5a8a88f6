//! Every piece of the grammar, repeated up to the maximum size. A separate test binary, so that other tests do not wait for it.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a helper of a test may panic as the test itself may")]

mod compiled;
mod corpus;
mod memory;

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use adapter_oxc::ComponentWorkers;
use domain::{component::ComponentSource, id::ApiKeyId, limits};
use ports::{ComponentReviewer as _, ReviewSettings};
use tokio::{runtime::Handle, sync::Mutex};
use worker_pool::WorkerPool;

use self::corpus::{SIZES, shapes};

const HONEST: &str = "export default function Widget({ data }) { return <p>{data.title}</p>; }";

/// Number of sources that are checked concurrently: enough to keep two cores busy.
const CONCURRENT_CHECKS: usize = 2;

/// Maximum address space of a worker, in KiB.
const MAX_ADDRESS_SPACE: u64 = 2 * 1024 * 1024;

/// Serializes the attacks, since each keeps the machine busy.
static ATTACK_LOCK: Mutex<()> = Mutex::const_new(());

/// The result of checking one source.
struct Outcome {
    name: String,
    took: Duration,
    codes: Vec<String>,
    /// Whether the source crashed its worker or exceeded its limits.
    ended_its_worker: bool,
}

async fn check(workers: &ComponentWorkers, name: String, text: &str, caller: u128) -> Outcome {
    let (source, caller) = (ComponentSource::parse(text).unwrap(), ApiKeyId::from_uuid(uuid::Uuid::from_u128(caller)));
    let start = Instant::now();
    let report = workers
        .review(&source, &ReviewSettings::default(), caller)
        .await
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    let took = start.elapsed();
    assert!(report.errors().len() <= limits::MAX_ERRORS && report.warnings.len() <= limits::MAX_ERRORS, "{name}");
    let ended_its_worker = report.errors().iter().any(|error| error.message.contains("took too much time or memory"));
    Outcome { name, took, codes: report.errors().iter().map(|error| error.code.clone()).collect(), ended_its_worker }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_shape_of_source_gets_a_report_within_its_limits_and_the_pool_keeps_working() {
    let _lock = ATTACK_LOCK.lock().await;
    let (config, watch) = memory::watched("workers-of-the-attack");
    let pool = WorkerPool::new(config, Handle::current());
    let workers = ComponentWorkers::new(pool.clone(), Default::default());
    let sources: Vec<(String, String)> = shapes()
        .iter()
        .flat_map(|shape| {
            SIZES.map(|size| {
                let of = |form: &str, source| (format!("{} {form}, {size:?}", shape.name), source);
                [of("closed", shape.closed(size)), of("open", shape.unclosed(size))]
            })
        })
        .flatten()
        .collect();
    let total = sources.len();
    let mut streams = Vec::new();
    for stream in 0..CONCURRENT_CHECKS {
        let part: Vec<_> = sources.iter().skip(stream).step_by(CONCURRENT_CHECKS).cloned().collect();
        let workers = workers.clone();
        streams.push(tokio::spawn(async move {
            let mut outcomes = Vec::new();
            for (n, (name, text)) in part.into_iter().enumerate() {
                // A separate caller for each source, so that the pool does not penalize a source for an earlier one.
                let caller = u128::try_from(n * CONCURRENT_CHECKS + stream + 1).unwrap();
                let outcome = check(&workers, name, &text, caller).await;
                let honest = check(&workers, format!("after {}", outcome.name), HONEST, 1 << 64).await;
                assert!(honest.codes.is_empty(), "{}", honest.name);
                outcomes.extend([outcome, honest]);
            }
            outcomes
        }));
    }
    let mut outcomes = Vec::new();
    for stream in streams {
        outcomes.extend(stream.await.unwrap());
    }
    let peak = watch.end();
    let stats = pool.stats();

    for Outcome { name, took, codes, .. } in &outcomes {
        assert!(*took < Duration::from_secs(3), "{name}: {took:?}");
        assert!(codes.is_empty() == name.starts_with("after "), "{name} is accepted");
    }
    let ended: Vec<_> = outcomes.iter().filter(|it| it.ended_its_worker).collect();
    let mut codes = BTreeMap::<&str, usize>::new();
    for code in outcomes.iter().filter_map(|it| it.codes.first()) {
        *codes.entry(code).or_default() += 1;
    }
    let mut slowest: Vec<_> = outcomes.iter().map(|it| (it.took, &it.name)).collect();
    slowest.sort();
    println!("{total} sources, first errors {codes:?}");
    println!("slowest: {:?}", slowest.iter().rev().take(8).collect::<Vec<_>>());
    println!("{peak:?} (KiB), {stats:?}");
    println!("ended their workers: {:?}", ended.iter().map(|it| (&it.name, it.took)).collect::<Vec<_>>());

    assert!(peak.address_space <= MAX_ADDRESS_SPACE && peak.resident > 0, "{peak:?}");
    let count = |n: usize| u64::try_from(n).unwrap();
    assert_eq!((stats.killed, stats.answered), (count(ended.len()), count(outcomes.len() - ended.len())));
    assert_eq!(workers.stats().checked, count(outcomes.len()));
    assert_eq!(stats.started, count(peak.workers), "every worker that was started is counted");
    assert!(stats.started > stats.killed, "killed workers are replaced");
    assert_eq!((stats.overloaded, stats.waiting, stats.running), (0, 0, 0));
}
