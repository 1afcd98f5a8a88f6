//! Why data does not fit a schema, in the words of the API.
//!
//! A checker gives the verdict; this walk finds the sentences. It is kept apart from the checkers because neither library
//! can do it safely: one collects every error of a hostile document before giving the first, with a copy of the data in
//! each, the other forgets the keyword's argument. Here the first 50 errors end the walk, as does its budget.

mod shapes;
mod values;

use serde_json::Value;

use super::{
    plan::{Dependency, NodeId, Plan, Rule},
    wording,
};
use crate::{
    field::{FieldError, FieldPath, expected},
    limits::ERRORS,
};

/// Steps that an explanation may take, of about 10 ns each. One that looks at what the meter of a checker has let through
/// seldom needs more: a pattern takes a step where the meter counts 20 ns of its 40 to 50 ms.
const STEPS: u64 = 3_000_000;
/// What the making of an error is worth in steps.
const STEPS_PER_ERROR: u64 = 20;

impl Plan {
    /// What of `data` does not fit, at most 50 errors, with paths that begin with `root`. Empty when nothing was found,
    /// which for large data may also mean that the search was given up.
    pub fn explain(&self, data: &Value, root: &str) -> Vec<FieldError> {
        let mut walk = Walk {
            plan: self,
            path: FieldPath::root(root),
            errors: Vec::new(),
            room: ERRORS,
            left: STEPS,
            only_verdict: false,
        };
        // Stopped or not: what was found so far is the answer.
        let _ = walk.apply(Self::ROOT, data);
        walk.errors
    }

    /// [`explain`](Self::explain) for data that a checker has refused: never empty.
    pub fn explain_refusal(&self, data: &Value, root: &str) -> Vec<FieldError> {
        let mut errors = self.explain(data, root);
        if errors.is_empty() {
            errors.push(FieldError::new(root, wording::MISMATCH));
        }
        errors
    }

    /// The answer for data that no checker was asked about, because its check would be too much work.
    pub fn refuse_as_too_much(root: &str) -> Vec<FieldError> {
        vec![FieldError::new(root, wording::TOO_MUCH_WORK)]
    }
}

/// Why a walk ends before all is seen.
enum Stop {
    /// Enough errors.
    Full,
    /// No steps left.
    Spent,
}

struct Walk<'a> {
    plan: &'a Plan,
    path: FieldPath,
    errors: Vec<FieldError>,
    /// How many errors may still be added.
    room: usize,
    left: u64,
    /// Whether the first error ends the walk without words: most of what is looked at inside `contains` or `not` is never
    /// told, and making a sentence takes far longer than finding that there is one to make.
    only_verdict: bool,
}

impl Walk<'_> {
    fn step(&mut self, steps: u64) -> Result<(), Stop> {
        self.left = self.left.checked_sub(steps).ok_or(Stop::Spent)?;
        Ok(())
    }

    /// An error at the current path.
    fn refuse(&mut self, message: impl FnOnce() -> String) -> Result<(), Stop> {
        if self.only_verdict {
            return Err(Stop::Full);
        }
        self.step(STEPS_PER_ERROR)?;
        self.add(FieldError::new(wording::bounded_path(self.path.as_str()), message()))
    }

    fn add(&mut self, error: FieldError) -> Result<(), Stop> {
        self.errors.push(error);
        self.room = self.room.saturating_sub(1);
        if self.room == 0 { Err(Stop::Full) } else { Ok(()) }
    }

    /// Adds what `value` breaks of a node. A value of the wrong type is not looked at further: the rest would be noise.
    fn apply(&mut self, node: NodeId, value: &Value) -> Result<(), Stop> {
        self.step(1)?;
        let plan = self.plan;
        for rule in &plan.nodes[node] {
            self.step(1)?;
            match rule {
                Rule::Type(types) if !types.admits(value) => return self.refuse(|| expected(&types.names(), value)),
                rule => self.rule(rule, value)?,
            }
        }
        Ok(())
    }

    fn rule(&mut self, rule: &Rule, value: &Value) -> Result<(), Stop> {
        match rule {
            Rule::Never => self.refuse(|| wording::NEVER.into()),
            Rule::Ref(node) => self.apply(*node, value),
            Rule::OneOfValues(choices) => self.choice(choices, value),
            Rule::AllOf(nodes) => nodes.iter().try_for_each(|node| self.apply(*node, value)),
            Rule::AnyOf(nodes) => self.alternatives(nodes, value, false),
            Rule::OneOf(nodes) => self.alternatives(nodes, value, true),
            Rule::Not(node) if self.fits(*node, value)? => self.refuse(|| wording::NOT.into()),
            Rule::If { condition, then, otherwise } => {
                let branch = if self.fits(*condition, value)? { then } else { otherwise };
                branch.map_or(Ok(()), |node| self.apply(node, value))
            }
            Rule::Dependencies(dependencies) => self.dependencies(dependencies, value),
            _ => match value {
                Value::Number(number) => self.number(rule, number),
                Value::String(text) => self.text(rule, text),
                Value::Array(items) => self.array(rule, items),
                Value::Object(members) => self.object(rule, members),
                _ => Ok(()),
            },
        }
    }

    fn dependencies(&mut self, dependencies: &[(String, Dependency)], value: &Value) -> Result<(), Stop> {
        let Value::Object(object) = value else { return Ok(()) };
        let due = dependencies.iter().filter(|(name, _)| object.contains_key(name)).map(|(_, dependency)| dependency);
        for dependency in due {
            match dependency {
                Dependency::Names(names) => self.required(names, object)?,
                Dependency::Schema(node) => self.apply(*node, value)?,
            }
        }
        Ok(())
    }

    /// What `value` breaks of a node, on the side: at most as many errors as there is room for.
    fn collect(&mut self, node: NodeId, value: &Value, room: usize) -> Result<Vec<FieldError>, Stop> {
        let aside = (std::mem::take(&mut self.errors), std::mem::replace(&mut self.room, room));
        let up = self.path.len();
        let done = self.apply(node, value);
        self.path.truncate(up);
        self.room = aside.1;
        let found = std::mem::replace(&mut self.errors, aside.0);
        match done {
            Err(Stop::Spent) => Err(Stop::Spent),
            Err(Stop::Full) | Ok(()) => Ok(found),
        }
    }

    fn fits(&mut self, node: NodeId, value: &Value) -> Result<bool, Stop> {
        let outer = std::mem::replace(&mut self.only_verdict, true);
        let up = self.path.len();
        let done = self.apply(node, value);
        self.path.truncate(up);
        self.only_verdict = outer;
        match done {
            Ok(()) => Ok(true),
            Err(Stop::Full) => Ok(false),
            Err(Stop::Spent) => Err(Stop::Spent),
        }
    }
}
