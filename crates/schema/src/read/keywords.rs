//! Turns keywords into the rules of draft-07.

use serde_json::{Map, Value};

use super::{Reader, Step};
use crate::{
    field::{expected, missing, type_name},
    format::Format,
    plan::{NodeId, Plan},
    rule::{AllowedValues, Bound, Dependency, Items, LimitKind, Properties, Rule, SizeUnit, TYPE_NAMES, TypeSet},
    wording,
};

/// Keywords that restrict a value's type. The author is warned of a property without any of them.
const TYPING_KEYWORDS: [&str; 11] =
    ["type", "$ref", "enum", "const", "allOf", "anyOf", "oneOf", "not", "if", "then", "else"];

const SIZES: [(&str, SizeUnit, LimitKind); 6] = [
    ("minLength", SizeUnit::Characters, LimitKind::AtLeast),
    ("maxLength", SizeUnit::Characters, LimitKind::AtMost),
    ("minItems", SizeUnit::Items, LimitKind::AtLeast),
    ("maxItems", SizeUnit::Items, LimitKind::AtMost),
    ("minProperties", SizeUnit::Fields, LimitKind::AtLeast),
    ("maxProperties", SizeUnit::Fields, LimitKind::AtMost),
];

const BOUNDS: [(&str, Bound); 4] = [
    ("minimum", Bound::Minimum),
    ("exclusiveMinimum", Bound::ExclusiveMinimum),
    ("maximum", Bound::Maximum),
    ("exclusiveMaximum", Bound::ExclusiveMaximum),
];

pub(super) fn member(name: &str) -> Step {
    Step::Member(name.into())
}

impl<'a> Reader<'a> {
    /// The rules of one schema object, those first that are cheap to check.
    pub(super) fn keywords(&mut self, members: &'a Map<String, Value>, node: NodeId) -> Vec<Rule> {
        self.vocabulary(members, node);
        self.annotations(members, node);
        let mut rules = Vec::new();
        rules.extend(if node == Plan::ROOT { self.root_type(members) } else { self.types(members) });
        self.enumerations(members, &mut rules);
        self.numbers(members, &mut rules);
        self.strings(members, &mut rules);
        self.arrays(members, node, &mut rules);
        self.objects(members, node, &mut rules);
        self.combinators(members, node, &mut rules);
        match members.get("$ref") {
            None => rules,
            Some(target) if rules.is_empty() => self.reference(node, target),
            Some(target) if self.dialect.has_reference_siblings() => {
                let reference = self.add_node(node, &[]);
                self.nodes[reference] = self.reference(reference, target);
                match rules.iter_mut().find_map(|rule| if let Rule::AllOf(nodes) = rule { Some(nodes) } else { None }) {
                    Some(nodes) => nodes.push(reference),
                    None => rules.push(Rule::AllOf(vec![reference])),
                }
                rules
            }
            Some(target) => {
                // The type of the root is only repeated next to a reference, which must lead to it.
                if node != Plan::ROOT || !matches!(rules.as_slice(), [Rule::Type(_)]) {
                    self.warn(|path| {
                        format!("Keywords next to '$ref' at '{path}' are ignored; write the '$ref' into 'allOf'")
                    });
                }
                self.reference(node, target)
            }
        }
    }

    /// Keywords without rules: annotations and names, and `definitions` and `$defs` with their subschemas.
    fn annotations(&mut self, members: &'a Map<String, Value>, node: NodeId) {
        for keyword in ["title", "description", "$comment", "contentMediaType", "contentEncoding"] {
            self.string(members, keyword);
        }
        for keyword in ["readOnly", "writeOnly"] {
            self.boolean(members, keyword);
        }
        if let Some(examples) = members.get("examples").filter(|examples| !examples.is_array()) {
            self.error_at("examples", expected(&["array"], examples));
        }
        if self.string(members, "$id").is_some() && node != Plan::ROOT {
            let message = "'$id' is allowed at the root only; remove it, and refer to this schema by its path, such as '#/$defs/x'";
            self.error_at("$id", message.into());
        }
        self.anchor(members, node);
        if node != Plan::ROOT && members.contains_key("$schema") {
            self.error_at("$schema", "'$schema' is allowed at the root only".into());
        }
        let definitions = self.object(members, "definitions").map(|definitions| ("definitions", definitions));
        let later = self.later_object(members, "$defs").map(|definitions| ("$defs", definitions));
        for (keyword, definitions) in definitions.into_iter().chain(later) {
            for (name, definition) in definitions {
                self.subschema(definition, node, &[member(keyword), member(name)]);
            }
        }
    }

