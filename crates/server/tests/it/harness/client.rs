use std::{
    future::{Future, IntoFuture},
    pin::Pin,
};

use reqwest::{
    Method,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue},
};
use serde_json::Value;

use super::{Response, Role, TestApp, conformity};

/// The body of a request: a value, or text that is sent as it is.
pub(crate) struct Body(Vec<u8>);

impl From<&Value> for Body {
    fn from(value: &Value) -> Self {
        Self(value.to_string().into_bytes())
    }
}

impl From<Value> for Body {
    fn from(value: Value) -> Self {
        (&value).into()
    }
}

impl From<&str> for Body {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self(text.into_bytes())
    }
}

impl From<&String> for Body {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

/// A request by [`Role::Owner`] by default, sent when it is awaited.
pub(crate) struct Request<'a> {
    app: &'a TestApp,
    method: Method,
    path: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    role: Role,
    body: Option<Vec<u8>>,
}

impl<'a> Request<'a> {
    pub(super) fn new(app: &'a TestApp, method: Method, path: &str) -> Self {
        Self { app, method, path: path.to_owned(), headers: Vec::new(), role: Role::Owner, body: None }
    }

    /// Sets the role that sends it.
    pub(crate) fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    /// Adds a header. It replaces a header that the client sets (`content-type`, `authorization`).
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.parse().unwrap(), HeaderValue::from_bytes(value.as_bytes()).unwrap()));
        self
    }

    pub(crate) fn body(mut self, body: impl Into<Body>) -> Self {
        self.body = Some(body.into().0);
        self
    }

    async fn send(self) -> Response {
        let Self { app, method, path, headers, role, body } = self;
        let mut request = app.client.request(method.clone(), format!("http://{}{path}", app.address));
        let has = |name: &HeaderName| headers.iter().any(|(other, _)| other == name);
        if let Some(secret) = app.secret(role).filter(|_| !has(&AUTHORIZATION)) {
            request = request.bearer_auth(secret);
        }
        if let Some(body) = &body {
            if !has(&CONTENT_TYPE) {
                request = request.header(CONTENT_TYPE, "application/json");
            }
            request = request.body(body.clone());
        }
        for (name, value) in &headers {
            // An empty media type stands for none at all.
            if name != CONTENT_TYPE || !value.is_empty() {
                request = request.header(name, value);
            }
        }
        let response = request.send().await.unwrap_or_else(|error| panic!("{method} {path}: {error:?}"));
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.unwrap_or_else(|error| panic!("{method} {path}: {error:?}"));
        let response = Response { status, headers, bytes: bytes.to_vec(), request: format!("{method} {path}") };
        response.assert_promises_of_all(app.may_fail);
        conformity::check(method.as_str(), &path, body.as_deref(), &response);
        response
    }
}

impl<'a> IntoFuture for Request<'a> {
    type Output = Response;
    type IntoFuture = Pin<Box<dyn Future<Output = Response> + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}
