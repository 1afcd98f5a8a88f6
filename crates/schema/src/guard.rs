//! The static guard: refuses schemas that a checker would follow until its stack overflows.
//!
//! It looks at the graph of subschemas. *In-place* edges lead to subschemas of the same value (`$ref`, `allOf`, `anyOf`,
//! `oneOf`, `not`, `if`/`then`/`else`, `dependencies`); *child* edges lead to subschemas of a part of it. The guard bounds
//! depth. Time is bounded elsewhere: what is not cheap is checked in a process with a time limit.

use super::{
    components::components,
    plan::{NodeId, Plan, Rule},
    read::Paths,
};
use crate::{
    field::FieldError,
    limits::{ERRORS, JSON_DEPTH, OPEN_SUBSCHEMAS, REF_CHAIN},
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
    if graph.open_at_once(&order) > OPEN_SUBSCHEMAS {
        let message = format!("Data of {JSON_DEPTH} levels would open more than {OPEN_SUBSCHEMAS} subschemas at once");
        errors.push(refuse(Plan::ROOT, message));
    }
    errors
}

struct Graph {
    in_place: Vec<Vec<NodeId>>,
    children: Vec<Vec<NodeId>>,
}

impl Graph {
    fn of(plan: &Plan) -> Self {
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

    /// The most subschemas that are open at once on data of the deepest nesting.
    fn open_at_once(&self, order: &[NodeId]) -> usize {
        let mut below = vec![0_usize; self.in_place.len()];
        for _ in 0..=JSON_DEPTH {
            let mut open = vec![0_usize; self.in_place.len()];
            for node in order {
                let in_place = self.in_place[*node].iter().map(|target| open[*target]);
                let children = self.children[*node].iter().map(|target| below[*target]);
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
