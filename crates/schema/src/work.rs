//! Whether checking a document is provably cheap.
//!
//! A running check cannot be stopped, and a small schema can be expensive with small data: 4,000 alternatives for each of
//! 100,000 items. So a check runs in the service's own process only when its steps were counted first and are few. All other
//! checks run in a process with a time limit. The count decides where a check runs, not whether it runs, so it may be rough:
//! a part of a check that is hard to count has no price, and the check counts as expensive.

use serde_json::{Map, Value};

use super::{
    pattern::Pattern,
    plan::{Choices, Dependency, Items, Members, NodeId, Plan, Rule},
};

/// Longest member name that is priced: sentences and paths are made of names.
const MAX_NAME_BYTES: usize = 1024;
/// Longest string that is matched against a pattern with several positions to follow.
const MAX_MATCHED_BYTES: usize = 1024;

/// A budget of steps, for one check or for several.
///
/// A step is one application of a subschema, one keyword, one member looked up, one value compared, or 16 bytes of text. A
/// check that stops at no error, together with the explanation, takes no more steps than are counted.
#[derive(Debug, Clone, Copy)]
pub struct StepBudget(u64);

impl StepBudget {
    /// A budget of this many steps.
    pub const fn new(steps: u64) -> Self {
        Self(steps)
    }

    /// Takes the steps of checking this data out of the budget. False, with nothing taken, when there are more than are
    /// left, or when a part of the check has no price. The count stops there.
    pub fn covers(&mut self, plan: &Plan, data: &Value) -> bool {
        let mut walk = Walk { plan, left: self.0 };
        let covered = walk.apply(Plan::ROOT, data).is_some();
        if covered {
            self.0 = walk.left;
        }
        covered
    }
}

struct Walk<'a> {
    plan: &'a Plan,
    left: u64,
}

/// `None` once the budget is spent, or at a part without a price.
type Walked = Option<()>;

fn sixteens(text: &str) -> u64 {
    text.len() as u64 / 16 + 1
}

/// A pattern follows up to `weight` positions for each byte, in about a third of a step each.
fn matching(pattern: &Pattern, text: &str) -> Option<u64> {
    let is_priced = pattern.weight() == 1 || text.len() <= MAX_MATCHED_BYTES;
    is_priced.then(|| (text.len() as u64 + 1) * pattern.weight() / 3 + 1)
}

impl Walk<'_> {
    fn spend(&mut self, steps: u64) -> Walked {
        self.left = self.left.checked_sub(steps)?;
        Some(())
    }

    /// As deep as [`OPEN_SUBSCHEMAS`](crate::limits::OPEN_SUBSCHEMAS), which the guard ensures.
    fn apply(&mut self, node: NodeId, value: &Value) -> Walked {
        let plan = self.plan;
        let rules = &plan.nodes[node];
        self.spend(1 + rules.len() as u64)?;
        rules.iter().try_for_each(|rule| self.rule(rule, value))
    }

    fn rule(&mut self, rule: &Rule, value: &Value) -> Walked {
        match (rule, value) {
            (Rule::Ref(node) | Rule::Not(node), _) => self.apply(*node, value),
            (Rule::AllOf(nodes), _) => nodes.iter().try_for_each(|node| self.apply(*node, value)),
            (Rule::AnyOf(nodes) | Rule::OneOf(nodes), _) => nodes.iter().try_for_each(|node| {
                // The explanation looks for the member that tells the shapes apart.
                self.spend(self.plan.named_members(*node) as u64)?;
                self.apply(*node, value)
            }),
            (Rule::If { .. } | Rule::Dependencies(_), _) => {
                if let (Rule::Dependencies(dependencies), Value::Object(_)) = (rule, value) {
                    self.dependencies(dependencies)?;
                }
                Plan::in_place(rule).try_for_each(|node| self.apply(node, value))
            }
            (Rule::OneOfValues(choices), _) => self.choices(choices, value),
            (Rule::MultipleOf(_), Value::Number(_)) => self.spend(10),
            (Rule::Pattern(pattern), Value::String(text)) => self.spend(matching(pattern, text)?),
            (Rule::Format(_), Value::String(text)) => self.spend(3 * sixteens(text)),
            (Rule::Size(..), Value::String(text)) => self.spend(sixteens(text)),
            (_, Value::Array(items)) => self.array(rule, items),
            (_, Value::Object(members)) => self.object(rule, members),
            _ => Some(()),
        }
    }

    fn dependencies(&mut self, dependencies: &[(String, Dependency)]) -> Walked {
        dependencies.iter().try_for_each(|(name, dependency)| {
            self.spend(2 + sixteens(name))?;
            match dependency {
                Dependency::Names(names) => self.names(names),
                Dependency::Schema(_) => Some(()),
            }
        })
    }

    /// Each name is compared with names of the object.
    fn names(&mut self, names: &[String]) -> Walked {
        names.iter().try_for_each(|name| self.spend(sixteens(name)))
    }

    fn choices(&mut self, choices: &Choices, value: &Value) -> Walked {
        let count = choices.values().len() as u64;
        match value {
            Value::Array(_) | Value::Object(_) => self.spend(choices.size()),
            Value::String(text) => self.spend(count * sixteens(text)),
            _ => self.spend(count),
        }
    }

    fn array(&mut self, rule: &Rule, items: &[Value]) -> Walked {
        match rule {
            Rule::Items(Items::All(node)) | Rule::Contains(node) => {
                items.iter().try_for_each(|item| self.apply(*node, item))
            }
            Rule::Items(Items::Each(nodes, rest)) => {
                let nodes = nodes.iter().copied().map(Some).chain(std::iter::repeat(*rest));
                items
                    .iter()
                    .zip(nodes)
                    .try_for_each(|(item, node)| node.map_or(Some(()), |node| self.apply(node, item)))
            }
            Rule::UniqueItems => {
                // A sort of n items compares each with about log₂ n others.
                let rounds = u64::from(items.len().checked_ilog2().unwrap_or(0));
                items.iter().try_for_each(|item| match item {
                    Value::Array(_) | Value::Object(_) => None,
                    Value::String(text) => self.spend(rounds * sixteens(text)),
                    _ => self.spend(rounds),
                })
            }
            _ => Some(()),
        }
    }

    fn object(&mut self, rule: &Rule, object: &Map<String, Value>) -> Walked {
        match rule {
            Rule::Required(names) => self.names(names),
            Rule::PropertyNames(node) => object.keys().try_for_each(|name| {
                self.name(name)?;
                // The verdict takes one walk, and the explanation another.
                let before = self.left;
                self.apply(*node, &Value::String(name.clone()))?;
                self.spend(before - self.left)
            }),
            Rule::Members(members) => object.iter().try_for_each(|(name, value)| self.member(members, name, value)),
            _ => Some(()),
        }
    }

    fn name(&mut self, name: &str) -> Walked {
        if name.len() > MAX_NAME_BYTES { None } else { self.spend(1 + sixteens(name)) }
    }

    fn member(&mut self, members: &Members, name: &str, value: &Value) -> Walked {
        self.name(name)?;
        for (pattern, node) in &members.patterns {
            self.spend(1 + matching(pattern, name)?)?;
            // Whether the pattern matches is not tested, which would be work too.
            self.apply(*node, value)?;
        }
        let named = members.named.get(name);
        named.or(members.additional.as_ref()).map_or(Some(()), |node| self.apply(*node, value))
    }
}
