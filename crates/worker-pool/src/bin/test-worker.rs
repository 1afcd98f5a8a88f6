//! A worker with tasks for the tests.

fn main() -> std::process::ExitCode {
    worker_pool::run_worker(&[])
}
