//! The worker's side: runs what the service does not run in place.

use std::{collections::VecDeque, io, sync::Arc, time::Duration};

use domain::{
    field::FieldPath,
    json::{JsonDocument, JsonText},
    schema::{Schema, SchemaDigest},
};
use worker_pool::{CpuBudget, Handler, Task};

use crate::{
    Engine, EngineError,
    compiled::{Compiled, Timed},
    limits::{DATA_CPU_LIMIT, JOB_CPU_LIMIT, WORKER_CACHE_BYTES},
    review::review,
    wire::{self, DataAnswer, Outcome, Request, ReviewAnswer, SchemaText},
};

/// The engine's task, for [`run_worker`](worker_pool::run_worker).
pub const fn task<E: Engine>() -> Task {
    Task { id: E::TASK, handler: handler::<E> }
}

fn handler<E: Engine>() -> Handler {
    let mut schemas = Schemas::<E>(VecDeque::new());
    Box::new(move |input, cpu| match Request::decode(input)? {
        Request::Review { text } => {
            let review = review::<E>(JsonText::from_stored(text.to_owned()));
            let errors = wire::to_rows(review.verdict.err().unwrap_or_default());
            wire::encode_answer(&ReviewAnswer { errors, warnings: review.warnings })
        }
        Request::Check { schema, data, root } => {
            let data = parse(data)?;
            schemas.answer(schema, cpu, |compiled| {
                compiled.check(data.value(), root).map(|errors| Outcome::Errors(wire::to_rows(errors)))
            })
        }
        Request::FirstFitting { schema, candidates } => {
            let candidates = candidates.into_iter().map(parse).collect::<io::Result<Vec<_>>>()?;
            schemas.answer(schema, cpu, |compiled| compiled.first_fitting(&candidates).map(Outcome::FirstFitting))
        }
    })
}

fn parse(data: &str) -> io::Result<JsonDocument> {
    let document = JsonDocument::parse(JsonText::from_stored(data.to_owned()), &FieldPath::root("data"));
    document.map_err(|error| io::Error::other(error.message))
}

/// The schemas that a worker has compiled, the most recently used last.
struct Schemas<E: Engine>(VecDeque<(SchemaDigest, Arc<Timed<Compiled<E>>>)>);

impl<E: Engine> Schemas<E> {
    fn answer(
        &mut self,
        schema: SchemaText<'_>,
        cpu: &CpuBudget,
        check: impl FnOnce(&Compiled<E>) -> Result<Outcome, EngineError>,
    ) -> io::Result<Vec<u8>> {
        let begin = cpu.used();
        let timed = match self.get(schema, cpu) {
            Ok(timed) => timed,
            Err(error) => {
                let outcome = Outcome::Failed(error.0);
                return wire::encode_answer(&DataAnswer { outcome, compiled_in: Duration::MAX });
            }
        };
        // Data has its own limit, within the limit of the whole job.
        let left = JOB_CPU_LIMIT.saturating_sub(cpu.used() - begin);
        cpu.limit(left.min(DATA_CPU_LIMIT));
        let outcome = check(&timed.compiled).unwrap_or_else(|error| Outcome::Failed(error.0));
        wire::encode_answer(&DataAnswer { outcome, compiled_in: timed.took })
    }

    fn get(&mut self, schema: SchemaText<'_>, cpu: &CpuBudget) -> Result<Arc<Timed<Compiled<E>>>, EngineError> {
        let known = self.0.iter().position(|(digest, _)| *digest == schema.digest);
        let timed = match known.and_then(|index| self.0.remove(index)) {
            Some((_, timed)) => timed,
            None => {
                let begin = cpu.used();
                let compiled = Compiled::new(&Schema::from_stored(schema.text.to_owned(), schema.digest.0))?;
                Arc::new(Timed { compiled, took: cpu.used() - begin })
            }
        };
        self.0.push_back((schema.digest, Arc::clone(&timed)));
        self.shrink();
        Ok(timed)
    }

    fn shrink(&mut self) {
        let mut bytes: usize = self.0.iter().map(|(_, timed)| timed.compiled.bytes).sum();
        while bytes > WORKER_CACHE_BYTES
            && let Some((_, dropped)) = self.0.pop_front()
        {
            bytes -= dropped.compiled.bytes;
        }
    }
}
