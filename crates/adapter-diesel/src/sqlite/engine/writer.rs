use diesel::{SqliteConnection, result::Error};
use ports::StoreError;

use super::{
    batch,
    job::{Job, JobEnd},
    queue::JobQueue,
    worker_connection::WorkerConnection,
};
use crate::{bounds::MAX_BATCH, failure::store_error};

/// Runs the writer's thread until the queue is closed and empty: takes the queued jobs and commits them together.
///
/// An idle writer starts a job immediately; it never delays a job to fill a batch. Every job is answered after its commit,
/// so an answered write is durable.
pub(super) fn run(queue: &JobQueue, mut connection: WorkerConnection) {
    while let Some(mut jobs) = queue.pop_many(MAX_BATCH) {
        jobs.retain(|job| !job.is_abandoned());
        match jobs.len() {
            0 => {}
            1 => jobs.into_iter().for_each(|job| run_one(&mut connection, job)),
            _ => batch::run(&mut connection, jobs),
        }
    }
    connection.close();
}

/// Runs a job in a separate transaction, without a savepoint.
fn run_one(connection: &mut WorkerConnection, mut job: Box<dyn Job>) {
    let failure = match connection.write(|connection| transact(connection, &mut *job)) {
        Ok(Ok(())) => None,
        Ok(Err(failure)) | Err(failure) => Some(failure),
    };
    job.answer(failure);
}

/// Runs a job in a transaction that holds the write lock from its start, so that the rows that the job reads stay as they
/// are until the commit.
fn transact(connection: &mut SqliteConnection, job: &mut dyn Job) -> Result<(), StoreError> {
    let mut job_end = None;
    let transaction = connection.immediate_transaction(|connection| match *job_end.insert(job.run(connection)) {
        JobEnd::Commit => Ok(()),
        JobEnd::Rollback => Err(Error::RollbackTransaction),
    });
    match (job_end, transaction) {
        // The job's error explains more than that of the rollback. If the rollback failed, the connection is replaced.
        (Some(JobEnd::Rollback), _) | (_, Ok(())) => Ok(()),
        (Some(JobEnd::Commit) | None, Err(error)) => Err(store_error(error)),
    }
}
