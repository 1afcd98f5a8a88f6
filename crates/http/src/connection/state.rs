use std::{
    cell::{Cell, RefCell},
    time::Duration,
};

use crate::bounds::Place;

/// How long the service waits for a client.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For the head of a request, from its first byte or from the opening of the connection. Looked at every half of it.
    pub head: Duration,
    /// For the next request on a connection.
    pub idle: Duration,
    /// For the least part of a body; the whole may take three times as long.
    pub body: Duration,
    /// For the least part of an answer to be taken in.
    pub answer: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            body: Duration::from_secs(10),
            answer: Duration::from_secs(30),
        }
    }
}

impl Patience {
    /// How often a connection on which nothing happens is looked at.
    pub(super) fn tick(&self) -> Duration {
        (self.head / 2).max(Duration::from_millis(1))
    }

    /// How many ticks make up this time.
    pub(super) fn ticks(&self, time: Duration) -> u32 {
        u32::try_from(time.as_nanos().div_ceil(self.tick().as_nanos())).unwrap_or(u32::MAX)
    }
}

/// The longest head of a request, in bytes, give or take one reading of the socket.
pub(super) const HEAD_BYTES: usize = 32 * 1_024;
/// Of requests that were sent while an earlier one is answered, this much is read.
const AHEAD_BYTES: usize = 16 * 1_024;

/// What happens on a connection: shared by its stream and the requests that come on it.
#[derive(Debug, Default)]
pub(crate) struct Connection {
    phase: Cell<Phase>,
    /// Bytes that came and belong to no body.
    unclaimed: Cell<usize>,
    /// How long the first line of the head is so far, and whether it is whole.
    line: Cell<usize>,
    line_ended: Cell<bool>,
    /// Ticks since the last request, and since the first byte after it.
    quiet: Cell<u32>,
    late: Cell<u32>,
    /// Whether there was a request.
    used: Cell<bool>,
    /// Whether what the client sends waits in the socket.
    held: Cell<bool>,
    /// Bytes of the answer that are not out yet; its head, which nobody counted, makes it a little less.
    left: Cell<u64>,
    /// What the request has taken; kept until its answer is taken in.
    place: RefCell<Option<Place>>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Between requests.
    #[default]
    Waiting,
    /// A request is being answered, and its body is still to be read.
    Reading,
    /// A request is being answered, and there is nothing more to read of it.
    Answering,
    /// A request was answered before its body was read to the end.
    Draining,
}

/// What is to be done with a connection on which nothing happens.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Wait,
    /// A part of a head came, and the rest did not.
    HeadLate,
    Close,
}

impl Connection {
    /// A request has begun.
    pub(crate) fn begin(&self, has_body: bool) {
        self.phase.set(if has_body { Phase::Reading } else { Phase::Answering });
        self.used.set(true);
        self.unclaimed.set(0);
        self.line.set(0);
        self.line_ended.set(false);
        self.quiet.set(0);
        self.late.set(0);
    }

    /// Its body was read to the end.
    pub(crate) fn body_read(&self) {
        self.phase.set(Phase::Answering);
    }

    /// It is answered, with a body of so many bytes, which now goes out.
    pub(crate) fn end(&self, bytes: u64) {
        self.left.set(bytes);
        self.phase.set(if self.phase.get() == Phase::Reading { Phase::Draining } else { Phase::Waiting });
    }

    /// Nothing more is read until [`resume`](Self::resume): what the client sends takes no memory of the process.
    pub(crate) fn hold(&self) {
        self.held.set(true);
    }

    /// Reads on.
    pub(crate) fn resume(&self) {
        self.held.set(false);
    }

    /// Keeps what a request has taken until its answer is taken in.
    pub(crate) fn keep(&self, place: Place) {
        self.place.replace(Some(place));
    }

    /// Gives back what of it is past so many bytes.
    pub(crate) fn shrink_to(&self, bytes: usize) {
        if let Some(place) = &mut *self.place.borrow_mut() {
            place.shrink_to(bytes);
        }
    }

    /// So many bytes of an answer are out.
    pub(super) fn wrote(&self, bytes: usize) {
        self.left.set(self.left.get().saturating_sub(bytes as u64));
    }

    /// What was handed over so far is out: all of the answer, or a part.
    pub(super) fn flushed(&self) {
        if self.left.get() == 0 && matches!(self.phase.get(), Phase::Waiting | Phase::Draining) {
            self.place.take();
        }
    }

    /// Whether to leave what comes in the socket for now.
    pub(super) fn is_held(&self) -> bool {
        self.held.get() || self.phase.get() == Phase::Answering && self.unclaimed.get() >= AHEAD_BYTES
    }

