//! Makes the router from the [table of routes](crate::route_table).

use actix_web::{
    HttpRequest, HttpResponse, Resource,
    http::header::{self, HeaderValue},
    web,
};

use crate::{
    HttpState,
    cross_origin::CrossOrigin,
    response::{ApiError, ErrorCode},
    route::{PathRoutes, Route},
};

/// Adds a resource for each path of the table, in its order.
pub(crate) fn configure(config: &mut web::ServiceConfig, table: &'static [Route]) {
    for routes in table.chunk_by(|one, next| one.path == next.path) {
        config.service(resource(PathRoutes(routes)));
    }
    config.default_service(web::to(not_found));
}

/// A path with the handlers of its methods. Any other method is answered with 405 and `Allow` (RFC 9110, 15.5.6), except the preflight
/// of a page of an allowed origin.
fn resource(routes: PathRoutes) -> Resource {
    let allow = routes.0.iter().flat_map(Route::methods).copied().collect::<Vec<_>>().join(", ");
    let resource = web::resource(routes.path()).app_data(routes);
    let resource = routes.0.iter().fold(resource, |resource, route| (route.register)(resource, route.method.clone()));
    resource.default_service(web::to(move |state: web::Data<HttpState>, request: HttpRequest| {
        let preflight = CrossOrigin::preflight(state.cors_origins(), &request, &allow);
        let response = preflight.unwrap_or_else(|| method_not_allowed(&allow));
        async move { response }
    }))
}

fn method_not_allowed(allow: &str) -> HttpResponse {
    let error = ApiError::new(ErrorCode::MethodNotAllowed, "Method not allowed").detail("allow", allow);
    let mut response = error.into_response();
    if let Ok(value) = HeaderValue::from_str(allow) {
        response.headers_mut().insert(header::ALLOW, value);
    }
    response
}

async fn not_found() -> Result<HttpResponse, ApiError> {
    Err(ApiError::new(ErrorCode::RouteNotFound, "No such route"))
}
