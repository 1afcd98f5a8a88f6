//! Whose turn it is: a bounded queue that is fair by caller.
//!
//! Each caller waits in a line of its own, and the lines take turns, so a caller with a hundred checks waiting delays
//! another caller's check by one at most. A caller holds only so many workers at a time; while it does, its line is
//! passed over and keeps its turn.

use std::collections::{HashMap, VecDeque};

use domain::id::ApiKeyId;

/// The bounds of a queue.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// Most jobs that wait, of all callers together.
    pub(super) waiting: usize,
    /// Most jobs of one caller that wait.
    pub(super) waiting_per_caller: usize,
    /// Most jobs of one caller that run.
    pub(super) running_per_caller: usize,
}

/// Names a waiting job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ticket(u64);

#[derive(Debug)]
pub(super) struct FairQueue<J> {
    bounds: Bounds,
    /// Callers with jobs that wait or run.
    lines: HashMap<ApiKeyId, Line<J>>,
    /// Callers with jobs that wait, the next one first.
    turns: VecDeque<ApiKeyId>,
    waiting: usize,
    next_ticket: u64,
}

#[derive(Debug)]
struct Line<J> {
    waiting: VecDeque<(Ticket, J)>,
    running: usize,
}

impl<J> FairQueue<J> {
    pub(super) fn new(bounds: Bounds) -> Self {
        Self { bounds, lines: HashMap::new(), turns: VecDeque::new(), waiting: 0, next_ticket: 0 }
    }

    /// Jobs that wait.
    pub(super) fn waiting(&self) -> usize {
        self.waiting
    }

    /// Puts a job at the end of its caller's line; `None` when a bound is reached.
    pub(super) fn push(&mut self, caller: ApiKeyId, job: J) -> Option<Ticket> {
        let in_line = self.lines.get(&caller).map_or(0, |line| line.waiting.len());
        if self.waiting >= self.bounds.waiting || in_line >= self.bounds.waiting_per_caller {
            return None;
        }
        let ticket = Ticket(self.next_ticket);
        self.next_ticket += 1;
        self.waiting += 1;
        let line = self.lines.entry(caller).or_insert_with(|| Line { waiting: VecDeque::new(), running: 0 });
        if line.waiting.is_empty() {
            self.turns.push_back(caller);
        }
        line.waiting.push_back((ticket, job));
        Some(ticket)
    }

    /// Takes the job whose turn it is. [`finished`](Self::finished) must follow when it is done.
    pub(super) fn pop(&mut self) -> Option<(ApiKeyId, J)> {
        let most = self.bounds.running_per_caller;
        let may_run = |caller: &ApiKeyId| self.lines.get(caller).is_some_and(|line| line.running < most);
        let turn = self.turns.iter().position(may_run)?;
        let caller = self.turns.remove(turn)?;
        let line = self.lines.get_mut(&caller)?;
        let (_, job) = line.waiting.pop_front()?;
        line.running += 1;
        self.waiting -= 1;
        if !line.waiting.is_empty() {
            self.turns.push_back(caller);
        }
        Some((caller, job))
    }

    /// A job of this caller that was taken is done.
    pub(super) fn finished(&mut self, caller: ApiKeyId) {
        if let Some(line) = self.lines.get_mut(&caller) {
            line.running = line.running.saturating_sub(1);
            self.forget_if_idle(caller);
        }
    }

    /// Takes a job back that nobody waits for any longer. Does nothing when it runs already.
    pub(super) fn cancel(&mut self, caller: ApiKeyId, ticket: Ticket) {
        let Some(line) = self.lines.get_mut(&caller) else {
            return;
        };
        let Some(place) = line.waiting.iter().position(|(other, _)| *other == ticket) else {
            return;
        };
        line.waiting.remove(place);
        self.waiting -= 1;
        if line.waiting.is_empty() {
            self.turns.retain(|other| *other != caller);
        }
        self.forget_if_idle(caller);
    }

    fn forget_if_idle(&mut self, caller: ApiKeyId) {
        if self.lines.get(&caller).is_some_and(|line| line.running == 0 && line.waiting.is_empty()) {
            self.lines.remove(&caller);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(n: u128) -> ApiKeyId {
        ApiKeyId::from_uuid(uuid::Uuid::from_u128(n))
    }

    fn queue(waiting: usize, waiting_per_caller: usize, running_per_caller: usize) -> FairQueue<&'static str> {
        FairQueue::new(Bounds { waiting, waiting_per_caller, running_per_caller })
    }

    fn jobs(queue: &mut FairQueue<&'static str>) -> Vec<&'static str> {
        std::iter::from_fn(|| queue.pop().map(|(_, job)| job)).collect()
    }

    #[test]
    fn callers_take_turns_and_each_line_keeps_its_order() {
        let mut queue = queue(9, 9, 9);
        for job in ["a1", "a2", "a3"] {
            queue.push(caller(1), job).unwrap();
        }
        queue.push(caller(2), "b1").unwrap();
        queue.push(caller(2), "b2").unwrap();
        queue.push(caller(3), "c1").unwrap();
        assert_eq!(jobs(&mut queue), ["a1", "b1", "c1", "a2", "b2", "a3"]);
        assert_eq!(queue.waiting(), 0);
    }

    #[test]
    fn a_caller_with_its_fill_of_workers_is_passed_over_and_keeps_its_turn() {
        let mut queue = queue(9, 9, 1);
        queue.push(caller(1), "a1").unwrap();
        queue.push(caller(1), "a2").unwrap();
        assert_eq!(jobs(&mut queue), ["a1"]);
        queue.push(caller(2), "b1").unwrap();
        assert_eq!(jobs(&mut queue), ["b1"]);
        queue.finished(caller(1));
        queue.push(caller(3), "c1").unwrap();
        assert_eq!(jobs(&mut queue), ["a2", "c1"]);
    }

    #[test]
    fn both_bounds_hold() {
        let mut queue = queue(3, 2, 1);
        assert!(queue.push(caller(1), "a1").is_some() && queue.push(caller(1), "a2").is_some());
        assert!(queue.push(caller(1), "a3").is_none(), "a caller's own bound");
        assert!(queue.push(caller(2), "b1").is_some());
        assert!(queue.push(caller(3), "c1").is_none(), "the bound of all");
        queue.pop().unwrap();
        assert!(queue.push(caller(3), "c1").is_some(), "what runs does not wait");
    }

    #[test]
    fn a_cancelled_job_frees_its_place_and_nothing_is_remembered_of_idle_callers() {
        let mut queue = queue(2, 2, 1);
        let first = queue.push(caller(1), "a1").unwrap();
        queue.push(caller(1), "a2").unwrap();
        queue.cancel(caller(1), first);
        queue.cancel(caller(1), first);
        assert_eq!(queue.waiting(), 1);
        assert_eq!(jobs(&mut queue), ["a2"]);
        queue.finished(caller(1));
        let only = queue.push(caller(2), "b1").unwrap();
        queue.cancel(caller(2), only);
        assert_eq!(jobs(&mut queue), [""; 0]);
        assert!(queue.lines.is_empty() && queue.turns.is_empty());
    }
}