    /// Whether an error of the parser concerns a request that is answered already, or will be.
    pub(super) fn is_in_body(&self) -> bool {
        matches!(self.phase.get(), Phase::Reading | Phase::Draining)
    }

    /// Whether a head is what comes next.
    pub(super) fn is_in_head(&self) -> bool {
        self.phase.get() == Phase::Waiting
    }

    /// Whether the parser has seen a head as long as may be, and not its end.
    pub(super) fn is_head_too_long(&self) -> bool {
        self.phase.get() == Phase::Waiting && self.unclaimed.get() > HEAD_BYTES
    }

    /// Whether it is the head's first line that is too long.
    pub(super) fn is_line_too_long(&self) -> bool {
        self.line.get() > HEAD_BYTES
    }

    /// Notes bytes that came.
    pub(super) fn heard(&self, bytes: &[u8]) {
        if self.phase.get() == Phase::Reading {
            return;
        }
        self.unclaimed.set(self.unclaimed.get() + bytes.len());
        if self.phase.get() == Phase::Waiting && !self.line_ended.get() {
            let end = bytes.iter().position(|byte| *byte == b'\n');
            self.line.set(self.line.get() + end.unwrap_or(bytes.len()));
            self.line_ended.set(end.is_some());
        }
    }

    /// Time has passed on a connection that waits for its client.
    pub(super) fn tick(&self, patience: &Patience) -> Verdict {
        if matches!(self.phase.get(), Phase::Reading | Phase::Answering) {
            return Verdict::Wait;
        }
        // Of an answer to HEAD the body never comes.
        self.place.take();
        self.quiet.set(self.quiet.get() + 1);
        self.late.set(self.late.get() + u32::from(self.unclaimed.get() > 0));
        // A tick may have been about to come when the time began, so one more makes it whole.
        if self.late.get() > patience.ticks(patience.head) {
            return if self.is_in_head() { Verdict::HeadLate } else { Verdict::Close };
        }
        let time = if self.used.get() { patience.idle } else { patience.head };
        if self.quiet.get() > patience.ticks(time) { Verdict::Close } else { Verdict::Wait }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(connection: &Connection, ticks: u32) -> Verdict {
        let patience = Patience::default();
        (0..ticks)
            .map(|_| connection.tick(&patience))
            .find(|verdict| *verdict != Verdict::Wait)
            .unwrap_or(Verdict::Wait)
    }

    #[test]
    fn a_head_has_ten_seconds_from_its_first_byte_whichever_request_it_is() {
        let connection = Connection::default();
        for _ in 0..2 {
            connection.heard(b"G");
            assert_eq!(after(&connection, 2), Verdict::Wait);
            assert_eq!(after(&connection, 1), Verdict::HeadLate);
            connection.begin(false);
            assert_eq!(after(&connection, 100), Verdict::Wait, "a request that is being answered is not late");
            connection.end(0);
        }
    }

    #[test]
    fn an_idle_connection_is_closed() {
        let connection = Connection::default();
        assert_eq!(after(&connection, 2), Verdict::Wait);
        assert_eq!(after(&connection, 1), Verdict::Close, "one that never said anything");
        connection.begin(false);
        connection.end(0);
        assert_eq!(after(&connection, 15), Verdict::Wait);
        assert_eq!(after(&connection, 1), Verdict::Close);
    }

    #[test]
    fn what_trickles_on_after_an_answer_is_no_head() {
        let connection = Connection::default();
        connection.begin(true);
        connection.end(0);
        connection.heard(&[b'x'; 4 * HEAD_BYTES]);
        assert_eq!(after(&connection, 3), Verdict::Close);
    }

    #[test]
    fn a_head_has_its_longest_and_so_has_its_first_line() {
        let connection = Connection::default();
        connection.heard(&[b'x'; HEAD_BYTES]);
        assert!(!connection.is_head_too_long());
        connection.heard(b"x\r\n");
        assert!(connection.is_head_too_long() && connection.is_line_too_long());
        connection.begin(false);
        connection.end(0);
        connection.heard(b"GET / HTTP/1.1\r\n");
        connection.heard(&[b'x'; HEAD_BYTES]);
        assert!(connection.is_head_too_long() && !connection.is_line_too_long());
    }

    #[test]
    fn requests_that_come_too_early_wait_in_the_socket() {
        let connection = Connection::default();
        connection.begin(false);
        connection.heard(&[b'x'; AHEAD_BYTES]);
        assert!(connection.is_held());
        connection.end(0);
        assert!(!connection.is_held());
    }
}
