//! Measurements for the documentation: `cargo test --release -p adapter-oxc --test it -- --ignored --nocapture timing`.

use std::time::Instant;

use ports::{ComponentReviewer as _, ReviewSettings};

use crate::support::{HONEST, caller, check, source, workers};

#[tokio::test]
#[ignore = "prints measurements and checks nothing"]
async fn a_check_of_a_small_component() {
    let workers = workers(2);
    let (small, caller) = (source(HONEST), caller(1));
    let start = Instant::now();
    assert!(check(&workers, HONEST).await.outcome.is_ok());
    println!("the first check, with the start of a worker: {:?}", start.elapsed());
    let mut times = Vec::new();
    for _ in 0..5_000 {
        let start = Instant::now();
        workers.review(&small, &ReviewSettings::default(), caller).await.unwrap();
        times.push(start.elapsed());
    }
    times.sort();
    println!("one after the other: p50 {:?}, p99 {:?}", times[times.len() / 2], times[times.len() * 99 / 100]);
    let widget = include_str!("../../../prebuilt/widgets/task-kanban/component.jsx");
    let mut times = Vec::new();
    for _ in 0..1_000 {
        let start = Instant::now();
        assert!(check(&workers, widget).await.outcome.is_ok());
        times.push(start.elapsed());
    }
    times.sort();
    println!("a component of {} bytes: p50 {:?}, p99 {:?}", widget.len(), times[500], times[990]);
}
