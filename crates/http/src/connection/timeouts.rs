use std::time::Duration;

/// How long the service waits for a client. Connections are checked at intervals of half of `head`, so each may take that
/// much longer.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// For the head of a request, from its first byte or from the opening of the connection.
    pub head: Duration,
    /// For the next request on a connection.
    pub idle: Duration,
    /// For the smallest accepted part of a body; the whole may take three times as long.
    pub body: Duration,
    /// For the smallest accepted part of an answer.
    pub answer: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            body: Duration::from_secs(10),
            answer: Duration::from_secs(30),
        }
    }
}

impl Timeouts {
    /// How often a connection is checked on which nothing happens.
    pub(super) fn check_interval(&self) -> Duration {
        (self.head / 2).max(Duration::from_millis(1))
    }
}
