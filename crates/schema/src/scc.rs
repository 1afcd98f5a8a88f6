//! Strongly connected components of a graph (Tarjan's algorithm).

/// The components in reverse topological order: a component comes after all that its edges lead to.
///
/// The search keeps its own stack, as a path may be thousands of nodes long.
pub(super) fn strongly_connected_components(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut search = Search {
        edges,
        index: vec![None; edges.len()],
        low_link: vec![0; edges.len()],
        stack: Vec::new(),
        is_on_stack: vec![false; edges.len()],
        components: Vec::new(),
        next_index: 0,
    };
    for node in 0..edges.len() {
        if search.index[node].is_none() {
            search.visit_from(node);
        }
    }
    search.components
}

struct Search<'a> {
    edges: &'a [Vec<usize>],
    /// The order in which nodes were discovered.
    index: Vec<Option<usize>>,
    /// The lowest index known to be reachable within the component.
    low_link: Vec<usize>,
    /// Discovered nodes whose component is not complete.
    stack: Vec<usize>,
    is_on_stack: Vec<bool>,
    components: Vec<Vec<usize>>,
    next_index: usize,
}

impl Search<'_> {
    fn visit_from(&mut self, start: usize) {
        // The call stack of the recursive algorithm: a node, and its next edge.
        let mut calls = vec![(start, 0)];
        self.enter(start);
        while let Some((node, edge)) = calls.pop() {
            match self.edges[node].get(edge) {
                Some(target) => {
                    calls.push((node, edge + 1));
                    match self.index[*target] {
                        None => {
                            self.enter(*target);
                            calls.push((*target, 0));
                        }
                        Some(index) if self.is_on_stack[*target] => {
                            self.low_link[node] = self.low_link[node].min(index);
                        }
                        Some(_) => {}
                    }
                }
                None => {
                    self.leave(node);
                    if let Some((parent, _)) = calls.last() {
                        self.low_link[*parent] = self.low_link[*parent].min(self.low_link[node]);
                    }
                }
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.index[node] = Some(self.next_index);
        self.low_link[node] = self.next_index;
        self.next_index += 1;
        self.stack.push(node);
        self.is_on_stack[node] = true;
    }

    /// Completes the component of a node that reaches no earlier one: the node, and all above it on the stack.
    fn leave(&mut self, node: usize) {
        if Some(self.low_link[node]) != self.index[node] {
            return;
        }
        let start = self.stack.iter().rposition(|other| *other == node).unwrap_or(0);
        let component = self.stack.split_off(start);
        component.iter().for_each(|member| self.is_on_stack[*member] = false);
        self.components.push(component);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_component_comes_after_those_it_leads_to() {
        // 0 → 1 ⇄ 2, 1 → 3, 4 → 4
        let found = strongly_connected_components(&[vec![1], vec![2, 3], vec![1], vec![], vec![4]]);
        assert_eq!(found, [vec![3], vec![1, 2], vec![0], vec![4]]);
    }

    #[test]
    fn a_long_chain_does_not_overflow_the_stack() {
        let edges: Vec<Vec<usize>> =
            (0..200_000).map(|node| if node < 199_999 { vec![node + 1] } else { vec![0] }).collect();
        assert_eq!(strongly_connected_components(&edges).len(), 1);
    }
}
