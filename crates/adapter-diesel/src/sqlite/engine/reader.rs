use super::{link::Link, queue::Queue};

/// What a reader's thread does: one job after the other, until the queue is closed and empty.
pub(crate) fn run(queue: &Queue, mut link: Link) {
    while let Some(mut job) = queue.pop() {
        if job.is_abandoned() {
            continue;
        }
        let failure = link.with(|connection| job.run(connection)).err();
        job.answer(failure);
    }
}
