//! Which path and method leads to which handler: the one list of routes.

use actix_web::{
    FromRequest, Handler, HttpResponse, Resource, Responder, guard,
    http::{Method, header},
    web,
};

use super::{
    base_path::BASE_PATH,
    response::{ApiError, ErrorCode},
    routes::{assets, bindings, embed, health, messages, meta, pages, prebuilt, rendering, versions, widgets},
};

/// Adds every route. They are tried in this order, so the busiest stands first; literal paths stand before those with
/// parameters that would take them in.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    let api = web::scope(BASE_PATH)
        .service(At::api("/conversation/{conversationId}/message").get(messages::list).post(messages::send).done())
        .service(At::api("/conversation/{conversationId}/message/{messageId}").get(messages::get).done())
        .service(At::api("/conversation/{conversationId}/message/{messageId}/render").get(rendering::message).done())
        .service(At::api("/widget").get(widgets::list::handle).post(widgets::create::handle).done())
        .service(At::api("/widget/validate").post(widgets::validate::handle).done())
        .service(At::api("/widget/prebuilt").get(prebuilt::list).done())
        .service(At::api("/widget/prebuilt/{widgetKey}").get(prebuilt::get).done())
        .service(
            At::api("/widget/{widgetId}")
                .get(widgets::get::handle)
                .put(widgets::update::handle)
                .delete(widgets::delete::handle)
                .done(),
        )
        .service(At::api("/widget/{widgetId}/preview").get(rendering::preview).post(rendering::preview_with).done())
        .service(At::api("/widget/{widgetId}/versions").get(versions::list::handle).done())
        .service(At::api("/widget/{widgetId}/versions/{version}").get(versions::get::handle).done())
        .service(At::api("/widget/{widgetId}/versions/{version}/restore").post(versions::restore::handle).done())
        .service(At::api("/peer/{peerId}/widgets").get(bindings::list).post(bindings::add).done())
        .service(
            At::api("/peer/{peerId}/widgets/{peerWidgetId}")
                .get(bindings::get)
                .put(bindings::update)
                .delete(bindings::remove)
                .done(),
        )
        .default_service(web::to(not_found));
    config
        .service(api)
        .service(At::path("/assets/widget/{digest}.js").get(assets::module).done())
        .service(At::path("/assets/widget/{digest}.js.map").get(assets::source_map).done())
        .service(At::path("/embed/v1.js").get(embed::script).done())
        .service(At::path("/embed/v1/{asset}").get(embed::part).done())
        .service(At::path("/demo").get(embed::demo).done())
        .service(At::path("/health/live").get(health::live).done())
        .service(At::path("/health/ready").get(health::ready).done())
        .service(At::path("/metrics").get(meta::metrics).done())
        .service(At::path("/openapi.json").get(meta::openapi).done())
        .service(At::path("/").get(pages::start).done())
        .service(At::path("/docs").get(pages::docs).done())
        .service(At::path("/docs/{file}").get(pages::docs_file).done())
        .default_service(web::to(not_found));
}

/// The path that a request matched, with its parameters' names: for metrics, which would else have to match it once more.
pub(super) struct RoutePattern(pub(super) String);

/// A path and its methods. Any other method is answered with 405 and the list of those there are (RFC 9110, 15.5.6).
struct At {
    resource: Resource,
    allowed: Vec<&'static str>,
}

impl At {
    fn path(path: &'static str) -> Self {
        Self::named(path, path.to_owned())
    }

    /// A path under [`BASE_PATH`].
    fn api(path: &'static str) -> Self {
        Self::named(path, format!("{BASE_PATH}{path}"))
    }

    fn named(path: &'static str, pattern: String) -> Self {
        Self { resource: web::resource(path).app_data(RoutePattern(pattern)), allowed: Vec::new() }
    }

    /// GET, and HEAD with the same head (RFC 9110, 9.3.2).
    fn get<F, Args>(mut self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        let either = guard::Any(guard::Get()).or(guard::Head());
        self.resource = self.resource.route(web::route().guard(either).to(handler));
        self.allowed.extend(["GET", "HEAD"]);
        self
    }

    fn post<F, Args>(self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.method(Method::POST, "POST", handler)
    }

    fn put<F, Args>(self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.method(Method::PUT, "PUT", handler)
    }

    fn delete<F, Args>(self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.method(Method::DELETE, "DELETE", handler)
    }

    fn method<F, Args>(mut self, method: Method, name: &'static str, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.resource = self.resource.route(web::method(method).to(handler));
        self.allowed.push(name);
        self
    }

    fn done(self) -> Resource {
        let allow = self.allowed.join(", ");
        self.resource.default_service(web::to(move || {
            let allow = allow.clone();
            async move { method_not_allowed(&allow) }
        }))
    }
}

fn method_not_allowed(allow: &str) -> HttpResponse {
    let error = ApiError::new(ErrorCode::MethodNotAllowed, "Method not allowed").detail("allow", allow);
    let mut response = error.into_response();
    if let Ok(value) = header::HeaderValue::from_str(allow) {
        response.headers_mut().insert(header::ALLOW, value);
    }
    response
}

async fn not_found() -> Result<HttpResponse, ApiError> {
    Err(ApiError::new(ErrorCode::RouteNotFound, "No such route"))
}
