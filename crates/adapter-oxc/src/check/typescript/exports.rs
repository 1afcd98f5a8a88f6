//! Names that a module exports twice. oxc checks this only in JavaScript, since a type may have the name of a value.

use std::collections::HashSet;

use domain::limits;
use oxc_ast::ast::{Declaration, Program, Statement};
use oxc_span::{GetSpan, Span};

use super::super::{
    findings::{Findings, quoted},
    rule::Rule,
    syntax::SECOND_DEFAULT,
};

/// Reports the names that a module without types exports more than once.
pub(super) fn check(program: &Program<'_>, findings: &mut Findings) {
    let mut names = HashSet::new();
    let repeated = exported(program).into_iter().filter(|(name, _)| !names.insert(*name));
    for (name, span) in repeated.take(limits::MAX_ERRORS) {
        if name == "default" {
            findings.add(Rule::MultipleDefaultExports, span.start, SECOND_DEFAULT);
        } else {
            let message = format!("Syntax error: Duplicated export '{}'", quoted(name));
            findings.add(Rule::Syntax, span.start, message);
        }
    }
}

fn exported<'a>(program: &Program<'a>) -> Vec<(&'a str, Span)> {
    let mut names = Vec::new();
    for statement in &program.body {
        match statement {
            Statement::ExportDefaultDeclaration(it) => names.push(("default", it.span)),
            Statement::ExportNamedDeclaration(it) => {
                names.extend(it.specifiers.iter().map(|it| (it.exported.name().as_str(), it.exported.span())));
            }
            Statement::ExportFromDeclaration(it) => {
                names.extend(it.specifiers.iter().map(|it| (it.exported.name().as_str(), it.exported.span())));
            }
            Statement::ExportAllDeclaration(it) => {
                names.extend(it.exported.iter().map(|it| (it.name().as_str(), it.span())));
            }
            Statement::ExportDeclaration(it) => declared(&it.declaration, &mut names),
            _ => {}
        }
    }
    names
}

fn declared<'a>(declaration: &Declaration<'a>, names: &mut Vec<(&'a str, Span)>) {
    match declaration {
        Declaration::VariableDeclaration(it) => {
            let bound = it.declarations.iter().flat_map(|it| it.id.get_binding_identifiers());
            names.extend(bound.map(|it| (it.name.as_str(), it.span)));
        }
        Declaration::FunctionDeclaration(it) => names.extend(it.id.iter().map(|it| (it.name.as_str(), it.span))),
        Declaration::ClassDeclaration(it) => names.extend(it.id.iter().map(|it| (it.name.as_str(), it.span))),
        _ => {}
    }
}
