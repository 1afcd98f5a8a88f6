//! Hostile modules.

use crate::support::{Fixture, returning};

pub(crate) async fn a_loop_ends_after_two_seconds(fixture: &Fixture) {
    let killed = fixture.stats().killed;
    let source = "export default function Widget() {\n  try {\n    for (;;) Math.abs(1);\n  } catch { return null; } finally { for (;;); }\n}";
    let error = fixture.error(source).await;
    assert!(error.message.contains("took more than 2 seconds"), "{error:?}");
    assert_eq!(error.position.map(|position| position.line), Some(3), "{error:?}");
    let error = fixture.error("(async () => { for (;;) await 1; })();\nexport default () => 'shown';").await;
    assert!(error.message.contains("took more than 2 seconds"), "{error:?}");
    assert_eq!(fixture.stats().killed, killed, "the engine ends the loops");
}

pub(crate) async fn a_step_of_the_engine_that_does_not_end_is_killed(fixture: &Fixture) {
    let killed = fixture.stats().killed;
    let source = returning("'a'.repeat(1e7).indexOf('a'.repeat(1e5) + 'b')");
    let error = fixture.error(&source).await;
    assert!(error.message.contains("too much time"), "{error:?}");
    assert_eq!(fixture.stats().killed, killed + 1);
    assert_eq!(fixture.text(&returning("<p>next</p>")).await, "next");
}

pub(crate) async fn a_module_that_fills_the_memory_gets_an_error(fixture: &Fixture) {
    for source in [
        "export default function Widget() { const all = []; for (;;) all.push(new Uint8Array(1 << 20)); }",
        "export default function Widget() { const all = []; for (;;) all.push({ all: [all.length] }); }",
    ] {
        let error = fixture.error(source).await;
        assert!(error.message.contains("256 MiB"), "{error:?}");
        assert_eq!(fixture.text(&returning("<p>next</p>")).await, "next");
    }
}

pub(crate) async fn endless_recursion_is_an_error_of_the_component(fixture: &Fixture) {
    for source in [
        "export default function Widget() { return Widget(); }",
        "export default function Widget() { return <Widget />; }",
        "let a = []; for (let n = 0; n < 1e5; n += 1) a = [a];\nexport default () => JSON.stringify(a);",
        "export default () => new RegExp('('.repeat(1e5) + ')'.repeat(1e5)).test('a') && 'a';",
    ] {
        let report = fixture.render(source).await;
        assert!(report.outcome.is_err());
    }
}

pub(crate) async fn a_huge_output_is_cut(fixture: &Fixture) {
    let report = fixture.render(&returning("<p>{'a '.repeat(1e7)}</p>")).await;
    assert!(report.outcome.is_ok_and(|text| text.is_truncated));
}

pub(crate) async fn a_module_that_attacks_the_report_gets_one(fixture: &Fixture) {
    for attack in [
        "for (const name of Object.getOwnPropertyNames(Array.prototype)) try { Array.prototype[name] = () => { throw 1; }; } catch {}",
        "for (const name of Object.getOwnPropertyNames(globalThis)) try { delete globalThis[name]; } catch {}",
        "Object.defineProperty(Object.prototype, 'message', { get() { throw 1; } });",
        "Object.prototype.toJSON = () => 'no'; String.prototype.replace = () => ({}); String.prototype.slice = () => 5;",
        "throw new Error('own'.repeat(1e7));",
        "Array.prototype.map = () => Array(1e5).fill({ message: 'm'.repeat(1e5), stack: '' });",
        "Error.prepareStackTrace = () => { throw 1; };",
        "Error.stackTraceLimit = 1e9; Object.defineProperty(Error.prototype, 'name', { get() { for (;;); } });",
        "globalThis.widgetdRenderer.render = () => ({ warnings: 'x'.repeat(1e8), error: 3, html: 7 });",
    ] {
        let source = format!("{attack}\nexport default function Widget() {{ throw new Error('own'); }}");
        let report = fixture.render(&source).await;
        assert!(report.outcome.is_err());
        assert_eq!(fixture.text(&returning("<p>next</p>")).await, "next");
    }
}

pub(crate) async fn a_module_has_no_way_out_of_the_engine(fixture: &Fixture) {
    let names = "process require std os Deno Bun XMLHttpRequest WebSocket Worker importScripts localStorage indexedDB WebAssembly";
    for name in names.split(' ') {
        assert_eq!(fixture.text(&returning(&format!("typeof {name}"))).await, "undefined", "{name}");
    }
    let report = fixture.render("export default () => null;\nawait import('std');").await;
    assert!(report.outcome.unwrap_err().message.contains("no such module"));
}

pub(crate) async fn a_render_sees_nothing_of_the_one_before(fixture: &Fixture) {
    let source = "
        import React from 'react';
        const seen = [globalThis.mark, React.mark, Array.prototype.mark, document.title].join();
        globalThis.mark = React.mark = Array.prototype.mark = document.title = 'seen';
        export default () => seen;";
    for _ in 0..2 {
        assert_eq!(fixture.text(source).await, ",,,Widget");
    }
}
