use crate::check::{Purpose, check_and_compile};

/// The module of a source, without the code that all modules with styles have.
#[track_caller]
fn compiled(source: &str) -> String {
    let (report, output) = check_and_compile(source, Purpose::Save);
    let code = output.unwrap_or_else(|| panic!("{source}\n{report:#?}")).code;
    code.split_once("export default ").expect("a default export").1.to_owned()
}

#[test]
fn print() {
    for source in [
        include_str!("/work/shared/cases/components/styled-jsx.jsx"),
        "export default ({a, b}) => <div {...a} className={b} {...b.c} key=\"k\"><style jsx>{`div { color: ${a.x}; animation: ${b} f 2s } @keyframes f { }`}</style><p style={{ animation: \"f 1s\" }} className=\"a\" /></div>;",
    ] {
        println!("{}", check_and_compile(source, Purpose::Save).1.unwrap().code);
    }
    println!("{}", compiled("export default () => <p><style jsx>{`p { }`}</style></p>;"));
}
