//! Writes a plan as the schema that engines compile.

use serde_json::{Map, Value, json};

use super::{
    plan::{NodeId, Plan},
    rule::{Bound, Dependency, Items, LimitKind, Rule, SizeUnit},
};

impl Plan {
    /// The schema without anything that engines read differently. It has only keywords that check something, no `$id`, only
    /// `$ref`s to `#` or `#/definitions/<number>` and without siblings, patterns in the syntax of the `regex` crate, and only
    /// formats that are checked.
    pub fn to_normalized_schema(&self) -> Value {
        let mut targets: Vec<NodeId> = self.rules().filter_map(referenced).collect();
        targets.sort_unstable();
        targets.dedup();
        let writer = Writer { plan: self, targets: &targets };
        let mut root = writer.define(Self::ROOT);
        let definitions: Map<String, Value> = targets
            .iter()
            .filter(|target| **target != Self::ROOT)
            .map(|target| (target.to_string(), writer.define(*target)))
            .collect();
        if let Value::Object(members) = &mut root
            && !definitions.is_empty()
        {
            members.insert("definitions".into(), Value::Object(definitions));
        }
        root
    }
}

fn referenced(rule: &Rule) -> Option<NodeId> {
    if let Rule::Ref(target) = rule { Some(*target) } else { None }
}

struct Writer<'a> {
    plan: &'a Plan,
    /// The nodes that references lead to, sorted.
    targets: &'a [NodeId],
}

impl Writer<'_> {
    /// A subschema where it is used: itself, or a reference to it if it is a target of references.
    fn write(&self, node: NodeId) -> Value {
        if node == Plan::ROOT {
            json!({"$ref": "#"})
        } else if self.targets.binary_search(&node).is_ok() {
            json!({"$ref": format!("#/definitions/{node}")})
        } else {
            self.define(node)
        }
    }

    fn write_all(&self, nodes: &[NodeId]) -> Value {
        nodes.iter().map(|node| self.write(*node)).collect()
    }

    /// Recurses no deeper than the document: references are not followed.
    fn define(&self, node: NodeId) -> Value {
        let rules = &self.plan.nodes[node];
        if self.plan.is_false(node) {
            return Value::Bool(false);
        }
        if let [Rule::Ref(target)] = rules.as_slice() {
            return self.write(*target);
        }
        let mut members = Map::new();
        rules.iter().for_each(|rule| self.rule(rule, &mut members));
        Value::Object(members)
    }

    fn rule(&self, rule: &Rule, members: &mut Map<String, Value>) {
        let mut put = |keyword: &str, value: Value| drop(members.insert(keyword.into(), value));
        match rule {
            Rule::RejectAll | Rule::Ref(_) => {}
            Rule::Type(types) => match types.names().as_slice() {
                [name] => put("type", json!(name)),
                names => put("type", json!(names)),
            },
            Rule::Enum(allowed) => match allowed.as_slice() {
                // A schema may have both keywords.
                [value] if !members.contains_key("const") => drop(members.insert("const".into(), value.clone())),
                values => drop(members.insert("enum".into(), json!(values))),
            },
            Rule::Bound(bound, limit) => put(bound_keyword(*bound), json!(limit)),
            Rule::MultipleOf(divisor) => put("multipleOf", json!(divisor)),
            Rule::Size(unit, kind, limit) => put(size_keyword(*unit, *kind), json!(limit)),
            Rule::Pattern(pattern) => put("pattern", json!(pattern.translated())),
            Rule::Format(format) => put("format", json!(format.name())),
            Rule::Items(Items::All(node)) => put("items", self.write(*node)),
            Rule::Items(Items::Tuple(nodes, rest)) => {
                put("items", self.write_all(nodes));
                rest.iter().for_each(|rest| put("additionalItems", self.write(*rest)));
            }
            Rule::Contains(node) => put("contains", self.write(*node)),
            Rule::UniqueItems => put("uniqueItems", json!(true)),
            Rule::Required(names) => put("required", json!(names)),
            Rule::Properties(properties) => {
                let named = properties.named.iter().map(|(name, node)| (name.clone(), self.write(*node)));
                if !properties.named.is_empty() {
                    put("properties", Value::Object(named.collect()));
                }
                let patterns = properties.patterns.iter();
                let patterns = patterns.map(|(pattern, node)| (pattern.translated().to_owned(), *node));
                if !properties.patterns.is_empty() {
                    put("patternProperties", self.pattern_properties(patterns));
                }
                properties.additional.iter().for_each(|node| put("additionalProperties", self.write(*node)));
            }
            Rule::PropertyNames(node) => put("propertyNames", self.write(*node)),
            Rule::Dependencies(dependencies) => {
                let mut written = Map::new();
                for (name, dependency) in dependencies {
                    let value = match dependency {
                        Dependency::Required(names) => json!(names),
                        Dependency::Schema(node) => self.write(*node),
                    };
                    // Two keywords may have an entry for one name. Then both apply.
                    match written.remove(name) {
                        None => written.insert(name.clone(), value),
                        Some(other) => {
                            written.insert(name.clone(), json!({"allOf": [as_schema(other), as_schema(value)]}))
                        }
                    };
                }
                put("dependencies", Value::Object(written));
            }
            Rule::AllOf(nodes) => put("allOf", self.write_all(nodes)),
            Rule::AnyOf(nodes) => put("anyOf", self.write_all(nodes)),
            Rule::OneOf(nodes) => put("oneOf", self.write_all(nodes)),
            Rule::Not(node) => put("not", self.write(*node)),
            Rule::If { condition, then, otherwise } => {
                put("if", self.write(*condition));
                then.iter().for_each(|node| put("then", self.write(*node)));
                otherwise.iter().for_each(|node| put("else", self.write(*node)));
            }
        }
    }

    /// Two patterns may have the same translation. Then both schemas apply.
    fn pattern_properties(&self, patterns: impl Iterator<Item = (String, NodeId)>) -> Value {
        let mut written: Map<String, Value> = Map::new();
        for (pattern, node) in patterns {
            let schema = self.write(node);
            match written.remove(&pattern) {
                None => written.insert(pattern, schema),
                Some(other) => written.insert(pattern, json!({"allOf": [other, schema]})),
            };
        }
        Value::Object(written)
    }
}

/// The names of a dependency as a schema that requires them.
fn as_schema(dependency: Value) -> Value {
    if dependency.is_array() { json!({"required": dependency}) } else { dependency }
}

fn bound_keyword(bound: Bound) -> &'static str {
    match bound {
        Bound::Minimum => "minimum",
        Bound::ExclusiveMinimum => "exclusiveMinimum",
        Bound::Maximum => "maximum",
        Bound::ExclusiveMaximum => "exclusiveMaximum",
    }
}

fn size_keyword(unit: SizeUnit, kind: LimitKind) -> &'static str {
    match (unit, kind) {
        (SizeUnit::Characters, LimitKind::AtLeast) => "minLength",
        (SizeUnit::Characters, LimitKind::AtMost) => "maxLength",
        (SizeUnit::Items, LimitKind::AtLeast) => "minItems",
        (SizeUnit::Items, LimitKind::AtMost) => "maxItems",
        (SizeUnit::Fields, LimitKind::AtLeast) => "minProperties",
        (SizeUnit::Fields, LimitKind::AtMost) => "maxProperties",
    }
}
