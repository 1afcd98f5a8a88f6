//! How much work checking a document is, told before it is done.
//!
//! A checker cannot be stopped once it runs, and a harmless schema and harmless data can be too much together: 4,000
//! alternatives for each of 100,000 items. So a checker states its prices, measured for it, and data whose check would
//! cost more than the budget is refused instead of checked. The walk below visits what a checker that never stops early
//! would visit, and stops itself when the budget is spent.

use serde_json::{Map, Value};

use super::{
    components::components,
    pattern::Pattern,
    plan::{Choices, Dependency, Items, Members, NodeId, Plan, Rule},
};
use crate::{json::JsonDocument, limits::JSON_DEPTH};

/// What a checker takes for one step of each kind, at worst, in nanoseconds.
#[derive(Debug, Clone, Copy)]
pub struct Prices {
    /// Applying a subschema to a value, with one keyword.
    pub subschema: u64,
    /// Each further keyword.
    pub keyword: u64,
    /// Looking a member up, or for a required one.
    pub member: u64,
    /// Looking at one of the `dependencies`.
    pub dependency: u64,
    /// Comparing two values: a choice of an `enum`, an item with another.
    pub comparison: u64,
    /// Going over 16 bytes of a string.
    pub bytes_16: u64,
    /// The same, looking for a `format`.
    pub format_16: u64,
    /// One byte of a string, for each place that a pattern may be at.
    pub pattern_step: u64,
    /// A division with `multipleOf`.
    pub division: u64,
}

/// The prices of one schema's check, and what can be said of it without looking at the data.
#[derive(Debug)]
pub struct Meter {
    prices: Prices,
    budget: u64,
    /// What each byte of a document may cost at most; none when the schema is recursive.
    per_byte: Option<u64>,
}

impl Meter {
    /// A meter for a schema. The budget is in nanoseconds.
    pub fn new(plan: &Plan, prices: Prices, budget: u64) -> Self {
        Self { prices, budget, per_byte: per_byte(plan, &prices) }
    }

    /// Whether the check of this document stays within the budget.
    pub fn allows(&self, plan: &Plan, data: &JsonDocument) -> bool {
        self.ceiling(data).is_some_and(|ceiling| ceiling <= self.budget) || self.counts_within_budget(plan, data)
    }

    /// What the check costs at most. Most documents need no closer look: a value takes a byte at least.
    pub(super) fn ceiling(&self, data: &JsonDocument) -> Option<u64> {
        let bytes = data.text().as_str().len() as u64;
        self.per_byte.and_then(|per_byte| per_byte.checked_mul(bytes))
    }

    pub(super) fn counts_within_budget(&self, plan: &Plan, data: &JsonDocument) -> bool {
        Walk { plan, prices: &self.prices, left: self.budget }.apply(Plan::ROOT, data.value()).is_some()
    }
}

/// The price of everything that can be applied to a value on any way through the schema.
fn per_byte(plan: &Plan, prices: &Prices) -> Option<u64> {
    let edges: Vec<Vec<NodeId>> = plan
        .nodes
        .iter()
        .map(|rules| {
            let in_place = rules.iter().flat_map(Plan::in_place);
            in_place.chain(rules.iter().flat_map(Plan::children).map(|child| child.1)).collect()
        })
        .collect();
    let mut totals = vec![0_u64; edges.len()];
    for component in components(&edges) {
        let [node] = component.as_slice() else { return None };
        if edges[*node].contains(node) {
            return None;
        }
        let own = prices.subschema + plan.nodes[*node].iter().map(|rule| prices.at_most(rule)).sum::<u64>();
        totals[*node] = edges[*node].iter().fold(own, |sum, target| sum.saturating_add(totals[*target]));
    }
    totals.get(Plan::ROOT).copied()
}

impl Prices {
    /// What a rule alone may cost for each byte of the value.
    fn at_most(&self, rule: &Rule) -> u64 {
        self.keyword
            + match rule {
                Rule::OneOfValues(choices) => choices.size() * (self.comparison + self.bytes_16),
                Rule::MultipleOf(_) => self.division,
                Rule::Size(..) => self.bytes_16,
                Rule::Format(_) => self.format_16,
                Rule::Pattern(pattern) => 2 * pattern.weight() * self.pattern_step,
                // Each value is compared in every array around it, in a sort of at most 2^17 items.
                Rule::UniqueItems => 17 * JSON_DEPTH as u64 * (self.comparison + self.bytes_16),
                Rule::Required(names) => names.len() as u64 * self.member,
                Rule::Members(members) => {
                    let matching = members.patterns.iter();
                    let matching = matching.map(|(pattern, _)| self.member + 2 * pattern.weight() * self.pattern_step);
                    self.member + self.bytes_16 + matching.sum::<u64>()
                }
                Rule::PropertyNames(_) => self.member + self.bytes_16,
                Rule::Dependencies(dependencies) => self.dependencies(dependencies),
                _ => 0,
            }
    }

