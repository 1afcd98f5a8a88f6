use ports::SchemaChecker;
use schema::{Schema, json::JsonText};
use serde_json::{Map, Value, json};

use super::{caller, document, of_x};

/// The number of random schemas.
const SCHEMAS: u64 = 1_500;
/// The number of random values for each schema.
const VALUES_PER_SCHEMA: u64 = 8;

/// The engine decides whether data is valid, and a separate walk finds the errors. Both must agree on any schema and value.
/// The schemas are small and random, and the same in each run.
pub async fn random_schemas_agree_with_the_explanation(checker: &dyn SchemaChecker) {
    let mut valid = 0;
    let mut tried = 0;
    for seed in 0..SCHEMAS {
        let mut random = Random(seed);
        let mut schema = of_x(&random.schema(3));
        if seed % 2 == 1 {
            schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        }
        let text = schema.to_string();
        let Ok(checked) = Schema::parse(JsonText::from_stored(text.clone())) else { continue };
        let plan = checked.schema.plan();
        for _ in 0..VALUES_PER_SCHEMA {
            let data = document(&json!({"x": random.value(3)}));
            let found = checker.check_data(&checked.schema, &data, "data", &caller()).await.expect("an answer");
            let explained = plan.explain(data.value(), "data");
            assert_eq!(found, explained, "seed {seed}: {text} with {}", data.text().as_str());
            valid += usize::from(found.is_empty());
            tried += 1;
        }
    }
    // Both results must be common, or else one is hardly tested.
    assert!(valid > tried / 5 && valid < tried * 4 / 5, "{valid} of {tried} are valid");
}

/// A pseudorandom generator with a fixed sequence (SplitMix64).
pub(super) struct Random(pub(super) u64);

const NAMES: [&str; 4] = ["a", "b", "ab", "`"];

impl Random {
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    pub(super) fn one_of<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    fn schema(&mut self, levels: usize) -> Value {
        match self.below(20) {
            0 => return json!(true),
            1 => return json!(false),
            2 => return json!({"$ref": self.one_of(&["#/properties/x", "#"])}),
            _ => {}
        }
        let mut members = Map::new();
        if self.below(20) == 0 {
            members.insert("$ref".to_owned(), json!(self.one_of(&["#/properties/x", "#"])));
        }
        for _ in 0..=self.below(3) {
            let (keyword, argument) = self.keyword(levels);
            members.insert(keyword.to_owned(), argument);
        }
        Value::Object(members)
    }

    fn keyword(&mut self, levels: usize) -> (&'static str, Value) {
        let kinds = if levels == 0 { 17 } else { 36 };
        match self.below(kinds) {
            0 => ("type", json!(self.one_of(&["object", "array", "string", "number", "integer", "boolean", "null"]))),
            1 => ("type", json!([self.one_of(&["object", "string"]), self.one_of(&["array", "number", "null"])])),
            2 => ("enum", json!([self.value(1), self.value(1)])),
            3 => ("const", self.value(1)),
            4 => ("minimum", self.number()),
            5 => ("maximum", self.number()),
            6 => ("exclusiveMinimum", self.number()),
            7 => ("exclusiveMaximum", self.number()),
            8 => ("multipleOf", self.one_of(&[json!(2), json!(0.5), json!(3), json!(0.1)])),
            9 => ("minLength", json!(self.below(3))),
            10 => ("maxLength", json!(self.below(3))),
            11 => ("pattern", json!(self.one_of(&["^a", "b$", "^[ab]+$", "a.", r"\d"]))),
            12 => (self.one_of(&["minItems", "minProperties"]), json!(self.below(3))),
            13 => (self.one_of(&["maxItems", "maxProperties"]), json!(self.below(3))),
            14 => ("uniqueItems", json!(true)),
            15 => ("required", json!([self.one_of(&NAMES)])),
            16 => ("format", json!(self.one_of(&["date", "ipv4", "json-pointer"]))),
            17 | 18 => ("items", self.schema(levels - 1)),
            19 => ("items", self.schemas(levels)),
            20 => ("additionalItems", self.schema(levels - 1)),
            21 => ("contains", self.schema(levels - 1)),
            22 | 23 => {
                ("properties", json!({self.one_of(&NAMES): self.schema(levels - 1), "a": self.schema(levels - 1)}))
            }
            24 => ("patternProperties", json!({self.one_of(&["a", "^b", "b$"]): self.schema(levels - 1)})),
            25 => ("additionalProperties", self.schema(levels - 1)),
            26 => ("propertyNames", self.schema(levels - 1)),
            27 => ("dependencies", json!({self.one_of(&NAMES): [self.one_of(&NAMES)], "b": self.schema(levels - 1)})),
            28 => ("allOf", self.schemas(levels)),
            29 => ("anyOf", self.schemas(levels)),
            30 => ("oneOf", self.schemas(levels)),
            31 => ("not", self.schema(levels - 1)),
            32 => ("prefixItems", self.schemas(levels)),
            33 => ("dependentRequired", json!({self.one_of(&NAMES): [self.one_of(&NAMES)]})),
            34 => ("dependentSchemas", json!({self.one_of(&NAMES): self.schema(levels - 1)})),
            _ => (self.one_of(&["if", "then", "else"]), self.schema(levels - 1)),
        }
    }

    fn schemas(&mut self, levels: usize) -> Value {
        (0..=self.below(3)).map(|_| self.schema(levels - 1)).collect()
    }

    fn value(&mut self, levels: usize) -> Value {
        match self.below(if levels == 0 { 8 } else { 14 }) {
            0 => Value::Null,
            1 => json!(self.below(2) == 0),
            2..5 => self.number(),
            5..8 => json!(self.one_of(&["", "a", "b", "ab", "abb", "é1", "2024-02-29", "1.2.3.4"])),
            8..11 => (0..self.below(4)).map(|_| self.value(levels - 1)).collect(),
            _ => {
                let members = (0..self.below(4)).map(|_| (self.one_of(&NAMES).to_owned(), self.value(levels - 1)));
                Value::Object(members.collect())
            }
        }
    }

    fn number(&mut self) -> Value {
        self.one_of(&[
            json!(0),
            json!(1),
            json!(2),
            json!(-1),
            json!(1.0),
            json!(0.5),
            json!(0.3),
            json!(6),
            json!(1e20),
        ])
    }
}
