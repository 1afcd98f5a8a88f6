//! `anyOf` and `oneOf`: which of several shapes was meant, and what it lacks.

use serde_json::Value;

use super::{Stop, Walk};
use crate::{
    field::{FieldError, expected},
    limits::REF_CHAIN,
    schema::{
        number,
        plan::{NodeId, Rule, Types},
        wording,
    },
};

impl Walk<'_> {
    pub(super) fn alternatives(&mut self, nodes: &[NodeId], value: &Value, exactly_one: bool) -> Result<(), Stop> {
        let mut fitting = 0;
        let mut broken = Vec::with_capacity(nodes.len());
        for node in nodes {
            let errors = self.collect(*node, value, self.room)?;
            if !errors.is_empty() {
                broken.push((*node, errors));
            } else if exactly_one {
                fitting += 1;
            } else {
                return Ok(());
            }
        }
        match fitting {
            0 => self.no_shape(broken, value),
            1 => Ok(()),
            several => self.refuse(wording::several_shapes(several)),
        }
    }

    /// No shape fits. The errors of the one that was meant say most; where that is not clear, one error says so.
    fn no_shape(&mut self, broken: Vec<(NodeId, Vec<FieldError>)>, value: &Value) -> Result<(), Stop> {
        if let Some(types) = self.only_other_types(&broken, value) {
            return self.refuse(expected(&types.names(), value));
        }
        if let Some(choices) = self.only_constants(&broken) {
            return self.refuse(wording::choices(&choices));
        }
        let mut meant = broken;
        let is_closer = |walk: &Self, node: NodeId| {
            walk.types(node).is_none_or(|types| types.admits(value)) && !walk.has_other_tag(node, value)
        };
        if meant.iter().any(|(node, _)| is_closer(self, *node)) {
            meant.retain(|(node, _)| is_closer(self, *node));
        }
        if meant.len() == 1 {
            return meant.into_iter().flat_map(|(_, errors)| errors).try_for_each(|error| self.add(error));
        }
        let nearest = meant.iter().min_by_key(|(_, errors)| errors.len()).and_then(|(_, errors)| errors.first());
        self.refuse(wording::no_shape(nearest))
    }

    /// The types that were asked for, when the value has none of them.
    fn only_other_types(&self, broken: &[(NodeId, Vec<FieldError>)], value: &Value) -> Option<Types> {
        broken.iter().try_fold(Types::default(), |all, (node, _)| {
            self.types(*node).filter(|types| !types.admits(value)).map(|types| all.union(types))
        })
    }

    /// The values that were asked for, when each shape is one value.
    fn only_constants(&self, broken: &[(NodeId, Vec<FieldError>)]) -> Option<Vec<Value>> {
        let constant = |node: NodeId| match self.choices(node) {
            Some([only]) => Some(only.clone()),
            _ => None,
        };
        broken.iter().map(|(node, _)| constant(*node)).collect()
    }

    fn types(&self, node: NodeId) -> Option<Types> {
        let rules = &self.plan.nodes[self.target(node)];
        rules.iter().find_map(|rule| if let Rule::Type(types) = rule { Some(*types) } else { None })
    }

    /// Whether a member that tells shapes apart (`"kind": {"const": "chart"}`) is there and says that another is meant.
    fn has_other_tag(&self, node: NodeId, value: &Value) -> bool {
        let Value::Object(object) = value else { return false };
        let named = self.plan.nodes[self.target(node)].iter().filter_map(|rule| match rule {
            Rule::Members(members) => Some(&members.named),
            _ => None,
        });
        named.flatten().any(|(name, tag)| match (object.get(name), self.choices(*tag)) {
            (Some(value), Some(choices)) => !choices.iter().any(|choice| number::equal(choice, value)),
            _ => false,
        })
    }

    fn choices(&self, node: NodeId) -> Option<&[Value]> {
        let rules = &self.plan.nodes[self.target(node)];
        rules.iter().find_map(|rule| if let Rule::OneOfValues(choices) = rule { Some(choices.values()) } else { None })
    }

    /// The node itself, or what its references lead to.
    fn target(&self, node: NodeId) -> NodeId {
        (0..REF_CHAIN).fold(node, |node, _| match self.plan.nodes[node].as_slice() {
            [Rule::Ref(target)] => *target,
            _ => node,
        })
    }
}
