//! The audit of D.4.6d: which hidden counts have only one possible value.
//!
//! Rows add up to their totals, columns to their sums, the sums to the grand total. Another table fits the same
//! publication exactly if some counts can be raised and others lowered so that every sum stays: a cycle in the graph
//! whose nodes are rows, columns and the grand total, and whose edges are the hidden counts. A count that lies on no
//! such cycle is known to everybody. This is the graph method of Gusfield (*SIAM J. Comput.* 17, 1988); it is exact,
//! also for a linear program, where interval propagation lets some combinations of rows and columns through.

use std::collections::{BTreeSet, VecDeque};

/// A place where counts must add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    Row(usize),
    Column(usize),
    Grand,
}

/// A hidden count: part of the sum at `to`, split from the sum at `from`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub from: Node,
    pub to: Node,
    pub count: u64,
    /// What an attacker knows to be the least: 1 where zeros are shown.
    pub least: u64,
}

/// The edges whose count could not be any other, given all the others' freedom.
pub(super) fn known(edges: &[Edge]) -> Vec<Edge> {
    let is_known = |position: usize, edge: &Edge| {
        let can_rise = connects(edges, position, edge.to, edge.from);
        let can_fall = edge.count > edge.least && connects(edges, position, edge.from, edge.to);
        !can_rise && !can_fall
    };
    edges.iter().enumerate().filter(|(position, edge)| is_known(*position, edge)).map(|(_, edge)| *edge).collect()
}

/// Whether one more unit can go from one node to another by raising and lowering counts other than the one left out.
fn connects(edges: &[Edge], left_out: usize, from: Node, to: Node) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut open = VecDeque::from([from]);
    while let Some(node) = open.pop_front() {
        if node == to {
            return true;
        }
        for (position, edge) in edges.iter().enumerate() {
            let next = match edge {
                _ if position == left_out => continue,
                edge if edge.from == node => edge.to,
                edge if edge.to == node && edge.count > edge.least => edge.from,
                _ => continue,
            };
            if seen.insert(next) {
                open.push_back(next);
            }
        }
    }
    false
}
