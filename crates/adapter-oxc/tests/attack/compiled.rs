//! The same sources through transform and code generation, and sources whose modules are much larger. None of the sources is a
//! component, so they are compiled as stored ones.

use std::time::{Duration, Instant};

use adapter_oxc::ComponentWorkers;
use domain::{
    component::ComponentSource,
    id::ApiKeyId,
    limits::{MAX_COMPONENT_BYTES, MAX_MODULE_BYTES, MAX_SOURCE_MAP_BYTES},
    styles::Styles,
};
use ports::{ComponentReview, ComponentReviewer as _};
use tokio::runtime::Handle;
use worker_pool::WorkerPool;

use crate::{
    ATTACK_LOCK, HONEST, MAX_ADDRESS_SPACE,
    corpus::{SIZES, shapes},
    memory,
};

/// Sources with modules many times as large.
fn growing() -> Vec<(String, String)> {
    let filled = |before: &str, piece: &str, after: &str| {
        let count = (MAX_COMPONENT_BYTES - before.len() - after.len()) / piece.len();
        [before, &piece.repeat(count), after].concat()
    };
    // The transform avoids the author's names: it adds an underscore to the name of the runtime, which every element repeats.
    let underscores = |count: usize| filled(&format!("let {0}jsx,{0}Fragment;x=[", "_".repeat(count)), "<></>,", "];");
    vec![
        ("fragments".to_owned(), filled("x=[", "<></>,", "];")),
        ("elements".to_owned(), filled("x=[", "<a/>,", "];")),
        ("elements in an element".to_owned(), filled("x=<a>", "<a/>", "</a>;")),
        ("attributes".to_owned(), filled("x=<a ", "b ", "/>;")),
        ("keys after spreads".to_owned(), filled("x=[", "<a {...b} key=''/>,", "];")),
        ("control characters in text".to_owned(), filled("x=<a>", "\u{1}", "</a>;")),
        ("control characters in strings".to_owned(), filled("x='", "\u{1}", "';")),
        ("quotes of all kinds".to_owned(), filled("x=\"", "`'${", "\";")),
        ("long numbers".to_owned(), filled("x=[", "1e99,", "];")),
        ("long names of the runtime".to_owned(), underscores(1_000)),
        ("very long names of the runtime".to_owned(), underscores(60_000)),
        ("many names of the runtime".to_owned(), filled("x=[", "_jsx4294967295,", "<a/>];")),
    ]
}

async fn compiled(workers: &ComponentWorkers, text: &str, caller: u128) -> (ComponentReview, Duration) {
    let (source, caller) = (ComponentSource::parse(text).unwrap(), ApiKeyId::from_uuid(uuid::Uuid::from_u128(caller)));
    let start = Instant::now();
    (workers.compile_stored(&source, Styles::Auto, caller).await.unwrap(), start.elapsed())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_source_is_compiled_or_refused_within_its_limits_and_the_pool_keeps_working() {
    let _lock = ATTACK_LOCK.lock().await;
    let (config, watch) = memory::watched("workers-that-compile");
    let pool = WorkerPool::new(config, Handle::current());
    let workers = ComponentWorkers::new(pool.clone(), Default::default());
    let closed = shapes()
        .iter()
        .flat_map(|shape| SIZES.map(|size| (format!("{} {size:?}", shape.name), shape.closed(size))))
        .collect::<Vec<_>>();
    let (mut modules, mut largest, mut slowest) = (0, (0, String::new()), (Duration::ZERO, String::new()));
    for (n, (name, text)) in closed.into_iter().chain(growing()).enumerate() {
        let (ComponentReview { outcome, .. }, took) = compiled(&workers, &text, n as u128 + 1).await;
        assert!(took < Duration::from_secs(3), "{name}: {took:?}");
        slowest = slowest.max((took, name.clone()));
        if let Ok(module) = outcome {
            modules += 1;
            // The compiler does not write the last line, which names the source map.
            assert!(
                module.code().len() <= MAX_MODULE_BYTES + 128 && module.source_map().len() <= MAX_SOURCE_MAP_BYTES,
                "{name}"
            );
            largest = largest.max((module.code().len(), name.clone()));
        }
        let (honest, _) = compiled(&workers, HONEST, 1 << 64).await;
        assert!(honest.outcome.is_ok(), "after {name}");
    }
    let peak = watch.end();
    println!("{modules} modules, largest {largest:?}, slowest {slowest:?}, {peak:?} (KiB), {:?}", pool.stats());
    assert!(modules > 50, "{modules}");
    assert!(peak.address_space <= MAX_ADDRESS_SPACE && peak.resident > 0, "{peak:?}");
}
