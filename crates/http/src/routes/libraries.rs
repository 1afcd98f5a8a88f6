//! `/libraries`: what components may import.

use actix_web::{HttpResponse, web};

use crate::{
    HttpState,
    request::Caller,
    response::{LibraryList, Success, ok},
};

/// List libraries
///
/// What a component may import, and how much a browser loads for it.
#[utoipa::path(
    get, path = "/api/v1/libraries", operation_id = "listLibraries", tag = "Widgets",
    responses(
        (status = 200, description = "All of them; none but React if the service was built without libraries", body = Success<LibraryList>),
    )
)]
pub(crate) async fn list(state: web::Data<HttpState>, _: Caller) -> HttpResponse {
    ok(LibraryList::from(state.libraries.as_ref()))
}
