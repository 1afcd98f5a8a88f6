//! Counts the steps of a check before it runs.
//!
//! A running check cannot be stopped, and a small schema can be expensive with small data: 4,000 alternatives for each of
//! 100,000 items. So the service checks in its own process only what was counted first and takes few steps. All other checks
//! run in a worker process with a time limit.
//!
//! The count decides where a check runs, not whether it runs, so it may be rough. A check with a part that is hard to
//! estimate counts as expensive.

use serde_json::{Map, Value};

use super::{
    pattern::Pattern,
    plan::{NodeId, Plan},
    rule::{AllowedValues, Dependency, Items, Properties, Rule},
};

/// Maximum length of a member name whose cost is estimated. Error paths and sentences contain names.
const MAX_NAME_BYTES: usize = 1024;
/// Maximum length of a string whose cost is estimated with a pattern that is not deterministic.
const MAX_MATCHED_BYTES: usize = 1024;

/// A budget of steps, for one check or for several.
///
/// A step is one application of a subschema, one keyword, one member looked up, one value compared, or 16 bytes of text. A
/// check that never stops early, together with the explanation, takes at most the counted number of steps.
#[derive(Debug, Clone, Copy)]
pub struct StepBudget(u64);

impl StepBudget {
    /// A budget of `steps`.
    pub const fn new(steps: u64) -> Self {
        Self(steps)
    }

    /// Takes the steps of checking `data` out of the budget. Returns false, and takes nothing, when they exceed the budget or
    /// cannot be estimated. Stops counting there.
    pub fn covers(&mut self, plan: &Plan, data: &Value) -> bool {
        let mut counter = Counter { plan, left: self.0 };
        let is_covered = counter.apply(Plan::ROOT, data).is_some();
        if is_covered {
            self.0 = counter.left;
        }
        is_covered
    }
}

struct Counter<'a> {
    plan: &'a Plan,
    left: u64,
}

/// `None` when the budget is spent, or when a part cannot be estimated.
type Counted = Option<()>;

/// One step for each 16 bytes that have begun.
fn text_steps(text: &str) -> u64 {
    text.len() as u64 / 16 + 1
}

/// A matcher follows up to `max_positions` positions for each byte, at about a third of a step each.
fn match_steps(pattern: &Pattern, text: &str) -> Option<u64> {
    let can_be_estimated = pattern.max_positions() == 1 || text.len() <= MAX_MATCHED_BYTES;
    can_be_estimated.then(|| (text.len() as u64 + 1) * pattern.max_positions() / 3 + 1)
}

