//! Resolves `$ref`, which may only name a schema of the document: by a JSON pointer or an `$anchor`.

use serde_json::{Map, Value};

use super::{Reader, Step};
use crate::{
    field::{FieldError, expected},
    limits::{MAX_ERRORS, MAX_REF_CHAIN},
    plan::{NodeId, Plan},
    rule::{Rule, TypeSet},
    wording,
};

impl<'a> Reader<'a> {
    /// Records a reference for [`resolve_references`](Self::resolve_references). Its node gets no other rules.
    pub(super) fn reference(&mut self, node: NodeId, target: &'a Value) -> Vec<Rule> {
        let Value::String(target) = target else {
            self.error_at("$ref", expected(&["string"], target));
            return Vec::new();
        };
        // The document may be named by its own `$id`.
        let local =
            self.id.and_then(|id| target.strip_prefix(id)).filter(|rest| rest.is_empty() || rest.starts_with('#'));
        match local.unwrap_or(target).strip_prefix('#').or(local) {
            Some(fragment) => self.references.push((node, fragment)),
            None => {
                let message = format!(
                    "Reference '{}' leads out of the schema; only '#…' is allowed: copy what it names into '$defs', and \
                     refer to '#/$defs/…'",
                    wording::name(target)
                );
                self.error_at("$ref", message);
            }
        }
        Vec::new()
    }

    /// Resolves all references. A target that no keyword makes a subschema (in an `enum`, under an unknown keyword) is read as
    /// one here. It may have references too, which are added to the list.
    pub(super) fn resolve_references(&mut self) {
        let mut next = 0;
        while let Some((node, fragment)) = self.references.get(next).copied() {
            next += 1;
            if !fragment.is_empty() && !fragment.starts_with('/') {
                match self.anchors.get(fragment) {
                    Some(target) => self.nodes[node] = vec![Rule::Ref(*target)],
                    None => {
                        let why = "is neither a JSON pointer such as '#/definitions/x' nor the '$anchor' of a schema";
                        self.reference_error(node, fragment, why);
                    }
                }
                continue;
            }
            match resolve(self.document, fragment) {
                Some((target, steps)) if target.is_object() || target.is_boolean() => {
                    self.path.truncate("schema".len());
                    let target = self.subschema(target, Plan::ROOT, &steps);
                    self.nodes[node] = vec![Rule::Ref(target)];
                }
                Some(_) => self.reference_error(node, fragment, "leads to something that is no schema"),
                None => self.reference_error(node, fragment, "leads nowhere"),
            }
        }
    }

    fn reference_error(&mut self, node: NodeId, fragment: &str, why: &str) {
        let message = format!("Reference '#{}' {why}", wording::name(fragment));
        let path = format!("{}.$ref", self.paths.of(node));
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(FieldError::new(path, message));
        }
    }

    /// Checks that a `$ref` at the root leads to a schema of objects.
    pub(super) fn check_root_reference(&mut self, root: &Map<String, Value>) {
        let Some(Value::String(target)) = root.get("$ref") else { return };
        if self.errors.is_empty() && !self.is_object() {
            let target = wording::name(target);
            let message =
                format!("Reference '{target}' leads to a schema without \"type\": \"object\"; write it there");
            self.error_at("$ref", message);
        }
    }

    /// Whether the root or the schema that its references lead to has the type object. True for a cycle, which the guard refuses.
    fn is_object(&self) -> bool {
        let mut object = TypeSet::default();
        object.add("object");
        let mut node = Plan::ROOT;
        for _ in 0..=2 * MAX_REF_CHAIN {
            let mut target = None;
            for rule in &self.nodes[node] {
                match rule {
                    Rule::Type(types) => return *types == object,
                    Rule::Ref(next) => target = Some(*next),
                    Rule::AllOf(nodes) => {
                        target =
                            nodes.iter().copied().find(|node| matches!(self.nodes[*node].as_slice(), [Rule::Ref(_)]));
                    }
                    _ => {}
                }
            }
            match target {
                Some(next) => node = next,
                None => return false,
            }
        }
        true
    }
}

/// The value at a JSON pointer in URI fragment form (RFC 6901, section 6), and the steps to it.
pub(super) fn resolve<'a>(document: &'a Value, pointer: &str) -> Option<(&'a Value, Vec<Step>)> {
    let pointer = percent_decoded(pointer)?;
    let mut value = document;
    let mut steps = Vec::new();
    for token in pointer.split('/').skip(1) {
        let token = unescaped(token)?;
        value = match value {
            Value::Object(members) => {
                let member = members.get(&token)?;
                steps.push(Step::Member(token.into()));
                member
            }
            Value::Array(items) => {
                let is_canonical =
                    token == "0" || (!token.starts_with('0') && token.bytes().all(|b| b.is_ascii_digit()));
                let index = token.parse().ok().filter(|_| is_canonical)?;
                steps.push(Step::Index(index));
                items.get(index)?
            }
            _ => return None,
        };
    }
    Some((value, steps))
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if *first == b'%' {
            let hex = std::str::from_utf8(after.get(..2)?).ok()?;
            let is_hex = hex.bytes().all(|b| b.is_ascii_hexdigit());
            bytes.push(u8::from_str_radix(hex, 16).ok().filter(|_| is_hex)?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

/// `~1` is `/` and `~0` is `~`. `None` for any other use of the tilde.
fn unescaped(token: &str) -> Option<String> {
    let mut parts = token.split('~');
    let mut text = parts.next()?.to_owned();
    for part in parts {
        let (escaped, rest) = match part.as_bytes().first()? {
            b'0' => ('~', &part[1..]),
            b'1' => ('/', &part[1..]),
            _ => return None,
        };
        text.push(escaped);
        text.push_str(rest);
    }
    Some(text)
}
