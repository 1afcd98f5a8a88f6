//! The keywords that the crate checks with: its own with bounded results, and replacements for the others.

mod bounded;
mod fields;
mod values;

use std::{cmp::Ordering, collections::HashMap, sync::Arc};

use schema::CompiledPattern;
use valico::json_schema::{
    SchemaError, SchemaVersion, Scope, ValidationState, errors,
    keywords::{self, Keyword},
};

use self::{
    bounded::Bounded,
    fields::Fields,
    values::{AllowedValues, Bound, Format, MultipleOf, Pattern, UniqueItems},
};
use crate::rewrite;

/// The plan's compiled patterns, by their text.
type CompiledPatterns = Arc<HashMap<String, CompiledPattern>>;

/// A scope with exactly the keywords of draft-07, for a schema with these patterns.
pub(crate) fn scope(patterns: HashMap<String, CompiledPattern>) -> Scope {
    let patterns: CompiledPatterns = Arc::new(patterns);
    let mut scope = Scope::without_formats(SchemaVersion::Draft7);
    add_bounded(&mut scope, &["$ref"], keywords::ref_::Ref);
    add_bounded(&mut scope, &["allOf"], keywords::of::AllOf);
    add_bounded(&mut scope, &["anyOf"], keywords::of::AnyOf);
    add_bounded(&mut scope, &["oneOf"], keywords::of::OneOf);
    add_bounded(&mut scope, &["not"], keywords::not::Not);
    add_bounded(&mut scope, &["if", "then", "else"], keywords::conditional::Conditional);
    add_bounded(&mut scope, &["contains"], keywords::contains::Contains);
    add_bounded(&mut scope, &["items", "additionalItems"], keywords::items::Items);
    add_bounded(&mut scope, &["propertyNames"], keywords::property_names::PropertyNames);
    add_bounded(&mut scope, &["type"], keywords::type_::Type);
    add_bounded(&mut scope, &["required"], keywords::required::Required);
    scope.add_keyword(vec![rewrite::FIELDS], Fields(Arc::clone(&patterns)));
    scope.add_keyword(vec![rewrite::CHOICES], AllowedValues(rewrite::CHOICES));
    scope.add_keyword(vec![rewrite::CONSTANT], AllowedValues(rewrite::CONSTANT));
    scope.add_keyword(vec!["pattern"], Pattern(patterns));
    scope.add_keyword(vec!["format"], Format);
    scope.add_keyword(vec!["multipleOf"], MultipleOf);
    scope.add_keyword(vec!["uniqueItems"], UniqueItems);
    let bounds = [
        Bound { keyword: "minimum", fits: Ordering::is_ge },
        Bound { keyword: "exclusiveMinimum", fits: Ordering::is_gt },
        Bound { keyword: "maximum", fits: Ordering::is_le },
        Bound { keyword: "exclusiveMaximum", fits: Ordering::is_lt },
    ];
    for bound in bounds {
        scope.add_keyword(vec![bound.keyword], bound);
    }
    scope
}

fn add_bounded(scope: &mut Scope, keys: &[&'static str], keyword: impl Keyword) {
    scope.add_keyword(keys.to_vec(), Bounded(keyword));
}

/// The state for an invalid value. Only whether there is an error matters, not which.
fn invalid() -> ValidationState {
    let error = errors::WrongType { path: String::new(), detail: String::new() };
    ValidationState { errors: vec![Box::new(error)], ..ValidationState::default() }
}

fn validation_state(is_valid: bool) -> ValidationState {
    if is_valid { ValidationState::default() } else { invalid() }
}

fn malformed(detail: &impl ToString) -> SchemaError {
    SchemaError::Malformed { path: String::new(), detail: detail.to_string() }
}
