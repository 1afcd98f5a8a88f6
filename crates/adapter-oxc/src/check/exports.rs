//! The default export, and whether React can use it as a component. [`super::chosen`] finds what a module without one shows.

use oxc_ast::{
    AstKind,
    ast::{
        Argument, Class, ExportDefaultDeclarationKind, Expression, Function, IdentifierReference, ModuleExportName,
        Statement,
    },
};
use oxc_semantic::SymbolId;
use oxc_span::{GetSpan, Span};

use super::{
    browser,
    chosen::Exported,
    findings::{Findings, quoted},
    module::{Module, peeled},
    rule::Rule,
};

/// Maximum number of expressions to follow: in `const A = c ? B : B, B = c ? C : C, …` the number doubles with every name.
const MAX_EXPRESSIONS: u32 = 100;

const NO_DEFAULT: &str = "Component must have a default export: add `export default` before the component's function, \
     or `export default Name;` at the end";

/// Maximum number of names that a message lists after the first.
const MAX_NAMES: usize = 5;

/// Reports a module that shows no component: without a default export and an exported component to use instead, or with a default
/// export that is not a component.
pub(super) fn check(module: &Module<'_, '_>, exported: Option<&Exported>, findings: &mut Findings) {
    match exported {
        Some(Exported::Unclear(names)) => findings.add(Rule::NoDefaultExport, 0, no_default(names)),
        Some(Exported::Root { name, offset }) => {
            let name = quoted(name);
            let message = format!(
                "`{name}` is shown, since the rest of the source uses every other exported component: add `export default {name};`, \
                 or the one to show instead"
            );
            findings.add(Rule::ChosenExport, *offset, message);
        }
        Some(Exported::One(_)) | None => {}
    }
    let mut budget = MAX_EXPRESSIONS;
    for statement in &module.semantic.nodes().program().body {
        match statement {
            Statement::ExportDefaultDeclaration(export) => {
                let outcome = match &export.declaration {
                    ExportDefaultDeclarationKind::FunctionDeclaration(function) => of_function(function),
                    ExportDefaultDeclarationKind::ClassDeclaration(class) => of_class(class),
                    other => other.as_expression().map_or(Ok(()), |value| of_expression(module, value, &mut budget)),
                };
                note(outcome, export.declaration.span(), findings);
            }
            Statement::ExportNamedDeclaration(export) => {
                for specifier in export.specifiers.iter().filter(|it| is_default(&it.exported)) {
                    if let ModuleExportName::IdentifierReference(name) = &specifier.local {
                        note(of_name(module, name, &mut budget), specifier.local.span(), findings);
                    }
                }
            }
            Statement::ExportFromDeclaration(export) => {
                for specifier in export.specifiers.iter().filter(|it| is_default(&it.exported)) {
                    note(Err("something of another module".into()), specifier.span, findings);
                }
            }
            Statement::ExportAllDeclaration(export) if export.exported.as_ref().is_some_and(is_default) => {
                note(Err("a whole module".into()), export.span, findings);
            }
            _ => {}
        }
    }
}

/// The message about a module without default export that exports these components.
fn no_default(names: &[String]) -> String {
    let Some((first, others)) = names.split_first() else { return NO_DEFAULT.to_owned() };
    let mut message = format!("Component must have a default export: add `export default {};`", quoted(first));
    let mut listed: Vec<String> = others.iter().take(MAX_NAMES).map(|name| format!("`{}`", quoted(name))).collect();
    if others.len() > MAX_NAMES {
        listed.push("…".to_owned());
    }
    if !listed.is_empty() {
        message.push_str(&format!(", or the same with {}, to choose what is shown", listed.join(", ")));
    }
    message
}

/// Whether a name of the module may be a component, as far as the source shows.
pub(super) fn may_be_component(module: &Module<'_, '_>, symbol: SymbolId) -> bool {
    of_symbol(module, symbol, &mut { MAX_EXPRESSIONS }).is_ok()
}

pub(super) fn is_default(name: &ModuleExportName<'_>) -> bool {
    name.name() == "default"
}

fn note(outcome: ExportOutcome, span: Span, findings: &mut Findings) {
    if let Err(what) = outcome {
        let message = format!(
            "The default export is {what}, which React cannot render: export a function that returns JSX, a class that \
             extends React.Component, or what memo() or forwardRef() made of one"
        );
        findings.add(Rule::InvalidDefaultExport, span.start, message);
    }
}

/// `Ok` if the export may be a component, as far as the source shows; otherwise a short description of what it is.
type ExportOutcome = Result<(), String>;

