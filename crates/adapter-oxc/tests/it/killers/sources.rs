//! Sources that crash a parser, or exhaust its time or memory.

use domain::limits::MAX_COMPONENT_BYTES;

/// Repeats a part up to the maximum size of a source.
fn full(part: &str) -> String {
    part.repeat(MAX_COMPONENT_BYTES / part.len())
}

/// Nests `open` and `close` as deeply as the maximum size of a source allows.
fn nested(open: &str, middle: &str, close: &str) -> String {
    let depth = (MAX_COMPONENT_BYTES - middle.len()) / (open.len() + close.len());
    [&open.repeat(depth), middle, &close.repeat(depth)].concat()
}

/// All sources with their names, but those of the contract. None is larger than 256 KiB.
pub(crate) fn killers() -> Vec<(&'static str, String)> {
    let names = |n: usize| (0..n).map(|i| format!("(?<g{i}>x)")).collect::<Vec<_>>();
    let numbered = |part: &dyn Fn(usize) -> String| {
        let mut all = String::new();
        for i in 0.. {
            let next = part(i);
            if all.len() + next.len() > MAX_COMPONENT_BYTES {
                return all;
            }
            all += &next;
        }
        unreachable!()
    };
    vec![
        ("few arrows in parentheses without an end", "(a=(a=".repeat(20)),
        ("types that open", "P<{[d".repeat(22)),
        ("type arguments that open", "new f<{[new ".repeat(12)),
        ("conditional arrows", format!("{}b{}", "a?(b=".repeat(1024), ")=>1:d".repeat(1024))),
        ("async arrows", nested("async(a=", "1", ")=>1")),
        ("blocks", nested("{", "", "}")),
        ("arrays without an end", full("[")[..100_000].to_owned()),
        ("arrays", nested("[", "", "]")),
        ("objects", nested("x={a:", "1", "}")),
        ("negations", format!("{}1", "!".repeat(200_000))),
        ("typeofs", format!("{}1", full("typeof ")[..250_000].to_owned() + " ")),
        ("arrows", format!("x={}1", "a=>".repeat(80_000))),
        ("assignments", format!("{}1", "a=".repeat(130_000))),
        ("sums", format!("x=a{}", "+a".repeat(130_000))),
        ("powers", format!("x=a{}", "**a".repeat(80_000))),
        ("members", format!("x=a{}", ".a".repeat(130_000))),
        ("calls", format!("x=a{}", "()".repeat(130_000))),
        ("indices", nested("a[", "0", "]")),
        ("templates", nested("`${", "1", "}`")),
        ("tagged templates", format!("x=a{}", "``".repeat(130_000))),
        ("ternaries", format!("x={}1", "a?b:".repeat(60_000))),
        ("ternaries in the middle", nested("a?", "b", ":c")),
        ("commas", format!("x=(a{})", ",a".repeat(130_000))),
        ("ifs", format!("{};", "if(a);else ".repeat(23_000))),
        ("loops", format!("{};", "for(;;)".repeat(37_000))),
        ("labels", format!("{};", numbered(&|i| format!("a{i:x}:")))),
        ("67k labels", format!("{};", "a:".repeat(67_000))),
        ("flat labels", numbered(&|i| format!("a{i:x}:;"))),
        ("functions", nested("function a(){", "", "}")),
        ("classes", nested("(class{a=", "1", "})")),
        ("patterns", format!("let {}=1", nested("[", "a", "]").get(..262_134).unwrap_or("[a]"))),
        ("elements", nested("<a>", "", "</a>")),
        ("elements without an end", full("<a>")),
        ("elements in expressions", nested("<a>{", "1", "}</a>")),
        ("fragments", nested("<>", "", "</>")),
        ("attributes", nested("<a b={", "1", "}/>")),
        ("errors in one line", full("a ]")),
        ("statements without semicolons", full("a b ")),
        ("closing brackets", full("]")),
        ("semicolons", full(";")),
        ("bad numbers", full("0x;")),
        ("bad escapes", full("'\\x';")),
        ("octals", full("01;")),
        ("breaks", full("break;")),
        ("returns", full("return;")),
        ("news", full("new.target;")),
        ("one name declared often", full("let a;")),
        ("many names", numbered(&|i| format!("let a{i:x};"))),
        ("many functions", numbered(&|i| format!("function a{i:x}(){{}}"))),
        ("one function often", full("function a(){}")),
        ("many exports", numbered(&|i| format!("export let a{i:x};"))),
        ("one export often", format!("let a;{}", full("export{a};").get(..262_130).unwrap_or_default())),
        ("exports of nothing", full("export{a};")),
        ("default exports", full("export default 1;")),
        ("private names", format!("class A{{{}}}", full("#a;").get(..262_100).unwrap_or_default())),
        ("unknown private names", format!("class A{{a(){{{}}}}}", full("this.#a;").get(..262_100).unwrap_or_default())),
        ("constructors", format!("class A{{{}}}", full("constructor(){}").get(..262_095).unwrap_or_default())),
        ("protos", format!("x={{{}}}", full("__proto__:1,").get(..262_128).unwrap_or_default())),
        ("duplicate groups", format!("/{}/", full("(?<a>x)").get(..262_136).unwrap_or_default())),
        (
            "duplicate groups in alternatives",
            format!("/{}(?<a>x)/", full("(?<a>x)|").get(..262_120).unwrap_or_default()),
        ),
        ("duplicate groups in pairs", format!("/{}/", "((?<a>x)|(?<a>y))".repeat(15_000))),
        ("many groups", format!("/{}/", names(20_000).concat())),
        ("many groups in alternatives", format!("/{}/", names(20_000).join("|"))),
        ("groups", format!("/{}/", nested("(", "", ")").get(..262_100).unwrap_or_default())),
        ("classes in a pattern", format!("/{}/v", nested("[", "a", "]").get(..262_100).unwrap_or_default())),
        ("many patterns", full("/(?<a>x)(?<a>x)/;")),
        ("references", format!("/{}/", "\\k<a>".repeat(50_000))),
        ("evals", full("eval;")),
        ("windows", format!("x=window{}", ".window".repeat(90))),
        (
            "constants that double",
            (1..2000)
                .fold("const a0='j';".into(), |all, i| format!("{all}const a{i}=a{0}+a{0};<a href={{a{i}}}/>;", i - 1)),
        ),
        (
            "conditions that double",
            (1..2000).fold("const a0='j';".into(), |all, i| {
                format!("{all}const a{i}=b?a{0}:a{0};<a href={{a{i}}}/>;", i - 1)
            }),
        ),
        ("styles", full("<a style='b'/>;")),
        ("maps", full("a.map(b=><c/>);")),
        ("hooks", full("if(a)useB();")),
        (
            "returns before hooks",
            format!("function A(){{{}}}", full("if(a)return;useB();").get(..262_124).unwrap_or_default()),
        ),
        ("comparisons", full("a<b;")),
        ("comparisons with generics", format!("x=a{}", "<a".repeat(100))),
        ("comments", full("/**/")),
        ("comments without an end", full("/*")),
        ("templates without an end", full("`${")),
        ("entities", format!("<a href=\"{}\"/>", full("&").get(..262_100).unwrap_or_default())),
        ("spaces of all kinds", format!(";{}", full("\u{3000}\u{2028}").get(..262_002).unwrap_or_default())),
        ("escapes", full("\\u{61}=")),
        ("flow", format!("// @flow\n{}", full("a b ").get(..262_100).unwrap_or_default())),
        ("pragmas", full("/** @jsxImportSource a @jsx b @jsxFrag c @jsxRuntime d */")),
        ("a pragma without an end", format!("/** @jsxImportSource {}", full("a").get(..262_100).unwrap_or_default())),
        ("merge conflicts", full("<<<<<<< a\n")),
    ]
}
