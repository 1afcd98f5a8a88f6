//! Sources that repeat one piece of the grammar, nested or in sequence, closed or unclosed.

use domain::limits::MAX_COMPONENT_BYTES;

/// A piece of the grammar. `open` and `close` are repeated equally often, around `middle`. A shape without `close` is a
/// sequence instead of nested.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    before: &'static str,
    open: &'static str,
    middle: &'static str,
    close: &'static str,
    after: &'static str,
}

/// How often a piece is repeated.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Size {
    Times(usize),
    /// As often as the maximum size of a source allows.
    Limit,
}

pub(crate) const SIZES: [Size; 3] = [Size::Times(1_000), Size::Times(10_000), Size::Limit];

impl Shape {
    fn count(&self, size: Size) -> usize {
        let max_bytes = MAX_COMPONENT_BYTES - self.before.len() - self.middle.len() - self.after.len();
        let max_count = max_bytes / (self.open.len() + self.close.len());
        match size {
            Size::Times(n) => n.min(max_count),
            Size::Limit => max_count,
        }
    }

    /// The source with all pieces closed.
    pub(crate) fn closed(&self, size: Size) -> String {
        let n = self.count(size);
        [self.before, &self.open.repeat(n), self.middle, &self.close.repeat(n), self.after].concat()
    }

    /// The source, cut off before the first piece is closed.
    pub(crate) fn unclosed(&self, size: Size) -> String {
        let max_count = (MAX_COMPONENT_BYTES - self.before.len()) / self.open.len();
        let n = match size {
            Size::Times(n) => n.min(max_count),
            Size::Limit => max_count,
        };
        [self.before, &self.open.repeat(n)].concat()
    }
}

/// Every shape: brackets, JSX, functions, operators, statements, patterns, classes and tokens.
pub(crate) fn shapes() -> Vec<Shape> {
    SHAPES
        .iter()
        .map(|&[name, before, open, middle, close, after]| Shape { name, before, open, middle, close, after })
        .collect()
}