fn of_function(function: &Function<'_>) -> ExportOutcome {
    match (function.r#async, function.generator) {
        (_, true) => Err("a generator function".into()),
        (true, _) => Err("an async function".into()),
        _ => Ok(()),
    }
}

fn of_class(class: &Class<'_>) -> ExportOutcome {
    if class.heritage.is_some() { Ok(()) } else { Err("a class that extends nothing".into()) }
}

fn of_name<'a>(module: &Module<'_, 'a>, name: &IdentifierReference<'a>, budget: &mut u32) -> ExportOutcome {
    let Some(symbol) = module.symbol(name) else {
        // Another rule reports names that nothing declares.
        let is_global = browser::has_global(&name.name);
        return if is_global { Err(format!("`{}`, a global of the browser", quoted(&name.name))) } else { Ok(()) };
    };
    of_symbol(module, symbol, budget)
}

fn of_symbol<'a>(module: &Module<'_, 'a>, symbol: SymbolId, budget: &mut u32) -> ExportOutcome {
    if module.semantic.scoping().symbol_is_mutated(symbol) {
        // The variable is assigned again, so its final value is unknown.
        return Ok(());
    }
    match module.declaration(symbol) {
        AstKind::Function(function) => of_function(function),
        AstKind::Class(class) => of_class(class),
        AstKind::VariableDeclarator(declarator) if declarator.id.is_binding_identifier() => match &declarator.init {
            Some(value) => of_expression(module, value, budget),
            None => Err("a variable with no value".into()),
        },
        AstKind::ImportSpecifier(_) | AstKind::ImportDefaultSpecifier(_) | AstKind::ImportNamespaceSpecifier(_) => {
            Err("something imported".into())
        }
        _ => Ok(()),
    }
}

fn of_expression<'a>(module: &Module<'_, 'a>, value: &Expression<'a>, budget: &mut u32) -> ExportOutcome {
    *budget = budget.saturating_sub(1);
    if *budget == 0 {
        return Ok(());
    }
    match peeled(value) {
        Expression::FunctionExpression(function) => of_function(function),
        Expression::ArrowFunctionExpression(arrow) => {
            if arrow.r#async {
                Err("an async function".into())
            } else {
                Ok(())
            }
        }
        Expression::ClassExpression(class) => of_class(class),
        Expression::Identifier(name) => of_name(module, name, budget),
        Expression::CallExpression(call) => match wrapped(&call.callee, &call.arguments) {
            Some(argument) => of_expression(module, argument, budget),
            None => Ok(()),
        },
        Expression::ConditionalExpression(it) => {
            of_expression(module, &it.consequent, budget)?;
            of_expression(module, &it.alternate, budget)
        }
        Expression::LogicalExpression(it) => of_expression(module, &it.right, budget),
        Expression::AssignmentExpression(it) => of_expression(module, &it.right, budget),
        Expression::SequenceExpression(it) => {
            it.expressions.last().map_or(Ok(()), |last| of_expression(module, last, budget))
        }
        Expression::JSXElement(_) | Expression::JSXFragment(_) => {
            Err("an element instead of a function that returns one".into())
        }
        Expression::ObjectExpression(_) => Err("an object".into()),
        Expression::ArrayExpression(_) => Err("an array".into()),
        Expression::StringLiteral(_) | Expression::TemplateLiteral(_) => Err("a string".into()),
        Expression::NumericLiteral(_) | Expression::BigIntLiteral(_) => Err("a number".into()),
        Expression::BooleanLiteral(_) => Err("true or false".into()),
        Expression::NullLiteral(_) => Err("null".into()),
        Expression::RegExpLiteral(_) => Err("a regular expression".into()),
        Expression::NewExpression(_) => Err("an instance of a class".into()),
        Expression::UnaryExpression(_)
        | Expression::BinaryExpression(_)
        | Expression::UpdateExpression(_)
        | Expression::PrivateInExpression(_)
        | Expression::ThisExpression(_)
        | Expression::ImportMeta(_) => Err("a value that is no function".into()),
        // The value of a member, a tagged template or an `await` may be a component.
        _ => Ok(()),
    }
}

/// The argument X of `memo(X)` or `React.forwardRef(X)`. The call yields a component if X is one.
fn wrapped<'e, 'a>(callee: &'e Expression<'a>, arguments: &'e [Argument<'a>]) -> Option<&'e Expression<'a>> {
    let name = match peeled(callee) {
        Expression::Identifier(name) => name.name.as_str(),
        other => other.get_member_expr()?.static_property_name()?,
    };
    if matches!(name, "memo" | "forwardRef") { arguments.first()?.as_expression() } else { None }
}
