//! Whose turn it is: a bounded queue that is fair by caller.
//!
//! Each caller waits in a line of its own, and the lines take turns, so a caller with a hundred checks waiting delays
//! another caller's check by one at most. A caller holds only so many workers at a time; while it does, its line is
//! passed over and keeps its turn. The same goes for all callers under suspicion together, for their number is whatever
//! an attacker's is.

use std::{
    collections::{HashMap, VecDeque},
    time::Instant,
};

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
    /// Most jobs that run of all callers under suspicion together, at least 1.
    pub(super) running_of_suspects: usize,
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
    /// Callers under suspicion, and until when.
    suspects: HashMap<ApiKeyId, Instant>,
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
        Self {
            bounds,
            lines: HashMap::new(),
            turns: VecDeque::new(),
            suspects: HashMap::new(),
            waiting: 0,
            next_ticket: 0,
        }
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
    pub(super) fn pop(&mut self, now: Instant) -> Option<(ApiKeyId, J)> {
        let is_suspect = |caller: &ApiKeyId| self.suspects.get(caller).is_some_and(|until| now < *until);
        let of_suspects: usize =
            self.lines.iter().filter(|(caller, _)| is_suspect(caller)).map(|(_, line)| line.running).sum();
        let suspects_may = of_suspects < self.bounds.running_of_suspects;
        let most = self.bounds.running_per_caller;
        let may_run = |caller: &ApiKeyId| {
            self.lines.get(caller).is_some_and(|line| line.running < most) && (suspects_may || !is_suspect(caller))
        };
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

    /// Puts a caller under suspicion. What it has running counts from now on.
    pub(super) fn suspect(&mut self, caller: ApiKeyId, until: Instant) {
        let now = Instant::now();
        self.suspects.retain(|_, until| now < *until);
        self.suspects.insert(caller, until);
    }

    /// A job of this caller that was taken is done.
    pub(super) fn finished(&mut self, caller: ApiKeyId) {
        if let Some(line) = self.lines.get_mut(&caller) {
            line.running = line.running.saturating_sub(1);
            self.forget_if_idle(caller);
        }
    }

    /// Takes a job back that nobody waits for any longer. Does nothing, and says so, when it waits no more.
    pub(super) fn cancel(&mut self, caller: ApiKeyId, ticket: Ticket) -> bool {
        let Some(line) = self.lines.get_mut(&caller) else {
            return false;
        };
        let Some(place) = line.waiting.iter().position(|(other, _)| *other == ticket) else {
            return false;
        };
        line.waiting.remove(place);
        self.waiting -= 1;
        if line.waiting.is_empty() {
            self.turns.retain(|other| *other != caller);
        }
        self.forget_if_idle(caller);
        true
    }

    fn forget_if_idle(&mut self, caller: ApiKeyId) {
        if self.lines.get(&caller).is_some_and(|line| line.running == 0 && line.waiting.is_empty()) {
            self.lines.remove(&caller);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn caller(n: u128) -> ApiKeyId {
        ApiKeyId::from_uuid(uuid::Uuid::from_u128(n))
    }

    fn queue(waiting: usize, waiting_per_caller: usize, running_per_caller: usize) -> FairQueue<&'static str> {
        FairQueue::new(Bounds { waiting, waiting_per_caller, running_per_caller, running_of_suspects: 1 })
    }

    fn jobs(queue: &mut FairQueue<&'static str>) -> Vec<&'static str> {
        std::iter::from_fn(|| queue.pop(Instant::now()).map(|(_, job)| job)).collect()
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
    fn suspects_share_their_part_however_many_they_are_and_for_as_long_as_they_are() {
        let mut queue = queue(9, 9, 3);
        let now = Instant::now();
        queue.push(caller(1), "a1").unwrap();
        assert_eq!(jobs(&mut queue), ["a1"]);
        queue.suspect(caller(1), now + Duration::from_secs(30));
        queue.suspect(caller(2), now + Duration::from_secs(60));
        for (from, job) in [(1, "a2"), (2, "b1"), (3, "c1"), (3, "c2")] {
            queue.push(caller(from), job).unwrap();
        }
        assert_eq!(jobs(&mut queue), ["c1", "c2"], "what a caller had running counts");
        queue.finished(caller(1));
        assert_eq!(jobs(&mut queue), ["a2"]);
        assert_eq!(queue.pop(now + Duration::from_secs(29)), None);
        assert_eq!(queue.pop(now + Duration::from_secs(30)), Some((caller(2), "b1")), "the first is none any more");
    }

    #[test]
    fn both_bounds_hold() {
        let mut queue = queue(3, 2, 1);
        assert!(queue.push(caller(1), "a1").is_some() && queue.push(caller(1), "a2").is_some());
        assert!(queue.push(caller(1), "a3").is_none(), "a caller's own bound");
        assert!(queue.push(caller(2), "b1").is_some());
        assert!(queue.push(caller(3), "c1").is_none(), "the bound of all");
        queue.pop(Instant::now()).unwrap();
        assert!(queue.push(caller(3), "c1").is_some(), "what runs does not wait");
    }

    #[test]
    fn a_cancelled_job_frees_its_place_and_nothing_is_remembered_of_idle_callers() {
        let mut queue = queue(2, 2, 1);
        let first = queue.push(caller(1), "a1").unwrap();
        queue.push(caller(1), "a2").unwrap();
        assert!(queue.cancel(caller(1), first));
        assert!(!queue.cancel(caller(1), first));
        assert_eq!(queue.waiting(), 1);
        assert_eq!(jobs(&mut queue), ["a2"]);
        queue.finished(caller(1));
        let only = queue.push(caller(2), "b1").unwrap();
        queue.cancel(caller(2), only);
        assert_eq!(jobs(&mut queue), [""; 0]);
        assert!(queue.lines.is_empty() && queue.turns.is_empty());
    }
}
