use std::{
    sync::{
        Mutex, OnceLock,
        mpsc::{SyncSender, sync_channel},
    },
    thread,
};

/// Stack in bytes. With the sanitizer a frame is several times as large as in the service; only what is touched takes memory.
const STACK: usize = 2 * 1024 * 1024 * 1024;

type Job = Box<dyn FnOnce() + Send>;

/// Runs this in a thread with a deep stack, always the same one. A panic there ends the program, as libFuzzer wants it.
pub fn on_a_deep_stack(work: impl FnOnce() + Send + 'static) {
    static THREAD: OnceLock<Mutex<SyncSender<Job>>> = OnceLock::new();
    let jobs = THREAD.get_or_init(|| {
        let (jobs, todo) = sync_channel::<Job>(0);
        let run = move || todo.iter().for_each(|job| job());
        thread::Builder::new().stack_size(STACK).spawn(run).expect("address space for a thread");
        Mutex::new(jobs)
    });
    let (done, finished) = sync_channel(0);
    let job = move || {
        work();
        let _ = done.send(());
    };
    jobs.lock().expect("nobody panics").send(Box::new(job)).expect("the thread runs");
    finished.recv().expect("the job ends");
}
