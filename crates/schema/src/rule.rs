//! The rules of a plan: one for a draft-07 keyword, or for a group of keywords that depend on each other.

use std::collections::BTreeMap;

use serde_json::{Number, Value};

use super::{format::Format, pattern::Pattern, plan::NodeId};

#[derive(Debug)]
pub(super) enum Rule {
    /// The schema `false`.
    RejectAll,
    Ref(NodeId),
    Type(TypeSet),
    /// `enum`, and `const` as an `enum` with one value.
    Enum(AllowedValues),
    Bound(Bound, Number),
    MultipleOf(Number),
    /// `minLength`, `maxItems` and the like.
    Size(SizeUnit, LimitKind, u64),
    Pattern(Pattern),
    Format(Format),
    Items(Items),
    Contains(NodeId),
    UniqueItems,
    Required(Vec<String>),
    Properties(Properties),
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

impl Rule {
    pub(super) fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        let (one, many): (Option<&Pattern>, &[(Pattern, NodeId)]) = match self {
            Self::Pattern(pattern) => (Some(pattern), &[]),
            Self::Properties(properties) => (None, &properties.patterns),
            _ => (None, &[]),
        };
        one.into_iter().chain(many.iter().map(|(pattern, _)| pattern))
    }

    /// The subschemas that the rule applies to the same value.
    pub(super) fn in_place_subschemas(&self) -> impl Iterator<Item = NodeId> {
        let (list, dependencies, three): (&[NodeId], &[(String, Dependency)], _) = match self {
            Self::Ref(node) | Self::Not(node) => (std::slice::from_ref(node), &[], [None; 3]),
            Self::AllOf(nodes) | Self::AnyOf(nodes) | Self::OneOf(nodes) => (nodes, &[], [None; 3]),
            Self::If { condition, then, otherwise } => (&[], &[], [Some(*condition), *then, *otherwise]),
            Self::Dependencies(dependencies) => (&[], dependencies, [None; 3]),
            _ => (&[], &[], [None; 3]),
        };
        let dependencies = dependencies.iter().filter_map(|(_, dependency)| match dependency {
            Dependency::Schema(node) => Some(*node),
            Dependency::Required(_) => None,
        });
        list.iter().copied().chain(dependencies).chain(three.into_iter().flatten())
    }

    /// The subschemas that the rule applies to parts of the value.
    pub(super) fn child_subschemas(&self) -> Vec<NodeId> {
        match self {
            Self::Items(Items::All(node)) | Self::Contains(node) | Self::PropertyNames(node) => vec![*node],
            Self::Items(Items::Tuple(nodes, rest)) => nodes.iter().copied().chain(*rest).collect(),
            Self::Properties(properties) => {
                let matching = properties.patterns.iter().map(|(_, node)| *node);
                properties.named.values().copied().chain(matching).chain(properties.additional).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// The values of `enum` or `const`.
#[derive(Debug)]
pub(super) struct AllowedValues {
    values: Vec<Value>,
    max_comparisons: u64,
}

impl AllowedValues {
    pub(super) fn new(values: Vec<Value>) -> Self {
        Self { max_comparisons: values.iter().map(comparisons).sum(), values }
    }

    pub(super) fn as_slice(&self) -> &[Value] {
        &self.values
    }

    /// The maximum number of comparisons to compare a value with all of them.
    pub(super) fn max_comparisons(&self) -> u64 {
        self.max_comparisons
    }
}

/// One for each value inside a value, and one for each 16 bytes of text.
fn comparisons(value: &Value) -> u64 {
    1 + match value {
        Value::String(text) => text.len() as u64 / 16,
        Value::Array(items) => items.iter().map(comparisons).sum(),
        Value::Object(members) => {
            members.iter().map(|(name, member)| 1 + name.len() as u64 / 16 + comparisons(member)).sum()
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
pub(super) enum SizeUnit {
    Characters,
    Items,
    Fields,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LimitKind {
    AtLeast,
    AtMost,
}

/// `items` and `additionalItems`.
#[derive(Debug)]
pub(super) enum Items {
    All(NodeId),
    /// A subschema for each of the first items, and one for the rest if there is `additionalItems`.
    Tuple(Vec<NodeId>, Option<NodeId>),
}

/// `properties`, `patternProperties` and `additionalProperties`.
#[derive(Debug, Default)]
pub(super) struct Properties {
    pub(super) named: BTreeMap<String, NodeId>,
    pub(super) patterns: Vec<(Pattern, NodeId)>,
    pub(super) additional: Option<NodeId>,
}

/// What an object must meet when it has a property.
#[derive(Debug)]
pub(super) enum Dependency {
    Required(Vec<String>),
    Schema(NodeId),
}

/// A set of draft-07's seven types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct TypeSet(u8);

/// Draft-07's type names, in the order in which messages list them.
pub(super) const TYPE_NAMES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];

impl TypeSet {
    /// Adds a type by its name. Returns whether the name is known.
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

    pub(super) fn contains(self, value: &Value) -> bool {
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

/// Since draft-06, `1.0` is an integer too. A whole number beyond 64 bits was parsed as a double.
fn is_integer(number: &Number) -> bool {
    !number.is_f64() || number.as_f64().is_some_and(|value| value.fract() == 0.0)
}
