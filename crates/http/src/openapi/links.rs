//! Which operation leads on to which: what an answer holds that another request asks for.

use serde_json::{Value, json};
use utoipa::{
    Modify,
    openapi::{OpenApi, RefOr, link::LinkBuilder},
};

use super::operations;

/// From an answer of one operation to a request of another.
struct Step {
    from: (&'static str, &'static str),
    to: &'static str,
    parameters: &'static [(&'static str, &'static str)],
    body: Option<fn() -> Value>,
}

const fn step(
    from: (&'static str, &'static str),
    to: &'static str,
    parameters: &'static [(&'static str, &'static str)],
) -> Step {
    Step { from, to, parameters, body: None }
}

const CREATED: (&str, &str) = ("createWidget", "201");
const ADDED: (&str, &str) = ("addPeerWidget", "201");
const SENT: (&str, &str) = ("sendMessage", "201");

const WIDGET: (&str, &str) = ("widgetId", "$response.body#/data/id");
const SAME_WIDGET: (&str, &str) = ("widgetId", "$request.path.widgetId");
const PEER: (&str, &str) = ("peerId", "$request.path.peerId");
const BINDING: (&str, &str) = ("peerWidgetId", "$response.body#/data/id");
const CONVERSATION: (&str, &str) = ("conversationId", "$request.path.conversationId");
const MESSAGE: (&str, &str) = ("messageId", "$response.body#/data/messageId");

const STEPS: [Step; 21] = [
    step(CREATED, "getWidget", &[WIDGET]),
    step(CREATED, "updateWidget", &[WIDGET]),
    step(CREATED, "deleteWidget", &[WIDGET]),
    Step { body: Some(the_widget), ..step(CREATED, "addPeerWidget", &[]) },
    Step { body: Some(a_message), ..step(CREATED, "sendMessage", &[]) },
    step(CREATED, "listVersions", &[WIDGET]),
    step(CREATED, "previewWidget", &[WIDGET]),
    step(CREATED, "restoreVersion", &[WIDGET, ("version", "$response.body#/data/version")]),
    step(("updateWidget", "200"), "getVersion", &[WIDGET, ("version", "$response.body#/data/version")]),
    step(
        ("listVersions", "200"),
        "restoreVersion",
        &[SAME_WIDGET, ("version", "$response.body#/data/versions/0/version")],
    ),
    step(("getVersion", "200"), "restoreVersion", &[SAME_WIDGET, ("version", "$response.body#/data/version")]),
    step(("listWidgets", "200"), "getWidget", &[("widgetId", "$response.body#/data/widgets/0/id")]),
    step(("listPrebuiltWidgets", "200"), "getPrebuiltWidget", &[("widgetKey", "$response.body#/data/widgets/0/key")]),
    step(ADDED, "getPeerWidget", &[PEER, BINDING]),
    step(ADDED, "updatePeerWidget", &[PEER, BINDING]),
    step(ADDED, "removePeerWidget", &[PEER, BINDING]),
    step(ADDED, "listPeerWidgets", &[PEER]),
    step(SENT, "getMessage", &[CONVERSATION, MESSAGE]),
    step(SENT, "renderMessage", &[CONVERSATION, MESSAGE]),
    step(SENT, "listMessages", &[CONVERSATION]),
    step(("listMessages", "200"), "listMessages", &[CONVERSATION, ("cursor", "$response.body#/data/nextCursor")]),
];

fn the_widget() -> Value {
    json!({"widgetId": "$response.body#/data/id"})
}

fn a_message() -> Value {
    json!({"type": "widget", "widgetKey": "$response.body#/data/key", "data": {}})
}

/// Writes the steps into the answers from which they lead.
pub(super) struct Links;

impl Modify for Links {
    fn modify(&self, document: &mut OpenApi) {
        for operation in operations(document) {
            let id = operation.operation_id.clone().unwrap_or_default();
            for Step { from: (_, status), to, parameters, body } in STEPS.iter().filter(|step| step.from.0 == id) {
                let Some(RefOr::T(response)) = operation.responses.responses.get_mut(*status) else { continue };
                let mut link = LinkBuilder::new().operation_id(*to).request_body(body.map(|body| body()));
                for (name, value) in *parameters {
                    link = link.parameter(*name, *value);
                }
                response.links.insert((*to).to_owned(), link.build().into());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use utoipa::OpenApi as _;

    use super::*;
    use crate::openapi::Document;

    #[test]
    fn each_step_leads_from_an_answer_there_is_to_parameters_there_are() {
        let mut document = Document::openapi();
        let parameters: BTreeMap<String, Vec<String>> = operations(&mut document)
            .map(|operation| {
                let named = operation.parameters.iter().flatten().filter_map(|parameter| match parameter {
                    RefOr::T(parameter) => Some(parameter.name.clone()),
                    RefOr::Ref(_) => None,
                });
                (operation.operation_id.clone().unwrap_or_default(), named.collect())
            })
            .collect();
        let mut written = 0;
        for operation in operations(&mut document) {
            let answers = operation.responses.responses.values().filter_map(|answer| match answer {
                RefOr::T(answer) => Some(answer),
                RefOr::Ref(_) => None,
            });
            written += answers.map(|answer| answer.links.len()).sum::<usize>();
        }
        assert_eq!(written, STEPS.len());
        for step in &STEPS {
            for (name, _) in step.parameters {
                assert!(parameters[step.to].iter().any(|known| known == name), "{}: {name}", step.to);
            }
        }
    }
}
