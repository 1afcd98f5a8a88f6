//! What each keyword of draft-07 may hold, and the rule that it stands for.

use serde_json::{Map, Number, Value};

use super::{Reader, Step};
use crate::{
    field::{expected, type_name},
    format::Format,
    limits::{SCHEMA_PATTERN_BYTES, SCHEMA_PATTERNS},
    number::first_repetition,
    pattern::Pattern,
    plan::{Bound, Choices, Dependency, Extreme, Items, Measured, Members, NodeId, Plan, Rule, TYPE_NAMES, Types},
    wording,
};

/// A keyword with any of these says what a value may be; a property without one is worth a warning.
const DESCRIBING: [&str; 11] =
    ["type", "$ref", "enum", "const", "allOf", "anyOf", "oneOf", "not", "if", "then", "else"];

const SIZES: [(&str, Measured, Extreme); 6] = [
    ("minLength", Measured::Characters, Extreme::AtLeast),
    ("maxLength", Measured::Characters, Extreme::AtMost),
    ("minItems", Measured::Items, Extreme::AtLeast),
    ("maxItems", Measured::Items, Extreme::AtMost),
    ("minProperties", Measured::Fields, Extreme::AtLeast),
    ("maxProperties", Measured::Fields, Extreme::AtMost),
];

const BOUNDS: [(&str, Bound); 4] = [
    ("minimum", Bound::Minimum),
    ("exclusiveMinimum", Bound::ExclusiveMinimum),
    ("maximum", Bound::Maximum),
    ("exclusiveMaximum", Bound::ExclusiveMaximum),
];

fn member(name: &str) -> Step {
    Step::Member(name.into())
}

