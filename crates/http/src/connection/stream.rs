use std::{
    io,
    mem::MaybeUninit,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, ready},
};

use actix_web::rt::{
    net::TcpStream,
    time::{Instant, Interval, interval},
};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::{
    Timeouts,
    offers::Offers,
    state::{Connection, Overdue},
};

/// After this many bytes the parser runs, even if the client has sent more.
const MAX_BYTES_AT_ONCE: usize = 16 * 1_024;
/// A client that reads less of its answer within its timeout is cut off.
const MIN_BYTES_TAKEN: usize = 20 * 1_024;
/// After a refusal this much is read and dropped: a client that is still sending would lose the answer to a reset.
const MAX_BYTES_DROPPED: usize = 4 * 1_024 * 1_024;

/// A socket with deadlines for reading and writing.
pub(crate) struct GuardedStream {
    io: TcpStream,
    connection: Rc<Connection>,
    timeouts: Timeouts,
    /// Wakes the task to check the deadlines.
    checks: Interval,
    offers: Offers,
    /// Bytes read since the socket was last empty.
    bytes_at_once: usize,
    /// Whether the socket was left unread, so that it will not wake the task.
    is_withheld: bool,
    output: Option<Output>,
    refusal: Option<Refusal>,
}

/// An answer that is being written.
struct Output {
    /// Since when less than [`MIN_BYTES_TAKEN`] were taken.
    slow_since: Instant,
    taken: usize,
}

/// The connection was refused before there was a request.
struct Refusal {
    since: Instant,
    dropped: usize,
}

impl GuardedStream {
    pub(crate) fn new(io: TcpStream, timeouts: Timeouts) -> Self {
        Self {
            io,
            connection: Rc::new(Connection::new()),
            timeouts,
            checks: interval(timeouts.check_interval()),
            offers: Offers::default(),
            bytes_at_once: 0,
            is_withheld: false,
            output: None,
            refusal: None,
        }
    }

    /// The state that its requests share with it.
    pub(crate) fn connection(&self) -> Rc<Connection> {
        Rc::clone(&self.connection)
    }

    /// Has the task woken at the next check.
    fn await_check(&mut self, cx: &mut Context<'_>) {
        while self.checks.poll_tick(cx).is_ready() {}
    }

    /// Answers with a bare status and ends the connection. There is no request, so nothing else is being written.
    fn refuse(&mut self, status: &str) {
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        // An empty send buffer accepts this much; a client that is gone needs no answer.
        let _ = self.io.try_write(answer.as_bytes());
        self.refusal = Some(Refusal { since: Instant::now(), dropped: 0 });
    }
}

/// Reads at most [`MAX_BYTES_AT_ONCE`], however much the buffer holds.
fn read_some(io: &mut TcpStream, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
    if buf.remaining() <= MAX_BYTES_AT_ONCE {
        return Pin::new(io).poll_read(cx, buf);
    }
    // Uninitialized: to zero it cost more than to read a short request.
    let mut scratch = [MaybeUninit::uninit(); MAX_BYTES_AT_ONCE];
    let mut part = ReadBuf::uninit(&mut scratch);
    ready!(Pin::new(io).poll_read(cx, &mut part))?;
    buf.put_slice(part.filled());
    Poll::Ready(Ok(()))
}

impl AsyncRead for GuardedStream {
    /// Reads. A connection that is refused or overdue has ended as far as the parser sees.
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.refusal.is_some() {
            return Poll::Ready(Ok(()));
        }
        if this.bytes_at_once >= MAX_BYTES_AT_ONCE {
            this.bytes_at_once = 0;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        if this.bytes_at_once == 0 && this.connection.is_head_too_long() {
            this.refuse(match this.connection.has_line() {
                true => "431 Request Header Fields Too Large",
                false => "414 URI Too Long",
            });
            return Poll::Ready(Ok(()));
        }
        this.is_withheld = this.connection.is_held();
        if !this.is_withheld {
            let before = buf.filled().len();
            if let Poll::Ready(read) = read_some(&mut this.io, cx, buf) {
                read?;
                let received = &mut buf.filled_mut()[before..];
                this.offers.hide(received);
                this.bytes_at_once += received.len();
                this.connection.received(received, this.offers.is_between_requests());
                return Poll::Ready(Ok(()));
            }
        }
        this.bytes_at_once = 0;
        this.await_check(cx);
        match this.connection.overdue(&this.timeouts) {
            None => return Poll::Pending,
            Some(Overdue::Head) => this.refuse("408 Request Timeout"),
            Some(Overdue::Connection) => {}
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for GuardedStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let this = &mut *self;
        this.connection.begin_write();
        let output = this.output.get_or_insert_with(|| Output { slow_since: Instant::now(), taken: 0 });
        if let Poll::Ready(written) = Pin::new(&mut this.io).poll_write(cx, buf) {
            output.taken += *written.as_ref().unwrap_or(&0);
            if output.taken >= MIN_BYTES_TAKEN {
                *output = Output { slow_since: Instant::now(), taken: 0 };
            }
            return Poll::Ready(written);
        }
        if output.slow_since.elapsed() >= this.timeouts.answer {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        this.await_check(cx);
        Poll::Pending
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.output.take().is_some() {
            self.connection.end_write();
        }
        if self.is_withheld && !self.connection.is_held() {
            self.is_withheld = false;
            cx.waker().wake_by_ref();
        }
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        ready!(Pin::new(&mut this.io).poll_shutdown(cx))?;
        let Some(refusal) = &mut this.refusal else { return Poll::Ready(Ok(())) };
        let mut scratch = [0; 4_096];
        while refusal.dropped < MAX_BYTES_DROPPED && refusal.since.elapsed() < this.timeouts.head {
            let mut buffer = ReadBuf::new(&mut scratch);
            match Pin::new(&mut this.io).poll_read(cx, &mut buffer) {
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() => refusal.dropped += buffer.filled().len(),
                Poll::Ready(_) => break,
                Poll::Pending => {
                    this.await_check(cx);
                    return Poll::Pending;
                }
            }
        }
        Poll::Ready(Ok(()))
    }
}
