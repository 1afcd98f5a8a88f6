//! Example requests, which succeed on a new service as they are. Parameters that are absent here come from the answers that
//! the links of the [table](crate::route_table) lead from.

use serde_json::{Value, json};
use utoipa::openapi::{
    RefOr,
    path::{Operation, ParameterBuilder},
};

/// The parameters of an operation, and the body that it is sent.
type Example = (&'static str, &'static [(&'static str, &'static str)], Option<fn() -> Value>);

const FUNNEL: (&str, &str) = ("widgetId", "widget_01k80gzf80e7sbyvptpvak6z7q");
const VERSION: (&str, &str) = ("version", "1");
const PEER: (&str, &str) = ("peerId", "peer_123");
/// The conversation that the demo page is first opened with.
const CONVERSATION: (&str, &str) = ("conversationId", "demo");

const EXAMPLES: [Example; 21] = [
    ("createWidget", &[], Some(dashboard)),
    ("validateWidget", &[], Some(parts_of_the_dashboard)),
    ("getWidget", &[FUNNEL], None),
    ("updateWidget", &[], Some(|| json!({"name": "Sales this quarter", "tags": ["sales", "quarter"]}))),
    ("listVersions", &[FUNNEL], None),
    ("getVersion", &[FUNNEL, VERSION], None),
    ("getPrebuiltWidget", &[("widgetKey", "sales-funnel-progress")], None),
    ("addPeerWidget", &[PEER], Some(|| json!({"widgetKey": "sales-funnel-progress"}))),
    ("listPeerWidgets", &[PEER], None),
    ("getPeerWidget", &[PEER], None),
    ("updatePeerWidget", &[PEER], Some(|| json!({"config": {"defaultProps": {"locale": "de"}}}))),
    ("removePeerWidget", &[PEER], None),
    ("sendMessage", &[CONVERSATION], Some(message)),
    ("listMessages", &[CONVERSATION], None),
    ("getMessage", &[CONVERSATION], None),
    ("renderMessage", &[CONVERSATION], None),
    ("previewWidget", &[FUNNEL], None),
    ("previewWidgetWithData", &[FUNNEL], Some(|| json!({"data": funnel(), "props": {"locale": "de"}}))),
    ("embedFrame", &[FUNNEL, VERSION], None),
    ("embedPart", &[("asset", "frame.html")], None),
    ("docsFile", &[("file", "icon.svg")], None),
];

/// The reference's widget.
fn dashboard() -> Value {
    let text = include_str!("../../../../docs/examples/sales-dashboard.json");
    serde_json::from_str(text).expect("the file holds JSON")
}

fn parts_of_the_dashboard() -> Value {
    let widget = dashboard();
    json!({"schema": widget["schema"], "component": widget["component"]})
}

fn message() -> Value {
    json!({
        "type": "widget",
        "widgetKey": "sales-funnel-progress",
        "data": funnel(),
        "text": "150 of 1,500 leads became customers.",
    })
}

fn funnel() -> Value {
    json!({"stages": [
        {"name": "Leads", "count": 1500, "conversionRate": 0.25},
        {"name": "Trials", "count": 375, "conversionRate": 0.4},
        {"name": "Customers", "count": 150},
    ]})
}

/// Writes the examples of an operation into it.
pub(super) fn add(operation: &mut Operation) {
    let id = operation.operation_id.as_deref().unwrap_or_default();
    let Some((_, parameters, body)) = EXAMPLES.iter().find(|(name, ..)| *name == id) else { return };
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter
            && let Some((_, value)) = parameters.iter().find(|(name, _)| *name == parameter.name)
        {
            // A number is written as one.
            let value = serde_json::from_str(value).unwrap_or_else(|_| (*value).into());
            *parameter = ParameterBuilder::from(parameter.clone()).example(Some(value)).build();
        }
    }
    if let Some(RefOr::T(described)) = &mut operation.request_body {
        for content in described.content.values_mut() {
            if let RefOr::T(content) = content {
                content.example = body.map(|body| body());
            }
        }
    }
}
