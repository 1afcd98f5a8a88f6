//! Every piece of the grammar, repeated until it hurts. In a program of its own, so that no other test waits for its turn.
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
use ports::ComponentReviewer as _;
use tokio::{runtime::Handle, sync::Mutex};
use worker_pool::WorkerPool;

use self::corpus::{SIZES, shapes};

const HONEST: &str = "export default function Widget({ data }) { return <p>{data.title}</p>; }";

/// Sources that are checked at a time; a machine of two cores is busy with these.
const AT_ONCE: usize = 2;

/// Address space of a worker, in KiB.
const ADDRESS_SPACE: u64 = 2 * 1024 * 1024;

/// One attack after the other: each keeps the machine busy.
static ALONE: Mutex<()> = Mutex::const_new(());

/// What one source came to.
struct Outcome {
    name: String,
    took: Duration,
    codes: Vec<String>,
    /// The answer that the pool gives when a source ended its worker.
    ended_its_worker: bool,
}

async fn check(workers: &ComponentWorkers, name: String, text: &str, caller: u128) -> Outcome {
    let (source, caller) = (ComponentSource::parse(text).unwrap(), ApiKeyId::from_uuid(uuid::Uuid::from_u128(caller)));
    let start = Instant::now();
    let report = workers.review(&source, caller).await.unwrap_or_else(|error| panic!("{name}: {error}"));
    let took = start.elapsed();
    assert!(report.errors().len() <= limits::MAX_ERRORS && report.warnings.len() <= limits::MAX_ERRORS, "{name}");
    let ended_its_worker = report.errors().iter().any(|error| error.message.contains("took too much time or memory"));
    Outcome { name, took, codes: report.errors().iter().map(|error| error.code.clone()).collect(), ended_its_worker }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_shape_of_source_is_answered_in_time_within_its_memory_and_the_pool_goes_on() {
    let _alone = ALONE.lock().await;
    let (config, watch) = memory::watched("workers-of-the-attack");
    let pool = WorkerPool::new(config, Handle::current());
    let workers = ComponentWorkers::new(pool.clone());
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
    for stream in 0..AT_ONCE {
        let part: Vec<_> = sources.iter().skip(stream).step_by(AT_ONCE).cloned().collect();
        let workers = workers.clone();
        streams.push(tokio::spawn(async move {
            let mut outcomes = Vec::new();
            for (n, (name, text)) in part.into_iter().enumerate() {
                // A caller of its own for each: what one did is not held against the next.
                let caller = u128::try_from(n * AT_ONCE + stream + 1).unwrap();
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

    assert!(peak.address_space <= ADDRESS_SPACE && peak.resident > 0, "{peak:?}");
    let count = |n: usize| u64::try_from(n).unwrap();
    assert_eq!((stats.killed, stats.answered), (count(ended.len()), count(outcomes.len() - ended.len())));
    assert_eq!(workers.stats().checked, count(outcomes.len()));
    assert_eq!(stats.started, count(peak.workers), "every worker that was started is counted");
    assert!(stats.started > stats.killed, "what was killed is replaced");
    assert_eq!((stats.overloaded, stats.waiting, stats.running), (0, 0, 0));
}
