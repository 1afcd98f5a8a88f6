//! Data and texts are returned exactly as they were sent.

use std::sync::LazyLock;

use proptest::{collection::vec, prelude::*, test_runner::Config};
use serde_json::json;
use tokio::runtime::{Builder, Runtime};

use crate::harness::*;

/// Properties call async code from a plain function.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Builder::new_current_thread().enable_all().build().unwrap());

/// A server with a widget `any` that accepts every object.
fn app() -> TestApp {
    RUNTIME.block_on(async {
        let app = spawn_app().await;
        app.create_widget_with("any", json!({"schema": {"type": "object"}})).await;
        app
    })
}

/// Sends a text as data and returns `data` as each of the three ways to read it shows it.
async fn sent_and_read(app: &TestApp, data: &str) -> [String; 3] {
    let body = format!(r#"{{"type":"widget","widgetKey":"any","data":{data}}}"#);
    let sent = app.post(&messages_path("conv_1"), body).await.expect(201);
    let path = message_path("conv_1", &sent.id());
    let shown = app.get(&path).await.expect(200);
    // Ids sort by time, so the list goes on behind the one before this message's.
    let listed = app.get(&format!("{}?limit=100", messages_path("conv_1"))).await.expect(200);
    let of = |text: &str, id: &str| {
        let rest = &text[text.find(id).unwrap()..];
        let begin = rest.find("\"data\":").unwrap() + "\"data\":".len();
        let end = rest[begin..].find(",\"text\":null,\"timestamp\"").unwrap();
        rest[begin..begin + end].to_owned()
    };
    [of(sent.text(), &sent.id()), of(shown.text(), &sent.id()), of(listed.text(), &sent.id())]
}

#[tokio::test]
async fn data_keeps_its_digits_order_escapes_and_white_space() {
    let app = spawn_app().await;
    app.create_widget_with("any", json!({"schema": {"type": "object"}})).await;
    for data in [
        r#"{"n":12345678901234567890123}"#,
        r#"{"n":1e2}"#,
        r#"{"n":[1.0,1.50,-0,-0.0,1E+2,1e-7,0.1e1,1e308,5e-324,123456789.123456789123456789]}"#,
        r#"{"z":1,"a":2,"m":{"y":1,"b":2}}"#,
        r#"{"nul":"\u0000","\u0000":1}"#,
        r#"{"e":"\u00e9 é \/ / \ud83d\ude00 😀 \n\t\b\f\r\"\\"}"#,
        r#"{"":{"":[]},"[0]":{},"a.b":null}"#,
        "{ \"a\" :\t[ 1 ,\n 2 ] , \"b\" : { } }",
        r#"{"quotes":"\"data\":{\"x\":1}"}"#,
        "{\"u\":\"\u{7f}\u{2028}\u{feff}\u{10ffff}\"}",
        "{}",
    ] {
        assert_eq!(sent_and_read(&app, data).await, [data; 3]);
    }
}

#[tokio::test]
async fn texts_of_widgets_are_returned_unchanged() {
    let app = spawn_app().await;
    let schema = concat!(
        r#"{ "type":"object" ,"description":"\u0000","#,
        r#""properties":{"z":{"maximum":1e2},"a":{"const":12345678901234567890123}} }"#
    );
    let component = "// é 😀 \\u0000 \r\n\texport default () => <p>{'\\\\'}</p>;\r";
    let members = json!({
        "name": " Ünï cødé ",
        "description": "a\r\nb\t\u{feff}",
        "tags": ["é", "e\u{301}"],
        "component": component,
    });
    let body =
        widget_with("card", members.clone()).to_string().replacen(&crate::harness::schema().to_string(), schema, 1);
    let created = app.post(WIDGETS, body).await.expect(201);
    let shown = app.get(&widget_path(&created.id())).await.expect(200);
    for response in [created, shown] {
        assert!(response.text().contains(&format!("\"schema\":{schema},")), "{}", response.text());
        for member in ["name", "description", "tags", "component"] {
            assert_eq!(response.data()[member], members[member], "{member}");
        }
    }
}

/// A JSON value as text, in any valid notation.
fn json_text() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        "-?(0|[1-9][0-9]{0,30})",
        "-?(0|[1-9][0-9]{0,5})\\.[0-9]{1,30}",
        "-?[1-9](\\.[0-9]{1,3})?[eE][+-]?[0-9]{1,2}",
    ];
    let leaf =
        prop_oneof![Just("null".to_owned()), Just("true".to_owned()), Just("false".to_owned()), number, json_string()];
    leaf.prop_recursive(6, 48, 6, |inner| {
        let white = "[ \n\r\t]{0,2}";
        let array = (vec(inner.clone(), 0..6), white)
            .prop_map(|(elements, white)| format!("[{white}{}{white}]", elements.join(&format!("{white},"))));
        prop_oneof![
            array,
            (vec((json_string(), inner), 0..6), white).prop_map(|(members, white)| object(members, &white))
        ]
    })
}

/// A JSON string as text, with and without escapes.
fn json_string() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        8 => proptest::char::any().prop_map(|c| serde_json::to_string(&c).unwrap().trim_matches('"').to_owned())
            .prop_filter("quotes and backslashes are among the escapes", |text| !text.is_empty() && text != "\\"),
        1 => "\\\\[\"\\\\/bfnrt]",
        1 => "\\\\u00[0-7][0-9a-fA-F]",
        1 => Just("\\ud83d\\uDE00".to_owned()),
    ];
    vec(character, 0..8).prop_map(|characters| format!("\"{}\"", characters.concat()))
}

