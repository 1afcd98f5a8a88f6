use std::{fs, path::Path};

use super::{ACCEPTED, check_source};

/// The components of the API reference.
const SALES_DASHBOARD: &str = "function SalesDashboard({ data }) {\n const { revenue, deals } = data;\n \n return (\n <div>\n <h2>Revenue: ${revenue}</h2>\n <ul>\n {deals.map(deal => (\n <li key={deal.id}>\n {deal.value} - {deal.status}\n </li>\n ))}\n </ul>\n </div>\n );\n}\n\nexport default SalesDashboard;";
const CUSTOM_CHART: &str = "\nfunction CustomChart({ data }) {\nreturn (\n<div>\n{data.data.map((item, i) => (\n<div key={i}>\n{item.label}: {item.value}\n</div>\n))}\n</div>\n);\n}\nexport default CustomChart;\n";

#[test]
fn the_components_of_the_reference_are_accepted_without_a_warning() {
    for source in [SALES_DASHBOARD, CUSTOM_CHART] {
        assert_eq!(check_source(source), ACCEPTED);
    }
}

#[test]
fn the_widgets_that_ship_with_the_service_are_accepted() {
    let widgets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../prebuilt/widgets");
    let sources: Vec<_> =
        fs::read_dir(widgets).unwrap().map(|entry| entry.unwrap().path().join("component.jsx")).collect();
    assert_eq!(sources.len(), 7);
    for path in sources {
        let report = check_source(&fs::read_to_string(&path).unwrap());
        // Some position elements by numbers in the data, which requires inline styles.
        assert_eq!(report.errors, [], "{}", path.display());
    }
}

#[test]
fn hashbangs_directives_and_comments_at_the_beginning_are_accepted() {
    for start in [
        "",
        "\u{feff}",
        "\"use client\";\n",
        "#!/usr/bin/env node\n",
        "/** @jsx h */\r\n",
        "// 変数 😀\u{2028}\n",
        "'use strict';",
    ] {
        let source = format!("{start}export default function Größe() {{ return <p>naïve 😀</p>; }}");
        assert_eq!(check_source(&source), ACCEPTED, "{start:?}");
    }
}

#[test]
fn current_javascript_syntax_is_accepted() {
    let source = r##"
import React, { Component, createContext, useMemo } from "react";
const Theme = createContext("light");
const total = (deals) => deals?.reduce((sum, { value = 0 }) => sum + value, 0) ?? 0;
class Boundary extends Component {
  static #count = 0;
  state = { failed: false };
  static getDerivedStateFromError() { return { failed: true }; }
  render() { return this.state.failed ? null : this.props.children; }
}
function* pairs(list) { for (const [i, x] of list.entries()) yield { i, x }; }
export const helper = async () => { await null; };
export default function Widget({ data: { deals, ...rest }, theme = "light" }) {
  const sum = useMemo(() => total(deals), [deals]);
  const big = 1_000n ** 2n, text = `${sum} of ${big}`, pattern = /(?<year>\d{4})/v;
  return (
    <Theme.Provider value={theme}>
      <Boundary>
        <>
          {[...pairs(deals)].map(({ i, x }) => <p key={i} {...x} aria-label={`deal ${i}`}>{x.name}</p>)}
          <svg viewBox="0 0 1 1"><use xlinkHref="#a" /></svg>
          {text} &amp; {pattern.source} {rest.note}
        </>
      </Boundary>
    </Theme.Provider>
  );
}
"##;
    assert_eq!(check_source(source), ACCEPTED);
}
