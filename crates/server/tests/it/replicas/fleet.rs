use std::time::{Duration, Instant};

use reqwest::{Client, Method};
use serde_json::{Value, json};

use super::{TIMEOUT, until};
use crate::cli::process::{Home, Service, client};

/// Disables the rate limits of what the load sends, reads and edits.
pub(super) const NO_LIMITS: [(&str, &str); 3] =
    [("WIDGETD_RATE_LIMIT_MESSAGE", "off"), ("WIDGETD_RATE_LIMIT_LIST", "off"), ("WIDGETD_RATE_LIMIT_WRITE", "off")];

/// A message with this number in its data.
pub(super) fn message(number: u64) -> Value {
    json!({"type": "widget", "widgetKey": "sales-funnel-progress", "data": {"stages": [{"name": "Leads", "count": number}]}})
}

/// Replicas on one database.
pub(super) struct Fleet {
    pub(super) replicas: Vec<Replica>,
    /// A key with all permissions.
    pub(super) key: String,
}

/// One process, in a separate folder with a separate log.
pub(super) struct Replica {
    pub(super) home: Home,
    pub(super) service: Service,
    variables: Vec<(String, String)>,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Value,
    pub(super) retry_after: Option<String>,
    pub(super) took: Duration,
}

impl Answer {
    /// Whether this is the answer for an unavailable database: 503 in the envelope, with `Retry-After`.
    pub(super) fn is_unavailable(&self) -> bool {
        self.status == 503
            && self.body["success"] == false
            && self.body["code"] == "unavailable"
            && self.retry_after.as_deref().is_some_and(|seconds| seconds.parse::<u32>().is_ok())
    }
}

impl Fleet {
    /// Starts `count` replicas on the database of this URL.
    pub(super) fn start(url: &str, count: usize, variables: &[(&str, &str)]) -> Self {
        let replicas: Vec<_> = (0..count).map(|_| Replica::start(url, variables)).collect();
        let key = replicas[0].home.new_key();
        Self { replicas, key }
    }

    pub(super) fn address(&self, replica: usize) -> String {
        format!("http://{}", self.replicas[replica].service.address)
    }

    pub(super) fn addresses(&self) -> Vec<String> {
        (0..self.replicas.len()).map(|replica| self.address(replica)).collect()
    }

    /// Sends a request with the fleet's key to a replica.
    pub(super) async fn ask(&self, replica: usize, method: Method, path: &str, body: Option<Value>) -> Answer {
        self.ask_as(&self.key, replica, method, path, body).await
    }

    /// The same, with another key.
    pub(super) async fn ask_as(
        &self,
        key: &str,
        replica: usize,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        ask(&client(), key, method, &format!("{}{path}", self.address(replica)), body, None).await.unwrap()
    }

    /// Sends `GET /health/…` to a replica.
    pub(super) async fn health(&self, replica: usize, of: &str) -> Answer {
        self.ask(replica, Method::GET, &format!("/health/{of}"), None).await
    }

    /// Waits until every replica is ready and sends messages. Returns how long that took.
    pub(super) async fn until_it_works(&self) -> Duration {
        let begin = Instant::now();
        for replica in 0..self.replicas.len() {
            until("ready", async || self.health(replica, "ready").await.status == 200).await;
            let path = "/api/v1/conversation/recovery/message";
            let sent = async || self.ask(replica, Method::POST, path, Some(message(0))).await.status == 201;
            until("a message is sent", sent).await;
        }
        begin.elapsed()
    }

    /// Everything that the replicas logged.
    pub(super) fn logs(&self) -> String {
        self.replicas.iter().map(|replica| replica.home.log()).collect::<Vec<_>>().join("\n")
    }
}

impl Replica {
    pub(super) fn start(url: &str, variables: &[(&str, &str)]) -> Self {
        let home = Home::on(url);
        let service = home.start_with(variables);
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { home, service, variables }
    }

    /// Starts the replica again after its end, on another port.
    pub(super) fn start_again(&mut self) {
        let variables: Vec<_> = self.variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.service = self.home.start_with(&variables);
    }
}

/// Sends a request. Fails if there was no complete answer.
pub(super) async fn ask(
    client: &Client,
    key: &str,
    method: Method,
    url: &str,
    body: Option<Value>,
    idempotency_key: Option<String>,
) -> reqwest::Result<Answer> {
    let mut request = client.request(method, url).bearer_auth(key).timeout(TIMEOUT);
    if let Some(body) = body {
        request = request.json(&body);
    }
    if let Some(key) = idempotency_key {
        request = request.header("Idempotency-Key", key);
    }
    let begin = Instant::now();
    let answer = request.send().await?;
    let status = answer.status().as_u16();
    let retry_after = answer.headers().get("retry-after").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let text = answer.bytes().await?;
    let body = serde_json::from_slice(&text).unwrap_or(Value::Null);
    Ok(Answer { status, body, retry_after, took: begin.elapsed() })
}
