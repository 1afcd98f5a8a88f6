//! Finds the styles of a module, their scopes and the elements in them.

use std::collections::BTreeSet;

use domain::limits::MAX_MODULE_BYTES;
use oxc_ast::{
    AstKind,
    ast::{
        ArrowFunctionExpression, AwaitExpression, Expression, Function, JSXChild, JSXElement, JSXElementName,
        JSXFragment, JSXOpeningElement, YieldExpression,
    },
};
use oxc_ast_visit::{Visit, walk};
use oxc_syntax::scope::ScopeFlags;

use super::{
    Plan, Scope, Style, attributes, css,
    text::{Problem, StyleText},
};
use crate::check::{Module, peeled};

const MISPLACED: &str = "a `<style jsx>` styles the element that it is a direct child of, and what is in it; move it there, next to \
     the other `<style jsx>` of the outermost element, or make the element around it a component";
const CONDITION: &str = "a `<style jsx>` under a condition cannot have expressions in its text, since they would be evaluated \
     without the condition; make it a direct child, and put the condition into the expressions";
const UNKNOWN: &str =
    "a `<style jsx>` has no attributes but `jsx` and `global`; write conditions as `@media` into its text";
const SUSPENDS: &str = "`await` and `yield` cannot stand in an element whose `<style jsx>` has expressions; put the value into a \
     variable before";

pub(super) fn find(module: &Module<'_, '_>) -> Plan {
    let source = module.semantic.source_text();
    let bytes_left = MAX_MODULE_BYTES;
    let mut finder = Finder {
        module,
        plan: Plan::default(),
        scope: None,
        functions: 0,
        bytes_left,
        styles: 0,
        placed: BTreeSet::new(),
    };
    // Most modules have none.
    if source.contains("style") && source.contains("jsx") {
        finder.visit_program(module.semantic.nodes().program());
    }
    finder.plan
}

struct Finder<'f, 'm, 'a> {
    module: &'f Module<'m, 'a>,
    plan: Plan,
    /// The scope that the visited elements are in, and the number of functions around it.
    scope: Option<(usize, u32)>,
    /// The number of functions around the visited node.
    functions: u32,
    /// Maximum length of the texts of the styles that follow, in bytes.
    bytes_left: usize,
    /// The number of styles found.
    styles: usize,
    /// The scoped styles that are in the right place.
    placed: BTreeSet<u32>,
}

impl<'a> Visit<'a> for Finder<'_, '_, 'a> {
    fn visit_jsx_element(&mut self, element: &JSXElement<'a>) {
        if let Some(attributes) = attributes(element) {
            if attributes.is_global {
                self.global(element);
            } else if !self.placed.contains(&element.span.start) {
                self.problem(Problem::new(element.span.start, MISPLACED));
            }
            return;
        }
        let outer = self.scope;
        self.open(element.span.start, &element.children);
        if let Some((scope, _)) = self.scope
            && self.is_own(&element.opening_element)
        {
            self.plan.elements.insert(element.span.start, scope);
        }
        walk::walk_jsx_element(self, element);
        self.scope = outer;
    }

    fn visit_jsx_fragment(&mut self, fragment: &JSXFragment<'a>) {
        let outer = self.scope;
        self.open(fragment.span.start, &fragment.children);
        walk::walk_jsx_fragment(self, fragment);
        self.scope = outer;
    }

    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        self.functions += 1;
        walk::walk_function(self, function, flags);
        self.functions -= 1;
    }

    fn visit_arrow_function_expression(&mut self, arrow: &ArrowFunctionExpression<'a>) {
        self.functions += 1;
        walk::walk_arrow_function_expression(self, arrow);
        self.functions -= 1;
    }

    fn visit_await_expression(&mut self, it: &AwaitExpression<'a>) {
        self.suspends(it.span.start);
        walk::walk_await_expression(self, it);
    }

    fn visit_yield_expression(&mut self, it: &YieldExpression<'a>) {
        self.suspends(it.span.start);
        walk::walk_yield_expression(self, it);
    }
}

impl<'a> Finder<'_, '_, 'a> {
    fn problem(&mut self, problem: Problem) {
        self.plan.problems.push((problem.offset, problem.message));
    }

