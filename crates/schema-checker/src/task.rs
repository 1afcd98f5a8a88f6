//! The worker's side: runs the checks that the service does not run in place.

use std::{collections::VecDeque, io, time::Duration};

use ports::SchemaReview;
use schema::{
    Schema, SchemaDigest,
    field::FieldPath,
    json::{JsonDocument, JsonText},
};
use worker_pool::{CpuBudget, Handler, Task};

use crate::{
    Engine, EngineError,
    compiled::Compiled,
    limits::{COMPILE_CPU_LIMIT, DATA_CPU_LIMIT, JOB_CPU_LIMIT, WORKER_CACHE_BYTES},
    review::review,
    wire::{self, CompileCost, DataAnswer, DataOutcome, Request, ReviewAnswer, SchemaText},
};

/// The engine's task, for [`run_worker`](worker_pool::run_worker).
pub const fn task<E: Engine>() -> Task {
    Task { id: E::TASK, handler: handler::<E> }
}

fn handler<E: Engine>() -> Handler {
    let mut cache = WorkerCache::<E>(VecDeque::new());
    Box::new(move |input, cpu| {
        let begin = cpu.used();
        match Request::decode(input)? {
            Request::Review { text } => {
                let review = review::<E>(JsonText::from_stored(text.to_owned()), || cpu.limit(COMPILE_CPU_LIMIT));
                let answer = review.map(|SchemaReview { outcome, warnings }| ReviewAnswer {
                    errors: wire::to_rows(outcome.err().unwrap_or_default()),
                    warnings,
                });
                wire::encode_answer(&answer.map_err(|EngineError(reason)| reason))
            }
            Request::Check { schema, data, root } => {
                let data = parse(data)?;
                cache.check(schema, cpu, begin, |compiled| {
                    compiled.check(data.value(), root).map(|errors| DataOutcome::Errors(wire::to_rows(errors)))
                })
            }
            Request::FirstFitting { schema, candidates } => {
                let candidates = candidates.into_iter().map(parse).collect::<io::Result<Vec<_>>>()?;
                cache.check(schema, cpu, begin, |compiled| {
                    compiled.first_fitting(&candidates).map(DataOutcome::FirstFitting)
                })
            }
        }
    })
}

fn parse(data: &str) -> io::Result<JsonDocument> {
    let document = JsonDocument::parse(JsonText::from_stored(data.to_owned()), &FieldPath::root("data"));
    document.map_err(|error| io::Error::other(error.message))
}

/// A worker's compiled schemas, the most recently used last.
struct WorkerCache<E: Engine>(VecDeque<Entry<E>>);

struct Entry<E: Engine> {
    digest: SchemaDigest,
    compiled: Compiled<E>,
    cost: CompileCost,
}

impl<E: Engine> WorkerCache<E> {
    /// Runs `check` with the compiled schema, within the rest of the job's time since `begin`.
    fn check(
        &mut self,
        schema: SchemaText<'_>,
        cpu: &CpuBudget,
        begin: Duration,
        check: impl FnOnce(&Compiled<E>) -> Result<DataOutcome, EngineError>,
    ) -> io::Result<Vec<u8>> {
        let entry = match self.remove_or_compile(schema, cpu) {
            Ok(entry) => entry,
            Err(EngineError(reason)) => {
                return wire::encode_answer(&DataAnswer { outcome: DataOutcome::Failed(reason), compiling: None });
            }
        };
        let left = JOB_CPU_LIMIT.saturating_sub(cpu.used() - begin);
        cpu.limit(left.min(DATA_CPU_LIMIT));
        let outcome = check(&entry.compiled).unwrap_or_else(|EngineError(reason)| DataOutcome::Failed(reason));
        let answer = DataAnswer { outcome, compiling: Some(entry.cost) };
        self.insert(entry);
        wire::encode_answer(&answer)
    }

    fn remove_or_compile(&mut self, schema: SchemaText<'_>, cpu: &CpuBudget) -> Result<Entry<E>, EngineError> {
        let known = self.0.iter().position(|entry| entry.digest == schema.digest);
        if let Some(entry) = known.and_then(|index| self.0.remove(index)) {
            return Ok(entry);
        }
        let begin = cpu.used();
        let compiled = Compiled::new(&Schema::from_stored(schema.text.to_owned(), schema.digest.0))?;
        let cost = CompileCost { time: cpu.used() - begin, memory: compiled.memory };
        Ok(Entry { digest: schema.digest, compiled, cost })
    }

    /// Adds an entry, and evicts others until the cache has the permitted size.
    fn insert(&mut self, entry: Entry<E>) {
        self.0.push_back(entry);
        let bytes = |entry: &Entry<E>| entry.cost.memory.with_threads(1);
        let mut sum: usize = self.0.iter().map(bytes).sum();
        while sum > WORKER_CACHE_BYTES
            && let Some(evicted) = self.0.pop_front()
        {
            sum -= bytes(&evicted);
        }
    }
}
