//! `anyOf` and `oneOf`: which of several shapes was meant, and what it lacks.

use serde_json::Value;

use super::{Stop, Walk};
use crate::{
    field::{FieldError, expected},
    limits::REF_CHAIN,
    schema::{
        number,
        plan::{Members, NodeId, Rule, Types},
        wording,
    },
};

/// Most members of a shape that are tried for what tells shapes apart.
const TAGS: usize = 4;

impl Walk<'_> {
    pub(super) fn alternatives(&mut self, nodes: &[NodeId], value: &Value, exactly_one: bool) -> Result<(), Stop> {
        // First without words: of shapes that fit, none of the errors of the others is ever told.
        if self.one_fits(nodes, value, exactly_one)? {
            return Ok(());
        }
        if self.only_verdict {
            return Err(Stop::Full);
        }
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
            several => self.refuse(|| wording::several_shapes(several)),
        }
    }

    /// Whether one of the shapes fits, or exactly one.
    fn one_fits(&mut self, nodes: &[NodeId], value: &Value, exactly_one: bool) -> Result<bool, Stop> {
        let mut fitting = 0;
        for node in nodes {
            fitting += usize::from(self.fits(*node, value)?);
            match fitting {
                1 if !exactly_one => return Ok(true),
                2.. => return Ok(false),
                _ => {}
            }
        }
        Ok(fitting == 1)
    }

    /// No shape fits. The errors of the one that was meant say most; where that is not clear, one error says so.
    fn no_shape(&mut self, broken: Vec<(NodeId, Vec<FieldError>)>, value: &Value) -> Result<(), Stop> {
        if let Some(types) = self.only_other_types(&broken, value) {
            return self.refuse(|| expected(&types.names(), value));
        }
        if let Some(choices) = self.only_constants(&broken) {
            return self.refuse(|| wording::choices(&choices));
        }
        if let Some((name, tags)) = self.unknown_tag(&broken, value) {
            let up = self.path.len();
            self.path.push_member(&name);
            let done = self.refuse(|| wording::choices(&tags));
            self.path.truncate(up);
            return done;
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
        self.refuse(|| wording::no_shape(nearest))
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
        self.other_tags(node, value).next().is_some()
    }

    /// A member that tells shapes apart and holds none of the tags, and the tags; shapes of other types aside.
    fn unknown_tag(&self, broken: &[(NodeId, Vec<FieldError>)], value: &Value) -> Option<(String, Vec<Value>)> {
        let of_type = |node: &NodeId| self.types(*node).is_none_or(|types| types.admits(value));
        let nodes: Vec<NodeId> = broken.iter().map(|(node, _)| *node).filter(of_type).collect();
        let [first, _, ..] = nodes.as_slice() else { return None }; // a lone shape has better words
        self.other_tags(*first, value).take(TAGS).find_map(|(name, _)| {
            let tags = nodes.iter().map(|node| self.other_tag(*node, name, value));
            let tags: Vec<&[Value]> = tags.collect::<Option<_>>()?;
            Some((name.to_owned(), different(tags.into_iter().flatten())))
        })
    }

    /// The members of a shape that are one of some values, and in `value` are none of them.
    fn other_tags(&self, node: NodeId, value: &Value) -> impl Iterator<Item = (&str, &[Value])> {
        let names = self.members(node).flat_map(|members| members.named.keys());
        names.filter_map(move |name| Some((name.as_str(), self.other_tag(node, name, value)?)))
    }

    /// The values that a shape asks a member for, when the member has none of them.
    fn other_tag(&self, node: NodeId, name: &str, value: &Value) -> Option<&[Value]> {
        let value = value.as_object()?.get(name)?;
        let tag = self.members(node).find_map(|members| members.named.get(name))?;
        self.choices(*tag).filter(|choices| !choices.iter().any(|choice| number::equal(choice, value)))
    }

    fn members(&self, node: NodeId) -> impl Iterator<Item = &Members> {
        self.plan.nodes[self.target(node)].iter().filter_map(|rule| match rule {
            Rule::Members(members) => Some(members),
            _ => None,
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

/// The values without repetitions, and not many more than a message lists.
fn different<'a>(values: impl Iterator<Item = &'a Value>) -> Vec<Value> {
    let mut found: Vec<Value> = Vec::new();
    for value in values {
        if found.len() > wording::CHOICES {
            break;
        }
        if !found.iter().any(|known| number::equal(known, value)) {
            found.push(value.clone());
        }
    }
    found
}
