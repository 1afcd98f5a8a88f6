//! A schema as rules with resolved references: the form that the rest of the crate works on.

use std::collections::HashMap;

use super::{
    pattern::{CompiledPattern, Pattern},
    rule::Rule,
};
use crate::limits::MAX_REF_CHAIN;

/// A subschema: its index in [`Plan::nodes`].
pub(super) type NodeId = usize;

/// A schema with its references resolved.
#[derive(Debug)]
pub struct Plan {
    /// The subschemas, each as its rules. The root is the first.
    pub(super) nodes: Vec<Vec<Rule>>,
}

impl Plan {
    pub(super) const ROOT: NodeId = 0;

    /// The number of subschemas.
    pub fn subschemas(&self) -> usize {
        self.nodes.len()
    }

    /// Memory of the compiled patterns and their match caches, in bytes.
    pub fn pattern_bytes(&self) -> usize {
        self.rules().flat_map(Rule::patterns).map(Pattern::bytes).sum()
    }

    /// Memory of each compiled pattern of `patternProperties` with its match cache, in bytes.
    pub fn property_pattern_bytes(&self) -> impl Iterator<Item = usize> {
        let properties = self.rules().filter(|rule| matches!(rule, Rule::Properties(_)));
        properties.flat_map(Rule::patterns).map(Pattern::bytes)
    }

    /// The compiled patterns by their text in [`to_normalized_schema`](Self::to_normalized_schema). Each is compiled once
    /// and shared. Patterns that cannot be compiled are left out.
    pub fn compiled_patterns(&self) -> HashMap<String, CompiledPattern> {
        let patterns = self.rules().flat_map(Rule::patterns);
        patterns.filter_map(|pattern| Some((pattern.translated().to_owned(), pattern.compiled()?.clone()))).collect()
    }

    pub(super) fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.nodes.iter().flatten()
    }

    /// The number of `properties` of a node.
    pub(super) fn named_properties(&self, node: NodeId) -> usize {
        let rules = self.nodes[self.dereferenced(node)].iter();
        rules.map(|rule| if let Rule::Properties(properties) = rule { properties.named.len() } else { 0 }).sum()
    }

    /// The node itself, or the one that its references lead to.
    pub(super) fn dereferenced(&self, node: NodeId) -> NodeId {
        let mut node = node;
        for _ in 0..MAX_REF_CHAIN {
            let [Rule::Ref(target)] = self.nodes[node].as_slice() else { break };
            node = *target;
        }
        node
    }

    /// Whether a node is the schema `false`.
    pub(super) fn is_false(&self, node: NodeId) -> bool {
        matches!(self.nodes[node].as_slice(), [Rule::RejectAll])
    }
}
