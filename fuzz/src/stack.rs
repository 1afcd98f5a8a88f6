use std::{
    sync::{
        Mutex, OnceLock,
        mpsc::{SyncSender, sync_channel},
    },
    thread,
};

/// Stack size. With the sanitizer a frame is several times as large as in the service. Only touched pages take memory.
const STACK_BYTES: usize = 2 * 1024 * 1024 * 1024;

type Job = Box<dyn FnOnce() + Send>;

/// Runs `work` on a thread with a large stack, and waits for it. A panic there ends the program, as libFuzzer expects.
pub fn run_on_deep_stack(work: impl FnOnce() + Send + 'static) {
    static THREAD: OnceLock<Mutex<SyncSender<Job>>> = OnceLock::new();
    let jobs = THREAD.get_or_init(|| {
        let (jobs, received) = sync_channel::<Job>(0);
        let run = move || received.iter().for_each(|job| job());
        thread::Builder::new().stack_size(STACK_BYTES).spawn(run).expect("address space for a thread");
        Mutex::new(jobs)
    });
    let (done, finished) = sync_channel(0);
    let job = move || {
        work();
        let _ = done.send(());
    };
    jobs.lock().expect("no holder of the lock panics").send(Box::new(job)).expect("the thread runs");
    finished.recv().expect("the job ends");
}
