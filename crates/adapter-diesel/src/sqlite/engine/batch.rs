//! Group commit: many jobs, one transaction, one wait for the disk.

use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::{
    SqliteConnection,
    connection::{AnsiTransactionManager, TransactionManager as _},
    result::Error,
};
use ports::StoreError;

use super::{
    job::{Job, Verdict},
    link::{Link, panic_message},
};
use crate::failure::failed;

type Manager = AnsiTransactionManager;

/// Most times that a job is decided if its transactions keep being lost.
const ROUNDS: u32 = 3;

/// Runs the jobs, each in a savepoint of one transaction, and answers all after its commit.
///
/// A job that fails is undone alone. If the transaction itself is lost (the disk is full, the lock was not to be had),
/// nothing of the batch is kept, and every job whose work would have been is answered with that failure. A job that was refused
/// after another one had written may have been refused because of it ("the key is taken"), so it is decided again.
pub(crate) fn run(link: &mut Link, mut jobs: Vec<Box<dyn Job>>) {
    for round in 1..=ROUNDS {
        let (undecided, failure) = decide(link, jobs);
        jobs = undecided;
        jobs.retain(|job| !job.is_abandoned());
        let Some(failure) = failure else { return };
        if round == ROUNDS || matches!(failure, StoreError::Replaced(_)) {
            return answer_all(jobs, &failure);
        }
        if jobs.is_empty() {
            return;
        }
    }
}

/// Runs the jobs in one transaction and answers those that are decided by its end. If it was lost, the others come back, with
/// the reason.
fn decide(link: &mut Link, jobs: Vec<Box<dyn Job>>) -> (Vec<Box<dyn Job>>, Option<StoreError>) {
    let mut batch: Vec<Entry> = jobs.into_iter().map(|job| Entry { job, state: State::Waiting }).collect();
    let end = link.write(|connection| {
        connection.immediate_transaction(|connection| batch.iter_mut().try_for_each(|entry| entry.run(connection)))
    });
    let failure = match end {
        Ok(Ok(())) => {
            batch.into_iter().for_each(|entry| entry.answer(None));
            return (Vec::new(), None);
        }
        // Whatever ended it, nothing was kept and the callers may try again: most of them have done nothing wrong.
        Ok(Err(error)) => StoreError::Unavailable(format!("the shared transaction was lost: {}", failed(error))),
        Err(failure) => failure,
    };
    // What was refused before anything was written was refused because of what is committed.
    let first_write = batch.iter().position(|entry| matches!(entry.state, State::Kept)).unwrap_or(batch.len());
    let saw_writes = batch.split_off(first_write);
    batch.into_iter().for_each(|entry| entry.answer(Some(&failure)));
    let (undecided, decided): (Vec<_>, Vec<_>) =
        saw_writes.into_iter().partition(|entry| matches!(entry.state, State::Undone));
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
    /// Not begun.
    Waiting,
    /// To be committed with the others.
    Kept,
    /// Undone, as the job wished.
    Undone,
    /// Undone, because the job panicked.
    Panicked(StoreError),
}

impl Entry {
    /// Runs the job in a savepoint. An error means that the transaction around it is lost.
    fn run(&mut self, connection: &mut SqliteConnection) -> Result<(), Error> {
        let base = depth(connection)?;
        Manager::begin_transaction(connection)?;
        match catch_unwind(AssertUnwindSafe(|| self.job.run(connection))) {
            Ok(Verdict::Keep) => {
                Manager::commit_transaction(connection)?;
                self.state = State::Kept;
            }
            Ok(Verdict::Undo) => {
                Manager::rollback_transaction(connection)?;
                self.state = State::Undone;
            }
            Err(panic) => {
                // It may have left savepoints of its own open.
                while depth(connection)? > base {
                    Manager::rollback_transaction(connection)?;
                }
                let reason = format!("a job panicked: {}", panic_message(&*panic));
                self.state = State::Panicked(StoreError::Internal(reason));
            }
        }
        Ok(())
    }

    fn answer(self, lost: Option<&StoreError>) {
        let failure = match self.state {
            State::Waiting | State::Kept => lost.cloned(),
            State::Undone => None, // the job's own error says more
            State::Panicked(failure) => Some(failure),
        };
        self.job.answer(failure);
    }
}

/// How many transactions are open, one within the other.
fn depth(connection: &mut SqliteConnection) -> Result<u32, Error> {
    let status = Manager::transaction_manager_status_mut(connection);
    Ok(status.transaction_depth()?.map_or(0, |depth| depth.get()))
}
