//! Strongly connected components of a graph.

/// The components, each after all that it leads to (Tarjan's algorithm, with its own stack: a path may be thousands of
/// nodes long).
pub(super) fn components(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut search = Search {
        edges,
        number: vec![None; edges.len()],
        lowest: vec![0; edges.len()],
        waiting: Vec::new(),
        is_waiting: vec![false; edges.len()],
        found: Vec::new(),
        next: 0,
    };
    for node in 0..edges.len() {
        if search.number[node].is_none() {
            search.from(node);
        }
    }
    search.found
}

struct Search<'a> {
    edges: &'a [Vec<usize>],
    /// In which order nodes were first seen.
    number: Vec<Option<usize>>,
    /// The lowest number that is known to be reachable within the component.
    lowest: Vec<usize>,
    waiting: Vec<usize>,
    is_waiting: Vec<bool>,
    found: Vec<Vec<usize>>,
    next: usize,
}

impl Search<'_> {
    fn from(&mut self, start: usize) {
        let mut open = vec![(start, 0)];
        self.enter(start);
        while let Some((node, edge)) = open.pop() {
            match self.edges[node].get(edge) {
                Some(target) => {
                    open.push((node, edge + 1));
                    match self.number[*target] {
                        None => {
                            self.enter(*target);
                            open.push((*target, 0));
                        }
                        Some(number) if self.is_waiting[*target] => {
                            self.lowest[node] = self.lowest[node].min(number);
                        }
                        Some(_) => {}
                    }
                }
                None => {
                    self.leave(node);
                    if let Some((parent, _)) = open.last() {
                        self.lowest[*parent] = self.lowest[*parent].min(self.lowest[node]);
                    }
                }
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.number[node] = Some(self.next);
        self.lowest[node] = self.next;
        self.next += 1;
        self.waiting.push(node);
        self.is_waiting[node] = true;
    }

    /// All edges of a node are done: when nothing before it is reachable, what waits since it is a component.
    fn leave(&mut self, node: usize) {
        if Some(self.lowest[node]) != self.number[node] {
            return;
        }
        let start = self.waiting.iter().rposition(|other| *other == node).unwrap_or(0);
        let component = self.waiting.split_off(start);
        component.iter().for_each(|member| self.is_waiting[*member] = false);
        self.found.push(component);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_come_after_what_they_lead_to() {
        // 0 → 1 ⇄ 2, 1 → 3, 4 → 4
        let found = components(&[vec![1], vec![2, 3], vec![1], vec![], vec![4]]);
        assert_eq!(found, [vec![3], vec![1, 2], vec![0], vec![4]]);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let edges: Vec<Vec<usize>> =
            (0..200_000).map(|node| if node < 199_999 { vec![node + 1] } else { vec![0] }).collect();
        assert_eq!(components(&edges).len(), 1);
    }
}
