//! `<style jsx>`: what cannot be scoped, and rules that match nothing.

use super::{findings::Findings, rule::Rule};
use crate::styles::Plan;

/// Reports what was found while the styles were scoped.
pub(super) fn note(plan: &Plan, findings: &mut Findings) {
    for (offset, message) in &plan.problems {
        findings.add(Rule::StyleJsx, *offset, message.clone());
    }
    for (offset, message) in &plan.warnings {
        findings.add(Rule::UnmatchedStyle, *offset, message.clone());
    }
}