    /// The root's type must be written as `"object"`. Anything else is one error, even where `types` would report several.
    fn root_type(&mut self, members: &'a Map<String, Value>) -> Option<Rule> {
        match members.get("type") {
            // The schema that the reference leads to says it.
            None if members.contains_key("$ref") => {}
            None => {
                let combinator = ["oneOf", "anyOf", "allOf"].into_iter().find(|keyword| members.contains_key(*keyword));
                let remedy = combinator.map(|keyword| format!(": write \"type\": \"object\" next to '{keyword}'"));
                self.error(missing("type") + &remedy.unwrap_or_default());
            }
            Some(Value::String(name)) if name == "object" => return self.types(members),
            Some(other) => {
                let received = match other {
                    Value::String(name) => format!("'{}'", wording::name(name)),
                    other => type_name(other).into(),
                };
                let has_object = other.as_array().is_some_and(|names| names.iter().any(|name| name == "object"));
                let remedy = if has_object { "; write \"type\": \"object\"" } else { "" };
                self.error_at("type", format!("Expected 'object', received {received}{remedy}"));
            }
        }
        None
    }

    fn types(&mut self, members: &'a Map<String, Value>) -> Option<Rule> {
        let mut types = TypeSet::default();
        match members.get("type")? {
            Value::String(name) => self.add_type(&mut types, name, &[member("type")]),
            Value::Array(names) => {
                self.require_item("type", names);
                for (index, name) in names.iter().enumerate() {
                    let steps = [member("type"), Step::Index(index)];
                    match name {
                        Value::String(name) => self.add_type(&mut types, name, &steps),
                        other => self.at(&steps, |reader| reader.error(expected(&["string"], other))),
                    }
                }
                self.require_unique("type", names);
            }
            other => self.error_at("type", expected(&["string", "array"], other)),
        }
        Some(Rule::Type(types))
    }

    fn add_type(&mut self, types: &mut TypeSet, name: &str, steps: &[Step]) {
        if !types.add(name) {
            let known = TYPE_NAMES.join(", ");
            self.at(steps, |reader| {
                reader.error(format!("Expected one of {known}, received '{}'", wording::name(name)));
            });
        }
    }

    fn enumerations(&mut self, members: &'a Map<String, Value>, rules: &mut Vec<Rule>) {
        match members.get("enum") {
            None => {}
            Some(Value::Array(values)) => {
                // Draft-07: an `enum` SHOULD have a value, but need not.
                if values.is_empty() {
                    self.warn(|path| format!("No value is allowed at '{path}': its 'enum' is empty"));
                }
                rules.push(Rule::Enum(AllowedValues::new(values.clone())));
            }
            Some(other) => self.error_at("enum", expected(&["array"], other)),
        }
        let constant = members.get("const").map(|value| AllowedValues::new(vec![value.clone()]));
        rules.extend(constant.map(Rule::Enum));
    }

    fn numbers(&mut self, members: &'a Map<String, Value>, rules: &mut Vec<Rule>) {
        for (keyword, bound) in BOUNDS {
            if self.is_boolean_limit(members, keyword) {
                continue;
            }
            rules.extend(self.number(members, keyword).map(|limit| Rule::Bound(bound, limit.clone())));
        }
        if let Some(divisor) = self.number(members, "multipleOf") {
            if divisor.as_f64().is_some_and(|divisor| divisor > 0.0) {
                rules.push(Rule::MultipleOf(divisor.clone()));
            } else {
                self.error_at("multipleOf", format!("Expected more than 0{}", wording::received(divisor)));
            }
        }
    }

    fn strings(&mut self, members: &'a Map<String, Value>, rules: &mut Vec<Rule>) {
        for (keyword, unit, kind) in SIZES {
            rules.extend(self.size(members, keyword).map(|limit| Rule::Size(unit, kind, limit)));
        }
        if let Some(source) = self.string(members, "pattern") {
            rules.extend(self.pattern(source, &[member("pattern")]).map(Rule::Pattern));
        }
        if let Some(name) = self.string(members, "format") {
            match Format::from_name(name) {
                Some(format) => rules.push(Rule::Format(format)),
                None if members.contains_key("pattern") => {} // the pattern is checked instead
                None => {
                    let name = wording::name(name);
                    self.warn(|path| format!("Format '{name}' at '{path}' is not checked"));
                }
            }
        }
    }

