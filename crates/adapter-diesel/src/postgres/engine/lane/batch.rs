use ports::StoreError;
use tokio::sync::{OwnedSemaphorePermit, oneshot};

use super::Work;

/// A caller in the line.
pub(super) struct Waiting<W: Work> {
    pub(super) item: W::Item,
    pub(super) answer: oneshot::Sender<Answered<W>>,
    /// Given back when the caller is answered.
    #[expect(dead_code, reason = "held, not read")]
    pub(super) room: OwnedSemaphorePermit,
}

/// The item comes back with the answer.
pub(super) type Answered<W> = Result<(<W as Work>::Item, <W as Work>::Answer), StoreError>;

/// Callers that are served together, in the order in which they came. Those that are dropped unanswered learn of a panic.
pub(crate) struct Batch<W: Work>(Vec<Option<Waiting<W>>>);

impl<W: Work> Batch<W> {
    /// Those who still wait.
    pub(super) fn of(waiting: &mut Vec<Waiting<W>>) -> Self {
        Self(waiting.drain(..).filter(|waiting| !waiting.answer.is_closed()).map(Some).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The items that were not answered, with their places.
    pub(crate) fn items(&self) -> impl Iterator<Item = (usize, &W::Item)> {
        let waiting = self.0.iter().enumerate();
        waiting.filter_map(|(place, waiting)| waiting.as_ref().map(|waiting| (place, &waiting.item)))
    }

    /// The item at this place, unless it was answered.
    pub(crate) fn item(&self, place: usize) -> Option<&W::Item> {
        self.0.get(place)?.as_ref().map(|waiting| &waiting.item)
    }

    /// Answers the caller at this place, once.
    pub(crate) fn answer(&mut self, place: usize, answer: Result<W::Answer, StoreError>) {
        if let Some(Waiting { item, answer: caller, .. }) = self.0.get_mut(place).and_then(Option::take) {
            // Whoever stopped waiting needs none.
            let _ = caller.send(answer.map(|answer| (item, answer)));
        }
    }

    /// Answers all that were not.
    pub(super) fn answer_all(&mut self, why: &StoreError) {
        for place in 0..self.0.len() {
            self.answer(place, Err(why.clone()));
        }
    }
}
