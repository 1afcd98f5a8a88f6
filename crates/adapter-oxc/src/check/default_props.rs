//! `defaultProps` of function components, which React 19 ignores.

use oxc_ast::{
    AstKind,
    ast::{AssignmentTarget, Expression},
};

use super::{
    findings::{Findings, quoted},
    module::{Module, peeled},
    rule::Rule,
};

/// Reports `Name.defaultProps = …` if `Name` is a function component.
pub(super) fn check<'a>(module: &Module<'_, 'a>, kind: AstKind<'a>, findings: &mut Findings) {
    let AstKind::AssignmentExpression(assignment) = kind else {
        return;
    };
    let AssignmentTarget::StaticMemberExpression(member) = &assignment.left else {
        return;
    };
    let Expression::Identifier(name) = peeled(&member.object) else {
        return;
    };
    if member.property.name != "defaultProps" {
        return;
    }
    let is_function = match module.symbol(name).map(|symbol| module.declaration(symbol)) {
        Some(AstKind::Function(_)) => true,
        Some(AstKind::VariableDeclarator(_)) => {
            let value = module.constant(name).map(peeled);
            matches!(value, Some(Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_)))
        }
        _ => false,
    };
    if is_function {
        let name = quoted(&name.name);
        let message = format!(
            "React 19 ignores `defaultProps` of functions (only this service still applies them); write the defaults into the \
             parameter, as in `function {name}({{ size = 1 }})`"
        );
        findings.add(Rule::DefaultProps, assignment.span.start, message);
    }
}
