//! Which operations an answer leads to: what it holds that another request asks for.

use utoipa::openapi::{RefOr, link::LinkBuilder, path::Operation};

use crate::route::Link;

/// Writes links into the answers that they lead from.
pub(super) fn add(operation: &mut Operation, links: &[Link]) {
    for Link { status, to, parameters, body } in links {
        let Some(RefOr::T(response)) = operation.responses.responses.get_mut(&status.to_string()) else { continue };
        let link = LinkBuilder::new().operation_id(*to).request_body(body.map(|body| body()));
        let link = parameters.iter().fold(link, |link, (name, value)| link.parameter(*name, *value));
        response.links.insert((*to).to_owned(), link.build().into());
    }
}
