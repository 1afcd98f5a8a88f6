use std::{fmt, num::NonZeroUsize, sync::Arc, thread, time::Duration};

use async_trait::async_trait;
use domain::{access::Principal, names::WorkspaceId};
use ports::{CheckError, SchemaChecker, SchemaReview};
use schema::{
    Plan, Schema,
    field::FieldError,
    json::{JsonDocument, JsonText},
};
use tokio::{runtime::Handle, sync::Semaphore};
use worker_pool::{Caller, Job, JobError, WorkerPool};

use crate::{
    Engine, EngineError,
    cache::Cache,
    compiled::{Compiled, MemoryUse, in_place_budget},
    limits::{JOB_CPU_LIMIT, MAX_COMPILE_TIME, REVIEW_CPU_LIMIT},
    review::{is_cheap, review},
    wire::{self, DataAnswer, DataOutcome, MAX_ANSWER_BYTES, Request, ReviewAnswer},
};

/// A schema checker that runs cheap checks in its own process, and all others in worker processes.
pub struct WorkerSchemaChecker<E: Engine> {
    pool: WorkerPool,
    runtime: Handle,
    cache: Arc<Cache<E>>,
    /// One permit: schemas are compiled in the background one at a time.
    background_compile: Arc<Semaphore>,
    /// The number of threads that check in this process: one for each core.
    threads: usize,
}

impl<E: Engine> WorkerSchemaChecker<E> {
    /// A checker with an empty cache. The pool's workers must run [`task::<E>()`](fn@crate::task). Schemas are compiled on the
    /// blocking threads of `runtime`.
    pub fn new(pool: WorkerPool, runtime: Handle) -> Self {
        let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Self { pool, runtime, cache: Arc::default(), background_compile: Arc::new(Semaphore::new(1)), threads }
    }

    async fn in_worker(&self, request: &Request<'_>, cpu_limit: Duration, by: &Principal) -> Result<Vec<u8>, JobError> {
        let job = Job {
            task: E::TASK,
            input: request.encode(),
            caller: Caller(by.key.as_uuid().as_u128()),
            cpu_limit,
            max_output_bytes: MAX_ANSWER_BYTES,
        };
        self.pool.run(job).await
    }

    /// Checks data in a worker. `None` if the job reached its limits.
    async fn check_in_worker(
        &self,
        schema: &Schema,
        request: Request<'_>,
        by: &Principal,
    ) -> Result<Option<DataOutcome>, CheckError> {
        let output = match self.in_worker(&request, JOB_CPU_LIMIT, by).await {
            Ok(output) => output,
            Err(error) => return limit_reached(error).map(|()| None),
        };
        let DataAnswer { outcome, compiling } = wire::decode_answer(&output).map_err(internal)?;
        if let Some(cost) = compiling.filter(|cost| cost.time <= MAX_COMPILE_TIME) {
            self.compile_in_background(schema, &by.workspace, cost.memory);
        }
        match outcome {
            DataOutcome::Failed(reason) => Err(CheckError::Internal(reason)),
            outcome => Ok(Some(outcome)),
        }
    }

    /// Compiles a schema that a worker has compiled quickly, if it fits into the cache. Does nothing while another one is being
    /// compiled: the next request with the schema tries again.
    fn compile_in_background(&self, schema: &Schema, workspace: &WorkspaceId, memory: MemoryUse) {
        let Ok(permit) = Arc::clone(&self.background_compile).try_acquire_owned() else { return };
        if self.cache.get(schema.digest()).is_some() {
            return;
        }
        let Some(reservation) = self.cache.reserve(workspace, memory.with_threads(self.threads)) else { return };
        let (cache, schema) = (Arc::clone(&self.cache), schema.clone());
        self.runtime.spawn_blocking(move || {
            let _permit = permit;
            match Compiled::new(&schema) {
                Ok(compiled) => cache.insert(schema.digest(), compiled, reservation),
                Err(EngineError(reason)) => {
                    tracing::error!(reason, "a schema that a worker has compiled cannot be compiled");
                }
            }
        });
    }
}

#[async_trait]
impl<E: Engine> SchemaChecker for WorkerSchemaChecker<E> {
    async fn review(&self, text: JsonText, by: &Principal) -> Result<SchemaReview, CheckError> {
        if is_cheap::<E>(&text) {
            return review::<E>(text, || {}).map_err(engine_failure);
        }
        let output = match self.in_worker(&Request::Review { text: text.as_str() }, REVIEW_CPU_LIMIT, by).await {
            Ok(output) => output,
            Err(error) => {
                limit_reached(error)?;
                return Ok(SchemaReview { outcome: Err(Schema::too_complex_errors()), warnings: Vec::new() });
            }
        };
        let answer: Result<ReviewAnswer, String> = wire::decode_answer(&output).map_err(internal)?;
        let ReviewAnswer { errors, warnings } = answer.map_err(CheckError::Internal)?;
        let outcome = if errors.is_empty() { Ok(Schema::from_accepted(text)) } else { Err(wire::from_rows(errors)) };
        Ok(SchemaReview { outcome, warnings })
    }

    async fn check_data(
        &self,
        schema: &Schema,
        data: &JsonDocument,
        root: &str,
        by: &Principal,
    ) -> Result<Vec<FieldError>, CheckError> {
        if let Some(compiled) = self.cache.get(schema.digest())
            && compiled.is_cheap(data.value(), &mut in_place_budget::<E>())
        {
            return compiled.check(data.value(), root).map_err(engine_failure);
        }
        let request = Request::Check { schema: schema.into(), data: data.text().as_str(), root };
        match self.check_in_worker(schema, request, by).await? {
            Some(DataOutcome::Errors(rows)) => Ok(wire::from_rows(rows)),
            Some(_) => Err(wrong_kind_of_answer()),
            None => Ok(Plan::too_expensive_errors(root)),
        }
    }

    async fn first_fitting(
        &self,
        schema: &Schema,
        candidates: &[JsonDocument],
        by: &Principal,
    ) -> Result<Option<usize>, CheckError> {
        if let Some(compiled) = self.cache.get(schema.digest()) {
            return compiled.first_fitting(candidates).map_err(engine_failure);
        }
        let texts = candidates.iter().map(|candidate| candidate.text().as_str()).collect();
        let request = Request::FirstFitting { schema: schema.into(), candidates: texts };
        match self.check_in_worker(schema, request, by).await? {
            Some(DataOutcome::FirstFitting(index)) => Ok(index),
            Some(_) => Err(wrong_kind_of_answer()),
            None => Ok(None),
        }
    }
}

/// `Ok` if the job reached its limits, an error if it failed for another reason.
fn limit_reached(error: JobError) -> Result<(), CheckError> {
    match error {
        JobError::CpuLimit | JobError::Crashed(_) => Ok(()),
        // The machine was too busy: the job got less processor time than its limit.
        JobError::TimedOut | JobError::Overloaded => Err(CheckError::Overloaded),
        JobError::Internal(reason) => Err(CheckError::Internal(reason)),
    }
}

fn internal(error: impl fmt::Display) -> CheckError {
    CheckError::Internal(format!("a worker's answer about a schema: {error}"))
}

fn wrong_kind_of_answer() -> CheckError {
    internal("it answers another kind of request")
}

fn engine_failure(EngineError(reason): EngineError) -> CheckError {
    CheckError::Internal(reason)
}
