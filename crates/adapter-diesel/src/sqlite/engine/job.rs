use diesel::SqliteConnection;
use ports::StoreError;
use tokio::sync::oneshot;

/// How the transaction of a job ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum JobEnd {
    Commit,
    Rollback,
}

/// Work for a thread of the store.
pub(super) trait Job: Send {
    /// Whether the caller has stopped waiting; such a job need not start.
    fn is_abandoned(&self) -> bool;

    /// Does the work. Runs again after a [`JobEnd::Rollback`] if the rows that the job read were not committed.
    fn run(&mut self, connection: &mut SqliteConnection) -> JobEnd;

    /// Sends the result of the work or, if it was not run or not committed, the failure.
    fn answer(self: Box<Self>, failure: Option<StoreError>);
}

/// A job that returns a `Result`; an error rolls it back.
struct Task<W, T, E> {
    work: W,
    result: Option<Result<T, E>>,
    answer: oneshot::Sender<Result<T, E>>,
}

/// A job of this work, and the receiver of its answer.
pub(super) fn job<W, T, E>(work: W) -> (Box<dyn Job>, oneshot::Receiver<Result<T, E>>)
where
    W: FnMut(&mut SqliteConnection) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let (answer, receiver) = oneshot::channel();
    (Box::new(Task { work, result: None, answer }), receiver)
}

impl<W, T, E> Job for Task<W, T, E>
where
    W: FnMut(&mut SqliteConnection) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn is_abandoned(&self) -> bool {
        self.answer.is_closed()
    }

    fn run(&mut self, connection: &mut SqliteConnection) -> JobEnd {
        let result = (self.work)(connection);
        let end = if result.is_ok() { JobEnd::Commit } else { JobEnd::Rollback };
        self.result = Some(result);
        end
    }

    fn answer(self: Box<Self>, failure: Option<StoreError>) {
        let result = match (failure, self.result) {
            (Some(failure), _) => Err(failure.into()),
            (None, Some(result)) => result,
            (None, None) => Err(StoreError::Internal("the job did not run".to_owned()).into()),
        };
        // The caller may have stopped waiting; the work stays committed.
        let _ = self.answer.send(result);
    }
}
