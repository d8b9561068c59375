//! Circles: which edges must be taken out of a graph so that none is left, and a stable order.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

/// An edge from a node to one that must come before it.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    /// The node.
    pub from: usize,
    /// The one that must come before it.
    pub to: usize,
    /// Edges of low rank are taken out first.
    pub rank: u8,
}

/// Components with more nodes lose several edges in one round: exactness would cost too much.
const EXACT: usize = 64;

/// The edges to take out (positions in `edges`), ascending, so that no circle is left. Of the edges in a circle, the lowest
/// rank goes first, and of those the last declared.
pub fn breaking(nodes: usize, edges: &[Edge]) -> BTreeSet<usize> {
    let mut removed = BTreeSet::new();
    loop {
        let component = components(nodes, edges, &removed);
        let mut sizes = vec![0_usize; nodes];
        for component in &component {
            sizes[*component] += 1;
        }
        let mut best: Vec<Option<usize>> = vec![None; nodes];
        for (position, edge) in edges.iter().enumerate() {
            let inside = component[edge.from] == component[edge.to];
            if inside && !removed.contains(&position) {
                let slot = &mut best[component[edge.from]];
                if slot.is_none_or(|other| edge.rank <= edges[other].rank) {
                    *slot = Some(position);
                }
            }
        }
        let before = removed.len();
        removed.extend(best.iter().flatten());
        for (position, edge) in edges.iter().enumerate() {
            let own = component[edge.from];
            if own == component[edge.to] && sizes[own] > EXACT && edge.from < edge.to {
                let rank = best[own].map_or(edge.rank, |other| edges[other].rank);
                if edge.rank == rank {
                    removed.insert(position);
                }
            }
        }
        if removed.len() == before {
            return removed;
        }
    }
}

/// For each node, the number of its strongly connected component (the smallest node in it is not
/// implied; numbers are below `nodes`). Tarjan's algorithm without recursion.
fn components(nodes: usize, edges: &[Edge], removed: &BTreeSet<usize>) -> Vec<usize> {
    let mut targets = vec![Vec::new(); nodes];
    for (position, edge) in edges.iter().enumerate() {
        if !removed.contains(&position) {
            targets[edge.from].push(edge.to);
        }
    }
    let mut search = Search {
        targets,
        index: vec![usize::MAX; nodes],
        low: vec![0; nodes],
        on_stack: vec![false; nodes],
        stack: Vec::new(),
        component: vec![usize::MAX; nodes],
        next: 0,
        components: 0,
    };
    for node in 0..nodes {
        if search.index[node] == usize::MAX {
            search.run(node);
        }
    }
    search.component
}

struct Search {
    targets: Vec<Vec<usize>>,
    index: Vec<usize>,
    low: Vec<usize>,
    on_stack: Vec<bool>,
    stack: Vec<usize>,
    component: Vec<usize>,
    next: usize,
    components: usize,
}

impl Search {
    fn open(&mut self, node: usize) {
        self.index[node] = self.next;
        self.low[node] = self.next;
        self.next += 1;
        self.stack.push(node);
        self.on_stack[node] = true;
    }

    fn run(&mut self, root: usize) {
        self.open(root);
        let mut path = vec![(root, 0_usize)];
        while let Some(&(node, position)) = path.last() {
            let Some(&target) = self.targets[node].get(position) else {
                self.close(node);
                path.pop();
                if let Some(&(parent, _)) = path.last() {
                    self.low[parent] = self.low[parent].min(self.low[node]);
                }
                continue;
            };
            if let Some(top) = path.last_mut() {
                top.1 += 1;
            }
            if self.index[target] == usize::MAX {
                self.open(target);
                path.push((target, 0));
            } else if self.on_stack[target] {
                self.low[node] = self.low[node].min(self.index[target]);
            }
        }
    }

    fn close(&mut self, node: usize) {
        if self.low[node] != self.index[node] {
            return;
        }
        while let Some(member) = self.stack.pop() {
            self.on_stack[member] = false;
            self.component[member] = self.components;
            if member == node {
                break;
            }
        }
        self.components += 1;
    }
}

/// The nodes in an order in which each comes behind those its edges lead to; of the possible
/// ones, the smallest first. `edges` must be without circles; edges from a node to itself do not
/// count.
pub fn order(nodes: usize, edges: impl Iterator<Item = (usize, usize)>) -> Vec<usize> {
    let mut waiting = vec![0_usize; nodes];
    let mut followers = vec![Vec::new(); nodes];
    for (from, to) in edges.filter(|(from, to)| from != to) {
        waiting[from] += 1;
        followers[to].push(from);
    }
    let mut ready: BinaryHeap<Reverse<usize>> =
        (0..nodes).filter(|node| waiting[*node] == 0).map(Reverse).collect();
    let mut order = Vec::with_capacity(nodes);
    while let Some(Reverse(node)) = ready.pop() {
        order.push(node);
        for follower in &followers[node] {
            waiting[*follower] -= 1;
            if waiting[*follower] == 0 {
                ready.push(Reverse(*follower));
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::{Edge, breaking, order};

    fn edges(list: &[(usize, usize, u8)]) -> Vec<Edge> {
        list.iter().map(|&(from, to, rank)| Edge { from, to, rank }).collect()
    }

    #[test]
    fn only_the_weakest_edge_of_a_circle_goes() {
        // 0 <-> 1, and 2 hangs on the circle without being in it.
        let graph = edges(&[(0, 1, 1), (1, 0, 0), (2, 0, 0)]);
        assert_eq!(breaking(3, &graph).into_iter().collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn an_edge_to_itself_is_a_circle() {
        let graph = edges(&[(0, 0, 3), (1, 0, 0)]);
        assert_eq!(breaking(2, &graph).into_iter().collect::<Vec<_>>(), [0]);
    }

    #[test]
    fn long_rings_and_dense_graphs_end() {
        let ring: Vec<_> = (0..5000).map(|node| (node, (node + 1) % 5000, 0)).collect();
        let graph = edges(&ring);
        let removed = breaking(5000, &graph);
        let left = graph.iter().enumerate().filter(|(position, _)| !removed.contains(position));
        assert_eq!(order(5000, left.map(|(_, edge)| (edge.from, edge.to))).len(), 5000);
    }

    #[test]
    fn declaration_order_is_kept_where_it_can_be() {
        assert_eq!(order(4, [(0, 3), (2, 2)].into_iter()), [1, 2, 3, 0]);
    }
}
