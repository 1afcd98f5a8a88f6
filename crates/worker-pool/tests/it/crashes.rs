//! Jobs that end their worker, and malformed answers.

use std::path::Path;

use worker_pool::Job;

use crate::support::{crash, job, pool, pool_of, run, scripted};

/// A script for a worker with little memory, and so a small stack.
const SMALL: &str = "ulimit -v 300000 2> /dev/null; exec \"$1\"";

#[tokio::test]
async fn a_crash_is_reported_with_its_cause_and_the_next_job_gets_a_fresh_worker() {
    let crashes = [
        ("overflow", &["has overflowed its stack", "SIGABRT"][..]),
        ("panic", &["a panic as the test asked", "a task panicked", "exit status: 1"]),
        ("fill", &["memory allocation of", "SIGABRT"]),
        ("fail", &["an error as the test asked", "exit status: 1"]),
        ("nonsense", &["an unknown command", "exit status: 1"]),
    ];
    let pool = pool_of(scripted(SMALL, Path::new("/")));
    for (command, known) in crashes {
        let reason = crash(run(&pool, command).await);
        for known in known {
            assert!(reason.contains(known), "{command}: {reason}");
        }
        assert_eq!(run(&pool, "count").await.unwrap(), "1", "after {command}");
    }
    let stats = pool.stats();
    assert_eq!((stats.killed, stats.started, stats.running), (5, 6, 0));
}

#[tokio::test]
async fn an_output_over_its_limit_is_a_crash() {
    let pool = pool(1);
    let output = |bytes: usize| Job { max_output_bytes: 1_000, ..job(1, &format!("output {bytes}")) };
    assert_eq!(pool.run(output(1_000)).await.unwrap().len(), 1_000);
    let outcome = pool.run(output(1_001)).await.map(|_| String::new());
    assert!(crash(outcome).contains("the answer is too long"));
    assert_eq!(run(&pool, "count").await.unwrap(), "1");
}

#[tokio::test]
async fn a_malformed_answer_is_a_crash() {
    let answers = [
        ("!xxxxxxxx", "something that is no answer"),
        ("!\\000\\000\\000\\000\\011{}", "ended without an answer"),
        ("!\\000\\377\\377\\377\\377", "the answer is too long"),
        ("!", "ended without an answer"),
    ];
    for (answer, known) in answers {
        let script = format!("printf wgt-wrk1+; head -c 14 > /dev/null; printf '{answer}'");
        let pool = pool_of(scripted(&script, Path::new("/")));
        let reason = crash(run(&pool, "count").await);
        assert!(reason.contains(known), "{answer}: {reason}");
        assert_eq!(pool.stats().killed, 1);
    }
}
