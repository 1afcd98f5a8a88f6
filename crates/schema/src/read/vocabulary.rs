//! Which members of a schema are keywords, and what to write instead of those that do nothing here.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{Dialect, Reader, reference};
use crate::{
    limits::MAX_ERRORS,
    plan::{NodeId, Plan},
    wording,
};

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

const ANY_OF_NULL: &str = "\"anyOf\": [{…}, {\"type\": \"null\"}]";

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
    pub(super) fn vocabulary(&mut self, members: &'a Map<String, Value>, node: NodeId) {
        let has_later = self.dialect.has_later_keywords();
        for name in members.keys() {
            match keyword(name) {
                Keyword::Known | Keyword::Extension => {}
                Keyword::Later(_) if has_later => {}
                _ if self.needs_no_advice(name, members) => {}
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
                    let instead = match name.as_str() {
                        "nullable" if node == Plan::ROOT => "data is always an object; remove it".into(),
                        "nullable" => format!("{instead} {}", with_null(members)),
                        _ => instead.into(),
                    };
                    self.warn(|path| format!("'{name}' at '{path}' does nothing; {instead}"));
                }
                Keyword::Unknown => self.unknown_keyword(name),
            }
        }
    }

    /// Whether the member changes nothing, or what it would say is said by other members.
    fn needs_no_advice(&self, name: &str, members: &Map<String, Value>) -> bool {
        let value = &members[name];
        match name {
            "minContains" => value.as_f64() == Some(1.0),
            "unevaluatedProperties" | "unevaluatedItems" => *value == true,
            "nullable" => *value == false || allows_null(members),
            "contentEncoding" | "contentMediaType" => members.contains_key("pattern"),
            "discriminator" => self.is_told_apart(members, value),
            _ => false,
        }
    }

    /// Whether each alternative limits the values of the property that `discriminator` names.
    fn is_told_apart(&self, members: &Map<String, Value>, discriminator: &Value) -> bool {
        let Some(name) = discriminator["propertyName"].as_str() else { return false };
        let alternatives = members.get("oneOf").or_else(|| members.get("anyOf")).and_then(Value::as_array);
        alternatives.is_some_and(|alternatives| {
            alternatives.iter().all(|alternative| {
                let target = alternative["$ref"].as_str().and_then(|target| target.strip_prefix('#'));
                let target = target.and_then(|pointer| reference::resolve(self.document, pointer));
                let property = &target.map_or(alternative, |(target, _)| target)["properties"][name];
                property.get("const").is_some() || property.get("enum").is_some()
            })
        })
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
        let limit = members.get(inclusive).and_then(Value::as_number).filter(|_| members[keyword] == true);
        let instead =
            limit.map_or("remove it".into(), |limit| format!("write \"{keyword}\": {limit} instead of '{inclusive}'"));
        self.warn(|path| format!("'{keyword}' at '{path}' does nothing as a boolean; {instead}"));
        true
    }

    /// Warns of `additionalItems` where the rest of the items has another keyword.
    pub(super) fn warn_of_additional_items(&mut self, members: &'a Map<String, Value>) {
        if members.contains_key("additionalItems") {
            let place = if self.dialect == Dialect::Draft2020 { "in 2020-12" } else { "next to 'prefixItems'" };
            self.warn(|path| format!("'additionalItems' at '{path}' does nothing {place}; {USE_ITEMS}"));
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

fn allows_null(members: &Map<String, Value>) -> bool {
    let is_listed = |keyword: &str| members.get(keyword).and_then(Value::as_array).map(|values| has_null(values));
    let has_null_type =
        members.get("type").and_then(Value::as_array).map(|names| names.iter().any(|name| name == "null"));
    match (has_null_type, is_listed("enum")) {
        (None, None) => false,
        (types, values) => {
            types.unwrap_or(!members.contains_key("type")) && values.unwrap_or(!members.contains_key("const"))
        }
    }
}

/// How a schema allows null.
fn with_null(members: &Map<String, Value>) -> String {
    let values = members.get("enum").and_then(Value::as_array);
    match members.get("type") {
        _ if members.contains_key("const") => ANY_OF_NULL.into(),
        Some(Value::String(name)) => {
            let and = if values.is_some_and(|values| !has_null(values)) { ", and null in 'enum'" } else { "" };
            format!("\"type\": [\"{}\", \"null\"]{and}", wording::name(name))
        }
        None if values.is_some() => "null in 'enum'".into(),
        Some(Value::Array(names)) if values.is_some() && names.iter().any(|name| name == "null") => {
            "null in 'enum'".into()
        }
        _ => ANY_OF_NULL.into(),
    }
}

fn has_null(values: &[Value]) -> bool {
    values.iter().any(Value::is_null)
}
