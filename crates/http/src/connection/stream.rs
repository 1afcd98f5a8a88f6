use std::{
    future::Future as _,
    io,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, ready},
};

use actix_web::rt::{
    net::TcpStream,
    time::{Instant, Sleep, sleep},
};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::{
    offers::Offers,
    parser::bare_refusal,
    refusal::{Reason, Refusals},
    state::{Connection, Patience, Verdict},
};

/// The parser gets to see what came after so many bytes, rather than after all that a client sends at once.
const AT_ONCE: usize = 16 * 1_024;
/// Less of an answer in a tick is no headway: 4 KiB a second by default.
const LEAST_TAKEN: usize = 20 * 1_024;
/// After a refusal so much more is read and dropped: a client that is still sending would not get to see it otherwise.
const DROPPED_AFTER_REFUSAL: usize = 4 * 1_024 * 1_024;

/// A socket that does not wait for ever.
pub(crate) struct GuardedStream {
    io: TcpStream,
    connection: Rc<Connection>,
    offers: Offers,
    patience: Patience,
    refusals: Refusals,
    timer: Pin<Box<Sleep>>,
    /// Bytes read since the socket was last empty.
    at_once: usize,
    /// Whether the socket was left unread, so that nothing wakes the task when it may be read again.
    withheld: bool,
    output: Output,
    refusing: Option<Refusing>,
}

/// How a client takes its answer in.
#[derive(Default)]
struct Output {
    is_waiting: bool,
    /// Bytes since the last tick.
    taken: usize,
    /// Ticks without headway.
    slow: u32,
}

/// A last answer, and then nothing more.
struct Refusing {
    answer: Vec<u8>,
    written: usize,
    is_shut: bool,
    dropped: usize,
    ticks: u32,
}

impl GuardedStream {
    pub(crate) fn new(io: TcpStream, patience: Patience, refusals: Refusals) -> Self {
        Self {
            io,
            connection: Rc::default(),
            offers: Offers::default(),
            patience,
            refusals,
            timer: Box::pin(sleep(patience.tick())),
            at_once: 0,
            withheld: false,
            output: Output::default(),
            refusing: None,
        }
    }

    /// What the requests on it share with it.
    pub(crate) fn connection(&self) -> Rc<Connection> {
        Rc::clone(&self.connection)
    }

    /// Whether a tick has come; if not, the task is woken at the next.
    fn ticked(&mut self, cx: &mut Context<'_>) -> bool {
        let ticked = self.timer.as_mut().poll(cx).is_ready();
        if ticked {
            self.timer.as_mut().reset(Instant::now() + self.patience.tick());
            let _ = self.timer.as_mut().poll(cx);
        }
        ticked
    }

    /// Looks at a connection that waits for its client.
    fn look(&mut self, cx: &mut Context<'_>) -> io::Result<Verdict> {
        if !self.ticked(cx) {
            return Ok(Verdict::Wait);
        }
        if self.output.is_waiting {
            return self.output.look(&self.patience).map(|()| Verdict::Wait);
        }
        Ok(self.connection.tick(&self.patience))
    }

    /// Begins the last answer.
    fn poll_refuse(&mut self, reason: Reason, cx: &mut Context<'_>) -> Poll<()> {
        let answer = match reason {
            // Of a request that is answered, its broken body needs no answer of its own.
            Reason::NotHttp if self.connection.is_in_body() => Vec::new(),
            Reason::NotHttp | Reason::FieldsTooLong if self.connection.is_line_too_long() => {
                self.refusals.answer(Reason::LineTooLong)
            }
            reason => self.refusals.answer(reason),
        };
        self.refusing = Some(Refusing { answer, written: 0, is_shut: false, dropped: 0, ticks: 0 });
        self.poll_refused(cx)
    }

    /// Writes the last answer and waits for the client to go, within bounds.
    fn poll_refused(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let is_late = self.ticked(cx);
        let Some(refusing) = &mut self.refusing else { return Poll::Ready(()) };
        refusing.ticks += u32::from(is_late);
        if refusing.ticks > self.patience.ticks(self.patience.head) {
            return Poll::Ready(());
        }
        refusing.poll(&mut self.io, cx)
    }
}

