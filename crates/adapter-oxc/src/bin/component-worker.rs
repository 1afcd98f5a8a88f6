//! A worker process and nothing else: what this crate's own tests start. The service starts itself instead.

use std::process::ExitCode;

fn main() -> ExitCode {
    adapter_oxc::worker_main()
}
