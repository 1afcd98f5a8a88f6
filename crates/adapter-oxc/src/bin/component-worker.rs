//! A worker for this crate's tests.

fn main() -> std::process::ExitCode {
    worker_pool::run_worker(&[adapter_oxc::TASK])
}
