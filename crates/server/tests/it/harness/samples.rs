//! Sample bodies and paths.

use serde_json::{Value, json};

use super::{Response, Role, TestApp};

pub(crate) const WIDGETS: &str = "/api/v1/widget";
pub(crate) const VALIDATE: &str = "/api/v1/widget/validate";
pub(crate) const PREBUILT: &str = "/api/v1/widget/prebuilt";

/// A valid id of no widget.
pub(crate) const NO_WIDGET: &str = "widget_01h455vb4pex5vsknk084sn02q";

pub(crate) fn widget_path(id: &str) -> String {
    format!("{WIDGETS}/{id}")
}

pub(crate) fn peer_path(peer: &str) -> String {
    format!("/api/v1/peer/{peer}/widgets")
}

pub(crate) fn binding_path(peer: &str, id: &str) -> String {
    format!("/api/v1/peer/{peer}/widgets/{id}")
}

pub(crate) fn messages_path(conversation: &str) -> String {
    format!("/api/v1/conversation/{conversation}/message")
}

pub(crate) fn message_path(conversation: &str, id: &str) -> String {
    format!("/api/v1/conversation/{conversation}/message/{id}")
}

pub(crate) fn render_path(conversation: &str, id: &str) -> String {
    format!("/api/v1/conversation/{conversation}/message/{id}/render")
}

pub(crate) fn preview_path(widget: &str) -> String {
    format!("{WIDGETS}/{widget}/preview")
}

pub(crate) fn versions_path(widget: &str) -> String {
    format!("{WIDGETS}/{widget}/versions")
}

pub(crate) fn version_path(widget: &str, version: u32) -> String {
    format!("{WIDGETS}/{widget}/versions/{version}")
}

pub(crate) fn restore_path(widget: &str, version: u32) -> String {
    format!("{WIDGETS}/{widget}/versions/{version}/restore")
}

/// A component that shows this.
pub(crate) fn component_of(text: &str) -> String {
    format!("export default () => <p>{text}</p>;")
}

/// A minimal component.
pub(crate) const COMPONENT: &str = "export default function Card({ data }) {\n  return <p>{data.title}</p>;\n}\n";

/// A schema that requires a string `title` and accepts any other members.
pub(crate) fn schema() -> Value {
    json!({"type": "object", "properties": {"title": {"type": "string"}}, "required": ["title"]})
}

/// The body that creates a small widget with this key.
pub(crate) fn widget(key: &str) -> Value {
    json!({"key": key, "name": "Card", "schema": schema(), "component": COMPONENT})
}

/// The same, with these members added or replaced.
pub(crate) fn widget_with(key: &str, members: Value) -> Value {
    with(widget(key), members)
}

/// `object` with these members.
pub(crate) fn with(mut object: Value, members: Value) -> Value {
    let Value::Object(members) = members else { panic!("expected an object, received {members}") };
    object.as_object_mut().unwrap().extend(members);
    object
}

/// `object` without this member.
pub(crate) fn without(mut object: Value, member: &str) -> Value {
    object.as_object_mut().unwrap().remove(member).unwrap();
    object
}

/// The component of the reference, unchanged.
pub(crate) const SALES_COMPONENT: &str = concat!(
    "function SalesDashboard({ data }) {\n",
    " const { revenue, deals } = data;\n",
    " \n",
    " return (\n",
    " <div>\n",
    " <h2>Revenue: ${revenue}</h2>\n",
    " <ul>\n",
    " {deals.map(deal => (\n",
    " <li key={deal.id}>\n",
    " {deal.value} - {deal.status}\n",
    " </li>\n",
    " ))}\n",
    " </ul>\n",
    " </div>\n",
    " );\n",
    "}\n",
    "\n",
    "export default SalesDashboard;",
);

/// The body of the reference's first example.
pub(crate) fn sales_dashboard() -> Value {
    json!({
        "key": "sales-dashboard",
        "name": "Sales Dashboard",
        "description": "Interactive sales performance dashboard with charts and metrics",
        "category": "analytics",
        "tags": ["sales", "analytics", "dashboard"],
        "schema": {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "type": "object",
            "properties": {
                "revenue": {"type": "number", "description": "Total revenue"},
                "deals": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {
                            "id": {"type": "string"},
                            "value": {"type": "number"},
                            "status": {"type": "string"}
                        }
                    }
                }
            },
            "required": ["revenue", "deals"]
        },
        "component": SALES_COMPONENT,
    })
}

/// The message of the reference's example.
pub(crate) fn sales_message() -> Value {
    json!({
        "type": "widget",
        "widgetKey": "sales-dashboard",
        "data": {
            "revenue": 125_000,
            "deals": [
                {"id": "deal_1", "value": 25_000, "status": "closed-won"},
                {"id": "deal_2", "value": 50_000, "status": "negotiation"}
            ]
        },
        "text": "Here's your sales dashboard for this quarter."
    })
}

/// A message that the small widget accepts.
pub(crate) fn message(key: &str) -> Value {
    json!({"type": "widget", "widgetKey": key, "data": {"title": "Hello"}})
}

impl TestApp {
    /// Creates a small widget and returns its id.
    pub(crate) async fn create_widget(&self, key: &str) -> String {
        self.post(WIDGETS, widget(key)).await.expect(201).id()
    }

    /// Creates a small widget with these members and returns its id.
    pub(crate) async fn create_widget_with(&self, key: &str, members: Value) -> String {
        self.post(WIDGETS, widget_with(key, members)).await.expect(201).id()
    }

    /// Edits a widget.
    pub(crate) async fn edit(&self, widget: &str, members: Value) -> Value {
        self.put(&widget_path(widget), members).await.expect(200).data()
    }

    /// The rendering of a message, as a browser gets it.
    pub(crate) async fn render(&self, conversation: &str, message: &str) -> Value {
        self.get(&render_path(conversation, message)).await.expect(200).data()
    }

    /// The text of the module that a payload names.
    pub(crate) async fn module(&self, payload: &Value) -> String {
        let path = payload["module"].as_str().unwrap_or_else(|| panic!("no module in {payload}"));
        self.get(path).role(Role::Anonymous).await.expect(200).text().to_owned()
    }

    /// Binds a widget to a peer and returns the binding's id.
    pub(crate) async fn bind(&self, peer: &str, widget: &str) -> String {
        self.bind_with(peer, widget, json!({})).await
    }

    /// The same, with these members in the body.
    pub(crate) async fn bind_with(&self, peer: &str, widget: &str, members: Value) -> String {
        self.post(&peer_path(peer), with(json!({"widgetId": widget}), members)).await.expect(201).id()
    }

    /// Sends a message and returns the answer.
    pub(crate) async fn send(&self, conversation: &str, message: impl Into<super::Body>) -> Response {
        self.post(&messages_path(conversation), message).await.expect(201)
    }

    /// The messages of a conversation.
    pub(crate) async fn messages(&self, conversation: &str) -> Vec<Value> {
        let part = self.get(&messages_path(conversation)).role(Role::Owner).await.expect(200).data();
        part["messages"].as_array().unwrap().clone()
    }
}
