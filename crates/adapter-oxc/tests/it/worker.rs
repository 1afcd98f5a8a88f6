//! The worker process by itself.

use std::{
    fs,
    io::{Read as _, Write as _},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::support::{HONEST, endless};

fn worker() -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_component-worker"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut greeting = [0; 8];
    child.stdout.as_mut().unwrap().read_exact(&mut greeting).unwrap();
    child
}

fn send(child: &mut Child, source: &str) {
    let stdin = child.stdin.as_mut().unwrap();
    stdin.write_all(&u32::try_from(source.len()).unwrap().to_be_bytes()).unwrap();
    stdin.write_all(b"s").unwrap();
    stdin.write_all(source.as_bytes()).unwrap();
}

#[test]
fn a_worker_ends_in_good_order_when_its_stdin_does_and_says_nothing_but_answers() {
    let mut child = worker();
    send(&mut child, HONEST);
    drop(child.stdin.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty());
    let (taken, mut answer) = output.stdout.split_at(1);
    assert_eq!(taken, b"!");
    let frames = std::array::from_fn(|_| {
        let (length, rest) = answer.split_first_chunk().unwrap();
        let (frame, rest) = rest.split_at(u32::from_be_bytes(*length) as usize);
        answer = rest;
        str::from_utf8(frame).unwrap()
    });
    let [report, module, source_map] = frames;
    assert_eq!(report, r#"{"errors":[],"warnings":[],"retire":false}"#);
    assert!(module.contains("export default") && source_map.starts_with('{') && answer.is_empty());
}

#[test]
fn a_worker_whose_service_died_in_the_middle_of_a_check_ends_by_itself() {
    let mut child = worker();
    send(&mut child, &endless());
    drop(child.stdin.take());
    drop(child.stdout.take());
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < Duration::from_secs(60), "it runs on");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_frame_that_makes_no_sense_ends_a_worker() {
    let mut child = worker();
    child.stdin.as_mut().unwrap().write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(!output.status.success() && output.stdout.is_empty());
    assert!(String::from_utf8_lossy(&output.stderr).contains("a frame is too long"));
}

#[test]
#[cfg(target_os = "linux")]
fn a_worker_is_limited() {
    let mut child = worker();
    let limits = fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
    let limit = |name: &str| {
        let line = limits.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(limit("Max address space")[..2], ["2147483648", "2147483648"]);
    assert_eq!(limit("Max core file size")[..2], ["0", "0"]);
    assert_eq!(fs::read_to_string(format!("/proc/{}/oom_score_adj", child.id())).unwrap().trim(), "1000");
    // proc(5): the 19th field; the second is the name in parentheses.
    let stat = fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
    let niceness: i32 = stat.rsplit(") ").next().unwrap().split(' ').nth(16).unwrap().parse().unwrap();
    assert!(niceness >= 5, "{stat}");
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}
