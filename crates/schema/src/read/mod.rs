//! Reads a JSON value as a schema, keyword by keyword as in the meta-schema. Reports all errors, not only the first.
//!
//! Documents of later drafts are read into draft-07's rules here, so the rest of the crate and the engines know only those.

mod arguments;
mod dialect;
mod keywords;
mod reference;
mod vocabulary;
mod wrapper;

use std::collections::HashMap;

use serde_json::{Map, Value};

pub(super) use dialect::Dialect;

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

/// Reads a document. One without `$schema` is read as `unnamed`.
pub(super) fn read(document: &Value, unnamed: Dialect) -> Reading {
    let mut reader = Reader::new(document, unnamed);
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
    dialect: Dialect,
    /// The root's `$id`, by which references may name the document.
    id: Option<&'a str>,
    path: FieldPath,
    nodes: Vec<Vec<Rule>>,
    paths: NodePaths,
    /// Nodes by the address of the value that they were read from, to find the targets of references.
    node_by_address: HashMap<*const Value, NodeId>,
    /// References to resolve: the node that consists of the reference, and the fragment that it names.
    references: Vec<(NodeId, &'a str)>,
    /// The nodes with an `$anchor`.
    anchors: HashMap<&'a str, NodeId>,
    /// Members that are no keywords, each with the first path.
    unknown: Vec<(&'a str, String)>,
    patterns: usize,
    pattern_bytes: usize,
    path_bytes: usize,
    errors: Vec<FieldError>,
    warnings: Vec<String>,
}

impl<'a> Reader<'a> {
    fn new(document: &'a Value, unnamed: Dialect) -> Self {
        Self {
            document,
            dialect: unnamed,
            id: None,
            path: FieldPath::root("schema"),
            nodes: Vec::new(),
            paths: NodePaths::default(),
            node_by_address: HashMap::new(),
            references: Vec::new(),
            anchors: HashMap::new(),
            unknown: Vec::new(),
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
        if let Some(message) = wrapper::sentence(document) {
            return self.error(message);
        }
        let Value::Object(members) = document else {
            return self.error(expected(&["object"], document));
        };
        self.read_dialect(members);
        let id = members.get("$id").and_then(Value::as_str).map(|id| id.strip_suffix('#').unwrap_or(id));
        self.id = id.filter(|id| !id.is_empty());
        self.subschema(document, Plan::ROOT, &[]);
        self.resolve_references();
        self.check_root_reference(members);
        self.warn_of_unknown_keywords();
    }

    fn read_dialect(&mut self, members: &Map<String, Value>) {
        match members.get("$schema") {
            None => {}
            Some(Value::String(uri)) => match Dialect::from_uri(uri) {
                Some(dialect) => self.dialect = dialect,
                None => {
                    let message = format!(
                        "Expected JSON Schema draft-07, 2019-09 or 2020-12 (\"https://json-schema.org/draft/2020-12/schema\"), \
                         received '{}'",
                        wording::name(uri)
                    );
                    self.error_at("$schema", message);
                }
            },
            Some(other) => self.error_at("$schema", expected(&["string"], other)),
        }
    }

    /// Reads a subschema that `steps` lead to from the current path, the path of `parent`.
    fn subschema(&mut self, value: &'a Value, parent: NodeId, steps: &[Step]) -> NodeId {
        self.at(steps, |reader| {
            if let Some(node) = reader.node_by_address.get(&std::ptr::from_ref(value)) {
                return *node;
            }
            let node = reader.add_node(parent, steps);
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

    /// Adds a node without rules at the current path, to which `steps` lead from `parent`.
    fn add_node(&mut self, parent: NodeId, steps: &[Step]) -> NodeId {
        self.path_bytes += self.path.len();
        self.nodes.push(Vec::new());
        self.paths.0.push((parent, steps.to_vec()));
        self.nodes.len() - 1
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
