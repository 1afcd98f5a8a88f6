//! What React warns of.

use ports::MAX_RENDER_WARNINGS;

use crate::support::{Fixture, returning};

pub(crate) async fn a_missing_key_is_a_warning_at_its_element(fixture: &Fixture) {
    let source = "export default function Widget() {\n  console.error('own'); console.warn('own');\n  const items = [1, 2].map((n) =>\n    <li>{n}</li>);\n  return <ul>{items}</ul>;\n}";
    let report = fixture.render(source).await;
    assert_eq!(report.outcome.unwrap().text, "1\n2");
    let [warning] = report.warnings.as_slice() else { panic!("{:?}", report.warnings) };
    assert!(warning.message.contains("unique \"key\" prop") && !warning.message.contains('\n'), "{warning:?}");
    assert_eq!(warning.position.map(|position| position.line), Some(4), "{warning:?}");
}

pub(crate) async fn warnings_are_deduplicated_and_limited(fixture: &Fixture) {
    for (jsx, expected) in [
        ("<p class=\"a\">a</p>", "className"),
        ("<Card>a</Card>".replace("Card", "card").as_str(), ""),
        ("<input value=\"a\" />", ""),
        ("<div onclick=\"a()\">a</div>", "onClick"),
    ] {
        let report = fixture.render(&returning(&format!("<div>{jsx}{jsx}</div>"))).await;
        assert!(report.outcome.is_ok(), "{report:?}");
        let matching = report.warnings.iter().filter(|warning| warning.message.contains(expected)).count();
        assert!(expected.is_empty() || matching == 1, "{jsx}: {:?}", report.warnings);
    }
    let many = "export default () => Array.from({ length: 50 }, (_, n) => <p key={n} {...{ ['data' + n + 'Aria']: () => {} }} />);";
    assert_eq!(fixture.render(many).await.warnings.len(), MAX_RENDER_WARNINGS);
}