    fn arrays(&mut self, members: &'a Map<String, Value>, node: NodeId, rules: &mut Vec<Rule>) {
        let rest = self.subschema_argument(members, "additionalItems", node);
        let has_list = members.get("items").is_some_and(Value::is_array);
        if self.dialect.has_later_keywords() && members.contains_key("prefixItems") {
            // An empty list is no list: generators write it for an empty tuple.
            let is_empty = members["prefixItems"].as_array().is_some_and(Vec::is_empty);
            let each = if is_empty { Vec::new() } else { self.subschema_list(members, "prefixItems", node) };
            let rest = if has_list {
                let message = "Expected the schema of the items after those of 'prefixItems', received array";
                self.error_at("items", message.into());
                None
            } else {
                self.subschema_argument(members, "items", node)
            };
            rules.extend(
                if each.is_empty() { rest.map(Items::All) } else { Some(Items::Tuple(each, rest)) }.map(Rule::Items),
            );
            self.warn_of_additional_items(members);
        } else if has_list && !self.dialect.has_item_lists() {
            let message = "Expected object or boolean, received array; in 2020-12 the list is called 'prefixItems'";
            self.error_at("items", message.into());
        } else if has_list {
            let each = self.subschema_list(members, "items", node);
            rules.push(Rule::Items(Items::Tuple(each, rest)));
        } else {
            rules.extend(self.subschema_argument(members, "items", node).map(|all| Rule::Items(Items::All(all))));
            if !self.dialect.has_item_lists() {
                self.warn_of_additional_items(members);
            }
        }
        rules.extend(self.subschema_argument(members, "contains", node).map(Rule::Contains));
        if self.boolean(members, "uniqueItems") == Some(true) {
            rules.push(Rule::UniqueItems);
        }
    }

    fn objects(&mut self, members: &'a Map<String, Value>, node: NodeId, rules: &mut Vec<Rule>) {
        if let Some(names) = members.get("required") {
            let names = self.names(names, &[member("required")]);
            rules.push(Rule::Required(names));
        }
        let mut properties = Properties {
            additional: self.subschema_argument(members, "additionalProperties", node),
            ..Properties::default()
        };
        if let Some(named) = self.object(members, "properties") {
            for (name, property) in named {
                let steps = [member("properties"), member(name)];
                properties.named.insert(name.clone(), self.subschema(property, node, &steps));
                self.warn_untyped(property, &steps);
            }
        }
        if let Some(patterns) = self.object(members, "patternProperties") {
            for (source, property) in patterns {
                let steps = [member("patternProperties"), member(source)];
                let property = self.subschema(property, node, &steps);
                properties.patterns.extend(self.pattern(source, &steps).map(|pattern| (pattern, property)));
            }
        }
        if properties.additional.is_some() || !properties.named.is_empty() || !properties.patterns.is_empty() {
            rules.push(Rule::Properties(properties));
        }
        rules.extend(self.subschema_argument(members, "propertyNames", node).map(Rule::PropertyNames));
        self.dependencies(members, node, rules);
    }

    /// `dependencies`, which later drafts split into `dependentRequired` and `dependentSchemas`.
    fn dependencies(&mut self, members: &'a Map<String, Value>, node: NodeId, rules: &mut Vec<Rule>) {
        let mut read = Vec::new();
        for (name, value) in self.object(members, "dependencies").into_iter().flatten() {
            let steps = [member("dependencies"), member(name)];
            let dependency = match value {
                Value::Array(_) => Dependency::Required(self.names(value, &steps)),
                schema => Dependency::Schema(self.subschema(schema, node, &steps)),
            };
            read.push((name.clone(), dependency));
        }
        for (name, names) in self.later_object(members, "dependentRequired").into_iter().flatten() {
            let names = self.names(names, &[member("dependentRequired"), member(name)]);
            read.push((name.clone(), Dependency::Required(names)));
        }
        for (name, schema) in self.later_object(members, "dependentSchemas").into_iter().flatten() {
            let schema = self.subschema(schema, node, &[member("dependentSchemas"), member(name)]);
            read.push((name.clone(), Dependency::Schema(schema)));
        }
        if ["dependencies", "dependentRequired", "dependentSchemas"]
            .iter()
            .any(|keyword| members.contains_key(*keyword))
        {
            rules.push(Rule::Dependencies(read));
        }
    }

    fn combinators(&mut self, members: &'a Map<String, Value>, node: NodeId, rules: &mut Vec<Rule>) {
        for (keyword, rule) in
            [("allOf", Rule::AllOf as fn(Vec<NodeId>) -> Rule), ("anyOf", Rule::AnyOf), ("oneOf", Rule::OneOf)]
        {
            if members.contains_key(keyword) {
                rules.push(rule(self.subschema_list(members, keyword, node)));
            }
        }
        rules.extend(self.subschema_argument(members, "not", node).map(Rule::Not));
        let then = self.subschema_argument(members, "then", node);
        let otherwise = self.subschema_argument(members, "else", node);
        let condition = self.subschema_argument(members, "if", node);
        rules.extend(condition.map(|condition| Rule::If { condition, then, otherwise }));
    }

    fn warn_untyped(&mut self, property: &Value, steps: &[Step]) {
        let is_untyped =
            |members: &Map<String, Value>| !TYPING_KEYWORDS.iter().any(|keyword| members.contains_key(*keyword));
        if property.as_object().is_some_and(is_untyped) {
            self.at(steps, |reader| reader.warn(|path| format!("Property '{path}' has no type")));
        }
    }
}
