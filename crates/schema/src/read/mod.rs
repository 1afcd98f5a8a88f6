//! Reads a JSON value as a draft-07 schema, keyword by keyword as in the meta-schema. Reports all errors, not only the first.

mod arguments;
mod keywords;
mod reference;

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{
    plan::{NodeId, Plan},
    rule::Rule,
    wording,
};
use crate::{
    field::{FieldError, FieldPath, expected},
    limits::{MAX_ERRORS, MAX_SCHEMA_NODES, MAX_SCHEMA_PATH_BYTES, MAX_SCHEMA_PATTERN_BYTES, MAX_SCHEMA_PATTERNS},
};

/// The result of reading. The plan may be used only when there are no errors.
pub(super) struct Reading {
    pub(super) plan: Plan,
    /// The paths of the nodes, for errors.
    pub(super) paths: NodePaths,
    pub(super) errors: Vec<FieldError>,
    pub(super) warnings: Vec<String>,
}

pub(super) fn read(document: &Value) -> Reading {
    let mut reader = Reader::new(document);
    if count(document) > MAX_SCHEMA_NODES {
        reader.error(format!("More than {MAX_SCHEMA_NODES} JSON values in the schema"));
    } else {
        reader.root();
    }
    reader.finish()
}

/// The number of JSON values in a document, including itself. Recurses at most 64 levels.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// For each node its parent, and the steps from there. Complete paths would take too much memory: names may be long and
/// nodes many.
#[derive(Default)]
pub(super) struct NodePaths(Vec<(NodeId, Vec<Step>)>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Member(Box<str>),
    Index(usize),
}

impl Step {
    fn push_to(&self, path: &mut FieldPath) {
        match self {
            Self::Member(name) => path.push_member(name),
            Self::Index(index) => path.push_index(*index),
        }
    }
}

impl NodePaths {
    /// The path of a node, from the root.
    pub(super) fn of(&self, node: NodeId) -> String {
        let mut ancestors = vec![node];
        let mut current = node;
        while current != Plan::ROOT {
            current = self.0[current].0;
            ancestors.push(current);
        }
        let mut path = FieldPath::root("schema");
        for step in ancestors.iter().rev().flat_map(|node| &self.0[*node].1) {
            step.push_to(&mut path);
        }
        wording::bounded_path(path.as_str())
    }
}

struct Reader<'a> {
    document: &'a Value,
    path: FieldPath,
    nodes: Vec<Vec<Rule>>,
    paths: NodePaths,
    /// Nodes by the address of the value that they were read from, to find the targets of references.
    node_by_address: HashMap<*const Value, NodeId>,
    /// References to resolve: the node that consists of the reference, and the pointer.
    references: Vec<(NodeId, &'a str)>,
    patterns: usize,
    pattern_bytes: usize,
    path_bytes: usize,
    errors: Vec<FieldError>,
    warnings: Vec<String>,
}

impl<'a> Reader<'a> {
    fn new(document: &'a Value) -> Self {
        Self {
            document,
            path: FieldPath::root("schema"),
            nodes: Vec::new(),
            paths: NodePaths::default(),
            node_by_address: HashMap::new(),
            references: Vec::new(),
            patterns: 0,
            pattern_bytes: 0,
            path_bytes: 0,
            errors: Vec::new(),
            warnings: Vec::new(),
        }
    }

    fn finish(mut self) -> Reading {
        if self.patterns > MAX_SCHEMA_PATTERNS {
            self.error(format!("More than {MAX_SCHEMA_PATTERNS} patterns in the schema"));
        } else if self.pattern_bytes > MAX_SCHEMA_PATTERN_BYTES && self.errors.is_empty() {
            self.error(format!("Patterns of the schema compile to more than {} KiB", MAX_SCHEMA_PATTERN_BYTES / 1024));
        }
        if self.path_bytes > MAX_SCHEMA_PATH_BYTES {
            let message =
                format!("The paths of all subschemas add up to more than {} KiB", MAX_SCHEMA_PATH_BYTES / 1024);
            self.error(message);
        }
        if self.nodes.is_empty() {
            self.nodes.push(Vec::new()); // a plan always has a root, even when reading failed
            self.paths.0.push((Plan::ROOT, Vec::new()));
        }
        let plan = Plan { nodes: self.nodes };
        Reading { plan, paths: self.paths, errors: self.errors, warnings: self.warnings }
    }

    fn root(&mut self) {
        let document = self.document;
        let Value::Object(members) = document else {
            return self.error(expected(&["object"], document));
        };
        self.dialect(members);
        if members.contains_key("$ref") {
            let message = "Expected no '$ref' at the root, where draft-07 lets it override 'type'; put it into 'allOf'";
            self.error_at("$ref", message.into());
        }
        self.subschema(document, Plan::ROOT, &[]);
        self.resolve_references();
    }

    fn dialect(&mut self, members: &Map<String, Value>) {
        match members.get("$schema") {
            None => {}
            Some(Value::String(uri)) => {
                let name = uri.strip_suffix('#').unwrap_or(uri);
                let name = name.strip_prefix("http://").or_else(|| name.strip_prefix("https://"));
                if name != Some("json-schema.org/draft-07/schema") {
                    let message = format!("Expected JSON Schema draft-07, received '{}'", wording::name(uri));
                    self.error_at("$schema", message);
                }
            }
            Some(other) => self.error_at("$schema", expected(&["string"], other)),
        }
    }

    /// Reads a subschema that `steps` lead to from the current path, the path of `parent`.
    fn subschema(&mut self, value: &'a Value, parent: NodeId, steps: &[Step]) -> NodeId {
        self.at(steps, |reader| {
            if let Some(node) = reader.node_by_address.get(&std::ptr::from_ref(value)) {
                return *node;
            }
            let node = reader.nodes.len();
            reader.path_bytes += reader.path.len();
            reader.nodes.push(Vec::new());
            reader.paths.0.push((parent, steps.to_vec()));
            reader.node_by_address.insert(value, node);
            let rules = match value {
                Value::Bool(true) => Vec::new(),
                Value::Bool(false) => vec![Rule::RejectAll],
                Value::Object(members) => reader.keywords(members, node),
                other => {
                    reader.error(expected(&["object", "boolean"], other));
                    Vec::new()
                }
            };
            reader.nodes[node] = rules;
            node
        })
    }

    /// Runs `read` with the current path extended by `steps`.
    fn at<T>(&mut self, steps: &[Step], read: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.path.len();
        steps.iter().for_each(|step| step.push_to(&mut self.path));
        let result = read(self);
        self.path.truncate(length);
        result
    }

    /// Adds an error at the current path.
    fn error(&mut self, message: String) {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(FieldError::new(wording::bounded_path(self.path.as_str()), message));
        }
    }

    /// Adds an error at a member of the value at the current path.
    fn error_at(&mut self, member: &str, message: String) {
        self.at(&[Step::Member(member.into())], |reader| reader.error(message));
    }

    /// Adds a warning. `sentence` gets the current path.
    fn warn(&mut self, sentence: impl FnOnce(&str) -> String) {
        if self.warnings.len() < MAX_ERRORS {
            self.warnings.push(sentence(&wording::bounded_path(self.path.as_str())));
        }
    }
}
