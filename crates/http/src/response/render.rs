use app::RenderPayload;
use domain::{
    id::{MessageId, WidgetId},
    module::AssetDigest,
    widget::{Version, WidgetKey},
};
use schema::json::JsonText;
use serde::Serialize;
use utoipa::ToSchema;

/// What a browser needs to render a widget: give it to `<peer-widget>` as it is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RenderPayload)]
pub(crate) struct RenderView<'a> {
    /// Null in a preview.
    #[schema(value_type = Option<String>, required)]
    message_id: Option<MessageId>,
    #[schema(value_type = String)]
    widget_id: WidgetId,
    #[schema(value_type = String, example = "sales-dashboard")]
    widget_key: &'a WidgetKey,
    /// The version to render. A message always renders with the version it was sent with.
    #[schema(value_type = u32, minimum = 1)]
    version: Version,
    /// The ES module whose default export is the component, on the origin of the service.
    #[schema(pattern = "^/assets/widget/[0-9a-f]{64}\\.js$")]
    module: String,
    /// The style sheet of the component, on the origin of the service. Present only if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, pattern = "^/assets/widget/[0-9a-f]{64}\\.css$")]
    styles: Option<String>,
    /// The frame to render it in, on the origin of the service. Present only if the version may load from other origins.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, pattern = "^/embed/v1/frame-widget_[0-9a-z]{26}-[1-9][0-9]*-[0-9a-f]{64}\\.html$")]
    frame: Option<String>,
    /// The data, exactly as it was sent. Null in a preview of a widget of which no example is known.
    #[schema(value_type = Option<Object>, required)]
    data: Option<&'a JsonText>,
    /// Props in addition to `data`: the current `defaultProps` of the message's peer.
    #[schema(value_type = Object)]
    props: &'a JsonText,
    /// What is shown where the widget cannot be.
    #[schema(required)]
    text: Option<&'a str>,
    /// The title of the schema or, without one, the name of the widget.
    title: &'a str,
}

impl<'a> From<&'a RenderPayload> for RenderView<'a> {
    fn from(payload: &'a RenderPayload) -> Self {
        Self {
            message_id: payload.message,
            widget_id: payload.widget,
            widget_key: &payload.widget_key,
            version: payload.version,
            module: payload.module.digest.module_path(),
            styles: payload.module.stylesheet.map(|digest| digest.stylesheet_path()),
            frame: payload.own_frame.then(|| frame_path(payload.widget, payload.version, payload.module.digest)),
            data: payload.data.as_ref(),
            props: &payload.props,
            text: payload.text.as_ref().map(|text| text.as_str()),
            title: &payload.title,
        }
    }
}

/// The path of the frame of a version.
pub(crate) fn frame_path(widget: WidgetId, version: Version, module: AssetDigest) -> String {
    format!("/embed/v1/frame-{widget}-{}-{module}.html", version.0)
}
