//! A schema in the form that the guard, the count of steps and the explanation walk over.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Number, Value};

use super::{
    format::Format,
    pattern::{CompiledPattern, Pattern},
};
use crate::limits::REF_CHAIN;

/// Which subschema: its place in [`Plan::nodes`].
pub(super) type NodeId = usize;

/// A schema with its references resolved. The root is node 0.
#[derive(Debug)]
pub struct Plan {
    pub(super) nodes: Vec<Vec<Rule>>,
}

/// One draft-07 keyword, or a group of keywords that only mean something together.
#[derive(Debug)]
pub(super) enum Rule {
    /// The schema `false`.
    Never,
    Ref(NodeId),
    Type(Types),
    /// `enum`, and `const` as an `enum` of one.
    OneOfValues(Choices),
    Bound(Bound, Number),
    MultipleOf(Number),
    /// `minLength`, `maxItems` and their like.
    Size(Measured, Extreme, u64),
    Pattern(Pattern),
    Format(Format),
    Items(Items),
    Contains(NodeId),
    UniqueItems,
    Required(Vec<String>),
    Members(Members),
    PropertyNames(NodeId),
    Dependencies(Vec<(String, Dependency)>),
    AllOf(Vec<NodeId>),
    AnyOf(Vec<NodeId>),
    OneOf(Vec<NodeId>),
    Not(NodeId),
    If {
        condition: NodeId,
        then: Option<NodeId>,
        otherwise: Option<NodeId>,
    },
}

/// Values that are allowed.
#[derive(Debug)]
pub(super) struct Choices {
    values: Vec<Value>,
    size: u64,
}

impl Choices {
    pub(super) fn new(values: Vec<Value>) -> Self {
        Self { size: values.iter().map(comparisons_in).sum(), values }
    }

    pub(super) fn values(&self) -> &[Value] {
        &self.values
    }

    /// Comparisons that it takes at most to compare a value with all of them.
    pub(super) fn size(&self) -> u64 {
        self.size
    }
}

