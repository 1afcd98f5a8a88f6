//! Turns the keywords of draft-07 into rules.

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
            Some(target) => {
                if !rules.is_empty() {
                    self.warn(|path| format!("Keywords next to '$ref' at '{path}' are ignored"));
                }
                self.reference(node, target)
            }
        }
    }

    /// Keywords without rules: annotations, and `definitions` with its subschemas.
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
            self.error_at("$id", "'$id' is allowed at the root only".into());
        }
        if node != Plan::ROOT && members.contains_key("$schema") {
            self.error_at("$schema", "'$schema' is allowed at the root only".into());
        }
        if let Some(definitions) = self.object(members, "definitions") {
            for (name, definition) in definitions {
                self.subschema(definition, node, &[member("definitions"), member(name)]);
            }
        }
    }

    /// The root's type must be written as `"object"`. Anything else is one error, even where `types` would report several.
    fn root_type(&mut self, members: &'a Map<String, Value>) -> Option<Rule> {
        match members.get("type") {
            None => self.error(missing("type")),
            Some(Value::String(name)) if name == "object" => return self.types(members),
            Some(other) => {
                let received = match other {
                    Value::String(name) => format!("'{}'", wording::name(name)),
                    other => type_name(other).into(),
                };
                self.error_at("type", format!("Expected 'object', received {received}"));
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
                None => {
                    let name = wording::name(name);
                    self.warn(|path| format!("Format '{name}' at '{path}' is not checked"));
                }
            }
        }
    }

    fn arrays(&mut self, members: &'a Map<String, Value>, node: NodeId, rules: &mut Vec<Rule>) {
        let rest = self.subschema_argument(members, "additionalItems", node);
        match members.get("items") {
            None => {}
            Some(Value::Array(_)) => {
                let each = self.subschema_list(members, "items", node);
                rules.push(Rule::Items(Items::Tuple(each, rest)));
            }
            Some(_) => {
                rules.extend(self.subschema_argument(members, "items", node).map(|all| Rule::Items(Items::All(all))));
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
        if let Some(dependencies) = self.object(members, "dependencies") {
            let read = dependencies.iter().map(|(name, value)| {
                let steps = [member("dependencies"), member(name)];
                let dependency = match value {
                    Value::Array(_) => Dependency::Required(self.names(value, &steps)),
                    schema => Dependency::Schema(self.subschema(schema, node, &steps)),
                };
                (name.clone(), dependency)
            });
            let read = read.collect();
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