impl Output {
    fn look(&mut self, patience: &Patience) -> io::Result<()> {
        self.slow = if self.taken < LEAST_TAKEN { self.slow + 1 } else { 0 };
        self.taken = 0;
        if self.slow > patience.ticks(patience.answer) { Err(io::ErrorKind::TimedOut.into()) } else { Ok(()) }
    }
}

impl Refusing {
    fn poll(&mut self, io: &mut TcpStream, cx: &mut Context<'_>) -> Poll<()> {
        while self.written < self.answer.len() {
            match ready!(Pin::new(&mut *io).poll_write(cx, &self.answer[self.written..])) {
                Ok(written) if written > 0 => self.written += written,
                _ => return Poll::Ready(()),
            }
        }
        if !self.is_shut {
            let _ = ready!(Pin::new(&mut *io).poll_shutdown(cx));
            self.is_shut = true;
        }
        let mut scratch = [0; 4_096];
        while self.dropped < DROPPED_AFTER_REFUSAL {
            let mut buffer = ReadBuf::new(&mut scratch);
            match ready!(Pin::new(&mut *io).poll_read(cx, &mut buffer)) {
                Ok(()) if !buffer.filled().is_empty() => self.dropped += buffer.filled().len(),
                _ => break,
            }
        }
        Poll::Ready(())
    }
}

/// Reads at most [`AT_ONCE`] bytes, however much room there is.
fn read_some(io: &mut TcpStream, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
    if buf.remaining() <= AT_ONCE {
        return Pin::new(io).poll_read(cx, buf);
    }
    let mut scratch = [0; AT_ONCE];
    let mut part = ReadBuf::new(&mut scratch);
    ready!(Pin::new(io).poll_read(cx, &mut part))?;
    buf.put_slice(part.filled());
    Poll::Ready(Ok(()))
}

impl AsyncRead for GuardedStream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.refusing.is_some() {
            // To the parser the client is gone.
            return this.poll_refused(cx).map(Ok);
        }
        if this.at_once >= AT_ONCE {
            this.at_once = 0;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        if this.at_once == 0 && this.connection.is_head_too_long() {
            return this.poll_refuse(Reason::FieldsTooLong, cx).map(Ok);
        }
        this.withheld = this.connection.is_held();
        let before = buf.filled().len();
        if !this.withheld
            && let Poll::Ready(read) = read_some(&mut this.io, cx, buf)
        {
            read?;
            let heard = &mut buf.filled_mut()[before..];
            this.offers.hide(heard);
            this.at_once += heard.len();
            this.connection.heard(heard);
            return Poll::Ready(Ok(()));
        }
        this.at_once = 0;
        match this.look(cx)? {
            Verdict::Wait => Poll::Pending,
            Verdict::Close => Poll::Ready(Ok(())),
            Verdict::HeadLate => this.poll_refuse(Reason::HeadLate, cx).map(Ok),
        }
    }
}

impl AsyncWrite for GuardedStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let this = &mut *self;
        if this.refusing.is_some() {
            return this.poll_refused(cx).map(|()| Ok(buf.len()));
        }
        let ours = match bare_refusal(buf) {
            Some((0, reason)) => return this.poll_refuse(reason, cx).map(|()| Ok(buf.len())),
            Some((start, _)) => &buf[..start],
            None => buf,
        };
        match Pin::new(&mut this.io).poll_write(cx, ours) {
            Poll::Ready(written) => {
                this.output.is_waiting = false;
                let out = *written.as_ref().unwrap_or(&0);
                this.output.taken += out;
                this.connection.wrote(out);
                Poll::Ready(written)
            }
            Poll::Pending => {
                this.output.is_waiting = true;
                this.look(cx)?;
                Poll::Pending
            }
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.connection.flushed();
        self.output.slow = 0;
        if self.withheld && !self.connection.is_held() {
            self.withheld = false;
            cx.waker().wake_by_ref();
        }
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.refusing.as_ref().is_some_and(|refusing| refusing.is_shut) {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}
