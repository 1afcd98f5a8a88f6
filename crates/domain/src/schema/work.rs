//! How much work checking a document is, told before it is done.
//!
//! A checker cannot be stopped once it runs, and a harmless schema and harmless data can be too much together: 4,000
//! alternatives for each of 100,000 items. So a checker states its prices, measured for it, and data whose check would
//! cost more than the budget is refused instead of checked. The walk below visits what a checker that never stops early
//! would visit, and stops itself when the budget is spent.

use serde_json::Value;

use super::{
    components::components,
    plan::{Dependency, Items, Members, NodeId, Plan, Rule},
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
    /// Comparing two values: a choice of an `enum`, an item with another.
    pub comparison: u64,
    /// Going over 16 bytes of a string.
    pub bytes_16: u64,
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
        // A value takes a byte at least, so most documents need no closer look.
        let bytes = data.text().as_str().len() as u64;
        let ceiling = self.per_byte.and_then(|per_byte| per_byte.checked_mul(bytes));
        if ceiling.is_some_and(|ceiling| ceiling <= self.budget) {
            return true;
        }
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
        let size = |values: &[Value]| values.iter().map(values_in).sum::<u64>();
        self.keyword
            + match rule {
                Rule::Enum(values) => size(values) * (self.comparison + self.bytes_16),
                Rule::Const(value) => values_in(value) * (self.comparison + self.bytes_16),
                Rule::MultipleOf(_) => self.division,
                Rule::Size(..) | Rule::Format(_) => self.bytes_16,
                Rule::Pattern(pattern) => pattern.weight() * self.pattern_step,
                // Each value is compared in every array around it, in a sort of at most 2^17 items.
                Rule::UniqueItems => 17 * JSON_DEPTH as u64 * self.comparison,
                Rule::Required(names) => names.len() as u64 * self.member,
                Rule::Members(members) => self.fixed(members) + self.per_name_byte(members),
                Rule::PropertyNames(_) => self.member,
                Rule::Dependencies(dependencies) => self.dependencies(dependencies),
                _ => 0,
            }
    }

    fn fixed(&self, members: &Members) -> u64 {
        members.named.len() as u64 * self.member
    }

    fn per_name_byte(&self, members: &Members) -> u64 {
        self.member + members.patterns.iter().map(|(pattern, _)| self.member + pattern.weight() * self.pattern_step).sum::<u64>()
    }

    fn dependencies(&self, dependencies: &[(String, Dependency)]) -> u64 {
        let names = dependencies.iter().map(|(_, dependency)| match dependency {
            Dependency::Names(names) => 1 + names.len() as u64,
            Dependency::Schema(_) => 1,
        });
        names.sum::<u64>() * self.member
    }

    fn string(&self, bytes: usize) -> u64 {
        (bytes as u64 / 16 + 1) * self.bytes_16
    }
}

struct Walk<'a> {
    plan: &'a Plan,
    prices: &'a Prices,
    left: u64,
}

