use diesel::SqliteConnection;
use ports::StoreError;
use tokio::sync::oneshot;

/// What a job wants of the transaction that it ran in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Commit it.
    Keep,
    /// Roll it back.
    Undo,
}

/// Work for a thread of the store, whatever its result is.
pub(crate) trait Job: Send {
    /// Whether nobody waits for the answer any more; such a job need not begin.
    fn is_abandoned(&self) -> bool;

    /// Does the work. A refused job runs again if the rows that it saw were not committed.
    fn run(&mut self, connection: &mut SqliteConnection) -> Verdict;

    /// Answers with what the work returned or, if it could not be done or kept, with the failure.
    fn answer(self: Box<Self>, failure: Option<StoreError>);
}

/// A job that answers with a `Result`; an error undoes what it did.
struct Task<W, T, E> {
    work: W,
    result: Option<Result<T, E>>,
    answer: oneshot::Sender<Result<T, E>>,
}

/// Makes a job of this work, and what its answer will arrive in.
pub(crate) fn job<W, T, E>(work: W) -> (Box<dyn Job>, oneshot::Receiver<Result<T, E>>)
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

    fn run(&mut self, connection: &mut SqliteConnection) -> Verdict {
        let result = (self.work)(connection);
        let verdict = if result.is_ok() { Verdict::Keep } else { Verdict::Undo };
        self.result = Some(result);
        verdict
    }

    fn answer(self: Box<Self>, failure: Option<StoreError>) {
        let result = match (failure, self.result) {
            (Some(failure), _) => Err(failure.into()),
            (None, Some(result)) => result,
            (None, None) => Err(StoreError::Internal("the job did not run".to_owned()).into()),
        };
        // The caller may have gone; what was done stays done.
        let _ = self.answer.send(result);
    }
}
