//! The static guard: refuses schemas that could cost a checker its time, its memory or its stack.
//!
//! It looks at the graph of subschemas. *In-place* edges lead to subschemas of the same value (`$ref`, `allOf`, `anyOf`,
//! `oneOf`, `not`, `if`/`then`/`else`, `dependencies`); *child* edges lead to subschemas of a part of it. Every walk over
//! the graph is bounded by its size: nothing here follows a path twice.

use std::collections::{HashMap, HashSet};

use super::{
    components::components,
    plan::{Child, NodeId, Plan, Rule},
    read::Paths,
};
use crate::{
    field::FieldError,
    limits::{ERRORS, IN_PLACE_PATHS, JSON_DEPTH, OPEN_SUBSCHEMAS, REF_CHAIN},
};

/// What of a schema's graph is refused; empty when the schema may be used.
pub(super) fn check(plan: &Plan, paths: &Paths) -> Vec<FieldError> {
    let graph = Graph::of(plan);
    let refuse = |node: NodeId, message: String| FieldError::new(paths.of(node), message);

    let order = components(&graph.in_place);
    let cycles: Vec<&Vec<NodeId>> = order.iter().filter(|cycle| graph.is_cycle(cycle)).collect();
    if !cycles.is_empty() {
        let first = |cycle: &&Vec<NodeId>| cycle.iter().copied().min().unwrap_or(Plan::ROOT);
        let message = "Leads back to itself without going into the data";
        return cycles.iter().take(ERRORS).map(|cycle| refuse(first(cycle), message.into())).collect();
    }
    // Without cycles each component is one node, and what a node leads to comes before it.
    let order: Vec<NodeId> = order.into_iter().flatten().collect();

    let mut errors = Vec::new();
    if let Some(node) = graph.long_reference_chain(plan, &order) {
        errors.push(refuse(node, format!("More than {REF_CHAIN} '$ref's follow one another")));
    }
    if graph.in_place_paths(&order) > IN_PLACE_PATHS {
        let message = format!("More than {IN_PLACE_PATHS} ways through '$ref', 'allOf' and their like");
        errors.push(refuse(Plan::ROOT, message));
        // The next check walks these ways one by one.
        return errors;
    }
    match graph.recursion() {
        Recursion::Simple => {}
        Recursion::Doubled(node) => {
            let message = "Leads back to itself twice for the same part of the data: checking would take time \
                           exponential in the data's depth";
            errors.push(refuse(node, message.into()));
        }
        Recursion::TooManyParts => {
            let message = format!("More than {RECURSIVE_PARTS} ways by which subschemas lead back to themselves");
            errors.push(refuse(Plan::ROOT, message));
        }
    }
    if graph.open_at_once(&order) > OPEN_SUBSCHEMAS {
        let message = format!("Data of {JSON_DEPTH} levels would open more than {OPEN_SUBSCHEMAS} subschemas at once");
        errors.push(refuse(Plan::ROOT, message));
    }
    errors
}

/// Most parts that recursive nodes may hand on, over all of them: bounds this check itself. An honest schema has a few for
/// each of its subschemas.
const RECURSIVE_PARTS: usize = 200_000;

enum Recursion {
    Simple,
    Doubled(NodeId),
    TooManyParts,
}

struct Graph<'a> {
    in_place: Vec<Vec<NodeId>>,
    children: Vec<Vec<(Child<'a>, NodeId)>>,
}

impl<'a> Graph<'a> {
    fn of(plan: &'a Plan) -> Self {
        Self {
            in_place: plan.nodes.iter().map(|rules| rules.iter().flat_map(Plan::in_place).collect()).collect(),
            children: plan.nodes.iter().map(|rules| rules.iter().flat_map(Plan::children).collect()).collect(),
        }
    }

    fn is_cycle(&self, component: &[NodeId]) -> bool {
        component.len() > 1 || component.iter().any(|node| self.in_place[*node].contains(node))
    }

    /// The first node from which more `$ref`s follow one another than may.
    fn long_reference_chain(&self, plan: &Plan, order: &[NodeId]) -> Option<NodeId> {
        let mut chain = vec![0_usize; self.in_place.len()];
        for node in order {
            let own = usize::from(matches!(plan.nodes[*node].as_slice(), [Rule::Ref(_)]));
            chain[*node] = own + self.in_place[*node].iter().map(|target| chain[*target]).max().unwrap_or(0);
        }
        chain.iter().position(|length| *length > REF_CHAIN)
    }

