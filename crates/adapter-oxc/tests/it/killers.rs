//! Sources that crash a parser, or exhaust its time or memory. Each gets a report in time, and the pool keeps working.

mod sources;

use std::time::{Duration, Instant};

use domain::limits::MAX_COMPONENT_BYTES;

use self::sources::killers;
use crate::support::{HONEST, check, workers};

#[tokio::test(flavor = "multi_thread")]
async fn every_killer_gets_a_report_in_time_and_does_not_affect_the_next_check() {
    let workers = workers(2);
    let mut slowest = (Duration::ZERO, "");
    for (name, source) in killers() {
        assert!(source.len() <= MAX_COMPONENT_BYTES, "{name}: {} bytes", source.len());
        let start = Instant::now();
        let report = check(&workers, &source).await;
        let took = start.elapsed();
        println!(
            "{:>9.1} ms  {name}: {} {}",
            took.as_secs_f64() * 1e3,
            report.errors().len(),
            report.errors().first().map_or_else(String::new, |error| format!(
                "{} {}",
                error.code,
                &error.message[..error.message.floor_char_boundary(90)]
            )),
        );
        slowest = slowest.max((took, name));
        assert!(took < Duration::from_secs(3), "{name}: {took:?}");
        assert!(report.outcome.is_err() && report.errors().len() <= 50 && report.warnings.len() <= 50, "{name}");
        assert!(check(&workers, HONEST).await.outcome.is_ok(), "after {name}");
    }
    println!("slowest: {slowest:?}, {:?}", workers.pool_stats());
}
