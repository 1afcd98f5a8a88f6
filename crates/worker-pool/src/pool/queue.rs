//! A bounded queue that is fair by caller.
//!
//! Each caller has a queue, and the queues are served round-robin: a caller with a hundred waiting jobs delays another
//! caller's job by at most one. The number of a caller's running jobs is limited. At the limit its queue is skipped, and keeps
//! its turn. A second limit holds for all suspects together, since an attacker may have many keys.

use std::{
    collections::{HashMap, VecDeque},
    time::Instant,
};

use super::Caller;

/// The limits of a queue.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Maximum number of waiting jobs.
    pub(super) waiting: usize,
    /// Maximum number of waiting jobs of one caller.
    pub(super) waiting_per_caller: usize,
    /// Maximum number of running jobs of one caller.
    pub(super) running_per_caller: usize,
    /// Maximum number of running jobs of all suspects together, at least 1.
    pub(super) running_of_all_suspects: usize,
}

/// Identifies a waiting job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ticket(u64);

#[derive(Debug)]
pub(super) struct FairQueue<J> {
    limits: Limits,
    /// Callers with waiting or running jobs.
    callers: HashMap<Caller, CallerQueue<J>>,
    /// Callers with waiting jobs, the next one first.
    ready: VecDeque<Caller>,
    /// Callers whose jobs ended workers, with the time until which they are suspects.
    suspects: HashMap<Caller, Instant>,
    waiting: usize,
    next_ticket: u64,
}

#[derive(Debug)]
struct CallerQueue<J> {
    waiting: VecDeque<(Ticket, J)>,
    running: usize,
}

