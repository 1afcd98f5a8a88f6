//! Why data does not fit a schema, in the words of the API.
//!
//! A checker gives the verdict; this walk finds the sentences. It is separate from the checkers because neither library can
//! do it safely: one collects every error of a hostile document before it returns the first, with a copy of the data in
//! each, the other loses the keyword's argument.
//!
//! The walk visits each subschema once for each value, ends after 50 errors, and writes paths and sentences for those
//! errors only that it returns.

mod finding;
mod shapes;
mod values;

use serde_json::Value;

use self::finding::{Finding, Step};
use super::{
    plan::{Dependency, NodeId, Plan, Rule},
    wording,
};
use crate::{
    field::{FieldError, expected},
    limits::ERRORS,
};

impl Plan {
    /// What of `data` does not fit, at most 50 errors, with paths that begin with `root`; empty when all fits.
    pub fn explain(&self, data: &Value, root: &str) -> Vec<FieldError> {
        let mut walk = Walk::new(self, root, ERRORS);
        // The walk may end early, when there are enough findings.
        let _ = walk.apply(Self::ROOT, data);
        walk.findings.into_iter().map(|finding| finding.into_error(root)).collect()
    }

    /// [`explain`](Self::explain) for data that a checker has refused: never empty.
    pub fn explain_refusal(&self, data: &Value, root: &str) -> Vec<FieldError> {
        let mut errors = self.explain(data, root);
        if errors.is_empty() {
            errors.push(FieldError::new(root, wording::MISMATCH));
        }
        errors
    }

    /// The answer for data whose check reached its time limit.
    pub fn refuse_as_too_much(root: &str) -> Vec<FieldError> {
        vec![FieldError::new(root, wording::TOO_MUCH_WORK)]
    }
}

/// The walk ends: no more findings may be added.
struct Full;

type Walked = Result<(), Full>;

struct Walk<'a> {
    plan: &'a Plan,
    /// What the paths of errors begin with.
    root: &'a str,
    path: Vec<Step<'a>>,
    findings: Vec<Finding<'a>>,
    /// How many findings may still be added.
    capacity: usize,
    /// Whether the first finding ends the walk without being kept: what is found inside `contains` or `not` is never
    /// reported.
    only_verdict: bool,
}

impl<'a> Walk<'a> {
    fn new(plan: &'a Plan, root: &'a str, capacity: usize) -> Self {
        Self { plan, root, path: Vec::new(), findings: Vec::new(), capacity, only_verdict: false }
    }

    /// A finding at the current path. The sentence is written when the finding is reported.
    fn refuse(&mut self, sentence: impl FnOnce() -> String + 'a) -> Walked {
        if self.only_verdict {
            return Err(Full);
        }
        let path = self.path.clone();
        self.add(Finding::new(path, sentence))
    }

    fn add(&mut self, finding: Finding<'a>) -> Walked {
        self.findings.push(finding);
        self.capacity = self.capacity.saturating_sub(1);
        if self.capacity == 0 { Err(Full) } else { Ok(()) }
    }

    /// Adds what `value` breaks of a node. A value of the wrong type is not examined further: the rest would be noise.
    fn apply(&mut self, node: NodeId, value: &'a Value) -> Walked {
        let plan = self.plan;
        for rule in &plan.nodes[node] {
            match rule {
                Rule::Type(types) if !types.admits(value) => {
                    return self.refuse(move || expected(&types.names(), value));
                }
                rule => self.rule(rule, value)?,
            }
        }
        Ok(())
    }

    fn rule(&mut self, rule: &'a Rule, value: &'a Value) -> Walked {
        match rule {
            Rule::Never => self.refuse(|| wording::NEVER.into()),
            Rule::Ref(node) => self.apply(*node, value),
            Rule::OneOfValues(choices) => self.choice(choices, value),
            Rule::AllOf(nodes) => nodes.iter().try_for_each(|node| self.apply(*node, value)),
            Rule::AnyOf(nodes) => self.alternatives(nodes, value, false),
            Rule::OneOf(nodes) => self.alternatives(nodes, value, true),
            Rule::Not(node) if self.fits(*node, value) => self.refuse(|| wording::NOT.into()),
            Rule::If { condition, then, otherwise } => {
                let branch = if self.fits(*condition, value) { then } else { otherwise };
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

    fn dependencies(&mut self, dependencies: &'a [(String, Dependency)], value: &'a Value) -> Walked {
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

    /// What `value` breaks of a node, apart from the findings so far, and at most the capacity.
    fn collect(&mut self, node: NodeId, value: &'a Value) -> Vec<Finding<'a>> {
        let (outer, capacity) = (std::mem::take(&mut self.findings), self.capacity);
        let depth = self.path.len();
        let _ = self.apply(node, value);
        self.path.truncate(depth);
        self.capacity = capacity;
        std::mem::replace(&mut self.findings, outer)
    }

    fn fits(&mut self, node: NodeId, value: &'a Value) -> bool {
        let outer = std::mem::replace(&mut self.only_verdict, true);
        let depth = self.path.len();
        let fits = self.apply(node, value).is_ok();
        self.path.truncate(depth);
        self.only_verdict = outer;
        fits
    }
}
