//! Which members of a schema are keywords, and what to write instead of those that do nothing here.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::Reader;
use crate::{limits::MAX_ERRORS, plan::NodeId, wording};

/// What the name of a member means. The texts say what to write instead.
enum Keyword {
    /// A keyword of draft-07, or an annotation.
    Known,
    /// Came after draft-07.
    Later(&'static str),
    /// Came after draft-07 and says what draft-07 cannot say.
    Unsupported(&'static str),
    /// Does nothing here.
    Ineffective(&'static str),
    /// Begins with `x-`: meant for other programs.
    Extension,
    Unknown,
}

const USE_ADDITIONAL_PROPERTIES: &str =
    "write all 'properties' into one schema, and 'additionalProperties' there; it does not look into 'allOf' or '$ref'";
const USE_ITEMS: &str = "write the schema of the other items as 'items' next to 'prefixItems'";
const USE_REFERENCE: &str = "write '$ref' with the path of a schema, such as '#' or '#/$defs/x'";
const USE_CONTAINS: &str = "'contains' asks for at least one such item; 'minItems' and 'maxItems' count all items";
const USE_DEPENDENCIES: &str = "write it as 'dependencies'";
const CONTENT: &str = "the text is not decoded; write a 'pattern' for it, or describe it in 'description'";

fn keyword(name: &str) -> Keyword {
    match name {
        "$comment"
        | "$defs"
        | "$id"
        | "$ref"
        | "$schema"
        | "additionalItems"
        | "additionalProperties"
        | "allOf"
        | "anyOf"
        | "const"
        | "contains"
        | "default"
        | "definitions"
        | "dependencies"
        | "deprecated"
        | "description"
        | "else"
        | "enum"
        | "examples"
        | "exclusiveMaximum"
        | "exclusiveMinimum"
        | "format"
        | "id"
        | "if"
        | "items"
        | "maxItems"
        | "maxLength"
        | "maxProperties"
        | "maximum"
        | "minItems"
        | "minLength"
        | "minProperties"
        | "minimum"
        | "multipleOf"
        | "not"
        | "oneOf"
        | "pattern"
        | "patternProperties"
        | "properties"
        | "propertyNames"
        | "readOnly"
        | "required"
        | "then"
        | "title"
        | "type"
        | "uniqueItems"
        | "writeOnly" => Keyword::Known,
        "prefixItems" => Keyword::Later("write the list as 'items'"),
        "dependentRequired" | "dependentSchemas" => Keyword::Later(USE_DEPENDENCIES),
        "$anchor" => Keyword::Later("refer to the schema by its path, such as '#/definitions/x'"),
        "unevaluatedProperties" => Keyword::Unsupported(USE_ADDITIONAL_PROPERTIES),
        "unevaluatedItems" => Keyword::Unsupported(USE_ITEMS),
        "minContains" | "maxContains" => Keyword::Unsupported(USE_CONTAINS),
        "$dynamicRef" | "$recursiveRef" => Keyword::Unsupported(USE_REFERENCE),
        "$dynamicAnchor" => Keyword::Unsupported("write '$anchor'"),
        "$recursiveAnchor" => Keyword::Unsupported("remove it, and refer to the document as '#'"),
        "$vocabulary" => Keyword::Unsupported("remove it; only a schema of schemas has it"),
        "nullable" => Keyword::Ineffective("to allow null, write"),
        "discriminator" => Keyword::Ineffective("a property with another 'const' in each alternative tells them apart"),
        "contentEncoding" | "contentMediaType" | "contentSchema" => Keyword::Ineffective(CONTENT),
        "example" => Keyword::Ineffective("write a list of them as 'examples'"),
        "optional" => Keyword::Ineffective("the names that 'required' does not list are optional"),
        _ if name.starts_with("x-") => Keyword::Extension,
        _ => Keyword::Unknown,
    }
}

impl<'a> Reader<'a> {
    /// Refuses keywords that are not supported, and warns of members that do nothing.
    pub(super) fn vocabulary(&mut self, members: &'a Map<String, Value>) {
        let has_later = self.dialect.has_later_keywords();
        for name in members.keys() {
            match keyword(name) {
                Keyword::Known | Keyword::Extension => {}
                Keyword::Later(_) if has_later => {}
                Keyword::Later(instead) => self.warn(|path| {
                    format!("'{name}' at '{path}' does nothing in draft-07; {instead}, or name 2020-12 in '$schema'")
                }),
                Keyword::Unsupported(instead) if has_later => {
                    self.error_at(name, format!("'{name}' is not supported; {instead}"));
                }
                Keyword::Unsupported(instead) => {
                    self.warn(|path| format!("'{name}' at '{path}' does nothing in draft-07; {instead}"));
                }
                Keyword::Ineffective(instead) => {
                    let example = if name == "nullable" { with_null(members) } else { String::new() };
                    self.warn(|path| format!("'{name}' at '{path}' does nothing; {instead}{example}"));
                }
                Keyword::Unknown => self.unknown_keyword(name),
            }
        }
    }

    /// Records an unknown keyword for [`warn_of_unknown_keywords`](Self::warn_of_unknown_keywords), once.
    fn unknown_keyword(&mut self, name: &'a str) {
        if self.unknown.len() < MAX_ERRORS && self.unknown.iter().all(|(known, _)| *known != name) {
            self.unknown.push((name, wording::bounded_path(self.path.as_str())));
        }
    }

    /// Warns of unknown keywords, except of those that hold the target of a reference.
    pub(super) fn warn_of_unknown_keywords(&mut self) {
        if self.unknown.is_empty() {
            return;
        }
        let tokens: HashSet<&str> = self.references.iter().flat_map(|(_, target)| target.split('/')).collect();
        for (name, path) in std::mem::take(&mut self.unknown) {
            if !tokens.contains(name) && self.warnings.len() < MAX_ERRORS {
                let name = wording::name(name);
                self.warnings.push(format!("'{name}' at '{path}' is not a keyword of JSON Schema, so it does nothing"));
            }
        }
    }

    /// Warns of a boolean `exclusiveMinimum` or `exclusiveMaximum`, as draft-04 and OpenAPI 3.0 have it. Returns whether it is one.
    pub(super) fn is_boolean_limit(&mut self, members: &'a Map<String, Value>, keyword: &str) -> bool {
        let inclusive = match keyword {
            "exclusiveMinimum" => "minimum",
            "exclusiveMaximum" => "maximum",
            _ => return false,
        };
        if !members.get(keyword).is_some_and(Value::is_boolean) {
            return false;
        }
        let limit = members.get(inclusive).and_then(Value::as_number).map_or("5".into(), ToString::to_string);
        self.warn(|path| {
            format!("'{keyword}' at '{path}' does nothing as a boolean; write \"{keyword}\": {limit} instead of '{inclusive}'")
        });
        true
    }

    /// Warns of `additionalItems` where the rest of the items has another keyword.
    pub(super) fn warn_of_additional_items(&mut self, members: &'a Map<String, Value>) {
        if members.contains_key("additionalItems") {
            self.warn(|path| format!("'additionalItems' at '{path}' does nothing in 2020-12; {USE_ITEMS}"));
        }
    }

    /// The names of `dependentRequired`, or the schemas of `dependentSchemas`, if the dialect has them.
    pub(super) fn later_object(
        &mut self,
        members: &'a Map<String, Value>,
        keyword: &str,
    ) -> Option<&'a Map<String, Value>> {
        self.dialect.has_later_keywords().then(|| self.object(members, keyword)).flatten()
    }

    /// Records the `$anchor` of a node.
    pub(super) fn anchor(&mut self, members: &'a Map<String, Value>, node: NodeId) {
        if !self.dialect.has_later_keywords() {
            return;
        }
        let Some(name) = self.string(members, "$anchor") else { return };
        let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        if !begins || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:".contains(&b)) {
            let message = "Expected a letter or '_', then letters, digits and any of '-', '_', '.', ':'";
            self.error_at("$anchor", message.into());
        } else if self.anchors.insert(name, node).is_some() {
            self.error_at("$anchor", format!("Another schema has the '$anchor' '{}' too", wording::name(name)));
        }
    }
}

/// How a schema allows null.
fn with_null(members: &Map<String, Value>) -> String {
    match members.get("type") {
        Some(Value::String(name)) => format!(" \"type\": [\"{}\", \"null\"]", wording::name(name)),
        _ => " \"anyOf\": [{…}, {\"type\": \"null\"}]".into(),
    }
}
