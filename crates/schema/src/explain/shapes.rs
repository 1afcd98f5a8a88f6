//! `anyOf` and `oneOf`: which of several shapes was meant, and what it lacks.

use serde_json::Value;

use super::{Finding, Walk, Walked};
use crate::{
    field::expected,
    number,
    plan::{Members, NodeId, Rule, Types},
    wording,
};

/// Most members of a shape that are tried for what tells shapes apart.
const TAGS: usize = 4;

/// Longest text that is compared with others.
const MAX_SHORT_BYTES: usize = 64;

/// The shapes that a value does not have, with what it breaks of each.
type Broken<'a> = Vec<(NodeId, Vec<Finding<'a>>)>;

impl<'a> Walk<'a> {
    /// Visits each shape once. A shape without findings fits.
    pub(super) fn alternatives(&mut self, nodes: &'a [NodeId], value: &'a Value, exactly_one: bool) -> Walked {
        let mut fitting = 0;
        let mut broken = Vec::new();
        for node in nodes {
            if self.only_verdict {
                fitting += usize::from(self.fits(*node, value));
            } else {
                match self.collect(*node, value) {
                    found if found.is_empty() => fitting += 1,
                    found => broken.push((*node, found)),
                }
            }
            if fitting == 1 && !exactly_one {
                return Ok(());
            }
        }
        match fitting {
            1 => Ok(()),
            0 => self.no_shape(broken, value),
            several => self.refuse(move || wording::several_shapes(several)),
        }
    }

    /// No shape fits. The findings of the one that was meant say most; where that is not clear, one sentence says so.
    fn no_shape(&mut self, broken: Broken<'a>, value: &'a Value) -> Walked {
        if self.only_verdict {
            return self.refuse(String::new);
        }
        if let Some(types) = self.only_other_types(&broken, value) {
            return self.refuse(move || expected(&types.names(), value));
        }
        if let Some(choices) = self.only_constants(&broken) {
            return self.refuse(move || wording::choices(choices));
        }
        if let Some((name, tags)) = self.unknown_tag(&broken, value) {
            self.path.push(super::Step::Member(name));
            let done = self.refuse(move || wording::choices(different(tags)));
            self.path.pop();
            return done;
        }
        let mut meant = broken;
        let is_closer = |walk: &Self, node: NodeId| {
            walk.types(node).is_none_or(|types| types.admits(value)) && !walk.has_other_tag(node, value)
        };
        let closer: Vec<bool> = meant.iter().map(|(node, _)| is_closer(self, *node)).collect();
        if closer.contains(&true) {
            let mut closer = closer.into_iter();
            meant.retain(|_| closer.next().unwrap_or_default());
        }
        if meant.len() == 1 {
            return meant.into_iter().flat_map(|(_, findings)| findings).try_for_each(|finding| self.add(finding));
        }
        let nearest = meant.into_iter().map(|(_, findings)| findings).min_by_key(Vec::len);
        let nearest = nearest.and_then(|findings| findings.into_iter().next());
        let root = self.root;
        self.refuse(move || wording::no_shape(nearest.map(|finding| finding.into_error(root)).as_ref()))
    }

    /// The types that were asked for, when the value has none of them.
    fn only_other_types(&self, broken: &Broken<'_>, value: &Value) -> Option<Types> {
        broken.iter().try_fold(Types::default(), |all, (node, _)| {
            self.types(*node).filter(|types| !types.admits(value)).map(|types| all.union(types))
        })
    }

    /// The values that were asked for, when each shape is one value; not many more than a sentence lists.
    fn only_constants(&self, broken: &Broken<'_>) -> Option<Vec<&'a Value>> {
        let constant = |node: NodeId| match self.choices(node) {
            Some([only]) => Some(only),
            _ => None,
        };
        let constants: Option<Vec<&Value>> = broken.iter().map(|(node, _)| constant(*node)).collect();
        constants.map(|mut constants| {
            constants.truncate(wording::CHOICES + 1);
            constants
        })
    }

    fn types(&self, node: NodeId) -> Option<Types> {
        let rules = &self.plan.nodes[self.plan.target(node)];
        rules.iter().find_map(|rule| if let Rule::Type(types) = rule { Some(*types) } else { None })
    }

    /// Whether a member that tells shapes apart (`"kind": {"const": "chart"}`) is there and says that another is meant.
    fn has_other_tag(&self, node: NodeId, value: &Value) -> bool {
        self.other_tags(node, value).next().is_some()
    }

    /// A member that tells shapes apart and holds none of the tags, and the tags; shapes of other types are left out.
    fn unknown_tag(&self, broken: &Broken<'_>, value: &Value) -> Option<(&'a str, Vec<&'a [Value]>)> {
        let of_type = |node: &NodeId| self.types(*node).is_none_or(|types| types.admits(value));
        let nodes: Vec<NodeId> = broken.iter().map(|(node, _)| *node).filter(of_type).collect();
        let [first, _, ..] = nodes.as_slice() else { return None }; // the findings of a single shape say more
        self.other_tags(*first, value).take(TAGS).find_map(|(name, _)| {
            let tags = nodes.iter().map(|node| self.other_tag(*node, name, value));
            Some((name, tags.collect::<Option<_>>()?))
        })
    }

    /// The members of a shape that are one of some values, and in `value` are none of them.
    fn other_tags(&self, node: NodeId, value: &Value) -> impl Iterator<Item = (&'a str, &'a [Value])> {
        let names = self.members(node).flat_map(|members| members.named.keys());
        names.filter_map(move |name| Some((name.as_str(), self.other_tag(node, name, value)?)))
    }

    /// The values that a shape asks a member for, when the member has none of them.
    fn other_tag(&self, node: NodeId, name: &str, value: &Value) -> Option<&'a [Value]> {
        let value = value.as_object()?.get(name)?;
        let tag = self.members(node).find_map(|members| members.named.get(name))?;
        self.choices(*tag).filter(|choices| !choices.iter().any(|choice| number::equal(choice, value)))
    }

    fn members(&self, node: NodeId) -> impl Iterator<Item = &'a Members> + use<'a> {
        let plan = self.plan;
        plan.nodes[plan.target(node)].iter().filter_map(|rule| match rule {
            Rule::Members(members) => Some(members),
            _ => None,
        })
    }

    fn choices(&self, node: NodeId) -> Option<&'a [Value]> {
        let plan = self.plan;
        let rules = &plan.nodes[plan.target(node)];
        rules.iter().find_map(|rule| if let Rule::OneOfValues(choices) = rule { Some(choices.values()) } else { None })
    }
}

/// The values without repetitions, and not many more than a sentence lists. Long values count as different: to compare them
/// may take long.
fn different(tags: Vec<&[Value]>) -> Vec<&Value> {
    let mut found: Vec<&Value> = Vec::new();
    for value in tags.into_iter().flatten() {
        if found.len() > wording::CHOICES {
            break;
        }
        let is_known = found.iter().any(|known| {
            std::ptr::eq(*known, value) || (is_short(known) && is_short(value) && number::equal(known, value))
        });
        if !is_known {
            found.push(value);
        }
    }
    found
}

fn is_short(value: &Value) -> bool {
    match value {
        Value::Array(_) | Value::Object(_) => false,
        Value::String(text) => text.len() <= MAX_SHORT_BYTES,
        _ => true,
    }
}
