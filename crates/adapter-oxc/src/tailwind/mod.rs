//! Style sheets for components that are written with Tailwind's classes. `docs/styles.md` describes what is found and compiled.

mod candidates;
mod detect;
mod limits;
mod sheet;
#[cfg(test)]
mod tests;
mod utility;
mod warnings;

use std::collections::BTreeMap;

use domain::styles::Styles;
use ports::{StyleCompiler, StyleError};

use self::{
    candidates::{Token, tokens},
    detect::ClassNames,
};
use crate::check::{Findings, Module, Rule, TOO_COMPLEX};

/// The style sheet of a module, if it is written with Tailwind's classes. Reports class names that have no effect.
///
/// Without a compiler there is no sheet. The compiler runs only if the class names look like Tailwind's.
pub(crate) fn stylesheet(
    module: &Module<'_, '_>,
    setting: Styles,
    compiler: Option<&dyn StyleCompiler>,
    findings: &mut Findings,
) -> Option<String> {
    if setting == Styles::None {
        return None;
    }
    let Some(compiler) = compiler else {
        if setting == Styles::Tailwind {
            let message =
                "this service was built without Tailwind, so `styles` has no effect; bring styles in a `<style>`";
            findings.add(Rule::UnstyledClass, 0, message);
        }
        return None;
    };
    let tokens = tokens(module);
    let classes = ClassNames::new(&tokens);
    if setting == Styles::Auto && !classes.may_be_tailwind() {
        return None;
    }
    let css = match compile(&tokens, compiler, findings) {
        Ok(css) => css,
        Err(Excess { offset, reason }) => {
            findings.add(Rule::TooComplex, offset, format!("{TOO_COMPLEX}: {reason}"));
            return None;
        }
    };
    if setting == Styles::Auto && !classes.are_tailwind(&css) {
        return None;
    }
    warnings::put_together(module, findings);
    warnings::removed(&tokens, findings);
    Some(css)
}

/// Why class names were not compiled.
struct Excess {
    offset: u32,
    reason: String,
}

fn compile(tokens: &[Token<'_>], compiler: &dyn StyleCompiler, findings: &mut Findings) -> Result<String, Excess> {
    let mut candidates = BTreeMap::new();
    for token in tokens.iter().filter(|token| utility::may_be_utility(token.text)) {
        // Other strings may look like a class name: a path of SVG, or data.
        if let Some(reason) = limits::excess(token.text) {
            if token.is_class {
                findings.add(
                    Rule::UnstyledClass,
                    token.offset,
                    format!("{reason}, so it gets no style; use a `<style>`"),
                );
            }
            continue;
        }
        if limits::is_whole(token.text) {
            candidates.entry(token.text).or_insert(token.offset);
        }
        if candidates.len() > limits::MAX_CANDIDATES {
            let reason = format!("it has more than {} different class names", limits::MAX_CANDIDATES);
            return Err(Excess { offset: token.offset, reason });
        }
    }
    let candidates: Vec<&str> = candidates.into_keys().collect();
    let whole = |reason: String| Excess { offset: 0, reason };
    match compiler.compile(&candidates) {
        Ok(css) if sheet::is_whole(&css) => Ok(css),
        Ok(_) => Err(whole("its class names give no valid style sheet; leave out values in brackets".into())),
        Err(StyleError::TooComplex(limit)) => Err(whole(format!("{limit}; use fewer and simpler class names"))),
        Err(StyleError::Internal(reason)) => {
            Err(whole(format!("its class names were not compiled; leave out values in brackets ({reason})")))
        }
    }
}