impl<J> FairQueue<J> {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            limits,
            callers: HashMap::new(),
            ready: VecDeque::new(),
            suspects: HashMap::new(),
            waiting: 0,
            next_ticket: 0,
        }
    }

    /// The number of waiting jobs.
    pub(super) fn waiting(&self) -> usize {
        self.waiting
    }

    /// Adds a job at the end of its caller's queue; `None` when a limit is reached.
    pub(super) fn push(&mut self, caller: Caller, job: J) -> Option<Ticket> {
        let waiting = self.callers.get(&caller).map_or(0, |queue| queue.waiting.len());
        if self.waiting >= self.limits.waiting || waiting >= self.limits.waiting_per_caller {
            return None;
        }
        let ticket = Ticket(self.next_ticket);
        self.next_ticket += 1;
        self.waiting += 1;
        let queue = self.callers.entry(caller).or_insert_with(|| CallerQueue { waiting: VecDeque::new(), running: 0 });
        if queue.waiting.is_empty() {
            self.ready.push_back(caller);
        }
        queue.waiting.push_back((ticket, job));
        Some(ticket)
    }

    /// Removes the next job, which counts as running until [`finished`](Self::finished) is called.
    pub(super) fn pop(&mut self, now: Instant) -> Option<J> {
        let is_suspect = |caller: &Caller| self.suspects.get(caller).is_some_and(|until| now < *until);
        let running_of_suspects: usize =
            self.callers.iter().filter(|(caller, _)| is_suspect(caller)).map(|(_, queue)| queue.running).sum();
        let suspects_may_run = running_of_suspects < self.limits.running_of_all_suspects;
        let may_run = |caller: &Caller| {
            self.callers.get(caller).is_some_and(|queue| queue.running < self.limits.running_per_caller)
                && (suspects_may_run || !is_suspect(caller))
        };
        let next = self.ready.iter().position(may_run)?;
        let caller = self.ready.remove(next)?;
        let queue = self.callers.get_mut(&caller)?;
        let (_, job) = queue.waiting.pop_front()?;
        queue.running += 1;
        self.waiting -= 1;
        if !queue.waiting.is_empty() {
            self.ready.push_back(caller);
        }
        Some(job)
    }

    /// Makes a caller a suspect. Its running jobs count too.
    pub(super) fn suspect(&mut self, caller: Caller, until: Instant) {
        let now = Instant::now();
        self.suspects.retain(|_, until| now < *until);
        self.suspects.insert(caller, until);
    }

    /// Ends a running job of this caller.
    pub(super) fn finished(&mut self, caller: Caller) {
        if let Some(queue) = self.callers.get_mut(&caller) {
            queue.running = queue.running.saturating_sub(1);
            self.forget_if_idle(caller);
        }
    }

    /// Removes a waiting job. Returns whether it was still waiting.
    pub(super) fn cancel(&mut self, caller: Caller, ticket: Ticket) -> bool {
        let Some(queue) = self.callers.get_mut(&caller) else {
            return false;
        };
        let Some(index) = queue.waiting.iter().position(|(other, _)| *other == ticket) else {
            return false;
        };
        queue.waiting.remove(index);
        self.waiting -= 1;
        if queue.waiting.is_empty() {
            self.ready.retain(|other| *other != caller);
        }
        self.forget_if_idle(caller);
        true
    }

    fn forget_if_idle(&mut self, caller: Caller) {
        if self.callers.get(&caller).is_some_and(|queue| queue.running == 0 && queue.waiting.is_empty()) {
            self.callers.remove(&caller);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn queue(waiting: usize, waiting_per_caller: usize, running_per_caller: usize) -> FairQueue<&'static str> {
        FairQueue::new(Limits { waiting, waiting_per_caller, running_per_caller, running_of_all_suspects: 1 })
    }

    fn jobs(queue: &mut FairQueue<&'static str>) -> Vec<&'static str> {
        std::iter::from_fn(|| queue.pop(Instant::now())).collect()
    }

    #[test]
    fn callers_take_turns_and_each_queue_keeps_its_order() {
        let mut queue = queue(9, 9, 9);
        for job in ["a1", "a2", "a3"] {
            queue.push(Caller(1), job).unwrap();
        }
        queue.push(Caller(2), "b1").unwrap();
        queue.push(Caller(2), "b2").unwrap();
        queue.push(Caller(3), "c1").unwrap();
        assert_eq!(jobs(&mut queue), ["a1", "b1", "c1", "a2", "b2", "a3"]);
        assert_eq!(queue.waiting(), 0);
    }

    #[test]
    fn a_caller_at_its_limit_of_running_jobs_is_skipped_and_keeps_its_turn() {
        let mut queue = queue(9, 9, 1);
        queue.push(Caller(1), "a1").unwrap();
        queue.push(Caller(1), "a2").unwrap();
        assert_eq!(jobs(&mut queue), ["a1"]);
        queue.push(Caller(2), "b1").unwrap();
        assert_eq!(jobs(&mut queue), ["b1"]);
        queue.finished(Caller(1));
        queue.push(Caller(3), "c1").unwrap();
        assert_eq!(jobs(&mut queue), ["a2", "c1"]);
    }

    #[test]
    fn suspects_share_one_limit_until_their_time_is_over() {
        let mut queue = queue(9, 9, 3);
        let now = Instant::now();
        queue.push(Caller(1), "a1").unwrap();
        assert_eq!(jobs(&mut queue), ["a1"]);
        queue.suspect(Caller(1), now + Duration::from_secs(30));
        queue.suspect(Caller(2), now + Duration::from_secs(60));
        for (from, job) in [(1, "a2"), (2, "b1"), (3, "c1"), (3, "c2")] {
            queue.push(Caller(from), job).unwrap();
        }
        assert_eq!(jobs(&mut queue), ["c1", "c2"], "a suspect's running jobs count");
        queue.finished(Caller(1));
        assert_eq!(jobs(&mut queue), ["a2"]);
        assert_eq!(queue.pop(now + Duration::from_secs(29)), None);
        assert_eq!(queue.pop(now + Duration::from_secs(30)), Some("b1"), "the first is no longer a suspect");
    }

    #[test]
    fn waiting_jobs_are_limited_per_caller_and_in_total() {
        let mut queue = queue(3, 2, 1);
        assert!(queue.push(Caller(1), "a1").is_some() && queue.push(Caller(1), "a2").is_some());
        assert!(queue.push(Caller(1), "a3").is_none(), "the limit of a caller");
        assert!(queue.push(Caller(2), "b1").is_some());
        assert!(queue.push(Caller(3), "c1").is_none(), "the total limit");
        queue.pop(Instant::now()).unwrap();
        assert!(queue.push(Caller(3), "c1").is_some(), "a running job does not wait");
    }

    #[test]
    fn a_cancelled_job_frees_capacity_and_idle_callers_are_forgotten() {
        let mut queue = queue(2, 2, 1);
        let first = queue.push(Caller(1), "a1").unwrap();
        queue.push(Caller(1), "a2").unwrap();
        assert!(queue.cancel(Caller(1), first));
        assert!(!queue.cancel(Caller(1), first));
        assert_eq!(queue.waiting(), 1);
        assert_eq!(jobs(&mut queue), ["a2"]);
        queue.finished(Caller(1));
        let only = queue.push(Caller(2), "b1").unwrap();
        queue.cancel(Caller(2), only);
        assert_eq!(jobs(&mut queue), [""; 0]);
        assert!(queue.callers.is_empty() && queue.ready.is_empty());
    }
}
