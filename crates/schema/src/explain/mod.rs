//! Explains why data does not match a schema, in the words of the API.
//!
//! An engine decides whether data is valid; this walk finds the errors. The engines' own errors cannot be used: one library
//! collects every error of a hostile document before it returns the first, with a copy of the data in each; the other loses
//! the keyword's argument.
//!
//! The walk visits each subschema once for each value and ends after 50 errors. It writes paths and sentences only of the
//! errors that it returns.

mod finding;
mod shapes;
mod values;

use serde_json::Value;

use self::finding::{Finding, Step};
use super::{
    plan::{NodeId, Plan},
    rule::{Dependency, Rule},
    wording,
};
use crate::{
    field::{FieldError, expected},
    limits::MAX_ERRORS,
};

impl Plan {
    /// The errors in `data`, at most 50, with paths that begin with `root`. Empty when the data is valid.
    pub fn explain(&self, data: &Value, root: &str) -> Vec<FieldError> {
        let mut walk = Walk::new(self, root, MAX_ERRORS);
        // An `Err` is an early end.
        let _ = walk.apply(Self::ROOT, data);
        let mut errors: Vec<FieldError> = Vec::new();
        for error in walk.findings.into_iter().map(|finding| finding.into_error(root)) {
            // Two keywords may say the same. Paths that are cut may be those of different values.
            if error.field.ends_with('…') || !errors.contains(&error) {
                errors.push(error);
            }
        }
        errors
    }

    /// The errors in data that an engine has refused: those of [`explain`](Self::explain), but never empty.
    pub fn explain_refusal(&self, data: &Value, root: &str) -> Vec<FieldError> {
        let mut errors = self.explain(data, root);
        if errors.is_empty() {
            errors.push(FieldError::new(root, wording::MISMATCH));
        }
        errors
    }

    /// The errors for data whose check reached its time limit.
    pub fn too_expensive_errors(root: &str) -> Vec<FieldError> {
        vec![FieldError::new(root, wording::TOO_EXPENSIVE)]
    }
}

/// Ends the walk: it needs no more findings.
struct Stop;

type Walked = Result<(), Stop>;

struct Walk<'a> {
    plan: &'a Plan,
    /// The beginning of all paths.
    root: &'a str,
    path: Vec<Step<'a>>,
    findings: Vec<Finding<'a>>,
    /// The number of findings that may still be added.
    capacity: usize,
    /// Ends the walk at the first finding, without adding it. Set inside `contains`, `not` and `if`, whose findings are never
    /// reported.
    only_validity: bool,
}

impl<'a> Walk<'a> {
    fn new(plan: &'a Plan, root: &'a str, capacity: usize) -> Self {
        Self { plan, root, path: Vec::new(), findings: Vec::new(), capacity, only_validity: false }
    }

    /// Adds a finding at the current path.
    fn report(&mut self, sentence: impl FnOnce() -> String + 'a) -> Walked {
        if self.only_validity {
            return Err(Stop);
        }
        let path = self.path.clone();
        self.add(Finding::new(path, sentence))
    }

    fn add(&mut self, finding: Finding<'a>) -> Walked {
        self.findings.push(finding);
        self.capacity = self.capacity.saturating_sub(1);
        if self.capacity == 0 { Err(Stop) } else { Ok(()) }
    }

    /// Adds the findings of applying a node to `value`. A value of the wrong type gets no other findings.
    fn apply(&mut self, node: NodeId, value: &'a Value) -> Walked {
        let plan = self.plan;
        for rule in &plan.nodes[node] {
            match rule {
                Rule::Type(types) if !types.contains(value) => {
                    return self.report(move || expected(&types.names(), value));
                }
                rule => self.rule(rule, value)?,
            }
        }
        Ok(())
    }

    fn rule(&mut self, rule: &'a Rule, value: &'a Value) -> Walked {
        match rule {
            Rule::RejectAll => self.report(|| wording::NOTHING_ALLOWED.into()),
            Rule::Ref(node) => self.apply(*node, value),
            Rule::Enum(allowed) => self.allowed_values(allowed, value),
            Rule::AllOf(nodes) => nodes.iter().try_for_each(|node| self.apply(*node, value)),
            Rule::AnyOf(nodes) => self.alternatives(nodes, value, false),
            Rule::OneOf(nodes) => self.alternatives(nodes, value, true),
            Rule::Not(node) if self.is_valid(*node, value) => self.report(|| wording::MATCHES_NOT.into()),
            Rule::If { condition, then, otherwise } => {
                let branch = if self.is_valid(*condition, value) { then } else { otherwise };
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
        for (_, dependency) in dependencies.iter().filter(|(name, _)| object.contains_key(name)) {
            match dependency {
                Dependency::Required(names) => self.required(names, object)?,
                Dependency::Schema(node) => self.apply(*node, value)?,
            }
        }
        Ok(())
    }

    /// The findings of applying a node to `value`, as a separate list of at most the capacity.
    fn collect(&mut self, node: NodeId, value: &'a Value) -> Vec<Finding<'a>> {
        let (outer, capacity) = (std::mem::take(&mut self.findings), self.capacity);
        let depth = self.path.len();
        let _ = self.apply(node, value);
        self.path.truncate(depth);
        self.capacity = capacity;
        std::mem::replace(&mut self.findings, outer)
    }

    fn is_valid(&mut self, node: NodeId, value: &'a Value) -> bool {
        let outer = std::mem::replace(&mut self.only_validity, true);
        let depth = self.path.len();
        let is_valid = self.apply(node, value).is_ok();
        self.path.truncate(depth);
        self.only_validity = outer;
        is_valid
    }
}
