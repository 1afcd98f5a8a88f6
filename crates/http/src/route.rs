//! The types of the route table.

use actix_web::{FromRequest, Handler, HttpRequest, Resource, Responder, guard, http::Method, web};
use domain::{access::Permission, rate_limit::LimitClass};
use serde_json::Value;

use crate::response::ErrorCode;

/// A row of the route table: one method of one path.
pub(crate) struct Route {
    pub(crate) method: Method,
    /// As the OpenAPI document writes it, with parameters in braces.
    pub(crate) path: &'static str,
    /// Adds the handler to the resource of the path.
    pub(crate) register: fn(Resource, Method) -> Resource,
    pub(crate) spec: RouteSpec,
}

/// What the router and the OpenAPI document need to know about a route, apart from its handler.
pub(crate) struct RouteSpec {
    pub(crate) access: Access,
    /// The rate limit that requests count against.
    pub(crate) limit: Option<LimitClass>,
    /// How requests fail, in addition to the failures that all routes of their kind share.
    pub(crate) failures: &'static [ErrorCode],
    /// The operations that its answers link to.
    pub(crate) links: &'static [Link],
}

impl RouteSpec {
    /// No rate limit, no additional failures, no links.
    pub(crate) const fn new(access: Access) -> Self {
        Self { access, limit: None, failures: &[], links: &[] }
    }
}

/// Who may call a route. The handler enforces it with the type of its [`Caller`](crate::request::Caller).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Anyone, without a key.
    Open,
    /// Any valid key.
    AnyKey,
    /// A key with the permission.
    Needs(Permission),
}

/// A link from an answer with this status to a request of another operation.
pub(crate) struct Link {
    pub(crate) status: u16,
    /// The operation's id.
    pub(crate) to: &'static str,
    /// Parameters of that request, as runtime expressions of OpenAPI.
    pub(crate) parameters: &'static [(&'static str, &'static str)],
    /// Its body, which may hold runtime expressions.
    pub(crate) body: Option<fn() -> Value>,
}

/// The rows of one path: application data of its resource.
#[derive(Clone, Copy)]
pub(crate) struct PathRoutes(pub(crate) &'static [Route]);

impl PathRoutes {
    /// The path that all of the rows share.
    pub(crate) fn path(self) -> &'static str {
        self.0.first().map_or("", |route| route.path)
    }

    /// The rate limit that a request counts against.
    pub(crate) fn limit(request: &HttpRequest) -> Option<LimitClass> {
        let Self(routes) = request.app_data::<Self>()?;
        routes.iter().find(|route| route.answers(request.method()))?.spec.limit
    }
}

impl Route {
    /// Whether requests of this method reach the handler. GET answers HEAD too (RFC 9110, 9.3.2).
    fn answers(&self, method: &Method) -> bool {
        self.method == method || self.method == Method::GET && method == Method::HEAD
    }

    /// The methods that reach the handler, for `Allow`.
    pub(crate) fn methods(&self) -> &[&'static str] {
        match self.method {
            Method::GET => &["GET", "HEAD"],
            Method::POST => &["POST"],
            Method::PUT => &["PUT"],
            Method::DELETE => &["DELETE"],
            _ => &[],
        }
    }
}

/// Adds a handler to the resource of its path.
pub(crate) fn register<F, Args>(resource: Resource, method: Method, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    if method == Method::GET {
        let either = guard::Any(guard::Get()).or(guard::Head());
        return resource.route(web::route().guard(either).to(handler));
    }
    resource.route(web::method(method).to(handler))
}
