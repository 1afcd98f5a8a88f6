//! The sandbox on Linux.

use std::{fs, net::TcpListener, os::unix::net::UnixListener, path::Path, process};

use crate::support::{file, pool, pool_of, pool_with_known_worker, run, scripted};

#[tokio::test]
async fn every_forbidden_operation_is_denied_and_the_worker_lives_on() {
    let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
    let socket = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sandbox.sock");
    let _ = fs::remove_file(&socket);
    let _unix = UnixListener::bind(&socket).unwrap();
    let kept = file("kept-by-the-sandbox");
    let created = Path::new(env!("CARGO_TARGET_TMPDIR")).join("created-in-the-sandbox");
    let _ = fs::remove_file(&created);
    let pool = pool(1);
    let attempts = [
        format!("open {}", kept.display()),
        "open /proc/self/status".to_owned(),
        "open /dev/null".to_owned(),
        format!("create {}", created.display()),
        format!("create {}", kept.display()),
        format!("remove {}", kept.display()),
        format!("tcp {}", tcp.local_addr().unwrap()),
        "listen".to_owned(),
        "udp".to_owned(),
        format!("unix {}", socket.display()),
        "thread".to_owned(),
        "process".to_owned(),
        format!("signal {}", process::id()),
        "terminate".to_owned(),
        "limit".to_owned(),
    ];
    for attempt in &attempts {
        assert_eq!(run(&pool, &format!("try {attempt}")).await.unwrap(), "PermissionDenied", "{attempt}");
    }
    assert!(kept.exists() && !created.exists());
    assert_eq!(run(&pool, "count").await.unwrap(), (attempts.len() + 1).to_string());
    assert_eq!((pool.stats().started, pool.stats().killed), (1, 0));
}

#[tokio::test]
async fn a_worker_has_no_new_privileges_and_a_filter_on_every_thread() {
    let (pool, id) = pool_with_known_worker("filtered").await;
    let threads: Vec<_> = fs::read_dir(format!("/proc/{id}/task")).unwrap().map(|it| it.unwrap().path()).collect();
    assert_eq!(threads.len(), 3, "the main thread, the tasks, and the limit of processor time");
    for thread in threads {
        let status = fs::read_to_string(thread.join("status")).unwrap();
        assert!(status.contains("NoNewPrivs:\t1\n") && status.contains("Seccomp:\t2\n"), "{status}");
    }
    assert_eq!(run(&pool, "count").await.unwrap(), "2");
}

#[tokio::test]
async fn a_worker_is_limited_from_its_first_job_on() {
    let (_pool, id) = pool_with_known_worker("limited").await;
    let limits = fs::read_to_string(format!("/proc/{id}/limits")).unwrap();
    let limit = |name: &str| {
        let line = limits.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.split_whitespace().take(2).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(limit("Max address space"), ["2147483648", "2147483648"]);
    for name in ["Max core file size", "Max open files", "Max processes", "Max file size"] {
        assert_eq!(limit(name), ["0", "0"], "{name}");
    }
    assert_eq!(fs::read_to_string(format!("/proc/{id}/oom_score_adj")).unwrap().trim(), "1000");
    // proc(5): the 19th field; the second is the name in parentheses.
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap();
    let niceness: i32 = stat.rsplit(") ").next().unwrap().split(' ').nth(16).unwrap().parse().unwrap();
    assert!(niceness >= 5, "{stat}");
}

#[tokio::test]
async fn inherited_files_cannot_be_used_and_no_memory_is_executable() {
    let inherited = file("inherited");
    fs::write(&inherited, "secret").unwrap();
    // Above the descriptors that the worker opens.
    let pool = pool_of(scripted("exec 9<> \"$2\"; exec \"$1\"", &inherited));
    for attempt in ["read 9", "write 9", "map 9", "execute -1", "write 0", "read 1"] {
        assert_eq!(run(&pool, &format!("try {attempt}")).await.unwrap(), "PermissionDenied", "{attempt}");
    }
    assert_eq!(fs::read_to_string(&inherited).unwrap(), "secret");
    assert_eq!(run(&pool, "count").await.unwrap(), "7");
}
