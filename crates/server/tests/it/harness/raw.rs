//! HTTP by hand, for requests that no client library would send.

use std::{
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    net::{Shutdown, TcpStream},
    time::Duration,
};

use serde_json::Value;

use super::{Role, TestApp};

/// Timeout of every read: a hang fails the test.
const TIMEOUT: Duration = Duration::from_secs(20);

/// A connection to the server.
pub(crate) struct Connection(BufReader<TcpStream>);

/// A response on a connection.
#[derive(Debug)]
pub(crate) struct RawResponse {
    pub(crate) status: u16,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl TestApp {
    pub(crate) fn connect(&self) -> Connection {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        stream.set_write_timeout(Some(TIMEOUT)).unwrap();
        stream.set_nodelay(true).unwrap();
        Connection(BufReader::new(stream))
    }

    /// The head of a JSON request by the owner, without the empty line at its end.
    pub(crate) fn head(&self, method: &str, target: &str, more: &str) -> String {
        let secret = self.secret(Role::Owner).unwrap();
        format!(
            "{method} {target} HTTP/1.1\r\nHost: widgetd\r\nAuthorization: Bearer {secret}\r\n\
             Content-Type: application/json\r\n{more}"
        )
    }

    /// Sends bytes unchanged on a new connection and reads one answer.
    pub(crate) fn raw(&self, request: impl AsRef<[u8]>) -> RawResponse {
        let mut connection = self.connect();
        connection.write(request).unwrap();
        connection.read()
    }

    /// A GET of a target that a client library would normalize.
    pub(crate) fn raw_get(&self, target: &str) -> RawResponse {
        self.raw(self.head("GET", target, "Connection: close\r\n\r\n"))
    }
}

impl Connection {
    /// Writes bytes. Fails if the server has closed the connection.
    pub(crate) fn write(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        let stream = self.0.get_mut();
        stream.write_all(bytes.as_ref())?;
        stream.flush()
    }

    /// A second handle of the connection, for writing and reading concurrently.
    pub(crate) fn try_clone(&self) -> Self {
        Self(BufReader::new(self.0.get_ref().try_clone().unwrap()))
    }

    /// The socket.
    pub(crate) fn stream(&mut self) -> &mut TcpStream {
        self.0.get_mut()
    }

    /// Whether nothing arrives within this time.
    pub(crate) fn is_silent_for(&mut self, time: Duration) -> bool {
        self.stream().set_read_timeout(Some(time)).unwrap();
        let silent = self.0.fill_buf().is_err();
        self.stream().set_read_timeout(Some(TIMEOUT)).unwrap();
        silent
    }

    /// Closes the writing half.
    pub(crate) fn finish_writing(&mut self) {
        self.0.get_mut().shutdown(Shutdown::Write).unwrap();
    }

    /// Reads until the server closes. Returns the text.
    pub(crate) fn read_to_end(&mut self) -> String {
        let mut bytes = Vec::new();
        // A reset after the answer closes too.
        let ended = self.0.read_to_end(&mut bytes);
        assert!(!ended.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock), "the server does not close");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Reads one answer.
    pub(crate) fn read(&mut self) -> RawResponse {
        self.try_read().expect("an answer")
    }

    /// Reads one answer, if there is one.
    pub(crate) fn try_read(&mut self) -> io::Result<RawResponse> {
        let malformed = || io::Error::from(io::ErrorKind::InvalidData);
        let mut line = String::new();
        if self.0.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(malformed)?;
        let mut headers = Vec::new();
        loop {
            line.clear();
            self.0.read_line(&mut line)?;
            match line.trim_end().split_once(':') {
                Some((name, value)) => headers.push((name.to_ascii_lowercase(), value.trim().to_owned())),
                None => break,
            }
        }
        let mut response = RawResponse { status, headers, body: Vec::new() };
        let length = response.header("content-length").parse().unwrap_or(0);
        response.body.resize(length, 0);
        self.0.read_exact(&mut response.body)?;
        Ok(response)
    }
}

impl RawResponse {
    /// A header, or the empty text.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(of, _)| of == name).map_or("", |(_, value)| value)
    }

    /// The body as a value.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.status, String::from_utf8_lossy(&self.body)))
    }

    /// The code of a failure, which must be in the envelope and have this status.
    #[track_caller]
    pub(crate) fn failure(&self, status: u16) -> String {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.body));
        let body = self.json();
        assert_eq!(body["success"], false);
        body["code"].as_str().unwrap().to_owned()
    }
}
