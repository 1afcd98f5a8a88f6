//! Group commit: many jobs, one transaction, one wait for the disk.
//!
//! PostgreSQL has a batcher instead (`postgres::engine::batcher`): there a batch is one statement for items of one
//! kind, on an asynchronous connection. Here a batch is a transaction of whole jobs of any kind, each in a savepoint, on a
//! thread that blocks. The two share the bounds of their queues (`bounds`).

use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::{
    SqliteConnection,
    connection::{AnsiTransactionManager, TransactionManager as _},
    result::Error,
};
use ports::StoreError;

use super::{
    job::{Job, JobEnd},
    worker_connection::{WorkerConnection, panic_message},
};
use crate::failure::store_error;

type Manager = AnsiTransactionManager;

/// How often a job runs whose shared transactions keep failing.
const MAX_ROUNDS: u32 = 3;

/// Runs the jobs, each in a savepoint of one transaction, and answers all after the commit.
///
/// A job that fails is rolled back alone. If the transaction itself fails (the disk is full, the lock was not available),
/// the whole batch is rolled back, and every job that would have been committed is answered with that failure. A job that
/// returned an error after another one had written may have failed because of those rows ("the key is taken"), so it runs
/// again.
pub(super) fn run(connection: &mut WorkerConnection, mut jobs: Vec<Box<dyn Job>>) {
    for round in 1..=MAX_ROUNDS {
        let (undecided, failure) = run_once(connection, jobs);
        jobs = undecided;
        jobs.retain(|job| !job.is_abandoned());
        let Some(failure) = failure else { return };
        if round == MAX_ROUNDS || matches!(failure, StoreError::Replaced(_)) {
            return answer_all(jobs, &failure);
        }
        if jobs.is_empty() {
            return;
        }
    }
}

/// Runs the jobs in one transaction and answers those whose result is final. If the transaction failed, returns the other
/// jobs and the failure.
fn run_once(connection: &mut WorkerConnection, jobs: Vec<Box<dyn Job>>) -> (Vec<Box<dyn Job>>, Option<StoreError>) {
    let mut batch: Vec<Entry> = jobs.into_iter().map(|job| Entry { job, state: State::Waiting }).collect();
    let end = connection.write(|connection| {
        connection.immediate_transaction(|connection| batch.iter_mut().try_for_each(|entry| entry.run(connection)))
    });
    let failure = match end {
        Ok(Ok(())) => {
            batch.into_iter().for_each(|entry| entry.answer(None));
            return (Vec::new(), None);
        }
        // The transaction was rolled back for whatever reason, so the callers may try again.
        Ok(Err(error)) => StoreError::Unavailable(format!("the shared transaction was lost: {}", store_error(error))),
        Err(failure) => failure,
    };
    // An error before the first write rests on committed rows only, so it is final.
    let first_write = batch.iter().position(|entry| matches!(entry.state, State::ToCommit)).unwrap_or(batch.len());
    let saw_writes = batch.split_off(first_write);
    batch.into_iter().for_each(|entry| entry.answer(Some(&failure)));
    let (undecided, decided): (Vec<_>, Vec<_>) =
        saw_writes.into_iter().partition(|entry| matches!(entry.state, State::RolledBack));
    decided.into_iter().for_each(|entry| entry.answer(Some(&failure)));
    (undecided.into_iter().map(|entry| entry.job).collect(), Some(failure))
}

fn answer_all(jobs: Vec<Box<dyn Job>>, failure: &StoreError) {
    jobs.into_iter().for_each(|job| job.answer(Some(failure.clone())));
}

struct Entry {
    job: Box<dyn Job>,
    state: State,
}

enum State {
    /// Not started.
    Waiting,
    /// To be committed with the others.
    ToCommit,
    /// Rolled back, because the job returned an error.
    RolledBack,
    /// Rolled back, because the job panicked.
    Panicked(StoreError),
}

impl Entry {
    /// Runs the job in a savepoint. An error means that the surrounding transaction has failed.
    fn run(&mut self, connection: &mut SqliteConnection) -> Result<(), Error> {
        let base = depth(connection)?;
        Manager::begin_transaction(connection)?;
        match catch_unwind(AssertUnwindSafe(|| self.job.run(connection))) {
            Ok(JobEnd::Commit) => {
                Manager::commit_transaction(connection)?;
                self.state = State::ToCommit;
            }
            Ok(JobEnd::Rollback) => {
                Manager::rollback_transaction(connection)?;
                self.state = State::RolledBack;
            }
            Err(panic) => {
                // The job may have left nested savepoints open.
                while depth(connection)? > base {
                    Manager::rollback_transaction(connection)?;
                }
                let reason = format!("a job panicked: {}", panic_message(&*panic));
                self.state = State::Panicked(StoreError::Internal(reason));
            }
        }
        Ok(())
    }

    fn answer(self, batch_failure: Option<&StoreError>) {
        let failure = match self.state {
            State::Waiting | State::ToCommit => batch_failure.cloned(),
            State::RolledBack => None, // the job's own error explains more
            State::Panicked(failure) => Some(failure),
        };
        self.job.answer(failure);
    }
}

/// The number of open transactions, each nested in the one before.
fn depth(connection: &mut SqliteConnection) -> Result<u32, Error> {
    let status = Manager::transaction_manager_status_mut(connection);
    Ok(status.transaction_depth()?.map_or(0, |depth| depth.get()))
}