/// Values in a value, and 16 bytes of text as one more.
fn comparisons_in(value: &Value) -> u64 {
    1 + match value {
        Value::String(text) => text.len() as u64 / 16,
        Value::Array(items) => items.iter().map(comparisons_in).sum(),
        Value::Object(members) => {
            members.iter().map(|(name, member)| 1 + name.len() as u64 / 16 + comparisons_in(member)).sum()
        }
        _ => 0,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Minimum,
    ExclusiveMinimum,
    Maximum,
    ExclusiveMaximum,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measured {
    Characters,
    Items,
    Fields,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extreme {
    AtLeast,
    AtMost,
}

#[derive(Debug)]
pub(super) enum Items {
    All(NodeId),
    /// One for each of the first items; the rest is free or as `additionalItems` says.
    Each(Vec<NodeId>, Option<NodeId>),
}

/// `properties`, `patternProperties` and `additionalProperties`.
#[derive(Debug, Default)]
pub(super) struct Members {
    pub(super) named: BTreeMap<String, NodeId>,
    pub(super) patterns: Vec<(Pattern, NodeId)>,
    pub(super) additional: Option<NodeId>,
}

#[derive(Debug)]
pub(super) enum Dependency {
    Names(Vec<String>),
    Schema(NodeId),
}

/// A set of the seven type names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Types(u8);

/// Draft-07's type names, in the order that messages list them.
pub(super) const TYPE_NAMES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];

impl Types {
    /// Adds a type by its name; false when there is none of that name.
    pub(super) fn add(&mut self, name: &str) -> bool {
        let position = TYPE_NAMES.iter().position(|known| *known == name);
        self.0 |= position.map_or(0, |bit| 1 << bit);
        position.is_some()
    }

    pub(super) fn names(self) -> Vec<&'static str> {
        TYPE_NAMES.iter().enumerate().filter(|(bit, _)| self.0 & (1 << bit) != 0).map(|(_, name)| *name).collect()
    }

    pub(super) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn admits(self, value: &Value) -> bool {
        let has = |name: &str| self.0 & (1 << TYPE_NAMES.iter().position(|known| *known == name).unwrap_or(7)) != 0;
        match value {
            Value::Array(_) => has("array"),
            Value::Bool(_) => has("boolean"),
            Value::Null => has("null"),
            Value::Number(number) => has("number") || (has("integer") && is_integer(number)),
            Value::Object(_) => has("object"),
            Value::String(_) => has("string"),
        }
    }
}

/// Since draft-06, `1.0` is an integer too; a whole number past 64 bits arrives as a double.
fn is_integer(number: &Number) -> bool {
    !number.is_f64() || number.as_f64().is_some_and(|value| value.fract() == 0.0)
}

impl Plan {
    pub(super) const ROOT: NodeId = 0;

    /// How many subschemas there are.
    pub fn subschemas(&self) -> usize {
        self.nodes.len()
    }

    /// Memory of the compiled patterns with what they match in, in bytes.
    pub fn pattern_bytes(&self) -> usize {
        self.nodes.iter().flatten().flat_map(Self::patterns).map(Pattern::bytes).sum()
    }

    /// Memory of each compiled pattern of `patternProperties` with what it matches in, in bytes.
    pub fn member_pattern_bytes(&self) -> impl Iterator<Item = usize> {
        let members = self.nodes.iter().flatten().filter(|rule| matches!(rule, Rule::Members(_)));
        members.flat_map(Self::patterns).map(Pattern::bytes)
    }

    /// Each pattern as it stands in [`to_value`](Self::to_value), compiled, once for all who match with it. Patterns that
    /// cannot be compiled are left out.
    pub fn compiled_patterns(&self) -> HashMap<String, CompiledPattern> {
        let patterns = self.nodes.iter().flatten().flat_map(Self::patterns);
        patterns.filter_map(|pattern| Some((pattern.translated().to_owned(), pattern.compiled()?.clone()))).collect()
    }

    fn patterns(rule: &Rule) -> impl Iterator<Item = &Pattern> {
        let (one, many): (Option<&Pattern>, &[(Pattern, NodeId)]) = match rule {
            Rule::Pattern(pattern) => (Some(pattern), &[]),
            Rule::Members(members) => (None, &members.patterns),
            _ => (None, &[]),
        };
        one.into_iter().chain(many.iter().map(|(pattern, _)| pattern))
    }

    /// The subschemas that a rule applies to the same value.
    pub(super) fn in_place(rule: &Rule) -> impl Iterator<Item = NodeId> {
        let (list, dependencies, three): (&[NodeId], &[(String, Dependency)], _) = match rule {
            Rule::Ref(node) | Rule::Not(node) => (std::slice::from_ref(node), &[], [None; 3]),
            Rule::AllOf(nodes) | Rule::AnyOf(nodes) | Rule::OneOf(nodes) => (nodes, &[], [None; 3]),
            Rule::If { condition, then, otherwise } => (&[], &[], [Some(*condition), *then, *otherwise]),
            Rule::Dependencies(dependencies) => (&[], dependencies, [None; 3]),
            _ => (&[], &[], [None; 3]),
        };
        let dependencies = dependencies.iter().filter_map(|(_, dependency)| match dependency {
            Dependency::Schema(node) => Some(*node),
            Dependency::Names(_) => None,
        });
        list.iter().copied().chain(dependencies).chain(three.into_iter().flatten())
    }

    /// The subschemas that a rule applies to parts of the value.
    pub(super) fn children(rule: &Rule) -> Vec<NodeId> {
        match rule {
            Rule::Items(Items::All(node)) | Rule::Contains(node) | Rule::PropertyNames(node) => vec![*node],
            Rule::Items(Items::Each(nodes, rest)) => nodes.iter().copied().chain(*rest).collect(),
            Rule::Members(members) => {
                let matching = members.patterns.iter().map(|(_, node)| *node);
                members.named.values().copied().chain(matching).chain(members.additional).collect()
            }
            _ => Vec::new(),
        }
    }

    /// How many members a node names, or the node that its references lead to.
    pub(super) fn named_members(&self, node: NodeId) -> usize {
        let rules = self.nodes[self.target(node)].iter();
        rules.map(|rule| if let Rule::Members(members) = rule { members.named.len() } else { 0 }).sum()
    }

    /// The node itself, or what its references lead to.
    pub(super) fn target(&self, node: NodeId) -> NodeId {
        let mut node = node;
        for _ in 0..REF_CHAIN {
            let [Rule::Ref(target)] = self.nodes[node].as_slice() else { break };
            node = *target;
        }
        node
    }

    /// Whether a node is the schema `false`.
    pub(super) fn is_never(&self, node: NodeId) -> bool {
        matches!(self.nodes[node].as_slice(), [Rule::Never])
    }
}
