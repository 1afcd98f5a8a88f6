//! The log of requests that fail because of the service.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use ports::{MockWidgetStore, StoreError};
use tracing_subscriber::fmt::MakeWriter;

use crate::harness::*;

/// The log of all tests of this process. Servers log on separate threads, so they share one log, and a test finds its lines
/// by the request's id.
#[derive(Clone, Copy)]
struct Log;

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        *self
    }
}

fn lines_with(text: &str) -> Vec<String> {
    let log = LINES.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let log = String::from_utf8(log).unwrap();
    log.lines().filter(|line| line.contains(text)).map(str::to_owned).collect()
}

fn listen() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        let subscriber = tracing_subscriber::fmt().json().with_max_level(tracing::Level::ERROR).with_writer(Log);
        subscriber.init();
    });
}

async fn app_that_fails(fail: fn() -> StoreError) -> TestApp {
    listen();
    let change = move |adapters: &mut server::wiring::Adapters| {
        let mut widgets = MockWidgetStore::new();
        widgets.expect_find().returning(move |_, _| Err(fail()));
        widgets.expect_list().returning(|_, _, _| panic!("a defect in the middle"));
        adapters.widgets = Arc::new(widgets);
    };
    spawn_with(Options { change: Box::new(change), may_fail: true, ..Options::default() }).await
}

const PATH: &str = "/api/v1/widget/widget_01h455vb4pex5vsknk084sn02q";

#[tokio::test]
async fn a_failure_is_logged_once_with_the_request_id_of_its_answer() {
    let cases: [(fn() -> StoreError, u16); 2] = [
        (|| StoreError::Internal("the cause of it".to_owned()), 500),
        (|| StoreError::Unavailable("the cause of it".to_owned()), 503),
    ];
    for (fail, status) in cases {
        let app = app_that_fails(fail).await;
        let answer = app.get(PATH).await.expect(status);
        let id = answer.header("x-request-id").to_owned();
        let lines = lines_with(&id);
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].contains("the cause of it") && lines[0].contains(PATH), "{lines:?}");
        assert!(!answer.text().contains("cause"));
    }
}

#[tokio::test]
async fn a_panic_in_a_handler_is_a_500_and_the_worker_keeps_running() {
    let app = app_that_fails(|| StoreError::Internal("other".to_owned())).await;
    let answer = app.get("/api/v1/widget").await.expect(500);
    let lines = lines_with(answer.header("x-request-id"));
    assert!(lines.iter().any(|line| line.contains("a defect in the middle")), "{lines:?}");
    assert!(!answer.text().contains("defect"));
    for _ in 0..10 {
        app.get("/api/v1/widget").await.expect(500);
    }
    app.get("/health/live").await.expect(200);
}
