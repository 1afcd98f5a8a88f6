//! The seven pre-built widgets: `widgets/<key>/{widget.json,schema.json,component.jsx,example.json}`.
//!
//! The binary embeds the files. `widgetd check crates/prebuilt/widgets/*` checks them like any other widget.

mod parse;

use domain::widget::PrebuiltWidget;

/// The embedded files of one widget.
struct Files {
    id: &'static str,
    key: &'static str,
    metadata: &'static str,
    schema: &'static str,
    component: &'static str,
    example: &'static str,
}

macro_rules! files {
    ($id:literal, $key:literal) => {
        Files {
            id: $id,
            key: $key,
            metadata: include_str!(concat!("../widgets/", $key, "/widget.json")),
            schema: include_str!(concat!("../widgets/", $key, "/schema.json")),
            component: include_str!(concat!("../widgets/", $key, "/component.jsx")),
            example: include_str!(concat!("../widgets/", $key, "/example.json")),
        }
    };
}

/// In the reference's order.
///
/// An id must never change or be reused: bindings and messages of every installation refer to it. A new widget gets a new UUIDv7,
/// written as a TypeID.
const FILES: [Files; 7] = [
    files!("widget_01k80gzf80e7sbyvptpvak6z7q", "sales-funnel-progress"),
    files!("widget_01k80gzf81f25vwx5rep5qtkns", "shopping-cart-summary"),
    files!("widget_01k80gzf82f52rss58yzs82qdf", "skills-comparison-radar"),
    files!("widget_01k80gzf83ecwa9279p9w42med", "support-ticket-overview"),
    files!("widget_01k80gzf84fx2aebj0z3btr95w", "task-kanban"),
    files!("widget_01k80gzf85fj2b9t58e62s2ktt", "user-growth-line-chart"),
    files!("widget_01k80gzf86f3er2ftstyz3pnv4", "weather-daily-highlight"),
];

/// The pre-built widgets, in the reference's order.
pub fn widgets() -> Vec<PrebuiltWidget> {
    FILES.iter().map(|files| parse::widget(files).expect("the embedded files are valid: a test parses each")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses() {
        for files in &FILES {
            assert_eq!(parse::widget(files).err(), None, "{}", files.key);
        }
    }
}
