//! Destructuring of globals: `const { fetch } = window`, `({ a: { eval: e } } = globalThis)`.

use oxc_ast::{
    AstKind,
    ast::{
        AssignmentTarget, AssignmentTargetMaybeDefault, AssignmentTargetProperty, BindingPattern, Expression,
        ObjectAssignmentTarget, ObjectPattern,
    },
};
use oxc_span::GetSpan;

use super::{findings::Findings, globals::note_property, module::Module};

/// Reports forbidden globals that a declaration, a default or an assignment destructures.
pub(super) fn check<'a>(module: &Module<'_, 'a>, kind: AstKind<'a>, findings: &mut Findings) {
    match kind {
        AstKind::VariableDeclarator(it) => {
            if let Some(value) = &it.init {
                declared(module, &it.id, value, findings);
            }
        }
        AstKind::FormalParameter(it) => {
            if let Some(value) = &it.initializer {
                declared(module, &it.pattern, value, findings);
            }
        }
        AstKind::AssignmentPattern(it) => declared(module, &it.left, &it.right, findings),
        AstKind::AssignmentExpression(it) => assigned(module, &it.left, &it.right, findings),
        AstKind::AssignmentTargetWithDefault(it) => assigned(module, &it.binding, &it.init, findings),
        _ => {}
    }
}

fn declared<'a>(module: &Module<'_, 'a>, target: &BindingPattern<'a>, value: &Expression<'a>, findings: &mut Findings) {
    if let (BindingPattern::ObjectPattern(pattern), Some(object)) = (target, module.global(value)) {
        of_pattern(module, object, pattern, findings);
    }
}

fn of_pattern<'a>(module: &Module<'_, 'a>, object: &str, pattern: &ObjectPattern<'a>, findings: &mut Findings) {
    for taken in &pattern.properties {
        let Some(name) = module.key_name(&taken.key) else {
            continue;
        };
        note_property(module, object, &name, taken.span.start, findings);
        let inner = match &taken.value {
            BindingPattern::AssignmentPattern(with_default) => &with_default.left,
            plain => plain,
        };
        if let (BindingPattern::ObjectPattern(inner), Some(object)) = (inner, module.global_property(object, &name)) {
            of_pattern(module, object, inner, findings);
        }
    }
}

fn assigned<'a>(
    module: &Module<'_, 'a>,
    target: &AssignmentTarget<'a>,
    value: &Expression<'a>,
    findings: &mut Findings,
) {
    if let (AssignmentTarget::ObjectAssignmentTarget(target), Some(object)) = (target, module.global(value)) {
        of_target(module, object, target, findings);
    }
}

fn of_target<'a>(module: &Module<'_, 'a>, object: &str, target: &ObjectAssignmentTarget<'a>, findings: &mut Findings) {
    for taken in &target.properties {
        match taken {
            AssignmentTargetProperty::AssignmentTargetPropertyIdentifier(it) => {
                note_property(module, object, &it.binding.name, it.span.start, findings);
            }
            AssignmentTargetProperty::AssignmentTargetPropertyProperty(it) => {
                let Some(name) = module.key_name(&it.name) else {
                    continue;
                };
                note_property(module, object, &name, taken.span().start, findings);
                let inner = match &it.binding {
                    AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(it) => Some(&it.binding),
                    plain => plain.as_assignment_target(),
                };
                if let (Some(AssignmentTarget::ObjectAssignmentTarget(inner)), Some(object)) =
                    (inner, module.global_property(object, &name))
                {
                    of_target(module, object, inner, findings);
                }
            }
        }
    }
}
