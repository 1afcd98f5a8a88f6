use super::*;

fn compiler() -> Tailwind {
    Tailwind::new(web_assets::tailwind().expect("the tests need Node.js and npm"))
}

#[test]
fn class_names_become_rules() {
    let css = compiler().compile(&["flex", "hover:bg-primary/50", "no-such", "dark:p-1", "animate-in"]).unwrap();
    for expected in [
        "@layer theme, base, components, utilities;",
        "  .flex {\n    display: flex;\n  }",
        "var(--primary) 50%",
        ".dark\\:p-1:where([data-theme=\"dark\"], [data-theme=\"dark\"] *, .dark, .dark *) {",
        "--primary: var(--widget-accent);",
        "@keyframes widget-enter {",
        "box-sizing: border-box;",
    ] {
        assert!(css.contains(expected), "{expected} is not in {css}");
    }
    assert!(!css.contains("no-such"));
}

#[test]
fn a_compilation_leaves_nothing_to_the_next() {
    let tailwind = compiler();
    let first = tailwind.compile(&["flex"]).unwrap();
    assert!(tailwind.compile(&["bg-red-500", "animate-spin"]).unwrap().contains("--color-red-500"));
    assert_eq!(tailwind.compile(&["flex"]).unwrap(), first);
    assert_eq!(compiler().compile(&["flex"]).unwrap(), first);
}

#[test]
fn past_a_limit_class_names_are_too_complex() {
    let reason = |script| match Tailwind::new(script).compile(&["flex"]) {
        Err(StyleError::TooComplex(reason)) => reason,
        other => panic!("{other:?}"),
    };
    let time = "globalThis.tailwind = { styles: async () => { for (;;); } }";
    assert_eq!(reason(time), "compiling its class names takes more than 1 second");
    let memory =
        "globalThis.tailwind = { styles: async () => { const a = []; for (;;) a.push('x'.repeat(1e5) + a.length); } }";
    assert_eq!(reason(memory), "compiling its class names takes more than 64 MiB");
    let stack = "globalThis.tailwind = { styles: async () => { const f = () => f() + 1; f(); } }";
    assert_eq!(reason(stack), "compiling its class names takes more than 64 MiB");
    let size = "globalThis.tailwind = { styles: async () => 'x'.repeat(262145) }";
    assert_eq!(reason(size), "its class names give more than 256 KiB of CSS");
}

#[test]
fn what_the_script_throws_is_an_internal_error() {
    for script in [
        "globalThis.tailwind = { styles: async () => { throw new Error('odd') } }",
        "throw new Error('odd')",
        "throw 'odd'",
    ] {
        match Tailwind::new(script).compile(&["flex"]) {
            Err(StyleError::Internal(reason)) => assert!(reason.contains("odd"), "{reason}"),
            other => panic!("{other:?}"),
        }
    }
    assert!(matches!(Tailwind::new("(").compile(&[]), Err(StyleError::Internal(_))));
}
