use diesel::{SqliteConnection, result::Error};
use ports::StoreError;

use super::{
    batch,
    job::{Job, Verdict},
    link::Link,
    queue::Queue,
};
use crate::failure::failed;

/// Most jobs that share a commit. A commit waits for the disk, which takes about as long for one row as for hundreds; past
/// these the gain is small, and the first of them would wait for the work of all.
const SHARED: usize = 256;

/// What the writer's thread does until the queue is closed and empty: takes what waits and commits it together.
///
/// A job that finds the writer idle does not wait for company, so one client alone is served as fast as without sharing.
/// Every job is answered after its commit, so what was answered is durable.
pub(crate) fn run(queue: &Queue, mut link: Link) {
    while let Some(mut jobs) = queue.pop_many(SHARED) {
        jobs.retain(|job| !job.is_abandoned());
        match jobs.len() {
            0 => {}
            1 => jobs.into_iter().for_each(|job| alone(&mut link, job)),
            _ => batch::run(&mut link, jobs),
        }
    }
    link.end();
}

/// Runs a job in a transaction of its own.
fn alone(link: &mut Link, mut job: Box<dyn Job>) {
    let failure = match link.write(|connection| transact(connection, &mut *job)) {
        Ok(Ok(())) => None,
        Ok(Err(failure)) | Err(failure) => Some(failure),
    };
    job.answer(failure);
}

/// Runs a job in a transaction that has the write lock from its beginning, so that what the job reads stays true until it
/// is committed.
fn transact(connection: &mut SqliteConnection, job: &mut dyn Job) -> Result<(), StoreError> {
    let mut verdict = None;
    let end = connection.immediate_transaction(|connection| match *verdict.insert(job.run(connection)) {
        Verdict::Keep => Ok(()),
        Verdict::Undo => Err(Error::RollbackTransaction),
    });
    match (verdict, end) {
        // The job's own error says more than that of a rollback; a rollback that failed is the link's affair.
        (Some(Verdict::Undo), _) | (_, Ok(())) => Ok(()),
        (Some(Verdict::Keep) | None, Err(error)) => Err(failed(error)),
    }
}