const SHAPES: &[[&str; 6]] = &[
    // Brackets.
    ["parentheses", "x=", "(", "1", ")", ";"],
    ["arrays", "x=", "[", "", "]", ";"],
    ["objects", "x=", "{a:", "1", "}", ";"],
    ["computed keys", "x=", "{[", "1", "]:1}", ";"],
    ["blocks", "", "{", "", "}", ""],
    ["indices", "x=", "a[", "0", "]", ";"],
    ["calls", "x=", "a(", "0", ")", ";"],
    ["calls one after the other", "x=a", "()", "", "", ";"],
    ["spreads", "x=", "[...", "a", "]", ";"],
    ["mixed brackets", "x=", "([{a:", "1", "}])", ";"],
    // JSX.
    ["elements", "x=", "<a>", "", "</a>", ";"],
    ["fragments", "x=", "<>", "", "</>", ";"],
    ["elements in expressions", "x=", "<a>{", "1", "}</a>", ";"],
    ["attributes of elements", "x=", "<a b={", "1", "}/>", ";"],
    ["elements as attributes", "x=", "<a b=", "'c'", "/>", ";"],
    ["elements side by side", "x=<a>", "<b/>", "", "", "</a>;"],
    ["attributes side by side", "x=<a ", "b='c' ", "", "", "/>;"],
    ["spread attributes", "x=<a ", "{...b}", "", "", "/>;"],
    ["names of members", "x=<a", ".a", "", "", "/>;"],
    ["text with entities", "x=<a>", "&amp;", "", "", "</a>;"],
    // Functions.
    ["arrows", "x=", "a=>", "1", "", ";"],
    ["arrows with parentheses", "x=", "(a)=>", "1", "", ";"],
    ["arrows in defaults", "x=", "(a=", "1", ")=>1", ";"],
    ["arrows with bodies", "x=", "()=>{", "", "}", ";"],
    ["async arrows", "x=", "async(a)=>", "1", "", ";"],
    ["async arrows in defaults", "x=", "async(a=", "1", ")=>1", ";"],
    ["functions", "", "function a(){", "", "}", ""],
    ["functions in defaults", "x=", "function(a=", "1", "){}", ";"],
    ["called functions", "x=", "(function(){return ", "1", "})()", ";"],
    ["generators", "", "function*a(){yield ", "1", "}", ""],
    ["yields", "function*a(){", "yield ", "1", "", "}"],
    ["awaits", "async function a(){", "await ", "1", "", "}"],
    ["parameters", "function f(", "a,", "b", "", "){}"],
    ["arguments", "f(", "a,", "b", "", ");"],
    // Operators.
    ["ternaries", "x=", "a?b:", "c", "", ";"],
    ["ternaries in the middle", "x=", "a?", "b", ":c", ";"],
    ["ternaries with arrows", "x=", "a?(b)=>", "c", ":d", ";"],
    ["negations", "x=", "!", "a", "", ";"],
    ["unary operators", "x=", "typeof void -+~!", "a", "", ";"],
    ["increments", "x=", "- -", "a", "", ";"],
    ["assignments", "", "a=", "1", "", ";"],
    ["logical assignments", "", "a??=", "1", "", ";"],
    ["powers", "x=", "a**", "b", "", ";"],
    ["sums", "x=", "a+", "b", "", ";"],
    ["logical chains", "x=", "a&&", "b", "", ";"],
    ["nullish chains", "x=", "a??", "b", "", ";"],
    ["comparisons", "x=", "a<", "b", "", ";"],
    ["commas", "x=(", "a,", "b", "", ");"],
    ["optional chaining", "x=a", "?.b", "", "", ";"],
    ["optional calls", "x=a", "?.()", "", "", ";"],
    ["members", "x=a", ".b", "", "", ";"],
    ["news", "x=", "new ", "a", "", ";"],
    ["templates", "x=", "`${", "1", "}`", ";"],
    ["templates side by side", "x=`", "${a}", "", "", "`;"],
    ["tagged templates", "x=a", "``", "", "", ";"],
    ["imports", "x=", "import(", "a", ")", ";"],
    // Statements.
    ["ifs", "", "if(a)", "b", "", ";"],
    ["else-ifs", "", "if(a);else ", "b", "", ";"],
    ["loops", "", "for(;;)", "", "", ";"],
    ["loops over", "", "for(a of b)", "", "", ";"],
    ["whiles", "", "while(a)", "", "", ";"],
    ["do-whiles", "", "do ", ";", "while(a);", ""],
    ["switches", "", "switch(a){case 1:", "", "}", ""],
    ["cases", "switch(a){", "case 1:", "", "", "}"],
    ["tries", "", "try{", "", "}catch{}", ""],
    ["finallys", "", "try{}finally{", "", "}", ""],
    ["labels", "", "a:", "", "", ";"],
    ["expressions in statements", "", "a;", "", "", ""],
    ["exports", "", "export{};", "", "", ""],
    ["directives", "", "'use client';", "", "", ""],
    // Patterns.
    ["array patterns", "let ", "[", "a", "]", "=1;"],
    ["object patterns", "let ", "{a:", "b", "}", "=1;"],
    ["defaults in patterns", "let [", "a=", "1", "", "]=1;"],
    ["patterns in assignments", "(", "[", "a", "]", "=1);"],
    ["patterns in parameters", "x=(", "{a:", "b", "}", ")=>1;"],
    ["declarators", "var a", ",a", "", "", ";"],
    // Classes.
    ["classes", "x=", "class{a=", "1", "}", ";"],
    ["classes that extend", "x=", "class extends ", "a", "{}", ";"],
    ["methods in classes", "x=", "class{a(){return ", "1", "}}", ";"],
    ["static blocks", "", "class A{static{", "", "}}", ""],
    ["fields", "class A{", "a;", "", "", "}"],
    ["methods", "class A{", "a(){}", "", "", "}"],
    ["methods of objects", "x=", "{a(){return ", "1", "}}", ";"],
    ["getters", "x={", "get a(){return 1},", "", "", "};"],
    // Tokens.
    ["regular expressions", "x=[", "/a/u,", "", "", "];"],
    ["groups of a regular expression", "x=/", "(?:", "a", ")", "/;"],
    ["alternatives of a regular expression", "x=/", "a|", "b", "", "/;"],
    ["look-arounds of a regular expression", "x=/", "(?=", "a", ")", "/;"],
    ["classes of a regular expression", "x=/", "[", "a", "]", "/v;"],
    ["named groups of a regular expression", "x=/", "(?<a>b)|", "c", "", "/;"],
    ["quantifiers of a regular expression", "x=/", "a{1,2}?", "", "", "/;"],
    ["strings", "x=[", "'a',", "", "", "];"],
    ["escapes", "x='", "\\u{61}", "", "", "';"],
    ["escaped names", "x=[", "\\u0061,", "", "", "];"],
    ["numbers", "x=[", "1_0.5e1,", "", "", "];"],
    ["digits", "x=", "1", "", "", ";"],
    ["large integers", "x=", "1", "", "", "n;"],
    ["block comments", "", "/* a */", "", "", ""],
    ["line comments", "", "// a\n", "", "", ""],
    ["line breaks of all kinds", ";", "\r\n\u{2028}", "", "", ""],
    ["characters of several units", "x='", "😀", "", "", "';"],
    ["private names", "class A{#a;b(){", "this.#a;", "", "", "}}"],
];