    fn dependencies(&self, dependencies: &[(String, Dependency)]) -> u64 {
        let price = |dependency: &Dependency| match dependency {
            Dependency::Names(names) => self.dependency + names.len() as u64 * self.member,
            Dependency::Schema(_) => self.dependency,
        };
        dependencies.iter().map(|(_, dependency)| price(dependency)).sum()
    }

    fn string(&self, text: &str) -> u64 {
        sixteens(text) * self.bytes_16
    }

    fn matching(&self, pattern: &Pattern, text: &str) -> u64 {
        (text.len() as u64 + 1) * pattern.weight() * self.pattern_step
    }
}

fn sixteens(text: &str) -> u64 {
    text.len() as u64 / 16 + 1
}

struct Walk<'a> {
    plan: &'a Plan,
    prices: &'a Prices,
    left: u64,
}

/// `None` once the budget is spent.
type Walked = Option<()>;

impl Walk<'_> {
    fn spend(&mut self, price: u64) -> Walked {
        self.left = self.left.checked_sub(price)?;
        Some(())
    }

    /// As deep as [`OPEN_SUBSCHEMAS`](crate::limits::OPEN_SUBSCHEMAS), which the guard has made sure of.
    fn apply(&mut self, node: NodeId, value: &Value) -> Walked {
        let plan = self.plan;
        let rules = &plan.nodes[node];
        self.spend(self.prices.subschema + rules.len() as u64 * self.prices.keyword)?;
        rules.iter().try_for_each(|rule| self.rule(rule, value))
    }

    fn rule(&mut self, rule: &Rule, value: &Value) -> Walked {
        match (rule, value) {
            (Rule::Ref(node) | Rule::Not(node), _) => self.apply(*node, value),
            (Rule::AllOf(nodes) | Rule::AnyOf(nodes) | Rule::OneOf(nodes), _) => {
                nodes.iter().try_for_each(|node| self.apply(*node, value))
            }
            (Rule::If { .. } | Rule::Dependencies(_), _) => {
                if let (Rule::Dependencies(dependencies), Value::Object(_)) = (rule, value) {
                    self.spend(self.prices.dependencies(dependencies))?;
                }
                Plan::in_place(rule).try_for_each(|node| self.apply(node, value))
            }
            (Rule::OneOfValues(choices), _) => self.choices(choices, value),
            (Rule::MultipleOf(_), Value::Number(_)) => self.spend(self.prices.division),
            (Rule::Pattern(pattern), Value::String(text)) => self.spend(self.prices.matching(pattern, text)),
            (Rule::Format(_), Value::String(text)) => self.spend(sixteens(text) * self.prices.format_16),
            (Rule::Size(..), Value::String(text)) => self.spend(self.prices.string(text)),
            (_, Value::Array(items)) => self.array(rule, items),
            (_, Value::Object(members)) => self.object(rule, members),
            _ => Some(()),
        }
    }

    fn choices(&mut self, choices: &Choices, value: &Value) -> Walked {
        let count = choices.values().len() as u64;
        match value {
            // How far two compounds are the same is not looked at: that would be work of its own.
            Value::Array(_) | Value::Object(_) => self.spend(choices.size() * self.prices.comparison),
            Value::String(text) => self.spend(count * (self.prices.comparison + self.prices.string(text))),
            _ => self.spend(count * self.prices.comparison),
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
                // A sort of n items compares each with about log₂ n others; a single one with none.
                let rounds = u64::from(items.len().checked_ilog2().unwrap_or(0));
                items.iter().try_for_each(|item| self.compared(item, rounds))
            }
            _ => Some(()),
        }
    }

    /// A value that is compared, whole, a number of times.
    fn compared(&mut self, value: &Value, times: u64) -> Walked {
        let text = value.as_str().map_or(0, |text| self.prices.string(text));
        self.spend(times * (self.prices.comparison + text))?;
        match value {
            Value::Array(items) => items.iter().try_for_each(|item| self.compared(item, times)),
            Value::Object(members) => members.iter().try_for_each(|(name, member)| {
                self.spend(times * self.prices.string(name))?;
                self.compared(member, times)
            }),
            _ => Some(()),
        }
    }

    fn object(&mut self, rule: &Rule, object: &Map<String, Value>) -> Walked {
        match rule {
            Rule::Required(names) => self.spend(names.len() as u64 * self.prices.member),
            Rule::PropertyNames(node) => object.keys().try_for_each(|name| {
                self.spend(self.prices.member + self.prices.string(name))?;
                self.apply(*node, &Value::String(name.clone()))
            }),
            Rule::Members(members) => object.iter().try_for_each(|(name, value)| self.member(members, name, value)),
            _ => Some(()),
        }
    }

    fn member(&mut self, members: &Members, name: &str, value: &Value) -> Walked {
        self.spend(self.prices.member + self.prices.string(name))?;
        for (pattern, node) in &members.patterns {
            self.spend(self.prices.member + self.prices.matching(pattern, name))?;
            // Whether it matches is not looked at: that would be work of its own.
            self.apply(*node, value)?;
        }
        let named = members.named.get(name);
        named.or(members.additional.as_ref()).map_or(Some(()), |node| self.apply(*node, value))
    }
}