impl Counter<'_> {
    fn spend(&mut self, steps: u64) -> Counted {
        self.left = self.left.checked_sub(steps)?;
        Some(())
    }

    /// Recurses at most [`MAX_OPEN_SUBSCHEMAS`](crate::limits::MAX_OPEN_SUBSCHEMAS) deep, as the guard ensures.
    fn apply(&mut self, node: NodeId, value: &Value) -> Counted {
        let plan = self.plan;
        let rules = &plan.nodes[node];
        self.spend(1 + rules.len() as u64)?;
        rules.iter().try_for_each(|rule| self.rule(rule, value))
    }

    fn rule(&mut self, rule: &Rule, value: &Value) -> Counted {
        match (rule, value) {
            (Rule::Ref(node) | Rule::Not(node), _) => self.apply(*node, value),
            (Rule::AllOf(nodes), _) => nodes.iter().try_for_each(|node| self.apply(*node, value)),
            (Rule::AnyOf(nodes) | Rule::OneOf(nodes), _) => nodes.iter().try_for_each(|node| {
                // The explanation looks at the properties for a tag.
                self.spend(self.plan.named_properties(*node) as u64)?;
                self.apply(*node, value)
            }),
            (Rule::If { .. } | Rule::Dependencies(_), _) => {
                if let (Rule::Dependencies(dependencies), Value::Object(_)) = (rule, value) {
                    self.dependencies(dependencies)?;
                }
                rule.in_place_subschemas().try_for_each(|node| self.apply(node, value))
            }
            (Rule::Enum(allowed), _) => self.allowed_values(allowed, value),
            (Rule::MultipleOf(_), Value::Number(_)) => self.spend(10),
            (Rule::Pattern(pattern), Value::String(text)) => self.spend(match_steps(pattern, text)?),
            (Rule::Format(_), Value::String(text)) => self.spend(3 * text_steps(text)),
            (Rule::Size(..), Value::String(text)) => self.spend(text_steps(text)),
            (_, Value::Array(items)) => self.array(rule, items),
            (_, Value::Object(members)) => self.object(rule, members),
            _ => Some(()),
        }
    }

    fn dependencies(&mut self, dependencies: &[(String, Dependency)]) -> Counted {
        dependencies.iter().try_for_each(|(name, dependency)| {
            self.spend(2 + text_steps(name))?;
            match dependency {
                Dependency::Required(names) => self.required(names),
                Dependency::Schema(_) => Some(()),
            }
        })
    }

    /// Each name is looked up in the object.
    fn required(&mut self, names: &[String]) -> Counted {
        names.iter().try_for_each(|name| self.spend(text_steps(name)))
    }

    fn allowed_values(&mut self, allowed: &AllowedValues, value: &Value) -> Counted {
        let count = allowed.as_slice().len() as u64;
        match value {
            Value::Array(_) | Value::Object(_) => self.spend(allowed.max_comparisons()),
            Value::String(text) => self.spend(count * text_steps(text)),
            _ => self.spend(count),
        }
    }

    fn array(&mut self, rule: &Rule, items: &[Value]) -> Counted {
        match rule {
            Rule::Items(Items::All(node)) | Rule::Contains(node) => {
                items.iter().try_for_each(|item| self.apply(*node, item))
            }
            Rule::Items(Items::Tuple(nodes, rest)) => {
                let nodes = nodes.iter().copied().map(Some).chain(std::iter::repeat(*rest));
                items
                    .iter()
                    .zip(nodes)
                    .try_for_each(|(item, node)| node.map_or(Some(()), |node| self.apply(node, item)))
            }
            Rule::UniqueItems => {
                // Sorting n items compares each with about log₂ n others.
                let rounds = u64::from(items.len().checked_ilog2().unwrap_or(0));
                items.iter().try_for_each(|item| match item {
                    Value::Array(_) | Value::Object(_) => None,
                    Value::String(text) => self.spend(rounds * text_steps(text)),
                    _ => self.spend(rounds),
                })
            }
            _ => Some(()),
        }
    }

    fn object(&mut self, rule: &Rule, object: &Map<String, Value>) -> Counted {
        match rule {
            Rule::Required(names) => self.required(names),
            Rule::PropertyNames(node) => object.keys().try_for_each(|name| {
                self.name(name)?;
                // Twice: the engine applies the subschema, and so does the explanation.
                let before = self.left;
                self.apply(*node, &Value::String(name.clone()))?;
                self.spend(before - self.left)
            }),
            Rule::Properties(properties) => {
                object.iter().try_for_each(|(name, value)| self.property(properties, name, value))
            }
            _ => Some(()),
        }
    }

    fn name(&mut self, name: &str) -> Counted {
        if name.len() > MAX_NAME_BYTES { None } else { self.spend(1 + text_steps(name)) }
    }

    fn property(&mut self, properties: &Properties, name: &str, value: &Value) -> Counted {
        self.name(name)?;
        for (pattern, node) in &properties.patterns {
            self.spend(1 + match_steps(pattern, name)?)?;
            // Assumes that the pattern matches. To try it would take as long as the check.
            self.apply(*node, value)?;
        }
        let named = properties.named.get(name);
        named.or(properties.additional.as_ref()).map_or(Some(()), |node| self.apply(*node, value))
    }
}
