//! All routes of the service, for tests of every route.

/// The access that a route requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// No key.
    Open,
    /// Any valid key.
    AnyKey,
    /// WIDGETS_MANAGE.
    Manage,
    /// WIDGETS_USE_BASIC.
    UseBasic,
}

impl Access {
    /// The permission's name, if one is needed.
    pub(crate) fn permission(self) -> Option<&'static str> {
        match self {
            Self::Open | Self::AnyKey => None,
            Self::Manage => Some("WIDGETS_MANAGE"),
            Self::UseBasic => Some("WIDGETS_USE_BASIC"),
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    /// As the OpenAPI document writes it.
    pub(crate) template: &'static str,
    pub(crate) access: Access,
}

impl Route {
    /// The template with valid parameters that name nothing.
    pub(crate) fn path(&self) -> String {
        self.template
            .replace("{widgetId}", "widget_01h455vb4pex5vsknk084sn02q")
            .replace("{widgetKey}", "task-kanban")
            .replace("{peerId}", "peer_1")
            .replace("{peerWidgetId}", "peer_widget_01h455vb4pex5vsknk084sn02q")
            .replace("{conversationId}", "conv_1")
            .replace("{messageId}", "msg_01h455vb4pex5vsknk084sn02q")
            .replace("{file}", "swagger-ui.css")
            .replace("{version}", "1")
            .replace("{digest}", &"0".repeat(64))
            .replace("{asset}", "frame.html")
    }

    /// Whether requests have a body. A restoration has none.
    pub(crate) fn takes_body(&self) -> bool {
        matches!(self.method, "POST" | "PUT") && !self.template.ends_with("/restore")
    }
}

const fn route(method: &'static str, template: &'static str, access: Access) -> Route {
    Route { method, template, access }
}

pub(crate) const ROUTES: [Route; 38] = [
    route("GET", "/api/v1/widget", Access::AnyKey),
    route("POST", "/api/v1/widget", Access::Manage),
    route("POST", "/api/v1/widget/validate", Access::Manage),
    route("GET", "/api/v1/widget/prebuilt", Access::AnyKey),
    route("GET", "/api/v1/widget/prebuilt/{widgetKey}", Access::AnyKey),
    route("GET", "/api/v1/widget/{widgetId}", Access::AnyKey),
    route("PUT", "/api/v1/widget/{widgetId}", Access::Manage),
    route("DELETE", "/api/v1/widget/{widgetId}", Access::Manage),
    route("GET", "/api/v1/libraries", Access::AnyKey),
    route("GET", "/api/v1/peer/{peerId}/widgets", Access::UseBasic),
    route("POST", "/api/v1/peer/{peerId}/widgets", Access::UseBasic),
    route("GET", "/api/v1/peer/{peerId}/widgets/{peerWidgetId}", Access::UseBasic),
    route("PUT", "/api/v1/peer/{peerId}/widgets/{peerWidgetId}", Access::UseBasic),
    route("DELETE", "/api/v1/peer/{peerId}/widgets/{peerWidgetId}", Access::UseBasic),
    route("GET", "/api/v1/conversation/{conversationId}/message", Access::UseBasic),
    route("POST", "/api/v1/conversation/{conversationId}/message", Access::UseBasic),
    route("GET", "/api/v1/conversation/{conversationId}/message/{messageId}", Access::UseBasic),
    route("GET", "/api/v1/conversation/{conversationId}/message/{messageId}/render", Access::UseBasic),
    route("GET", "/api/v1/widget/{widgetId}/versions", Access::AnyKey),
    route("GET", "/api/v1/widget/{widgetId}/versions/{version}", Access::AnyKey),
    route("POST", "/api/v1/widget/{widgetId}/versions/{version}/restore", Access::Manage),
    route("GET", "/api/v1/widget/{widgetId}/preview", Access::AnyKey),
    route("POST", "/api/v1/widget/{widgetId}/preview", Access::UseBasic),
    route("GET", "/assets/widget/{digest}.js", Access::Open),
    route("GET", "/assets/widget/{digest}.js.map", Access::Open),
    route("GET", "/assets/widget/{digest}.css", Access::Open),
    route("GET", "/assets/lib/{digest}.js", Access::Open),
    route("GET", "/embed/v1.js", Access::Open),
    route("GET", "/embed/v1/frame-{widgetId}-{version}-{digest}.html", Access::Open),
    route("GET", "/embed/v1/{asset}", Access::Open),
    route("GET", "/demo", Access::Open),
    route("GET", "/health/live", Access::Open),
    route("GET", "/health/ready", Access::Open),
    route("GET", "/metrics", Access::Open),
    route("GET", "/openapi.json", Access::Open),
    route("GET", "/", Access::Open),
    route("GET", "/docs", Access::Open),
    route("GET", "/docs/{file}", Access::Open),
];