/// An object with these members. The first of several with one name is kept.
fn object(members: Vec<(String, String)>, white: &str) -> String {
    let mut names = std::collections::HashSet::new();
    let members = members.into_iter().filter(|(name, _)| names.insert(serde_json::from_str::<String>(name).unwrap()));
    let members: Vec<String> = members.map(|(name, value)| format!("{name}{white}:{white}{value}")).collect();
    format!("{{{white}{}{white}}}", members.join(&format!("{white},{white}")))
}

#[test]
fn any_data_is_returned_byte_for_byte() {
    let app = app();
    let data = vec((json_string(), json_text()), 0..6).prop_map(|members| object(members, ""));
    proptest!(Config { cases: 64, failure_persistence: None, ..Config::default() }, |(data in data)| {
        RUNTIME.block_on(async { prop_assert_eq!(sent_and_read_once(&app, &data).await, data); Ok(()) })?;
    });
}

/// Like [`sent_and_read`], in a separate conversation, so that the list is short.
async fn sent_and_read_once(app: &TestApp, data: &str) -> String {
    let [sent, shown, listed] = sent_and_read(app, data).await;
    assert!(sent == shown && shown == listed, "sent {sent}, shown {shown}, listed {listed}");
    sent
}

#[test]
fn any_text_of_a_message_is_returned_or_refused_for_its_nul() {
    let app = app();
    proptest!(Config { cases: 48, failure_persistence: None, ..Config::default() }, |(text in any::<String>())| {
        RUNTIME.block_on(async {
            let body = json!({"type": "widget", "widgetKey": "any", "data": {}, "text": text});
            let response = app.post(&messages_path("conv_2"), body).await;
            if text.contains('\0') {
                prop_assert_eq!(response.status, 400);
            } else {
                prop_assert_eq!(&app.get(&message_path("conv_2", &response.id())).await.data()["text"], &json!(text));
            }
            Ok(())
        })?;
    });
}

#[test]
fn any_texts_of_a_widget_are_returned_or_refused_by_field() {
    let app = app();
    let words = ("\\PC{0,130}", any::<String>(), vec("\\PC{0,55}", 0..4));
    let path = RUNTIME.block_on(async { widget_path(&app.create_widget("card").await) });
    proptest!(Config { cases: 48, failure_persistence: None, ..Config::default() }, |((name, description, tags) in words)| {
        RUNTIME.block_on(async {
            let change = json!({"name": name, "description": description, "tags": tags});
            let response = app.put(&path, &change).await;
            if response.status == 200 {
                let shown = app.get(&path).await.data();
                for member in ["name", "description", "tags"] {
                    prop_assert_eq!(&shown[member], &change[member]);
                }
            } else {
                prop_assert_eq!(response.status, 400);
                for error in response.errors() {
                    prop_assert!(["name: ", "description: ", "tags["].iter().any(|field| error.starts_with(field)), "{}", error);
                }
            }
            Ok(())
        })?;
    });
}

#[test]
fn a_search_finds_each_part_of_a_name_in_any_case() {
    let app = app();
    let path = RUNTIME.block_on(async { widget_path(&app.create_widget("card").await) });
    let part = ("[a-zA-Z0-9%_éÉΣσ*'\\\\ ]{1,12}[a-z]", 0_usize..12, 1_usize..6);
    proptest!(Config { cases: 32, failure_persistence: None, ..Config::default() }, |((name, from, length) in part)| {
        RUNTIME.block_on(async {
            app.put(&path, json!({"name": name})).await.expect(200);
            let part: String = name.chars().skip(from % name.chars().count()).take(length).collect();
            // Letter by letter: `str::to_lowercase` makes a final sigma of a last Σ, which is another letter.
            let (upper, lower) = (part.to_uppercase(), part.chars().flat_map(char::to_lowercase).collect());
            for term in [upper, lower, part] {
                let encoded: String = term.bytes().map(|byte| format!("%{byte:02x}")).collect();
                let data = app.get(&format!("{WIDGETS}?search={encoded}")).await.expect(200).data();
                let found = data["widgets"].as_array().unwrap().iter().any(|widget| widget["key"] == "card");
                prop_assert!(found, "{} is not found in {}", term, name);
            }
            Ok(())
        })?;
    });
}

#[test]
fn no_bytes_cause_a_500() {
    let app = app();
    let bytes = prop_oneof![vec(any::<u8>(), 0..200), json_text().prop_map(String::into_bytes), mangled()];
    proptest!(Config { cases: 64, failure_persistence: None, ..Config::default() }, |(bytes in bytes)| {
        RUNTIME.block_on(async {
            for route in ROUTES.into_iter().filter(Route::takes_body) {
                // The client itself refuses a 500 and an answer that is not in the envelope.
                let response = app.request(route.method, &route.path()).body(bytes.clone()).await;
                prop_assert!(response.status < 500);
            }
            Ok(())
        })?;
    });
}

/// Right bodies with one byte changed.
fn mangled() -> impl Strategy<Value = Vec<u8>> {
    let bodies = prop::sample::select(vec![
        widget("new").to_string(),
        sales_message().to_string(),
        json!({"widgetKey": "any", "config": {"defaultProps": {"a": [1]}}}).to_string(),
    ]);
    (bodies, any::<prop::sample::Index>(), any::<u8>()).prop_map(|(body, place, byte)| {
        let mut bytes = body.into_bytes();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        bytes
    })
}
