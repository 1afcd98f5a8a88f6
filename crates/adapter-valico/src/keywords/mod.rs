//! The keywords that the crate checks with: its own within bounds, and ours where its own would not do.

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
    values::{Bound, Choices, Formats, Multiples, Patterns, Unique},
};
use crate::rewrite;

/// The plan's compiled patterns, by their text.
type CompiledPatterns = Arc<HashMap<String, CompiledPattern>>;

/// A scope that knows every keyword of draft-07 and no other, for a schema with these patterns.
pub(crate) fn scope(patterns: HashMap<String, CompiledPattern>) -> Scope {
    let patterns: CompiledPatterns = Arc::new(patterns);
    let mut scope = Scope::without_formats(SchemaVersion::Draft7);
    bound(&mut scope, &["$ref"], keywords::ref_::Ref);
    bound(&mut scope, &["allOf"], keywords::of::AllOf);
    bound(&mut scope, &["anyOf"], keywords::of::AnyOf);
    bound(&mut scope, &["oneOf"], keywords::of::OneOf);
    bound(&mut scope, &["not"], keywords::not::Not);
    bound(&mut scope, &["if", "then", "else"], keywords::conditional::Conditional);
    bound(&mut scope, &["contains"], keywords::contains::Contains);
    bound(&mut scope, &["items", "additionalItems"], keywords::items::Items);
    bound(&mut scope, &["propertyNames"], keywords::property_names::PropertyNames);
    bound(&mut scope, &["type"], keywords::type_::Type);
    bound(&mut scope, &["required"], keywords::required::Required);
    scope.add_keyword(vec![rewrite::FIELDS], Fields(Arc::clone(&patterns)));
    scope.add_keyword(vec![rewrite::CHOICES], Choices(rewrite::CHOICES));
    scope.add_keyword(vec![rewrite::CONSTANT], Choices(rewrite::CONSTANT));
    scope.add_keyword(vec!["pattern"], Patterns(patterns));
    scope.add_keyword(vec!["format"], Formats);
    scope.add_keyword(vec!["multipleOf"], Multiples);
    scope.add_keyword(vec!["uniqueItems"], Unique);
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

fn bound(scope: &mut Scope, keys: &[&'static str], keyword: impl Keyword) {
    scope.add_keyword(keys.to_vec(), Bounded(keyword));
}

/// The state of a value that does not fit. Only whether there is an error is ever looked at.
fn refused() -> ValidationState {
    let error = errors::WrongType { path: String::new(), detail: String::new() };
    ValidationState { errors: vec![Box::new(error)], ..ValidationState::default() }
}

fn verdict(fits: bool) -> ValidationState {
    if fits { ValidationState::default() } else { refused() }
}

fn malformed(detail: &impl ToString) -> SchemaError {
    SchemaError::Malformed { path: String::new(), detail: detail.to_string() }
}
