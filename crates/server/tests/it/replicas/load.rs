use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use reqwest::{Client, Method};
use tokio::task::JoinSet;

use super::{
    TIMEOUT,
    fleet::{Answer, Fleet, ask, message},
    ledger::Ledger,
    until,
};
use crate::cli::process::client;

const SENDERS: u64 = 8;
const READERS: u64 = 2;
/// The pause of a client before it sends to the next replica.
const PAUSE: Duration = Duration::from_millis(50);

/// Senders and readers, each of which uses one replica after the other.
///
/// Every second message has an idempotency key and is sent, to the next replica, until it is acknowledged. The others are
/// sent once.
pub(super) struct Load {
    shared: Arc<Shared>,
    tasks: JoinSet<()>,
}

struct Shared {
    client: Client,
    key: String,
    conversation: String,
    replicas: Mutex<Vec<String>>,
    next: AtomicU64,
    ended: AtomicBool,
    ledger: Mutex<Ledger>,
}

impl Load {
    /// Starts sending to this conversation, and waits until some messages are acknowledged.
    pub(super) async fn begin(fleet: &Fleet, conversation: &str) -> Self {
        let shared = Arc::new(Shared {
            client: client(),
            key: fleet.key.clone(),
            conversation: conversation.to_owned(),
            replicas: Mutex::new(fleet.addresses()),
            next: AtomicU64::new(0),
            ended: AtomicBool::new(false),
            ledger: Mutex::default(),
        });
        let mut tasks = JoinSet::new();
        for _ in 0..SENDERS {
            tasks.spawn(Arc::clone(&shared).send_on());
        }
        for turn in 0..READERS {
            tasks.spawn(Arc::clone(&shared).read_on(turn));
        }
        let load = Self { shared, tasks };
        load.until_sent(50).await;
        load
    }

    /// Sets the addresses of the replicas.
    pub(super) fn move_to(&self, addresses: Vec<String>) {
        *self.shared.replicas.lock().unwrap() = addresses;
    }

    /// Waits until `more` further messages are acknowledged.
    pub(super) async fn until_sent(&self, more: usize) {
        let count = || self.shared.ledger.lock().unwrap().acknowledged.len();
        let goal = count() + more;
        until("messages are acknowledged", async || count() >= goal).await;
    }

    /// Stops sending, waits for all answers, and returns the results.
    pub(super) async fn end(mut self) -> Ledger {
        self.shared.ended.store(true, Ordering::Relaxed);
        while let Some(ended) = self.tasks.join_next().await {
            ended.unwrap();
        }
        std::mem::take(&mut self.shared.ledger.lock().unwrap())
    }
}

/// The result of a request.
enum Outcome {
    Answered(Answer),
    /// A 503, or no answer.
    Nothing,
}

impl Shared {
    async fn send_on(self: Arc<Self>) {
        while !self.ended.load(Ordering::Relaxed) {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let is_sent_again = number.is_multiple_of(2);
            let (begin, mut turn) = (Instant::now(), number);
            loop {
                let key = is_sent_again.then(|| format!("number-{number}"));
                match self.ask(turn, Method::POST, "", Some(message(number)), key).await {
                    Outcome::Answered(answer) if answer.status == 201 => {
                        let id = answer.body["data"]["messageId"].as_str().unwrap().to_owned();
                        let mut ledger = self.ledger.lock().unwrap();
                        ledger.acknowledged.insert(number, id);
                        ledger.repeated += u64::from(turn > number);
                        break;
                    }
                    Outcome::Answered(answer) => {
                        self.ledger.lock().unwrap().unexpected.push(format!("{number}: {answer:?}"));
                        break;
                    }
                    Outcome::Nothing if is_sent_again => {
                        assert!(begin.elapsed() < TIMEOUT, "{number} is never acknowledged");
                        turn += 1;
                    }
                    Outcome::Nothing => {
                        self.ledger.lock().unwrap().uncertain.insert(number);
                        break;
                    }
                }
            }
        }
    }

    async fn read_on(self: Arc<Self>, mut turn: u64) {
        while !self.ended.load(Ordering::Relaxed) {
            turn += 1;
            if let Outcome::Answered(answer) = self.ask(turn, Method::GET, "?limit=20", None, None).await
                && answer.status != 200
            {
                self.ledger.lock().unwrap().unexpected.push(format!("list: {answer:?}"));
            }
        }
    }

    async fn ask(
        &self,
        turn: u64,
        method: Method,
        query: &str,
        body: Option<serde_json::Value>,
        idempotency_key: Option<String>,
    ) -> Outcome {
        let replica = {
            let replicas = self.replicas.lock().unwrap();
            replicas[usize::try_from(turn).unwrap() % replicas.len()].clone()
        };
        let url = format!("{replica}/api/v1/conversation/{}/message{query}", self.conversation);
        let begin = Instant::now();
        let result = ask(&self.client, &self.key, method, &url, body, idempotency_key).await;
        let nothing = {
            let mut ledger = self.ledger.lock().unwrap();
            ledger.slowest = ledger.slowest.max(begin.elapsed());
            match result {
                Ok(answer) if answer.is_unavailable() => ledger.unavailable += 1,
                Ok(answer) => return Outcome::Answered(answer),
                Err(_) => ledger.cut += 1,
            }
            Outcome::Nothing
        };
        tokio::time::sleep(PAUSE).await;
        nothing
    }
}