impl Walk<'_> {
    /// `None` once the budget is spent.
    fn spend(&mut self, price: u64) -> Option<()> {
        self.left = self.left.checked_sub(price)?;
        Some(())
    }

    /// As deep as [`OPEN_SUBSCHEMAS`](crate::limits::OPEN_SUBSCHEMAS), which the guard has made sure of.
    fn apply(&mut self, node: NodeId, value: &Value) -> Option<()> {
        self.spend(self.prices.subschema)?;
        let plan = self.plan;
        for rule in &plan.nodes[node] {
            self.spend(self.prices.keyword)?;
            for target in Plan::in_place(rule) {
                self.apply(target, value)?;
            }
            match value {
                Value::Array(items) => self.array(rule, items)?,
                Value::Object(members) => self.object(rule, members)?,
                Value::String(text) => self.text(rule, text)?,
                Value::Number(_) if matches!(rule, Rule::MultipleOf(_)) => self.spend(self.prices.division)?,
                _ => {}
            }
            self.comparisons(rule, value)?;
        }
        Some(())
    }

    fn comparisons(&mut self, rule: &Rule, value: &Value) -> Option<()> {
        let choices = match rule {
            Rule::Enum(values) => values.as_slice(),
            Rule::Const(value) => std::slice::from_ref(value),
            _ => return Some(()),
        };
        let per_choice = self.prices.comparison + value.as_str().map_or(0, |text| self.prices.string(text.len()));
        let compound = value.is_array() || value.is_object();
        choices.iter().try_for_each(|choice| self.spend(per_choice * if compound { values_in(choice) } else { 1 }))
    }

    fn text(&mut self, rule: &Rule, text: &str) -> Option<()> {
        match rule {
            Rule::Pattern(pattern) => self.spend((text.len() as u64 + 1) * pattern.weight() * self.prices.pattern_step),
            Rule::Size(..) | Rule::Format(_) => self.spend(self.prices.string(text.len())),
            _ => Some(()),
        }
    }

    fn array(&mut self, rule: &Rule, items: &[Value]) -> Option<()> {
        match rule {
            Rule::Items(Items::All(node)) | Rule::Contains(node) => {
                items.iter().try_for_each(|item| self.apply(*node, item))
            }
            Rule::Items(Items::Each(nodes, rest)) => {
                let nodes = nodes.iter().copied().map(Some).chain(std::iter::repeat(*rest));
                items.iter().zip(nodes).try_for_each(|(item, node)| node.map_or(Some(()), |node| self.apply(node, item)))
            }
            Rule::UniqueItems => {
                let rounds = u64::from(usize::BITS - items.len().leading_zeros());
                items.iter().try_for_each(|item| self.compare_whole(item, rounds))
            }
            _ => Some(()),
        }
    }

    /// The comparisons of one item in a sort.
    fn compare_whole(&mut self, value: &Value, rounds: u64) -> Option<()> {
        let text = value.as_str().map_or(0, |text| self.prices.string(text.len()));
        self.spend(rounds * (self.prices.comparison + text))?;
        match value {
            Value::Array(items) => items.iter().try_for_each(|item| self.compare_whole(item, rounds)),
            Value::Object(members) => members.iter().try_for_each(|(name, member)| {
                self.spend(rounds * self.prices.string(name.len()))?;
                self.compare_whole(member, rounds)
            }),
            _ => Some(()),
        }
    }

    fn object(&mut self, rule: &Rule, object: &serde_json::Map<String, Value>) -> Option<()> {
        match rule {
            Rule::Required(names) => self.spend(names.len() as u64 * self.prices.member),
            Rule::Dependencies(dependencies) => self.spend(self.prices.dependencies(dependencies)),
            Rule::PropertyNames(node) => object.keys().try_for_each(|name| {
                self.spend(self.prices.member + self.prices.string(name.len()))?;
                self.apply(*node, &Value::String(name.clone()))
            }),
            Rule::Members(members) => {
                self.spend(self.prices.fixed(members))?;
                object.iter().try_for_each(|(name, value)| self.member(members, name, value))
            }
            _ => Some(()),
        }
    }

    fn member(&mut self, members: &Members, name: &str, value: &Value) -> Option<()> {
        self.spend(self.prices.member + self.prices.string(name.len()))?;
        for (pattern, node) in &members.patterns {
            self.spend(self.prices.member + (name.len() as u64 + 1) * pattern.weight() * self.prices.pattern_step)?;
            // Whether it matches is not looked at: that would be work of its own.
            self.apply(*node, value)?;
        }
        let named = members.named.get(name);
        named.or(members.additional.as_ref()).map_or(Some(()), |node| self.apply(*node, value))
    }
}

fn values_in(value: &Value) -> u64 {
    1 + match value {
        Value::Array(items) => items.iter().map(values_in).sum(),
        Value::Object(members) => members.values().map(values_in).sum(),
        _ => 0,
    }
}
