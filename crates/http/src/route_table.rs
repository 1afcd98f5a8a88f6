//! Every route, one row each: method, path, handler, access, rate limit, failures and links. The router and the OpenAPI
//! document are made from this table.
//!
//! A new route is a handler with `#[utoipa::path(…)]`, which describes its parameters, body and answers, and one row here.
//! (`utoipa-actix-web` does not fit: it registers a separate resource for each handler, so a path could neither answer HEAD
//! nor list all of its methods in a 405.)

use actix_web::http::Method;
use domain::{access::Permission, rate_limit::LimitClass};
use serde_json::{Value, json};

use crate::{
    response::ErrorCode::*,
    route::{Access, Link, Route, RouteSpec, register},
    routes::{
        assets, bindings, embed, health, libraries, messages, meta, pages, prebuilt, rendering, versions, widgets,
    },
};

/// Makes the table, and the operations that the handlers' annotations describe.
macro_rules! routes {
    ($($method:ident $path:literal $($handler:ident)::+ $access:ident { $($field:ident: $value:expr),* $(,)? })+) => {
        /// The operations as the handlers' annotations describe them.
        #[derive(utoipa::OpenApi)]
        #[openapi(paths($($($handler)::+),+))]
        pub(crate) struct Operations;

        /// The table. Requests try its paths in this order.
        pub(crate) static ROUTES: &[Route] = &[$(
            Route {
                method: Method::$method,
                path: $path,
                register: |resource, method| register(resource, method, $($handler)::+),
                spec: RouteSpec { $($field: $value,)* ..RouteSpec::new($access) },
            },
        )+];
    };
}

