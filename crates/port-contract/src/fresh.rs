//! Fixtures with unique ids and workspaces, so that all checks can share a database.

use std::{
    collections::BTreeMap,
    hash::{BuildHasher as _, RandomState},
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
};

use domain::{
    binding::{BindingConfig, DefaultProps, PeerWidget},
    component::{ComponentSource, Language},
    id::{ApiKeyId, MessageId, PeerWidgetId, WidgetId},
    idempotency::{Attempt, Fingerprint, IdempotencyKey},
    library::UsedLibraries,
    message::Message,
    module::{AssetDigest, CompiledModule, Component},
    names::{ConversationId, PeerId, UserId, WorkspaceId},
    origin::Origin,
    resources::{Origins, Resources},
    styles::Styles,
    time::Timestamp,
    widget::{
        Category, Description, Tag, TagSet, Tags, Version, Widget, WidgetChange, WidgetDraft, WidgetKey, WidgetName,
    },
};
use schema::{Schema, json::JsonText};
use uuid::{Builder, Uuid};

/// The time of all checks: 2025-10-20T10:00:00.000250Z. Has microseconds, so a store that loses them fails.
pub(super) const NOW: Timestamp = Timestamp::from_micros(1_760_954_400_000_250);

/// Times of later attempts: up to 20 years later, and earlier ones from a clock that was set back.
pub(super) fn any_times() -> impl Iterator<Item = Timestamp> {
    [0, 86_400, 86_401, 25 * 3_600, 20 * 365 * 86_400, -25 * 3_600].into_iter().map(|seconds| NOW.plus_seconds(seconds))
}

fn random() -> u64 {
    RandomState::new().hash_one(0)
}

/// A UUIDv7, greater than all previous ones of this process.
pub(super) fn uuid() -> Uuid {
    static MILLIS: AtomicU64 = AtomicU64::new(1_760_954_400_000);
    let mut bits = [0; 10];
    bits[..8].copy_from_slice(&random().to_le_bytes());
    Builder::from_unix_timestamp_millis(MILLIS.fetch_add(1, Ordering::Relaxed), &bits).into_uuid()
}

pub(super) fn workspace() -> WorkspaceId {
    WorkspaceId::parse(&format!("workspace-{:016x}", random())).expect("letters, digits and a hyphen")
}

pub(super) fn key(text: &str) -> WidgetKey {
    WidgetKey::parse(text).expect("a key")
}

pub(super) fn name(text: &str) -> WidgetName {
    WidgetName::parse(text).expect("a name")
}

pub(super) fn description(text: &str) -> Description {
    Description::parse(text).expect("a description")
}

pub(super) fn tags(texts: &[&str]) -> Tags {
    Tags::new(texts.iter().map(|text| Tag::parse(*text).expect("a tag")).collect()).expect("few tags")
}

pub(super) fn tag_set(texts: &[&str]) -> TagSet {
    TagSet::new(tags(texts).iter().cloned().collect()).expect("few tags")
}

/// Names as Teams, Matrix, mail and phone systems give them, what ends or begins a part of an address, and the longest.
pub(super) fn caller_names() -> [String; 14] {
    let longest = "\u{10ffff}".repeat(domain::limits::MAX_CALLER_NAME_CHARS);
    [
        "19:abc_DEF@thread.tacv2",
        "!room:server.example",
        "@user:server.example",
        "a+b@example.com",
        "+49 170 1234567",
        "<CA+x=y/z@mail.example>",
        "a/b",
        "a%2Fb",
        " a ",
        "a",
        "A",
        "é",
        "e\u{301}",
        &longest,
    ]
    .map(str::to_owned)
}

pub(super) fn peer(text: &str) -> PeerId {
    PeerId::parse(text).expect("a peer")
}

pub(super) fn conversation(text: &str) -> ConversationId {
    ConversationId::parse(text).expect("a conversation")
}

pub(super) fn user() -> UserId {
    UserId::parse("user_1").expect("a user")
}

pub(super) fn json(text: &str) -> JsonText {
    JsonText::from_stored(text.to_owned())
}

pub(super) fn schema(text: &str) -> Schema {
    Schema::parse(json(text)).expect("a schema").schema
}

pub(super) fn component(text: &str) -> ComponentSource {
    ComponentSource::parse(text).expect("a component")
}

