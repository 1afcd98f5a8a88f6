//! Reads a JSON value as a draft-07 schema: keyword by keyword, as the meta-schema says, all errors reported.

mod keywords;
mod reference;

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{
    plan::{NodeId, Plan, Rule},
    wording,
};
use crate::{
    field::{FieldError, FieldPath, expected},
    limits::{ERRORS, SCHEMA_NODES, SCHEMA_PATH_BYTES, SCHEMA_PATTERN_BYTES, SCHEMA_PATTERNS},
};

/// What reading gives: a plan that is only to be used when there are no errors.
pub(super) struct Reading {
    pub(super) plan: Plan,
    /// Where each node stands, to name it in errors.
    pub(super) paths: Paths,
    pub(super) errors: Vec<FieldError>,
    pub(super) warnings: Vec<String>,
}

pub(super) fn read(document: &Value) -> Reading {
    let mut reader = Reader::new(document);
    if count(document) > SCHEMA_NODES {
        reader.refuse(format!("More than {SCHEMA_NODES} JSON values in the schema"));
    } else {
        reader.root();
    }
    reader.finish()
}

/// JSON values in a document, itself included. Documents are at most 64 levels deep.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// The way from the root to each node, kept as links: names may be long and nodes many.
#[derive(Default)]
pub(super) struct Paths(Vec<(NodeId, Vec<Step>)>);

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

impl Paths {
    pub(super) fn of(&self, node: NodeId) -> String {
        let mut links = vec![node];
        let mut at = node;
        while at != Plan::ROOT {
            at = self.0[at].0;
            links.push(at);
        }
        let mut path = FieldPath::root("schema");
        for step in links.iter().rev().flat_map(|node| &self.0[*node].1) {
            step.push_to(&mut path);
        }
        wording::bounded_path(path.as_str())
    }
}

struct Reader<'a> {
    document: &'a Value,
    path: FieldPath,
    nodes: Vec<Vec<Rule>>,
    paths: Paths,
    /// Nodes by the address of the value that they were read from, to find what a reference leads to.
    known: HashMap<*const Value, NodeId>,
    /// References still to be resolved: the node that consists of one, and the pointer.
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
            paths: Paths::default(),
            known: HashMap::new(),
            references: Vec::new(),
            patterns: 0,
            pattern_bytes: 0,
            path_bytes: 0,
            errors: Vec::new(),
            warnings: Vec::new(),
        }
    }

    fn finish(mut self) -> Reading {
        if self.patterns > SCHEMA_PATTERNS {
            self.refuse(format!("More than {SCHEMA_PATTERNS} patterns in the schema"));
        } else if self.pattern_bytes > SCHEMA_PATTERN_BYTES && self.errors.is_empty() {
            self.refuse(format!("Patterns of the schema compile to more than {} KiB", SCHEMA_PATTERN_BYTES / 1024));
        }
        if self.path_bytes > SCHEMA_PATH_BYTES {
            let message = format!("The paths of all subschemas add up to more than {} KiB", SCHEMA_PATH_BYTES / 1024);
            self.refuse(message);
        }
        if self.nodes.is_empty() {
            self.nodes.push(Vec::new()); // a plan always has a root, though this one has errors beside it
            self.paths.0.push((Plan::ROOT, Vec::new()));
        }
        let plan = Plan { nodes: self.nodes };
        Reading { plan, paths: self.paths, errors: self.errors, warnings: self.warnings }
    }

    fn root(&mut self) {
        let document = self.document;
        let Value::Object(members) = document else {
            return self.refuse(expected(&["object"], document));
        };
        self.dialect(members);
        if members.contains_key("$ref") {
            let message = "Expected no '$ref' at the root, where draft-07 lets it override 'type'; put it into 'allOf'";
            self.refuse_at("$ref", message.into());
        }
        self.schema(document, Plan::ROOT, &[]);
        self.follow_references();
    }

    fn dialect(&mut self, members: &Map<String, Value>) {
        match members.get("$schema") {
            None => {}
            Some(Value::String(uri)) => {
                let name = uri.strip_suffix('#').unwrap_or(uri);
                let name = name.strip_prefix("http://").or_else(|| name.strip_prefix("https://"));
                if name != Some("json-schema.org/draft-07/schema") {
                    let message = format!("Expected JSON Schema draft-07, received '{}'", wording::name(uri));
                    self.refuse_at("$schema", message);
                }
            }
            Some(other) => self.refuse_at("$schema", expected(&["string"], other)),
        }
    }

    /// Reads a subschema at the current path; `steps` lead there from `parent`.
    fn schema(&mut self, value: &'a Value, parent: NodeId, steps: &[Step]) -> NodeId {
        if let Some(node) = self.known.get(&std::ptr::from_ref(value)) {
            return *node;
        }
        let node = self.nodes.len();
        self.path_bytes += self.path.len();
        self.nodes.push(Vec::new());
        self.paths.0.push((parent, steps.to_vec()));
        self.known.insert(value, node);
        let rules = match value {
            Value::Bool(true) => Vec::new(),
            Value::Bool(false) => vec![Rule::Never],
            Value::Object(members) => self.keywords(members, node),
            other => {
                self.refuse(expected(&["object", "boolean"], other));
                Vec::new()
            }
        };
        self.nodes[node] = rules;
        node
    }

    /// Reads a subschema under a keyword of `node`, with the path that leads there.
    fn below(&mut self, value: &'a Value, node: NodeId, steps: &[Step]) -> NodeId {
        let up = self.path.len();
        steps.iter().for_each(|step| step.push_to(&mut self.path));
        let child = self.schema(value, node, steps);
        self.path.truncate(up);
        child
    }

    /// An error at the current path.
    fn refuse(&mut self, message: String) {
        if self.errors.len() < ERRORS {
            self.errors.push(FieldError::new(wording::bounded_path(self.path.as_str()), message));
        }
    }

    /// An error at a member of the current path.
    fn refuse_at(&mut self, member: &str, message: String) {
        let up = self.path.len();
        self.path.push_member(member);
        self.refuse(message);
        self.path.truncate(up);
    }

    fn warn(&mut self, sentence: impl FnOnce(&str) -> String) {
        if self.warnings.len() < ERRORS {
            self.warnings.push(sentence(&wording::bounded_path(self.path.as_str())));
        }
    }
}