    /// Ways through in-place edges from each node to each that it reaches, over all nodes.
    fn in_place_paths(&self, order: &[NodeId]) -> usize {
        let mut paths = vec![0_usize; self.in_place.len()];
        for node in order {
            paths[*node] = self.in_place[*node].iter().fold(1, |sum, target| paths[*target].saturating_add(sum));
        }
        paths.iter().fold(0, |sum, paths| paths.saturating_add(sum))
    }

    /// Whether some node is reached again from itself by two ways that go into the same part of the data.
    fn recursion(&self) -> Recursion {
        let edges: Vec<Vec<NodeId>> = (0..self.in_place.len())
            .map(|node| self.in_place[node].iter().copied().chain(self.children[node].iter().map(|c| c.1)).collect())
            .collect();
        let mut component_of = vec![None; edges.len()];
        for (number, component) in components(&edges).iter().enumerate() {
            if component.len() > 1 || component.iter().any(|node| edges[*node].contains(node)) {
                component.iter().for_each(|node| component_of[*node] = Some(number));
            }
        }
        // What only refers to another node hands on what that one does.
        let only_refers = |node: NodeId| self.children[node].is_empty() && self.in_place[node].len() == 1;
        let mut left = RECURSIVE_PARTS;
        for node in (0..edges.len()).filter(|node| component_of[*node].is_some() && !only_refers(*node)) {
            let mut parts = Parts::default();
            match self.collect_parts(node, &component_of, &mut parts, &mut left) {
                Some(true) => {}
                Some(false) => return Recursion::Doubled(node),
                None => return Recursion::TooManyParts,
            }
        }
        Recursion::Simple
    }

    /// Notes every part of the data that a node hands on within its own component: false when one is handed on twice, none
    /// when there are more than are `left`.
    fn collect_parts(
        &self,
        start: NodeId,
        component_of: &[Option<usize>],
        parts: &mut Parts<'a>,
        left: &mut usize,
    ) -> Option<bool> {
        let mut open = vec![start];
        while let Some(node) = open.pop() {
            let inside = |target: &NodeId| component_of[*target] == component_of[start];
            for (part, _) in self.children[node].iter().filter(|(_, target)| inside(target)) {
                *left = left.checked_sub(1)?;
                if !parts.add(node, *part) {
                    return Some(false);
                }
            }
            open.extend(self.in_place[node].iter().copied().filter(|target| inside(target)));
        }
        Some(true)
    }

    /// The most subschemas that are open at once on data of the deepest nesting.
    fn open_at_once(&self, order: &[NodeId]) -> usize {
        let mut below = vec![0_usize; self.in_place.len()];
        for _ in 0..=JSON_DEPTH {
            let mut open = vec![0_usize; self.in_place.len()];
            for node in order {
                let in_place = self.in_place[*node].iter().map(|target| open[*target]);
                let children = self.children[*node].iter().map(|(_, target)| below[*target]);
                open[*node] = 1 + in_place.chain(children).max().unwrap_or(0);
            }
            if open == below {
                break; // no recursion: deeper data opens nothing more
            }
            below = open;
        }
        below.get(Plan::ROOT).copied().unwrap_or(0)
    }
}

/// The parts of a value that have been handed on so far, with the node that did it.
#[derive(Default)]
struct Parts<'a> {
    members: HashMap<&'a str, NodeId>,
    matching_members: Option<NodeId>,
    other_members: Option<NodeId>,
    items: HashSet<usize>,
    items_from: Option<usize>,
    names: bool,
}

impl<'a> Parts<'a> {
    /// Adds a part; false when it may overlap one that is there already. Patterns are not compared with names: a pattern
    /// is taken to match any member, except those left to its own node's `additionalProperties`.
    fn add(&mut self, node: NodeId, part: Child<'a>) -> bool {
        let elsewhere = |other: Option<NodeId>| other.is_some_and(|other| other != node);
        match part {
            Child::Member(name) => {
                let picked = self.matching_members.is_some() || elsewhere(self.other_members);
                self.members.insert(name, node).is_none() && !picked
            }
            Child::MatchingMembers => {
                let picked = !self.members.is_empty() || elsewhere(self.other_members);
                self.matching_members.replace(node).is_none() && !picked
            }
            Child::OtherMembers => {
                let named = self.members.values().any(|other| *other != node);
                let picked = named || elsewhere(self.matching_members);
                self.other_members.replace(node).is_none() && !picked
            }
            Child::Item(index) => self.items.insert(index) && self.items_from.is_none_or(|from| index < from),
            Child::ItemsFrom(from) => {
                self.items_from.replace(from).is_none() && self.items.iter().all(|index| *index < from)
            }
            Child::MemberName => !std::mem::replace(&mut self.names, true),
        }
    }
}
