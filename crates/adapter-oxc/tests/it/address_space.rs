//! Workers of a service that is limited to less address space than a worker usually has.

use adapter_oxc::{ComponentWorkers, WorkerPoolConfig};
use ports::{CheckComponentError, ComponentChecker as _};
use tokio::runtime::Handle;

use crate::support::{HONEST, caller, check, config, source};

/// A pool whose workers have this much address space, in KiB.
fn pool_within(kib: u32) -> ComponentWorkers {
    let script = format!("ulimit -v {kib}; exec {}", env!("CARGO_BIN_EXE_component-worker"));
    let config = WorkerPoolConfig { program: "/bin/sh".into(), args: vec!["-c".into(), script.into()], ..config(1) };
    ComponentWorkers::new(config, Handle::current())
}

#[tokio::test]
async fn a_worker_makes_do_with_less_address_space() {
    for kib in [1_600_000, 400_000, 60_000] {
        let pool = pool_within(kib);
        assert!(check(&pool, HONEST).await.is_accepted(), "{kib} KiB");
        let deep = format!("x={}1{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(check(&pool, &deep).await.errors[0].code, "too-complex", "{kib} KiB");
        assert!(check(&pool, HONEST).await.is_accepted(), "{kib} KiB");
    }
}

#[tokio::test]
async fn a_worker_that_cannot_start_says_what_it_lacked() {
    let outcome = pool_within(20_000).check(&source(HONEST), caller(1)).await;
    let Err(CheckComponentError::Internal(reason)) = outcome else { panic!("{outcome:?}") };
    assert!(reason.contains("no stack of 8 MiB to be had in 19 MiB of address space"), "{reason}");
}
