use std::collections::HashSet;

use domain::module::AssetDigest;
use serde_json::{Value, json};

use crate::harness::*;

const LIBRARIES: &str = "/api/v1/libraries";

/// Uses a part of the kit, an icon and a chart, as models write it.
const CARD: &str = "import { Card } from '@/components/ui/card';\nimport { Camera } from 'lucide-react';\nimport { LineChart } from \
     'recharts';\nexport default ({ data }) => <Card><Camera /><LineChart />{data.title}</Card>;\n";

#[tokio::test]
async fn the_libraries_are_listed_with_their_names_and_sizes() {
    let app = spawn_app().await;
    let list = app.get(LIBRARIES).await.expect(200).data();
    assert_eq!(list["set"], 1);
    let find = |specifier: &str| {
        let mut libraries = list["libraries"].as_array().unwrap().iter();
        libraries.find(|library| library["specifier"] == specifier).cloned().unwrap_or_default()
    };
    let recharts = find("recharts");
    assert!(recharts["names"].as_array().unwrap().contains(&json!("LineChart")));
    assert_eq!((&recharts["package"], &recharts["license"]), (&json!("recharts"), &json!("MIT")));
    assert!(recharts["bytes"].as_u64().unwrap() > 100_000);
    assert!(find("lucide-react")["names"].as_array().unwrap().contains(&json!("Camera")));
    assert_eq!(find("react")["bytes"], 0);
    assert_eq!(find("@/components/ui/card")["package"], "widgetd");
    assert_eq!(find("react/jsx-runtime"), Value::Null);
}

#[tokio::test]
async fn a_version_says_what_it_imports_and_loads() {
    let app = spawn_app().await;
    let id = app.create_widget_with("card", json!({"component": CARD})).await;
    let version = app.get(&version_path(&id, 1)).await.data();
    assert_eq!(version["imports"], json!(["@/components/ui/card", "lucide-react", "recharts"]));
    assert_eq!(version["librarySet"], 1);
    assert!(version["loadBytes"].as_u64().unwrap() > 200_000, "{version}");
    let listed = app.get(&versions_path(&id)).await.data()["versions"][0].clone();
    for name in ["imports", "librarySet", "loadBytes"] {
        assert_eq!(listed[name], version[name]);
    }
    let plain = app.create_widget("plain").await;
    let version = app.get(&version_path(&plain, 1)).await.data();
    assert_eq!((&version["imports"], version.get("librarySet")), (&json!([]), None));
}

/// The digests of the files that a module imports.
fn files(code: &str) -> HashSet<String> {
    let paths = code.split('/').filter_map(|part| part.split_once(".js"));
    paths.map(|(name, _)| name).filter(|name| AssetDigest::parse(name).is_ok()).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_module_and_all_files_that_it_loads_are_served_with_their_digests() {
    let app = spawn_app().await;
    let id = app.create_widget_with("card", json!({"component": CARD})).await;
    let module = app.get(&version_path(&id, 1)).await.data()["module"].as_str().unwrap().to_owned();
    let code = app.get(&module).await.expect(200).text().to_owned();
    assert!(code.contains("const Camera=") && !code.contains("lucide-react") && !code.contains("recharts"));
    let mut open: Vec<String> = files(&code).into_iter().collect();
    let mut seen = HashSet::new();
    while let Some(digest) = open.pop() {
        if !seen.insert(digest.clone()) {
            continue;
        }
        let file = app.get(&format!("/assets/lib/{digest}.js")).role(Role::Anonymous).await.expect(200);
        assert_eq!(file.header("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(
            (file.header("access-control-allow-origin"), file.header("cross-origin-resource-policy")),
            ("*", "cross-origin")
        );
        assert_eq!(AssetDigest::of(file.text()).to_string(), digest);
        open.extend(files(file.text()));
    }
    assert!(seen.len() >= 3, "{seen:?}");
    let missing = format!("/assets/lib/{}.js", "0".repeat(64));
    assert_eq!(app.get(&missing).await.expect(404).code(), "module_not_found");
}

#[tokio::test]
async fn what_is_no_library_is_refused_with_the_remedy() {
    let app = spawn_app().await;
    for (import, message) in [
        ("import { useTypes } from './types';", "A component is one file: put \"./types\" into it"),
        (
            "import { LineChrat } from 'recharts';",
            "\"recharts\" does not export `LineChrat`: did you mean `LineChart`?",
        ),
    ] {
        let component = format!("{import}\nexport default () => null;\n");
        let found = app.post(VALIDATE, json!({"schema": schema(), "component": component})).await.expect(200).data();
        assert_eq!(found["errors"][0]["message"], message);
    }
}