/// Images, fonts and requests of one origin.
pub(super) fn resources(origin: &str) -> Resources {
    let origins = || Origins::new(vec![Origin::parse(origin).expect("an origin")]).expect("one origin");
    Resources { images: origins(), fonts: origins(), connect: origins() }
}

/// A module that many widgets share.
pub(super) fn module() -> &'static CompiledModule {
    static MODULE: LazyLock<CompiledModule> = LazyLock::new(|| module_of("export default () => null;"));
    &MODULE
}

/// A module for this source, without compiling it.
pub(super) fn module_of(source: &str) -> CompiledModule {
    CompiledModule::new(
        source.to_owned(),
        &format!(r#"{{"version":3,"sources":["{source}"],"names":[],"mappings":""}}"#),
    )
}

/// As [`module_of`], with a style sheet and a file of a library set, whose digest is the second value.
pub(super) fn styled_module_of(source: &str) -> (CompiledModule, AssetDigest) {
    let code: &'static str = "export const cn = () => \"é\";";
    let digest = AssetDigest::of(code);
    let libraries = UsedLibraries { set: 3, files: BTreeMap::from([(digest, code)]) };
    let imports = vec!["clsx".to_owned(), "react".to_owned()];
    let module = module_of(source).with_stylesheet(&format!("/* {source} */ .é {{}}"));
    (module.with_imports(imports, Some(libraries), 4_321), digest)
}

/// A compiled component as a change has it.
pub(super) fn compiled(source: &ComponentSource, module: &CompiledModule) -> Component {
    Component { source: source.clone(), language: Language::Jsx, styles: Styles::Auto, module: module.clone() }
}

pub(super) fn draft(widget_key: &str) -> WidgetDraft {
    WidgetDraft {
        key: key(widget_key),
        name: name("Sales Dashboard"),
        description: description("Interactive sales performance dashboard"),
        category: Category::Analytics,
        tags: tags(&["sales", "charts"]),
        schema: schema(r#"{"type":"object","properties":{"revenue":{"type":"number"}}}"#),
        component: component("export default ({ data }) => <b>{data.revenue}</b>;"),
        language: Language::Jsx,
        resources: resources("https://cdn.example.com"),
        styles: Styles::Auto,
    }
}

/// An unsaved widget with this key.
pub(super) fn widget(widget_key: &str) -> Widget {
    widget_of(draft(widget_key))
}

pub(super) fn widget_of(draft: WidgetDraft) -> Widget {
    Widget::create(draft, WidgetId::from_uuid(uuid()), user(), NOW)
}

pub(super) fn change() -> WidgetChange {
    WidgetChange::default()
}

/// An unsaved binding of the widget to a peer.
pub(super) fn binding(peer_id: &str, widget: WidgetId) -> PeerWidget {
    PeerWidget {
        id: PeerWidgetId::from_uuid(uuid()),
        peer: peer(peer_id),
        widget,
        enabled: true,
        config: BindingConfig::default(),
        added_at: NOW,
    }
}

pub(super) fn config(default_props: Option<&str>, allow_custom_data: Option<bool>) -> BindingConfig {
    let default_props = default_props.map(|text| DefaultProps::new(json(text)).expect("an object"));
    BindingConfig { default_props, allow_custom_data }
}

/// An unsent message to this conversation.
pub(super) fn message(conversation_id: &str) -> Message {
    Message {
        id: MessageId::from_uuid(uuid()),
        conversation: conversation(conversation_id),
        peer: None,
        widget: WidgetId::from_uuid(uuid()),
        widget_version: Version::FIRST,
        widget_key: key("sales-dashboard"),
        data: json(r#"{"revenue":125000}"#),
        text: None,
        sent_at: NOW,
        sent_by: user(),
    }
}

/// An attempt of a new API key.
pub(super) fn attempt() -> Attempt {
    Attempt {
        api_key: ApiKeyId::from_uuid(uuid()),
        key: IdempotencyKey::parse("order 66").expect("visible characters"),
        fingerprint: Fingerprint::of("POST /api/v1/widget", b"{}"),
        made_at: NOW,
    }
}

/// Another request with the idempotency key of an attempt.
pub(super) fn other_request(attempt: &Attempt) -> Attempt {
    Attempt { fingerprint: Fingerprint::of("POST /api/v1/widget", b"{ }"), ..attempt.clone() }
}
