//! `anyOf` and `oneOf`: finds out which alternative was meant, and reports its errors.
//!
//! A *shape* is an alternative. A *tag* is a property that tells shapes apart, as `"kind": {"const": "chart"}` does.

use serde_json::Value;

use super::{Finding, Walk, Walked};
use crate::{
    field::expected,
    number,
    plan::NodeId,
    rule::{Properties, Rule, TypeSet},
    wording,
};

/// Maximum number of properties that are tried as tags.
const MAX_TRIED_TAGS: usize = 4;

/// Maximum length of a tag's value that is compared with others.
const MAX_COMPARED_BYTES: usize = 64;

/// The shapes that a value does not match, with the findings of each.
type Mismatches<'a> = Vec<(NodeId, Vec<Finding<'a>>)>;

impl<'a> Walk<'a> {
    /// Visits each shape once.
    pub(super) fn alternatives(&mut self, nodes: &'a [NodeId], value: &'a Value, exactly_one: bool) -> Walked {
        let mut matching = 0;
        let mut mismatches = Vec::new();
        for node in nodes {
            if self.only_validity {
                matching += usize::from(self.is_valid(*node, value));
            } else {
                match self.collect(*node, value) {
                    findings if findings.is_empty() => matching += 1,
                    findings => mismatches.push((*node, findings)),
                }
            }
            if matching == 1 && !exactly_one {
                return Ok(());
            }
        }
        match matching {
            1 => Ok(()),
            0 => self.no_shape(mismatches, value),
            several => self.report(move || wording::several_shapes(several)),
        }
    }

    /// Reports a value that matches no shape: with the findings of the shape that was meant, or with one sentence where that is
    /// unclear.
    fn no_shape(&mut self, mismatches: Mismatches<'a>, value: &'a Value) -> Walked {
        if self.only_validity {
            return self.report(String::new);
        }
        if let Some(types) = self.types_of_all(&mismatches, value) {
            return self.report(move || expected(&types.names(), value));
        }
        if let Some(constants) = self.constants_of_all(&mismatches) {
            return self.report(move || wording::one_of(constants));
        }
        if let Some((name, allowed)) = self.unknown_tag(&mismatches, value) {
            self.path.push(super::Step::Member(name));
            let done = self.report(move || wording::one_of(without_duplicates(allowed)));
            self.path.pop();
            return done;
        }
        // Keeps the shapes of the value's type and tag, if there are any.
        let may_be_meant = |(node, _): &(NodeId, Vec<Finding<'a>>)| {
            self.types(*node).is_none_or(|types| types.contains(value)) && !self.has_other_tag(*node, value)
        };
        let (candidates, others): (Mismatches<'a>, Mismatches<'a>) = mismatches.into_iter().partition(may_be_meant);
        let candidates = if candidates.is_empty() { others } else { candidates };
        if candidates.len() == 1 {
            return candidates.into_iter().flat_map(|(_, findings)| findings).try_for_each(|finding| self.add(finding));
        }
        let nearest = candidates.into_iter().map(|(_, findings)| findings).min_by_key(Vec::len);
        let nearest = nearest.and_then(|findings| findings.into_iter().next());
        let root = self.root;
        self.report(move || wording::no_shape(nearest.map(|finding| finding.into_error(root)).as_ref()))
    }

    /// The types of all shapes, if each has a type and the value has none of them.
    fn types_of_all(&self, mismatches: &Mismatches<'_>, value: &Value) -> Option<TypeSet> {
        mismatches.iter().try_fold(TypeSet::default(), |all, (node, _)| {
            self.types(*node).filter(|types| !types.contains(value)).map(|types| all.union(types))
        })
    }

    /// The values of all shapes, if each is a constant. At most one more than a sentence lists.
    fn constants_of_all(&self, mismatches: &Mismatches<'_>) -> Option<Vec<&'a Value>> {
        let constant = |node: NodeId| match self.allowed_values_of(node) {
            Some([only]) => Some(only),
            _ => None,
        };
        let constants: Option<Vec<&Value>> = mismatches.iter().map(|(node, _)| constant(*node)).collect();
        constants.map(|mut constants| {
            constants.truncate(wording::MAX_LISTED_VALUES + 1);
            constants
        })
    }

    fn types(&self, node: NodeId) -> Option<TypeSet> {
        let rules = &self.plan.nodes[self.plan.dereferenced(node)];
        rules.iter().find_map(|rule| if let Rule::Type(types) = rule { Some(*types) } else { None })
    }

    /// Whether the value has a tag of another shape.
    fn has_other_tag(&self, node: NodeId, value: &Value) -> bool {
        self.other_tags(node, value).next().is_some()
    }

    /// A tag whose value no shape allows, and the values that they allow. Ignores shapes of another type.
    fn unknown_tag(&self, mismatches: &Mismatches<'_>, value: &Value) -> Option<(&'a str, Vec<&'a [Value]>)> {
        let of_type = |node: &NodeId| self.types(*node).is_none_or(|types| types.contains(value));
        let nodes: Vec<NodeId> = mismatches.iter().map(|(node, _)| *node).filter(of_type).collect();
        let [first, _, ..] = nodes.as_slice() else { return None }; // a single shape's own findings are better
        self.other_tags(*first, value).take(MAX_TRIED_TAGS).find_map(|(name, _)| {
            let allowed = nodes.iter().map(|node| self.other_tag(*node, name, value));
            Some((name, allowed.collect::<Option<_>>()?))
        })
    }

    /// The tags of a shape whose value it does not allow, with the values that it does.
    fn other_tags(&self, node: NodeId, value: &Value) -> impl Iterator<Item = (&'a str, &'a [Value])> {
        let names = self.properties(node).flat_map(|properties| properties.named.keys());
        names.filter_map(move |name| Some((name.as_str(), self.other_tag(node, name, value)?)))
    }

    /// The values that a shape allows for a property, if `value` has another one there.
    fn other_tag(&self, node: NodeId, name: &str, value: &Value) -> Option<&'a [Value]> {
        let value = value.as_object()?.get(name)?;
        let tag = self.properties(node).find_map(|properties| properties.named.get(name))?;
        self.allowed_values_of(*tag).filter(|allowed| !allowed.iter().any(|allowed| number::equal(allowed, value)))
    }

    fn properties(&self, node: NodeId) -> impl Iterator<Item = &'a Properties> + use<'a> {
        let plan = self.plan;
        plan.nodes[plan.dereferenced(node)].iter().filter_map(|rule| match rule {
            Rule::Properties(properties) => Some(properties),
            _ => None,
        })
    }

    fn allowed_values_of(&self, node: NodeId) -> Option<&'a [Value]> {
        let plan = self.plan;
        let rules = &plan.nodes[plan.dereferenced(node)];
        rules.iter().find_map(|rule| if let Rule::Enum(allowed) = rule { Some(allowed.as_slice()) } else { None })
    }
}

/// The values without duplicates, at most one more than a sentence lists. Long values are not compared, as that takes time.
fn without_duplicates(values: Vec<&[Value]>) -> Vec<&Value> {
    let mut found: Vec<&Value> = Vec::new();
    for value in values.into_iter().flatten() {
        if found.len() > wording::MAX_LISTED_VALUES {
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
        Value::String(text) => text.len() <= MAX_COMPARED_BYTES,
        _ => true,
    }
}
