//! The guard: refuses schemas on which a checker would overflow its stack.
//!
//! It looks at the graph of subschemas. *In-place* edges lead to subschemas that are applied to the same value (`$ref`,
//! `allOf`, `anyOf`, `oneOf`, `not`, `if`/`then`/`else`, `dependencies`). *Child* edges lead to subschemas that are applied
//! to a part of it. The guard bounds depth, not time: a check that is not cheap runs in a worker process with a time limit.

use super::{
    plan::{NodeId, Plan},
    read::NodePaths,
    rule::Rule,
    scc::strongly_connected_components,
};
use crate::{
    field::FieldError,
    limits::{MAX_ERRORS, MAX_JSON_DEPTH, MAX_OPEN_SUBSCHEMAS, MAX_REF_CHAIN},
};

/// The reasons to refuse a schema. Empty when it is accepted.
pub(super) fn check(plan: &Plan, paths: &NodePaths) -> Vec<FieldError> {
    let graph = Graph::of(plan);
    let error = |node: NodeId, message: String| FieldError::new(paths.of(node), message);

    let components = strongly_connected_components(&graph.in_place);
    let cycles: Vec<&Vec<NodeId>> = components.iter().filter(|component| graph.is_cycle(component)).collect();
    if !cycles.is_empty() {
        let first = |cycle: &&Vec<NodeId>| cycle.iter().copied().min().unwrap_or(Plan::ROOT);
        let message = "Leads back to itself without going into the data";
        return cycles.iter().take(MAX_ERRORS).map(|cycle| error(first(cycle), message.into())).collect();
    }
    // Without cycles each component is one node, and the order is reverse topological.
    let order: Vec<NodeId> = components.into_iter().flatten().collect();

    let mut errors = Vec::new();
    if let Some(node) = graph.too_long_reference_chain(plan, &order) {
        errors.push(error(node, format!("More than {MAX_REF_CHAIN} '$ref's follow one another")));
    }
    if graph.max_open_subschemas(&order) > MAX_OPEN_SUBSCHEMAS {
        let message =
            format!("Data of {MAX_JSON_DEPTH} levels would open more than {MAX_OPEN_SUBSCHEMAS} subschemas at once");
        errors.push(error(Plan::ROOT, message));
    }
    errors
}

struct Graph {
    in_place: Vec<Vec<NodeId>>,
    children: Vec<Vec<NodeId>>,
}

impl Graph {
    fn of(plan: &Plan) -> Self {
        let nodes = plan.nodes.iter();
        Self {
            in_place: nodes.clone().map(|rules| rules.iter().flat_map(Rule::in_place_subschemas).collect()).collect(),
            children: nodes.map(|rules| rules.iter().flat_map(Rule::child_subschemas).collect()).collect(),
        }
    }

    fn is_cycle(&self, component: &[NodeId]) -> bool {
        component.len() > 1 || component.iter().any(|node| self.in_place[*node].contains(node))
    }

    /// The first node with more than [`MAX_REF_CHAIN`] `$ref`s in a row from it on.
    fn too_long_reference_chain(&self, plan: &Plan, order: &[NodeId]) -> Option<NodeId> {
        let mut chain = vec![0_usize; self.in_place.len()];
        for node in order {
            let own = usize::from(matches!(plan.nodes[*node].as_slice(), [Rule::Ref(_)]));
            chain[*node] = own + self.in_place[*node].iter().map(|target| chain[*target]).max().unwrap_or(0);
        }
        chain.iter().position(|length| *length > MAX_REF_CHAIN)
    }

    /// The maximum number of subschemas that are open at once on data of the deepest nesting.
    fn max_open_subschemas(&self, order: &[NodeId]) -> usize {
        // For each node: the number with data of one level less.
        let mut below = vec![0_usize; self.in_place.len()];
        for _ in 0..=MAX_JSON_DEPTH {
            let mut open = vec![0_usize; self.in_place.len()];
            for node in order {
                let in_place = self.in_place[*node].iter().map(|target| open[*target]);
                let children = self.children[*node].iter().map(|target| below[*target]);
                open[*node] = 1 + in_place.chain(children).max().unwrap_or(0);
            }
            if open == below {
                break; // no recursion: deeper data opens no more
            }
            below = open;
        }
        below.get(Plan::ROOT).copied().unwrap_or(0)
    }
}
