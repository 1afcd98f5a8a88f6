use super::{queue::JobQueue, worker_connection::WorkerConnection};

/// Runs the thread of a reader: one job after the other, until the queue is closed and empty.
pub(super) fn run(queue: &JobQueue, mut connection: WorkerConnection) {
    while let Some(mut job) = queue.pop() {
        if job.is_abandoned() {
            continue;
        }
        let failure = connection.run(|connection| job.run(connection)).err();
        job.answer(failure);
    }
}
