use std::collections::BTreeMap;

use actix_web::HttpRequest;
use domain::limits;
use schema::field::{FieldError, Invalid};

use super::form;
use crate::response::ApiError;

/// The parameters of a query string. Errors are collected, so that one answer names all of them.
pub(crate) struct Query {
    parameters: BTreeMap<String, String>,
    errors: Vec<FieldError>,
}

impl Query {
    /// Splits and decodes the query string of a request.
    pub(crate) fn of(request: &HttpRequest) -> Self {
        let mut query = Self { parameters: BTreeMap::new(), errors: Vec::new() };
        for (name, value) in form::pairs(request.query_string()) {
            match (name, value) {
                (Some(name), Some(value)) => query.insert(name, value),
                (Some(name), None) => query.errors.push(FieldError::new(name, "Not valid percent-encoded UTF-8")),
                (None, _) => query.errors.push(FieldError::new("query", "Not valid percent-encoded UTF-8")),
            }
        }
        query
    }

    fn insert(&mut self, name: String, value: String) {
        if self.parameters.contains_key(&name) {
            self.errors.push(FieldError::new(&name, "Appears more than once"));
        }
        self.parameters.insert(name, value);
    }

    /// Takes a parameter, if it is present, and parses it.
    pub(crate) fn take<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, Invalid>) -> Option<T> {
        let value = self.parameters.remove(name)?;
        parse(&value).map_err(|invalid| self.errors.push(invalid.at(name))).ok()
    }

    /// Takes a filter and parses it. An empty one, as forms send it, counts as absent.
    pub(crate) fn filter<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, Invalid>) -> Option<T> {
        if self.parameters.get(name).is_some_and(String::is_empty) {
            self.parameters.remove(name);
        }
        self.take(name, parse)
    }

    /// Takes a whole number from `min` to `max`, both included.
    pub(crate) fn number(&mut self, name: &str, min: u32, max: u32) -> Option<u32> {
        self.take(name, |text| {
            let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            match text.parse::<u32>() {
                Ok(number) if digits && (min..=max).contains(&number) => Ok(number),
                _ if max == u32::MAX => Err(Invalid::new(format!("Expected a whole number of at least {min}"))),
                _ => Err(Invalid::new(format!("Expected a whole number from {min} to {max}"))),
            }
        })
    }

    /// Returns `value`, unless an error was collected or an unknown parameter is left.
    pub(crate) fn finish<T>(mut self, value: T) -> Result<T, ApiError> {
        self.errors.extend(self.parameters.keys().map(|name| FieldError::new(name, "Unknown parameter")));
        self.errors.truncate(limits::MAX_ERRORS);
        if self.errors.is_empty() { Ok(value) } else { Err(ApiError::invalid(self.errors)) }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn query(text: &str) -> Query {
        Query::of(&TestRequest::with_uri(&format!("/?{text}")).to_http_request())
    }

    #[test]
    fn values_are_decoded_once() {
        let mut query = query("search=100%25+off%2B&x=%C3%A9");
        assert_eq!(query.take("search", |text| Ok(text.to_owned())), Some("100% off+".to_owned()));
        assert_eq!(query.take("x", |text| Ok(text.to_owned())), Some("é".to_owned()));
        assert!(query.finish(()).is_ok());
    }

    #[test]
    fn wrong_and_unknown_parameters_are_refused() {
        for text in [
            "page=0",
            "page=-1",
            "page=1.5",
            "page=+1",
            "page=",
            "page=4294967296",
            "page=1&page=2",
            "pgae=1",
            "page=%ff",
            "page=%4",
        ] {
            let mut query = query(text);
            query.number("page", 1, u32::MAX);
            assert!(query.finish(()).is_err(), "{text}");
        }
    }
}