    /// Opens a scope if the children contain styles for one and none is open.
    fn open(&mut self, start: u32, children: &[JSXChild<'a>]) {
        if self.scope.is_some() {
            return;
        }
        let mut found = Vec::new();
        for child in children {
            match child {
                JSXChild::Element(element) if is_scoped(element) => found.push((&**element, true)),
                JSXChild::ExpressionContainer(container) => {
                    if let Some(expression) = container.expression.as_expression() {
                        conditional(expression, &mut found);
                    }
                }
                _ => {}
            }
        }
        if found.is_empty() {
            return;
        }
        for (element, _) in &found {
            self.placed.insert(element.span.start);
            self.note_unknown(element);
        }
        if let Err(problem) = self.scoped(start, &found) {
            self.problem(problem);
        }
    }

    fn note_unknown(&mut self, element: &JSXElement<'a>) {
        if let Some(offset) = attributes(element).and_then(|attributes| attributes.unknown) {
            self.problem(Problem::new(offset, UNKNOWN));
        }
    }

    /// Adds a scope and its styles.
    fn scoped(&mut self, start: u32, found: &[(&JSXElement<'a>, bool)]) -> Result<(), Problem> {
        let (mut texts, mut keyframes, mut values) = (Vec::new(), BTreeSet::new(), 0);
        for (element, is_direct) in found {
            let text = StyleText::read(element, false, self.module, &mut self.bytes_left)?;
            if !is_direct && !text.values.is_empty() {
                return Err(Problem::new(element.span.start, CONDITION));
            }
            css::collect_keyframes(&text.css, &mut keyframes).map_err(|problem| text.problem(problem))?;
            values += text.values.len();
            texts.push(text);
        }
        if values > css::MAX_VALUES {
            let message = format!("the styles of an element have at most {} expressions; use fewer", css::MAX_VALUES);
            return Err(Problem::new(start, message));
        }
        let scope = self.plan.scopes.len();
        let class = class(scope, texts.iter().map(|text| text.css.as_str()));
        let mut first_value = 0;
        for ((element, _), text) in found.iter().zip(&texts) {
            let mut notes = Vec::new();
            let css = css::scope(&text.css, &keyframes, &mut notes).map_err(|problem| text.problem(problem))?;
            for note in notes {
                let message = format!(
                    "`{}` is no element of this component, so the rule matches nothing; write it into a <style jsx global>",
                    note.element
                );
                self.plan.warnings.push((text.position(note.offset), message.into()));
            }
            let order = self.next_style();
            let style = Style { scope: Some(scope), order, css, values: text.values.clone(), first_value };
            first_value += text.values.len();
            self.plan.styles.insert(element.span.start, style);
        }
        self.plan.scopes.push(Scope { class, keyframes, values });
        self.plan.roots.insert(start, scope);
        self.scope = Some((scope, self.functions));
        Ok(())
    }

    fn global(&mut self, element: &JSXElement<'a>) {
        self.note_unknown(element);
        match StyleText::read(element, true, self.module, &mut self.bytes_left) {
            Ok(text) => {
                let order = self.next_style();
                let style = Style { scope: None, order, css: text.css, values: text.values, first_value: 0 };
                self.plan.styles.insert(element.span.start, style);
            }
            Err(problem) => self.problem(problem),
        }
    }

    fn next_style(&mut self) -> usize {
        self.styles += 1;
        self.styles - 1
    }

    fn suspends(&mut self, offset: u32) {
        if let Some((scope, functions)) = self.scope
            && functions == self.functions
            && self.plan.scopes[scope].values > 0
        {
            self.problem(Problem::new(offset, SUSPENDS));
        }
    }

    /// Whether an element is one of the component's own: an element of HTML or SVG, not a component.
    fn is_own(&self, opening: &JSXOpeningElement<'a>) -> bool {
        match &opening.name {
            JSXElementName::Identifier(name) => name.name != "style",
            JSXElementName::IdentifierReference(name) => {
                let Some(symbol) = self.module.symbol(name) else {
                    return false;
                };
                match self.module.declaration(symbol) {
                    // `const Tag = big ? "h1" : "h2"`
                    AstKind::VariableDeclarator(declarator) if declarator.id.is_binding_identifier() => {
                        declarator.init.as_ref().is_some_and(may_be_text)
                    }
                    // `({ as: Tag = "div" }) => <Tag />`, `const { as: Tag = "div" } = props`
                    AstKind::FormalParameter(_) | AstKind::VariableDeclarator(_) => {
                        self.module.semantic.scoping().symbol_scope_id(symbol)
                            != self.module.semantic.scoping().root_scope_id()
                    }
                    _ => false,
                }
            }
            _ => false,
        }
    }
}

fn is_scoped(element: &JSXElement<'_>) -> bool {
    attributes(element).is_some_and(|attributes| !attributes.is_global)
}

/// Adds the styles that an expression yields under a condition.
fn conditional<'e, 'a>(expression: &'e Expression<'a>, found: &mut Vec<(&'e JSXElement<'a>, bool)>) {
    match peeled(expression) {
        Expression::JSXElement(element) if is_scoped(element) => found.push((element, false)),
        Expression::LogicalExpression(it) => conditional(&it.right, found),
        Expression::ConditionalExpression(it) => {
            conditional(&it.consequent, found);
            conditional(&it.alternate, found);
        }
        _ => {}
    }
}

/// Whether an expression yields text on one of its branches, such as the name of an element.
fn may_be_text(expression: &Expression<'_>) -> bool {
    match peeled(expression) {
        Expression::StringLiteral(_) | Expression::TemplateLiteral(_) => true,
        Expression::LogicalExpression(it) => may_be_text(&it.left) || may_be_text(&it.right),
        Expression::ConditionalExpression(it) => may_be_text(&it.consequent) || may_be_text(&it.alternate),
        _ => false,
    }
}

/// The class of a scope: the FNV-1a hash of its place and its texts.
fn class<'t>(scope: usize, texts: impl Iterator<Item = &'t str>) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ scope as u64;
    for text in texts {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("jsx-{hash:016x}")
}
