use ports::StoreError;
use tokio::sync::{OwnedSemaphorePermit, oneshot};

use super::BatchWork;

/// An item in the queue, and where its answer goes.
pub(super) struct QueuedItem<W: BatchWork> {
    pub(super) item: W::Item,
    pub(super) answer: oneshot::Sender<Completed<W>>,
    /// Released when the caller is answered.
    #[expect(dead_code, reason = "held, not read")]
    pub(super) permits: OwnedSemaphorePermit,
}

/// The item comes back with the answer.
pub(super) type Completed<W> = Result<(<W as BatchWork>::Item, <W as BatchWork>::Answer), StoreError>;

/// Items that are completed together, in the order of their arrival.
///
/// An item that is dropped unanswered reports a panic to its caller.
pub(crate) struct Batch<W: BatchWork>(Vec<Option<QueuedItem<W>>>);

impl<W: BatchWork> Batch<W> {
    /// The items whose callers still wait.
    pub(super) fn of(queued: &mut Vec<QueuedItem<W>>) -> Self {
        Self(queued.drain(..).filter(|queued| !queued.answer.is_closed()).map(Some).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The unanswered items with their indexes.
    pub(crate) fn items(&self) -> impl Iterator<Item = (usize, &W::Item)> {
        let queued = self.0.iter().enumerate();
        queued.filter_map(|(index, queued)| queued.as_ref().map(|queued| (index, &queued.item)))
    }

    /// The item at this index, unless it was answered.
    pub(crate) fn item(&self, index: usize) -> Option<&W::Item> {
        self.0.get(index)?.as_ref().map(|queued| &queued.item)
    }

    /// Answers the item at this index. Only the first answer counts.
    pub(crate) fn answer(&mut self, index: usize, answer: Result<W::Answer, StoreError>) {
        if let Some(QueuedItem { item, answer: caller, .. }) = self.0.get_mut(index).and_then(Option::take) {
            // The caller may have stopped waiting.
            let _ = caller.send(answer.map(|answer| (item, answer)));
        }
    }

    /// Answers all unanswered items with an error.
    pub(super) fn answer_all(&mut self, why: &StoreError) {
        for index in 0..self.0.len() {
            self.answer(index, Err(why.clone()));
        }
    }
}
