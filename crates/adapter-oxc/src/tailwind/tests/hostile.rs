//! Class names that are meant to hurt. The example `attack_sources` sends them to the service.

/// Class names that are meant to leave their rule, and those that come close.
pub(crate) const HOSTILE: [&str; 40] = [
    "[}body{color:red]",
    "[color:red}body{color:red]",
    "[color:red;}]",
    "w-[/*]",
    "w-[*/]",
    "w-[a\\/*]",
    "bg-[url(a'b)'c)]",
    "bg-[url(})]",
    "bg-[url('}')]",
    "bg-[url(https://a.example/x.png)]",
    "bg-[_url(a'b)'c)]",
    "[&:is(_url(a'b)'c)]:flex",
    "content-[\"]",
    "content-['</style>']",
    "content-['}body{']",
    "content-['\\']",
    "content-['\\_']",
    "text-[\\]",
    "w-[url(\\)]",
    "[@import_url(x)]:flex",
    "[@import_'x']:flex",
    "[@layer_frame]:flex",
    "[@font-face]:flex",
    "[@media_print{]:flex",
    "[@media_(a:')')]:flex",
    "[&_@import]:flex",
    "[&>*]:p-1",
    "[body_&]:p-1",
    "[&,body]:p-1",
    "[&{]:flex",
    "[&}]:flex",
    "data-[x=a\"{\"b]:flex",
    "data-[x='{']:flex",
    "supports-[/*]:flex",
    "supports-[x:y){}]:flex",
    "w-[theme(x)]",
    "w-[--theme(--x)]",
    "[--x:{}]",
    "[--x:'}']",
    "before:content-['{']",
];

/// Components whose class names exceed a limit, with their names.
pub(crate) fn past_limits() -> Vec<(&'static str, String)> {
    let many = |name: &dyn Fn(usize) -> String| (0..1000).map(name).collect::<Vec<_>>().join(" ");
    let cases = [
        ("a thousand and one class names", format!("flex {}", many(&|n| format!("p-{n}")))),
        (
            "a large style sheet",
            many(&|n| format!("before:hover:focus:[&_a,&_b,&_c,&_d]:[mask-image:var(--long-name-{n})]")),
        ),
        ("slow variants", many(&|n| format!("marker:selection:file:[&_a,&_b]:hover:p-[{n}px]"))),
    ];
    cases.map(|(name, classes)| (name, component(&classes))).into()
}

/// A component with Tailwind's classes and these.
pub(crate) fn component(classes: &str) -> String {
    let classes = classes.replace('\\', "\\\\").replace('"', "\\\"");
    format!("export default () => <p className={{\"p-4 m-2 {classes}\"}} />;")
}