// The busiest paths stand first. A literal path stands before one whose parameter would match it.
routes! {
    GET "/api/v1/conversation/{conversationId}/message" messages::list USE {
        failures: &[InvalidRequest],
        links: &[link(200, "listMessages", &[CONVERSATION, ("cursor", "$response.body#/data/nextCursor")])],
    }
    POST "/api/v1/conversation/{conversationId}/message" messages::send USE {
        limit: Some(LimitClass::Message),
        failures: &[DataRejected, WidgetNotFound, PeerLacksWidget, DisabledForPeer, IdempotencyMismatch, RateLimited],
        links: &[
            link(201, "getMessage", &[CONVERSATION, MESSAGE]),
            link(201, "renderMessage", &[CONVERSATION, MESSAGE]),
            link(201, "listMessages", &[CONVERSATION]),
        ],
    }
    GET "/api/v1/conversation/{conversationId}/message/{messageId}" messages::get USE {
        failures: &[InvalidRequest, MessageNotFound],
    }
    GET "/api/v1/conversation/{conversationId}/message/{messageId}/render" rendering::message USE {
        failures: &[InvalidRequest, MessageNotFound],
    }
    GET "/api/v1/widget" widgets::list::handle ANY_KEY {
        limit: Some(LimitClass::List),
        failures: &[InvalidRequest, RateLimited],
        links: &[link(200, "getWidget", &[("widgetId", "$response.body#/data/widgets/0/id")])],
    }
    POST "/api/v1/widget" widgets::create::handle MANAGE {
        limit: Some(LimitClass::Write),
        failures: &[WidgetRejected, WidgetKeyTaken, IdempotencyMismatch, RateLimited],
        links: &[
            link(201, "getWidget", &[WIDGET]),
            link(201, "updateWidget", &[WIDGET]),
            link(201, "deleteWidget", &[WIDGET]),
            Link { body: Some(the_widget), ..link(201, "addPeerWidget", &[]) },
            Link { body: Some(a_message), ..link(201, "sendMessage", &[]) },
            link(201, "listVersions", &[WIDGET]),
            link(201, "previewWidget", &[WIDGET]),
            link(201, "restoreVersion", &[WIDGET, VERSION]),
        ],
    }
    POST "/api/v1/widget/validate" widgets::validate::handle MANAGE {}
    GET "/api/v1/widget/prebuilt" prebuilt::list ANY_KEY {
        links: &[link(200, "getPrebuiltWidget", &[("widgetKey", "$response.body#/data/widgets/0/key")])],
    }
    GET "/api/v1/widget/prebuilt/{widgetKey}" prebuilt::get ANY_KEY {
        failures: &[WidgetNotFound],
    }
    GET "/api/v1/widget/{widgetId}" widgets::get::handle ANY_KEY {
        failures: &[WidgetNotFound],
    }
    PUT "/api/v1/widget/{widgetId}" widgets::update::handle MANAGE {
        limit: Some(LimitClass::Write),
        failures: &[WidgetRejected, PrebuiltReadOnly, WidgetNotFound, Stale, RateLimited],
        links: &[link(200, "getVersion", &[WIDGET, VERSION])],
    }
    DELETE "/api/v1/widget/{widgetId}" widgets::delete::handle MANAGE {
        failures: &[InvalidRequest, PrebuiltReadOnly, WidgetNotFound, WidgetInUse, Stale],
    }
    GET "/api/v1/widget/{widgetId}/preview" rendering::preview ANY_KEY {
        limit: Some(LimitClass::Preview),
        failures: &[InvalidRequest, WidgetNotFound, VersionNotFound, RateLimited],
    }
    POST "/api/v1/widget/{widgetId}/preview" rendering::preview_with USE {
        limit: Some(LimitClass::Preview),
        failures: &[DataRejected, WidgetNotFound, VersionNotFound, RateLimited],
    }
    GET "/api/v1/widget/{widgetId}/versions" versions::list::handle ANY_KEY {
        limit: Some(LimitClass::List),
        failures: &[InvalidRequest, WidgetNotFound, RateLimited],
        links: &[
            link(200, "restoreVersion", &[SAME_WIDGET, ("version", "$response.body#/data/versions/0/version")]),
        ],
    }
    GET "/api/v1/widget/{widgetId}/versions/{version}" versions::get::handle ANY_KEY {
        failures: &[WidgetNotFound, VersionNotFound],
        links: &[link(200, "restoreVersion", &[SAME_WIDGET, VERSION])],
    }
    POST "/api/v1/widget/{widgetId}/versions/{version}/restore" versions::restore::handle MANAGE {
        limit: Some(LimitClass::Write),
        failures: &[
            InvalidRequest, WidgetRejected, PrebuiltReadOnly, WidgetNotFound, VersionNotFound, Stale,
            IdempotencyMismatch, RateLimited,
        ],
    }
    GET "/api/v1/libraries" libraries::list ANY_KEY {}
    GET "/api/v1/peer/{peerId}/widgets" bindings::list USE {
        failures: &[InvalidRequest],
    }
    POST "/api/v1/peer/{peerId}/widgets" bindings::add USE {
        failures: &[WidgetNotFound, AlreadyBound, IdempotencyMismatch],
        links: &[
            link(201, "getPeerWidget", &[PEER, BINDING]),
            link(201, "updatePeerWidget", &[PEER, BINDING]),
            link(201, "removePeerWidget", &[PEER, BINDING]),
            link(201, "listPeerWidgets", &[PEER]),
        ],
    }
    GET "/api/v1/peer/{peerId}/widgets/{peerWidgetId}" bindings::get USE {
        failures: &[InvalidRequest, PeerWidgetNotFound],
    }
    PUT "/api/v1/peer/{peerId}/widgets/{peerWidgetId}" bindings::update USE {
        failures: &[PeerWidgetNotFound, Contended],
    }
    DELETE "/api/v1/peer/{peerId}/widgets/{peerWidgetId}" bindings::remove USE {
        failures: &[InvalidRequest, PeerWidgetNotFound],
    }
    GET "/assets/widget/{digest}.js" assets::module OPEN {
        failures: &[ModuleNotFound, Unavailable],
    }
    GET "/assets/widget/{digest}.js.map" assets::source_map OPEN {
        failures: &[ModuleNotFound, Unavailable],
    }
    GET "/assets/widget/{digest}.css" assets::stylesheet OPEN {
        failures: &[ModuleNotFound, Unavailable],
    }
    GET "/assets/lib/{digest}.js" assets::library_file OPEN {
        failures: &[ModuleNotFound, Unavailable],
    }
    GET "/embed/v1.js" embed::script OPEN {
        failures: &[WebAssetsNotBuilt],
    }
    GET "/embed/v1/frame-{widgetId}-{version}-{digest}.html" embed::frame OPEN {
        failures: &[ModuleNotFound, WebAssetsNotBuilt, Unavailable],
    }
    GET "/embed/v1/{asset}" embed::part OPEN {
        failures: &[RouteNotFound, WebAssetsNotBuilt],
    }
    GET "/demo" embed::demo OPEN {
        failures: &[WebAssetsNotBuilt],
    }
    GET "/health/live" health::live OPEN {}
    GET "/health/ready" health::ready OPEN {
        failures: &[Unavailable],
    }
    GET "/metrics" meta::metrics OPEN {}
    GET "/openapi.json" meta::openapi OPEN {}
    GET "/" pages::start OPEN {}
    GET "/docs" pages::docs OPEN {}
    GET "/docs/{file}" pages::docs_file OPEN {
        failures: &[RouteNotFound],
    }
}

const OPEN: Access = Access::Open;
const ANY_KEY: Access = Access::AnyKey;
const USE: Access = Access::Needs(Permission::UseBasic);
const MANAGE: Access = Access::Needs(Permission::Manage);

const WIDGET: (&str, &str) = ("widgetId", "$response.body#/data/id");
const SAME_WIDGET: (&str, &str) = ("widgetId", "$request.path.widgetId");
const VERSION: (&str, &str) = ("version", "$response.body#/data/version");
const PEER: (&str, &str) = ("peerId", "$request.path.peerId");
const BINDING: (&str, &str) = ("peerWidgetId", "$response.body#/data/id");
const CONVERSATION: (&str, &str) = ("conversationId", "$request.path.conversationId");
const MESSAGE: (&str, &str) = ("messageId", "$response.body#/data/messageId");

const fn link(status: u16, to: &'static str, parameters: &'static [(&'static str, &'static str)]) -> Link {
    Link { status, to, parameters, body: None }
}

fn the_widget() -> Value {
    json!({"widgetId": "$response.body#/data/id"})
}

fn a_message() -> Value {
    json!({"type": "widget", "widgetKey": "$response.body#/data/key", "data": {}})
}
