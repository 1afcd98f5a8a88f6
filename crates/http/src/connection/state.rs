use std::cell::Cell;

use actix_web::rt::time::Instant;

use super::Timeouts;

/// Maximum length of a request's head in bytes, give or take one read of the socket.
pub(super) const MAX_HEAD_BYTES: usize = 32 * 1_024;
/// While a request is in flight, this much is read ahead; the rest waits in the socket.
const MAX_BYTES_AHEAD: usize = 16 * 1_024;

/// The state of a connection: shared by its stream and its requests.
#[derive(Debug)]
pub(crate) struct Connection {
    phase: Cell<Phase>,
    /// Since when the client is waited for: for a request, or for the rest of one.
    waiting_since: Cell<Instant>,
    /// Bytes that came since the last request began, and of which no handler asked.
    unclaimed: Cell<usize>,
    /// Whether a line of them is complete.
    has_line: Cell<bool>,
    /// Whether the last byte that came was the last one of a request.
    is_between_requests: Cell<bool>,
    /// Whether a request ever began.
    is_used: Cell<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Between requests.
    Idle,
    /// A handler runs, or is yet to ask for the body.
    InFlight { has_body: bool },
    /// A handler reads the body.
    ReadingBody,
    /// The answer is being written.
    Answering,
    /// The request was answered before its body was read to the end; the rest is dropped.
    Draining,
}

/// What ends a connection.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Overdue {
    /// Some of a head came and the rest did not.
    Head,
    /// Nothing came, or more than was asked for.
    Connection,
}

impl Connection {
    pub(super) fn new() -> Self {
        Self {
            phase: Cell::new(Phase::Idle),
            waiting_since: Cell::new(Instant::now()),
            unclaimed: Cell::new(0),
            has_line: Cell::new(false),
            is_between_requests: Cell::new(false),
            is_used: Cell::new(false),
        }
    }

    /// A request begins.
    pub(crate) fn begin(&self, has_body: bool) {
        self.phase.set(Phase::InFlight { has_body });
        self.is_used.set(true);
        self.claim();
    }

    /// Its handler begins to read the body. Returns whether bytes may wait in the socket, which are read when the
    /// connection's task runs again.
    pub(crate) fn begin_body(&self) -> bool {
        let was_held = self.is_held();
        self.phase.set(Phase::ReadingBody);
        self.claim();
        was_held
    }

    /// The body was read to its end.
    pub(crate) fn end_body(&self) {
        self.phase.set(Phase::InFlight { has_body: false });
    }

    /// The handler has answered.
    pub(crate) fn end(&self) {
        let is_read = self.phase.get() == Phase::InFlight { has_body: false };
        if !is_read && self.is_between_requests.get() {
            // All of a body that no handler read has come.
            self.claim();
        }
        let is_complete = is_read || self.is_between_requests.get();
        self.phase.set(if is_complete { Phase::Answering } else { Phase::Draining });
        self.waiting_since.set(Instant::now());
    }

    fn claim(&self) {
        self.unclaimed.set(0);
        self.has_line.set(false);
    }

    /// A part of an answer is about to be written.
    pub(super) fn begin_write(&self) {
        if self.phase.get() == Phase::Idle {
            self.phase.set(Phase::Answering);
        }
    }

    /// All that was to be written is written.
    pub(super) fn end_write(&self) {
        if self.phase.get() == Phase::Answering {
            self.phase.set(Phase::Idle);
            self.waiting_since.set(Instant::now());
        }
    }

    /// Notes bytes that came. `ends_request`: the last of them is the last one of a request.
    pub(super) fn received(&self, bytes: &[u8], ends_request: bool) {
        self.is_between_requests.set(ends_request);
        if ends_request && self.phase.get() == Phase::Draining {
            self.phase.set(Phase::Idle);
            self.waiting_since.set(Instant::now());
            self.claim();
            return;
        }
        if self.phase.get() == Phase::ReadingBody {
            return;
        }
        if self.phase.get() == Phase::Idle && self.unclaimed.get() == 0 {
            self.waiting_since.set(Instant::now());
        }
        self.unclaimed.set(self.unclaimed.get() + bytes.len());
        self.has_line.set(self.has_line.get() || bytes.contains(&b'\n'));
    }

    /// Whether to leave what the client sends in the socket for now.
    pub(super) fn is_held(&self) -> bool {
        matches!(self.phase.get(), Phase::InFlight { .. } | Phase::Answering) && self.unclaimed.get() >= MAX_BYTES_AHEAD
    }

