//! Fixtures of the tests: workers that compile and render, and a small library.

use std::time::Duration;

use adapter_oxc::ComponentWorkers;
use adapter_quickjs::render::{RenderScripts, RenderWorkers};
use domain::{component::ComponentSource, id::ApiKeyId, module::CompiledModule};
use ports::{ComponentRenderer as _, ComponentReviewer as _, RenderError, RenderReport};
use schema::json::JsonText;
use tokio::runtime::Handle;
use worker_pool::{PoolConfig, PoolStats, WorkerPool};

/// The argument that makes this program a worker.
pub(crate) const WORKER: &str = "worker";

/// The digests of two files of a library: the first imports the second.
pub(crate) const LIBRARY: [&str; 2] = [
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
];

/// The scripts of this program's workers.
pub(crate) struct Scripts;

impl RenderScripts for Scripts {
    fn renderer() -> Option<&'static str> {
        web_assets::server_renderer()
    }

    fn library(sha256: &str) -> Option<&'static str> {
        if sha256 == LIBRARY[0] {
            return Some(concat!(
                "import { useState } from 'react'; import { jsx } from 'react/jsx-runtime'; import { createPortal } from 'react-dom';",
                "import { mark } from './bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.js';",
                "export function Badge({ text }) { const [shown] = useState(text + mark);",
                "return createPortal(jsx('b', { children: shown }), document.body); }"
            ));
        }
        (sha256 == LIBRARY[1]).then_some("export const mark = '!';")
    }
}

pub(crate) struct Fixture {
    pub(crate) components: ComponentWorkers,
    pub(crate) renders: RenderWorkers,
    pool: WorkerPool,
}

impl Fixture {
    /// One worker for each task, so that a render gets the process of the one before.
    pub(crate) fn start() -> Self {
        let config = PoolConfig {
            workers: 1,
            wait_limit: Duration::from_secs(10),
            wall_limit: Duration::from_secs(20),
            ..PoolConfig::new(std::env::current_exe().unwrap(), vec![WORKER.into()])
        };
        let pool = WorkerPool::new(config.clone(), Handle::current());
        let components = ComponentWorkers::new(WorkerPool::new(config, Handle::current()), Default::default());
        Self { components, renders: RenderWorkers::new(pool.clone()), pool }
    }

    /// The counters of the pool that renders.
    pub(crate) fn stats(&self) -> PoolStats {
        self.pool.stats()
    }

    /// Compiles a source, even one that the policy refuses.
    pub(crate) async fn module(&self, source: &str) -> CompiledModule {
        let source = ComponentSource::parse(source).unwrap();
        self.components.compile_stored(&source, Default::default(), caller()).await.unwrap().outcome.unwrap()
    }

    pub(crate) async fn render_module(&self, module: &CompiledModule, data: &str, props: &str) -> RenderReport {
        let json = |text: &str| JsonText::from_stored(text.to_owned());
        self.renders.render(module, &json(data), &json(props), caller()).await.unwrap()
    }

    pub(crate) async fn render(&self, source: &str) -> RenderReport {
        self.render_module(&self.module(source).await, "{}", "{}").await
    }

    /// The text of a source that renders without an error or a warning.
    pub(crate) async fn text(&self, source: &str) -> String {
        let report = self.render(source).await;
        assert_eq!(report.warnings, [], "{source}");
        report.outcome.unwrap_or_else(|error| panic!("{error:?} of {source}")).text
    }

    /// The error of a source.
    pub(crate) async fn error(&self, source: &str) -> RenderError {
        match self.render(source).await.outcome {
            Err(error) => error,
            Ok(text) => panic!("{text:?} of {source}"),
        }
    }
}

fn caller() -> ApiKeyId {
    ApiKeyId::from_uuid(uuid::Uuid::from_u128(1))
}

/// A source whose component returns this JSX or expression.
pub(crate) fn returning(jsx: &str) -> String {
    format!("export default function Widget() {{ return {jsx}; }}")
}
