//! What components show.

use ports::MAX_RENDERED_TEXT_BYTES;

use crate::support::{Fixture, returning};

pub(crate) async fn prebuilt_widgets_render_their_examples_without_a_warning(fixture: &Fixture) {
    let shown = ["$150,000", "Subtotal", "TypeScript", "Northwind Traders", "Website relaunch", "10,935", "Humidity"];
    for (widget, shown) in prebuilt::widgets().iter().zip(shown) {
        let module = fixture.module(widget.component.as_str()).await;
        let report = fixture.render_module(&module, widget.example.text().as_str(), "{}").await;
        assert_eq!(report.warnings, [], "{}", widget.key);
        let text = report.outcome.unwrap().text;
        assert!(text.contains(shown), "{}: {text}", widget.key);
    }
}

pub(crate) async fn a_component_gets_the_props_that_a_frame_passes(fixture: &Fixture) {
    let source = "
        function Row({ label = 'none', tone }) { return <li>{label} {tone}</li>; }
        Row.defaultProps = { tone: 'calm' };
        export default function Widget({ data, theme, locale, dir, unit, onAction }) {
            onAction('viewed');
            return <ul><Row label={data.title} /><Row tone={unit} /><li>{theme} {locale} {dir}</li></ul>;
        }";
    let module = fixture.module(source).await;
    let report = fixture.render_module(&module, r#"{"title":"Sales"}"#, r#"{"unit":"km","theme":"dark"}"#).await;
    assert_eq!(report.outcome.unwrap().text, "Sales calm\nnone km\ndark en ltr");
}

pub(crate) async fn a_component_may_read_the_window_and_format_numbers_and_dates(fixture: &Fixture) {
    let cases = [
        ("window.innerWidth > 400 ? 'wide' : 'narrow'", "wide"),
        ("window.matchMedia('(max-width: 600px)').matches ? 'yes' : 'no'", "no"),
        ("navigator.language + document.querySelectorAll('p').length", "en-US0"),
        ("typeof localStorage", "undefined"),
        ("(1234567.891).toLocaleString()", "1,234,567.891"),
        ("(1234.5).toLocaleString('en-US', { style: 'currency', currency: 'EUR' })", "€1,234.50"),
        ("new Intl.NumberFormat('en', { notation: 'compact' }).format(12500)", "13K"),
        ("Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 }).format(0.1234)", "12.3%"),
        ("(-0.5).toLocaleString('en', { minimumFractionDigits: 2 })", "-0.50"),
        ("new Date(Date.UTC(2026, 2, 5, 15, 4)).toLocaleDateString('de')", "3/5/2026"),
        ("new Date(Date.UTC(2026, 2, 5, 15, 4)).toLocaleString()", "3/5/2026, 3:04:00 PM"),
        (
            "new Date('2026-03-05').toLocaleDateString('en', { weekday: 'short', month: 'long', day: 'numeric', year: 'numeric' })",
            "Thu, March 5, 2026",
        ),
        ("new Date('2026-03-05T09:05:00Z').toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })", "09:05 AM"),
        ("new Intl.DateTimeFormat('en', { dateStyle: 'medium' }).format(0)", "Jan 1, 1970"),
        ("String(new Date(NaN).toLocaleDateString())", "Invalid Date"),
        ("new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(-1, 'day')", "yesterday"),
        ("new Intl.ListFormat('en').format(['a', 'b', 'c'])", "a, b, and c"),
        ("new Intl.PluralRules('en', { type: 'ordinal' }).select(22)", "two"),
        ("crypto.randomUUID().length", "36"),
    ];
    for (expression, expected) in cases {
        assert_eq!(fixture.text(&returning(&format!("<p>{{{expression}}}</p>"))).await, expected, "{expression}");
    }
}

pub(crate) async fn what_react_adds_in_browsers_works(fixture: &Fixture) {
    let source = "
        import React, { createContext, use, useEffect, useId, useReducer, useSyncExternalStore } from 'react';
        const Theme = createContext('light');
        const subscribe = () => () => {};
        class Old extends React.Component { state = { n: 1 }; render() { return <i>{this.state.n}</i>; } }
        const Memo = React.memo(({ children }) => <b>{children}</b>);
        export default function Widget() {
            const online = useSyncExternalStore(subscribe, () => navigator.onLine);
            const [n] = useReducer((n) => n + 1, 4);
            const id = useId();
            useEffect(() => { throw new Error('effects do not run'); });
            setTimeout(() => { throw new Error('timers do not fire'); });
            return <Theme.Provider value=\"dark\"><Memo>{online ? 'on' : 'off'}</Memo> {n} <Old /> {use(Theme)} {id.length > 0 && '#'}</Theme.Provider>;
        }";
    assert_eq!(fixture.text(source).await, "on 4 1 light #");
}

pub(crate) async fn a_component_that_waits_shows_its_fallback(fixture: &Fixture) {
    let resolved = "
        import { Suspense, use } from 'react';
        const later = Promise.resolve('loaded');
        function Part() { return use(later); }
        export default function Widget() { return <Suspense fallback=\"loading\"><Part /></Suspense>; }";
    assert_eq!(fixture.text(resolved).await, "loaded");
    let pending = resolved.replace("Promise.resolve('loaded')", "new Promise(() => {})");
    for (source, text) in [
        (pending.clone(), "loading"),
        (pending.replace("<Suspense fallback=\"loading\"><Part /></Suspense>", "<Part />"), ""),
    ] {
        let report = fixture.render(&source).await;
        assert_eq!(report.outcome.unwrap().text, text);
        assert!(
            report.warnings.len() == 1 && report.warnings[0].message.contains("waits for a promise"),
            "{:?}",
            report.warnings
        );
    }
}

pub(crate) async fn a_long_text_is_cut(fixture: &Fixture) {
    let report = fixture.render(&returning("<p>{'é'.repeat(9000)}</p>")).await;
    let text = report.outcome.unwrap();
    assert!(text.is_truncated && text.text.len() == MAX_RENDERED_TEXT_BYTES);
}