impl<'a> Reader<'a> {
    /// The rules of one schema object, cheap ones first.
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
                    self.warn(|path| format!("Keywords beside '$ref' at '{path}' are ignored"));
                }
                self.reference(node, target)
            }
        }
    }

    /// Keywords that check nothing, and the subschemas under `definitions`.
    fn annotations(&mut self, members: &'a Map<String, Value>, node: NodeId) {
        for keyword in ["title", "description", "$comment", "contentMediaType", "contentEncoding"] {
            self.string(members, keyword);
        }
        for keyword in ["readOnly", "writeOnly"] {
            self.boolean(members, keyword);
        }
        if let Some(examples) = members.get("examples").filter(|examples| !examples.is_array()) {
            self.refuse_at("examples", expected(&["array"], examples));
        }
        if self.string(members, "$id").is_some() && node != Plan::ROOT {
            self.refuse_at("$id", "'$id' is allowed at the root only".into());
        }
        if node != Plan::ROOT && members.contains_key("$schema") {
            self.refuse_at("$schema", "'$schema' is allowed at the root only".into());
        }
        if let Some(definitions) = self.object(members, "definitions") {
            for (name, definition) in definitions {
                self.below(definition, node, &[member("definitions"), member(name)]);
            }
        }
    }

    /// The root's type is `object`, said so in one way: one error tells that, whatever else is wrong with the keyword.
    fn root_type(&mut self, members: &'a Map<String, Value>) -> Option<Rule> {
        match members.get("type") {
            None => self.refuse("Required field 'type' is missing".into()),
            Some(Value::String(name)) if name == "object" => return self.types(members),
            Some(other) => {
                let received = match other {
                    Value::String(name) => format!("'{}'", wording::name(name)),
                    other => type_name(other).into(),
                };
                self.refuse_at("type", format!("Expected 'object', received {received}"));
            }
        }
        None
    }

    fn types(&mut self, members: &'a Map<String, Value>) -> Option<Rule> {
        let mut types = Types::default();
        match members.get("type")? {
            Value::String(name) => self.add_type(&mut types, name, &[member("type")]),
            Value::Array(names) => {
                self.at_least_one("type", names);
                for (index, name) in names.iter().enumerate() {
                    let steps = [member("type"), Step::Index(index)];
                    match name {
                        Value::String(name) => self.add_type(&mut types, name, &steps),
                        other => self.refuse_below(&steps, expected(&["string"], other)),
                    }
                }
                self.unique("type", names);
            }
            other => self.refuse_at("type", expected(&["string", "array"], other)),
        }
        Some(Rule::Type(types))
    }

    fn add_type(&mut self, types: &mut Types, name: &str, steps: &[Step]) {
        if !types.add(name) {
            let known = TYPE_NAMES.join(", ");
            self.refuse_below(steps, format!("Expected one of {known}, received '{}'", wording::name(name)));
        }
    }

    fn enumerations(&mut self, members: &'a Map<String, Value>, rules: &mut Vec<Rule>) {
        match members.get("enum") {
            None => {}
            Some(Value::Array(values)) => {
                // Draft-07 says that there should be one, not that there must.
                if values.is_empty() {
                    self.warn(|path| format!("No value is allowed at '{path}': its 'enum' is empty"));
                }
                rules.push(Rule::OneOfValues(Choices::new(values.clone())));
            }
            Some(other) => self.refuse_at("enum", expected(&["array"], other)),
        }
        let constant = members.get("const").map(|value| Choices::new(vec![value.clone()]));
        rules.extend(constant.map(Rule::OneOfValues));
    }

    fn numbers(&mut self, members: &'a Map<String, Value>, rules: &mut Vec<Rule>) {
        for (keyword, bound) in BOUNDS {
            rules.extend(self.number(members, keyword).map(|limit| Rule::Bound(bound, limit.clone())));
        }
        if let Some(divisor) = self.number(members, "multipleOf") {
            if divisor.as_f64().is_some_and(|divisor| divisor > 0.0) {
                rules.push(Rule::MultipleOf(divisor.clone()));
            } else {
                self.refuse_at("multipleOf", format!("Expected more than 0{}", wording::received(divisor)));
            }
        }
    }

    fn strings(&mut self, members: &'a Map<String, Value>, rules: &mut Vec<Rule>) {
        for (keyword, measured, extreme) in SIZES {
            rules.extend(self.size(members, keyword).map(|limit| Rule::Size(measured, extreme, limit)));
        }
        if let Some(source) = self.string(members, "pattern") {
            rules.extend(self.pattern(source, &[member("pattern")]).map(Rule::Pattern));
        }
        if let Some(name) = self.string(members, "format") {
            match Format::named(name) {
                Some(format) => rules.push(Rule::Format(format)),
                None => {
                    let name = wording::name(name);
                    self.warn(|path| format!("Format '{name}' at '{path}' is not checked"));
                }
            }
        }
    }

    fn arrays(&mut self, members: &'a Map<String, Value>, node: NodeId, rules: &mut Vec<Rule>) {
        let rest = self.subschema(members, "additionalItems", node);
        match members.get("items") {
            None => {}
            Some(Value::Array(_)) => {
                let each = self.subschemas(members, "items", node);
                rules.push(Rule::Items(Items::Each(each, rest)));
            }
            Some(_) => rules.extend(self.subschema(members, "items", node).map(|all| Rule::Items(Items::All(all)))),
        }
        rules.extend(self.subschema(members, "contains", node).map(Rule::Contains));
        if self.boolean(members, "uniqueItems") == Some(true) {
            rules.push(Rule::UniqueItems);
        }
    }

    fn objects(&mut self, members: &'a Map<String, Value>, node: NodeId, rules: &mut Vec<Rule>) {
        if let Some(names) = members.get("required") {
            let names = self.names(names, &[member("required")]);
            rules.push(Rule::Required(names));
        }
        let mut fields =
            Members { additional: self.subschema(members, "additionalProperties", node), ..Members::default() };
        if let Some(properties) = self.object(members, "properties") {
            for (name, property) in properties {
                let steps = [member("properties"), member(name)];
                fields.named.insert(name.clone(), self.below(property, node, &steps));
                self.warn_untyped(property, &steps);
            }
        }
        if let Some(patterns) = self.object(members, "patternProperties") {
            for (source, property) in patterns {
                let steps = [member("patternProperties"), member(source)];
                let property = self.below(property, node, &steps);
                fields.patterns.extend(self.pattern(source, &steps).map(|pattern| (pattern, property)));
            }
        }
        if fields.additional.is_some() || !fields.named.is_empty() || !fields.patterns.is_empty() {
            rules.push(Rule::Members(fields));
        }
        rules.extend(self.subschema(members, "propertyNames", node).map(Rule::PropertyNames));
        if let Some(dependencies) = self.object(members, "dependencies") {
            let read = dependencies.iter().map(|(name, value)| {
                let steps = [member("dependencies"), member(name)];
                let dependency = match value {
                    Value::Array(_) => Dependency::Names(self.names(value, &steps)),
                    schema => Dependency::Schema(self.below(schema, node, &steps)),
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
                rules.push(rule(self.subschemas(members, keyword, node)));
            }
        }
        rules.extend(self.subschema(members, "not", node).map(Rule::Not));
        let then = self.subschema(members, "then", node);
        let otherwise = self.subschema(members, "else", node);
        let condition = self.subschema(members, "if", node);
        rules.extend(condition.map(|condition| Rule::If { condition, then, otherwise }));
    }

    fn warn_untyped(&mut self, property: &Value, steps: &[Step]) {
        let untyped = |members: &Map<String, Value>| !DESCRIBING.iter().any(|keyword| members.contains_key(*keyword));
        if property.as_object().is_some_and(untyped) {
            let up = self.path.len();
            self.push(steps);
            self.warn(|path| format!("Property '{path}' has no type"));
            self.path.truncate(up);
        }
    }

    // What a keyword may hold.

    fn subschema(&mut self, members: &'a Map<String, Value>, keyword: &str, node: NodeId) -> Option<NodeId> {
        members.get(keyword).map(|schema| self.below(schema, node, &[member(keyword)]))
    }

    fn subschemas(&mut self, members: &'a Map<String, Value>, keyword: &str, node: NodeId) -> Vec<NodeId> {
        match members.get(keyword) {
            Some(Value::Array(schemas)) => {
                self.at_least_one(keyword, schemas);
                let schemas = schemas.iter().enumerate();
                schemas
                    .map(|(index, schema)| self.below(schema, node, &[member(keyword), Step::Index(index)]))
                    .collect()
            }
            Some(other) => {
                self.refuse_at(keyword, expected(&["array"], other));
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    fn object(&mut self, members: &'a Map<String, Value>, keyword: &str) -> Option<&'a Map<String, Value>> {
        let value = members.get(keyword)?;
        if !value.is_object() {
            self.refuse_at(keyword, expected(&["object"], value));
        }
        value.as_object()
    }

    fn string(&mut self, members: &'a Map<String, Value>, keyword: &str) -> Option<&'a str> {
        let value = members.get(keyword)?;
        if !value.is_string() {
            self.refuse_at(keyword, expected(&["string"], value));
        }
        value.as_str()
    }

    fn boolean(&mut self, members: &'a Map<String, Value>, keyword: &str) -> Option<bool> {
        let value = members.get(keyword)?;
        if !value.is_boolean() {
            self.refuse_at(keyword, expected(&["boolean"], value));
        }
        value.as_bool()
    }

    fn number(&mut self, members: &'a Map<String, Value>, keyword: &str) -> Option<&'a Number> {
        let value = members.get(keyword)?;
        if !value.is_number() {
            self.refuse_at(keyword, expected(&["number"], value));
        }
        value.as_number()
    }

    /// A whole number from 0; `2.0` is one, and what exceeds 64 bits might as well be their largest.
    fn size(&mut self, members: &'a Map<String, Value>, keyword: &str) -> Option<u64> {
        let number = self.number(members, keyword)?;
        let double = number.as_f64().unwrap_or(-1.0);
        if double < 0.0 {
            self.refuse_at(keyword, format!("Expected at least 0{}", wording::received(number)));
            None
        } else if double.fract() != 0.0 {
            self.refuse_at(keyword, format!("Expected integer{}", wording::received(number)));
            None
        } else {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "whole, not negative; saturates"
            )]
            Some(number.as_u64().unwrap_or(double as u64))
        }
    }

    /// An array of different strings.
    fn names(&mut self, value: &'a Value, steps: &[Step]) -> Vec<String> {
        let up = self.path.len();
        self.push(steps);
        let mut names = Vec::new();
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    match item {
                        Value::String(name) => names.push(name.clone()),
                        other => self.refuse_below(&[Step::Index(index)], expected(&["string"], other)),
                    }
                }
                if let Some((first, second)) = first_repetition(items) {
                    self.refuse(wording::repeated(first, second));
                }
            }
            other => self.refuse(expected(&["array"], other)),
        }
        self.path.truncate(up);
        names
    }

    fn at_least_one(&mut self, keyword: &str, values: &[Value]) {
        if values.is_empty() {
            self.refuse_at(keyword, wording::size(Measured::Items, Extreme::AtLeast, 1));
        }
    }

    fn unique(&mut self, keyword: &str, values: &[Value]) {
        if let Some((first, second)) = first_repetition(values) {
            self.refuse_at(keyword, wording::repeated(first, second));
        }
    }

    fn pattern(&mut self, source: &str, steps: &[Step]) -> Option<Pattern> {
        self.patterns += 1;
        let checked = Pattern::read(source).and_then(|pattern| {
            // Past a limit there is no need to compile what is left: the schema is refused anyway.
            if self.patterns <= SCHEMA_PATTERNS && self.pattern_bytes <= SCHEMA_PATTERN_BYTES {
                self.pattern_bytes += pattern.compiled_bytes().inspect_err(|_| self.pattern_bytes = usize::MAX)?;
            }
            Ok(pattern)
        });
        checked.map_err(|message| self.refuse_below(steps, message)).ok()
    }

    fn push(&mut self, steps: &[Step]) {
        steps.iter().for_each(|step| step.push_to(&mut self.path));
    }

    fn refuse_below(&mut self, steps: &[Step], message: String) {
        let up = self.path.len();
        self.push(steps);
        self.refuse(message);
        self.path.truncate(up);
    }
}
