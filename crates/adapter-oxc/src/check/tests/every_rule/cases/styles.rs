//! `<style jsx>`. The tests of `styles` have more.

use super::{Case, case};

pub(super) fn styles() -> Vec<Case> {
    vec![
        case(
            "style-jsx",
            &[
                "const A = ({ css }) => <p><style jsx>{css}</style></p>;",
                "const A = () => <p><i><style jsx>{`i {}`}</style></i><style jsx>{`p {}`}</style></p>;",
                "const A = () => <p><style jsx>{`p { &-b {} }`}</style></p>;",
                "const A = () => <p><style jsx>{`p { color: red`}</style></p>;",
                "const A = () => <style jsx>{`p {}`}</style>;",
            ],
            &[
                "const A = ({ css }) => <p><style>{css}</style></p>;",
                "const A = ({ css }) => <p><style jsx global>{css}</style></p>;",
                "const A = ({ color }) => <p><style jsx>{`p { color: ${color}; &:hover { top: 0 } }`}</style></p>;",
                "const css = `p {}`; const A = () => <p><style jsx>{css}</style></p>;",
                "const A = () => <Style jsx>{css}</Style>, Style = () => null, css = '{';",
            ],
        ),
        case(
            "unmatched-style",
            &[
                "const A = () => <p><style jsx>{`body { margin: 0 }`}</style></p>;",
                "const A = () => <p><style jsx>{`html.dark p { margin: 0 }`}</style></p>;",
                "const A = () => <p><style jsx>{`@media print { p, body { margin: 0 } }`}</style></p>;",
            ],
            &[
                "const A = () => <p><style jsx global>{`body { margin: 0 }`}</style></p>;",
                "const A = () => <p><style jsx>{`:global(body.dark) p { margin: 0 } .body { margin: 0 }`}</style></p>;",
            ],
        ),
        case(
            "css-import",
            &["import './a.css';", "import 'a/b.scss';", "import '@/app/globals.css';"],
            &["const A = () => <style>{`p { top: 0 }`}</style>;", "const file = './a.css';"],
        ),
    ]
}