    /// Whether the parser has read the maximum of a head without finding its end.
    pub(super) fn is_head_too_long(&self) -> bool {
        self.phase.get() == Phase::Idle && self.unclaimed.get() > MAX_HEAD_BYTES
    }

    /// Whether a line of the next head is complete.
    pub(super) fn has_line(&self) -> bool {
        self.has_line.get()
    }

    /// Whether the client has let a deadline pass.
    pub(super) fn overdue(&self, timeouts: &Timeouts) -> Option<Overdue> {
        let (timeout, overdue) = match self.phase.get() {
            Phase::InFlight { .. } | Phase::ReadingBody | Phase::Answering => return None,
            Phase::Draining => (timeouts.head, Overdue::Connection),
            Phase::Idle if self.unclaimed.get() > 0 => (timeouts.head, Overdue::Head),
            Phase::Idle if self.is_used.get() => (timeouts.idle, Overdue::Connection),
            Phase::Idle => (timeouts.head, Overdue::Connection),
        };
        (self.waiting_since.get().elapsed() >= timeout).then_some(overdue)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::advance;

    use super::*;

    async fn after(connection: &Connection, seconds: u64) -> Option<Overdue> {
        advance(Duration::from_secs(seconds)).await;
        connection.overdue(&Timeouts::default())
    }

    fn answer(connection: &Connection) {
        connection.end();
        connection.begin_write();
        connection.end_write();
    }

    #[tokio::test(start_paused = true)]
    async fn each_head_has_ten_seconds_from_its_first_byte() {
        let connection = Connection::new();
        for _ in 0..2 {
            assert_eq!(after(&connection, 5).await, None);
            connection.received(b"G", false);
            assert_eq!(after(&connection, 9).await, None);
            connection.received(b"E", false);
            assert_eq!(after(&connection, 1).await, Some(Overdue::Head));
            connection.begin(false);
            assert_eq!(after(&connection, 1_000).await, None, "a request in flight has no deadline");
            answer(&connection);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_idle_connection_is_closed() {
        let connection = Connection::new();
        assert_eq!(after(&connection, 9).await, None);
        assert_eq!(after(&connection, 1).await, Some(Overdue::Connection), "one that never sent anything");
        connection.begin(false);
        answer(&connection);
        assert_eq!(after(&connection, 74).await, None);
        assert_eq!(after(&connection, 1).await, Some(Overdue::Connection));
    }

    #[tokio::test(start_paused = true)]
    async fn what_trickles_on_after_an_answer_is_no_head() {
        let connection = Connection::new();
        connection.begin(true);
        answer(&connection);
        connection.received(&[b'x'; 4 * MAX_HEAD_BYTES], false);
        assert!(!connection.is_head_too_long());
        assert_eq!(after(&connection, 10).await, Some(Overdue::Connection));
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_is_idle_once_a_body_that_no_handler_read_has_come() {
        for comes_before_the_answer in [true, false] {
            let connection = Connection::new();
            connection.begin(true);
            if comes_before_the_answer {
                connection.received(b"{}", true);
            }
            answer(&connection);
            if !comes_before_the_answer {
                connection.received(b"{}", true);
            }
            assert_eq!(after(&connection, 74).await, None);
            connection.received(b"GET", false);
            assert_eq!(after(&connection, 10).await, Some(Overdue::Head));
        }
    }

    #[tokio::test]
    async fn a_head_has_a_maximum_length() {
        let connection = Connection::new();
        connection.received(&[b'x'; MAX_HEAD_BYTES], false);
        assert!(!connection.is_head_too_long());
        connection.received(b"x", false);
        assert!(connection.is_head_too_long() && !connection.has_line());
        connection.received(b"\n", false);
        assert!(connection.has_line());
    }

    #[tokio::test]
    async fn requests_that_come_early_and_bodies_that_no_handler_reads_wait_in_the_socket() {
        let connection = Connection::new();
        connection.begin(true);
        connection.received(&[b'x'; MAX_BYTES_AHEAD], false);
        assert!(connection.is_held());
        assert!(connection.begin_body() && !connection.is_held());
        connection.received(&[b'x'; MAX_BYTES_AHEAD], false);
        connection.end_body();
        assert!(!connection.is_held());
        connection.received(&[b'x'; MAX_BYTES_AHEAD], false);
        assert!(connection.is_held());
        answer(&connection);
        assert!(!connection.is_held());
    }
}
