use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::process::{Home, run_to_its_end, stderr, stdout};

fn prebuilt() -> Vec<PathBuf> {
    let widgets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../prebuilt/widgets");
    let mut folders: Vec<PathBuf> = widgets.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

/// A widget that passes.
struct Widget {
    home: Home,
}

impl Widget {
    fn new() -> Self {
        let widget = Self { home: Home::new() };
        fs::create_dir(widget.home.path().join("greeting")).unwrap();
        widget.write("widget.json", r#"{"name": "Greeting", "tags": ["hello"]}"#);
        widget.write(
            "schema.json",
            "{\n  \"type\": \"object\",\n  \"properties\": { \"who\": { \"type\": \"string\" } }\n}\n",
        );
        widget.write(
            "component.jsx",
            "export default function Greeting({ data }) {\n  return <p>Hello {data.who}</p>;\n}\n",
        );
        widget.write("example.json", "{\n  \"who\": \"world\"\n}\n");
        widget
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.home.path().join("greeting").join(file), text).unwrap();
    }

    /// Exit code and the lines of stdout.
    fn check(&self) -> (Option<i32>, Vec<String>) {
        let output = self.home.run(&["check", "greeting"]);
        (output.status.code(), stdout(&output).lines().map(str::to_owned).collect())
    }

    /// The one line that is printed when this file holds this text.
    fn refusal(&self, file: &str, text: &str) -> String {
        self.write(file, text);
        let (code, lines) = self.check();
        assert_eq!((code, lines.len()), (Some(1), 1), "{lines:?}");
        lines[0].clone()
    }
}

#[test]
fn the_prebuilt_widgets_pass() {
    let folders = prebuilt();
    assert_eq!(folders.len(), 7);
    let home = Home::new();
    let output = run_to_its_end(home.command(&["check"]).args(&folders));
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    assert!(stderr(&output).contains("7 widgets checked: 0 errors"), "{output:?}");
    for folder in folders {
        let output = run_to_its_end(home.command(&["check"]).arg(&folder));
        assert_eq!(output.status.code(), Some(0), "{}: {}", folder.display(), stdout(&output));
    }
}

#[test]
fn a_valid_widget_passes_with_empty_stdout_and_leaves_no_files() {
    let widget = Widget::new();
    assert_eq!(widget.check(), (Some(0), vec![]));
    assert_eq!(widget.home.path().read_dir().unwrap().count(), 1);
}

#[test]
fn a_component_is_refused_with_line_column_and_rule() {
    let line = Widget::new().refusal("component.jsx", "export default function Greeting() {\n  return <p>é{</p>;\n}\n");
    assert!(line.starts_with("greeting/component.jsx:2:"), "{line}");
    assert!(line.contains(": error: Syntax error: ") && line.ends_with(" [syntax]"), "{line}");
}

#[test]
fn a_schema_is_refused_with_the_position_of_its_error() {
    let widget = Widget::new();
    let line = widget.refusal(
        "schema.json",
        "{\n  \"type\": \"object\",\n  \"properties\": {\n    \"who\": { \"type\": 1 }\n  }\n}\n",
    );
    assert!(line.starts_with("greeting/schema.json:4:22: error: schema.properties.who.type: "), "{line}");
    let line = widget.refusal("schema.json", "{\n  \"type\": \"object\",\n}\n");
    assert!(line.starts_with("greeting/schema.json:3:1: error: Invalid JSON: "), "{line}");
}

#[test]
fn an_example_is_checked_against_the_schema() {
    let widget = Widget::new();
    let line = widget.refusal("example.json", "{\n  \"who\":\n    7\n}\n");
    assert_eq!(line, "greeting/example.json:3:5: error: data.who: Expected string, received number");
}

#[test]
fn metadata_is_checked_by_the_services_rules() {
    let widget = Widget::new();
    let line = widget.refusal("widget.json", "{\n  \"name\": \"Greeting\",\n  \"tags\": [\"ok\", \"\"]\n}\n");
    assert_eq!(line, "greeting/widget.json:3:18: error: tags[1]: Must not be empty");
    let line = widget.refusal("widget.json", "{}");
    assert_eq!(line, "greeting/widget.json:1:1: error: Required field 'name' is missing");
}

#[test]
fn a_widget_with_warnings_passes_and_they_are_printed() {
    let widget = Widget::new();
    fs::remove_file(widget.home.path().join("greeting/example.json")).unwrap();
    widget.write("component.jsx", "export default () => <p style={{ color: 'red' }}>Hello</p>;\n");
    let (code, lines) = widget.check();
    assert_eq!(code, Some(0), "{lines:?}");
    assert!(lines[0].starts_with("greeting/component.jsx:1:25: warning: Component uses inline styles"), "{lines:?}");
    assert!(lines[1].starts_with("greeting/schema.json: warning: no example.json"), "{lines:?}");
}

#[test]
fn a_component_is_read_from_a_file_or_from_stdin() {
    let home = Home::new();
    let source = "export default () => <p>\n  <Chart />\n</p>;\n";
    fs::write(home.path().join("a.jsx"), source).unwrap();
    let output = home.run(&["check", "a.jsx"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let message = "error: `Chart` is not declared: ";
    assert!(stdout(&output).starts_with(&format!("a.jsx:2:4: {message}")), "{output:?}");
    assert!(stderr(&output).contains("1 component checked: 1 error, 0 warnings"), "{output:?}");

    let mut child = home.command(&["check", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(source.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(stdout(&output).starts_with(&format!("<stdin>:2:4: {message}")), "{output:?}");
}

#[test]
fn the_findings_are_printed_as_json_for_tools() {
    let home = Home::new();
    fs::write(home.path().join("a.jsx"), "export default () => <p>\n  <img src={x} />\n</p>;\n").unwrap();
    fs::write(home.path().join("b.jsx"), "export default () => <p />;\n").unwrap();
    let output = home.run(&["check", "--json", "a.jsx", "b.jsx"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let report: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    let found = |n: usize| {
        let finding = &report["findings"][n];
        ["file", "line", "column", "severity", "code"].map(|name| finding[name].to_string()).join(" ")
    };
    assert_eq!((&report["errors"], &report["warnings"]), (&1.into(), &1.into()), "{report}");
    assert_eq!(found(0), r#""a.jsx" 2 13 "error" "undeclared-name""#);
    assert_eq!(found(1), r#""a.jsx" 2 3 "warning" "image-alt""#);
    let output = home.run(&["check", "--json", "absent.jsx"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let report: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(report["findings"][0]["file"], "absent.jsx", "{report}");
}

#[test]
fn a_hostile_component_is_refused_and_the_others_are_still_checked() {
    let widget = Widget::new();
    widget.write("component.jsx", &format!("export default {}", "[".repeat(100_000)));
    let sound = prebuilt().remove(0);
    let output = run_to_its_end(widget.home.command(&["check", "greeting"]).arg(sound));
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(stderr(&output).contains("2 widgets checked: 1 error"), "{output:?}");
}

#[test]
fn a_folder_without_a_widget_is_a_usage_error() {
    let widget = Widget::new();
    fs::remove_file(widget.home.path().join("greeting/schema.json")).unwrap();
    for (path, reason) in [("greeting", "schema.json"), ("absent", "absent: no such file")] {
        let output = widget.home.run(&["check", path]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(stderr(&output).contains(reason), "{output:?}");
    }
    assert_eq!(widget.home.run(&["check"]).status.code(), Some(2));
}

#[test]
fn a_file_that_is_not_regular_does_not_block() {
    for name in ["widget.json", "schema.json", "component.jsx", "example.json"] {
        let widget = Widget::new();
        let path = widget.home.path().join("greeting").join(name);
        fs::remove_file(&path).unwrap();
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        let refused = |what: &str| {
            let output = widget.home.run(&["check", "greeting"]);
            assert_eq!(output.status.code(), Some(2), "{what}: {output:?}");
            assert!(stderr(&output).contains(&format!("error: greeting/{name}: not a regular file")), "{output:?}");
        };
        refused("a pipe");
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        refused("a folder");
        fs::remove_dir(&path).unwrap();
        std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
        refused("a device");
    }
}

#[test]
fn other_files_of_a_folder_are_not_read() {
    let widget = Widget::new();
    let component = fs::File::create(widget.home.path().join("greeting/component.jsx")).unwrap();
    component.set_len(1 << 40).unwrap();
    let output = widget.home.run(&["check", "greeting"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(stderr(&output).contains("greeting/component.jsx: larger than 4 MiB"), "{output:?}");
}

#[test]
fn a_component_over_the_size_limit_is_refused_with_its_length() {
    let line = Widget::new().refusal("component.jsx", &" ".repeat(262_145));
    assert!(line.contains("262145 bytes") && line.ends_with(" [source]"), "{line}");
}

#[test]
fn a_byte_order_mark_is_reported() {
    for file in ["widget.json", "schema.json", "example.json"] {
        let line = Widget::new().refusal(file, "\u{feff}{}");
        assert!(
            line.ends_with(&format!(
                "{file}:1:1: error: Invalid JSON: begins with a byte order mark (U+FEFF); save the file without it"
            )),
            "{line}"
        );
    }
}
