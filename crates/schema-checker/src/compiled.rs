use schema::{Plan, Schema, StepBudget, field::FieldError, json::JsonDocument};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Engine, EngineError, limits::IN_PLACE_NANOS};

/// A compiled schema: the engine's form of it, and its plan.
pub(crate) struct Compiled<E: Engine> {
    plan: Plan,
    engine: E::Compiled,
    pub(crate) memory: MemoryUse,
}

/// Memory of a compiled schema, in bytes.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct MemoryUse {
    shared: usize,
    per_thread: usize,
}

impl MemoryUse {
    /// The memory when this many threads check with the schema.
    pub(crate) fn with_threads(self, threads: usize) -> usize {
        self.shared.saturating_add(self.per_thread.saturating_mul(threads))
    }
}

impl<E: Engine> Compiled<E> {
    pub(crate) fn new(schema: &Schema) -> Result<Self, EngineError> {
        let plan = schema.plan();
        let engine = E::compile(&plan)?;
        let memory = MemoryUse {
            shared: E::bytes(&plan, schema.text().as_str().len()) + plan.pattern_bytes(),
            per_thread: E::bytes_per_thread(&plan),
        };
        Ok(Self { plan, engine, memory })
    }

    /// The errors in the data. Empty when it is valid.
    pub(crate) fn check(&self, data: &Value, root: &str) -> Result<Vec<FieldError>, EngineError> {
        let is_valid = E::is_valid(&self.engine, data)?;
        Ok(if is_valid { Vec::new() } else { self.plan.explain_refusal(data, root) })
    }

    /// Whether the budget covers the check of the data. Takes its cost out of the budget.
    pub(crate) fn is_cheap(&self, data: &Value, budget: &mut StepBudget) -> bool {
        budget.covers(&self.plan, data)
    }

    /// The index of the first valid candidate. All candidates share the budget of one check in place; those that it does not
    /// cover are skipped.
    pub(crate) fn first_fitting<'d>(
        &self,
        candidates: impl IntoIterator<Item = &'d JsonDocument>,
    ) -> Result<Option<usize>, EngineError> {
        let mut budget = in_place_budget::<E>();
        for (index, candidate) in candidates.into_iter().enumerate() {
            let candidate = candidate.value();
            if self.is_cheap(candidate, &mut budget) && E::is_valid(&self.engine, candidate)? {
                return Ok(Some(index));
            }
        }
        Ok(None)
    }
}

/// The budget of a check in the service's own process: about a millisecond.
pub const fn in_place_budget<E: Engine>() -> StepBudget {
    StepBudget::new(IN_PLACE_NANOS / E::STEP_NANOS)
}
