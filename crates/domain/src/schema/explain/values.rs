//! The keywords that look at one value or at its parts.

use serde_json::{Map, Number, Value};

use super::{Stop, Walk};
use crate::{
    field::FieldError,
    schema::{
        number,
        plan::{Bound, Choices, Extreme, Items, Measured, Members, NodeId, Rule},
        wording,
    },
};

const STEPS_PER_DIVISION: u64 = 15;
/// For 16 bytes of a string with a format.
const STEPS_PER_FORMAT_16: u64 = 3;

impl Walk<'_> {
    pub(super) fn choice(&mut self, choices: &Choices, value: &Value) -> Result<(), Stop> {
        let is_compound = value.is_array() || value.is_object();
        self.step(if is_compound { choices.size() } else { choices.values().len() as u64 })?;
        if choices.values().iter().any(|choice| number::equal(choice, value)) {
            return Ok(());
        }
        self.refuse(|| wording::choices(choices.values()))
    }

    pub(super) fn number(&mut self, rule: &Rule, value: &Number) -> Result<(), Stop> {
        match rule {
            Rule::Bound(bound, limit) => {
                let order = number::compare(value, limit);
                let fits = match bound {
                    Bound::Minimum => order.is_ge(),
                    Bound::ExclusiveMinimum => order.is_gt(),
                    Bound::Maximum => order.is_le(),
                    Bound::ExclusiveMaximum => order.is_lt(),
                };
                if fits { Ok(()) } else { self.refuse(|| wording::bound(*bound, limit, value)) }
            }
            Rule::MultipleOf(divisor) => {
                self.step(STEPS_PER_DIVISION)?;
                let fits = number::is_multiple_of(value, divisor);
                if fits { Ok(()) } else { self.refuse(|| wording::multiple_of(divisor, value)) }
            }
            _ => Ok(()),
        }
    }

    pub(super) fn text(&mut self, rule: &Rule, text: &str) -> Result<(), Stop> {
        match rule {
            Rule::Size(Measured::Characters, extreme, limit) => {
                self.step(text.len() as u64 / 64)?;
                self.size(Measured::Characters, *extreme, *limit, text.chars().count())
            }
            Rule::Pattern(pattern) => {
                self.step(text.len() as u64 * pattern.weight())?;
                if pattern.is_match(text) { Ok(()) } else { self.refuse(|| wording::pattern(pattern.source())) }
            }
            Rule::Format(format) => {
                self.step(text.len() as u64 / 16 * STEPS_PER_FORMAT_16 + STEPS_PER_FORMAT_16)?;
                if format.admits(text) { Ok(()) } else { self.refuse(|| wording::format(format.name())) }
            }
            _ => Ok(()),
        }
    }

    fn size(&mut self, measured: Measured, extreme: Extreme, limit: u64, size: usize) -> Result<(), Stop> {
        let fits = match extreme {
            Extreme::AtLeast => size as u64 >= limit,
            Extreme::AtMost => size as u64 <= limit,
        };
        if fits { Ok(()) } else { self.refuse(|| wording::size(measured, extreme, limit)) }
    }

    pub(super) fn array(&mut self, rule: &Rule, items: &[Value]) -> Result<(), Stop> {
        match rule {
            Rule::Size(Measured::Items, extreme, limit) => self.size(Measured::Items, *extreme, *limit, items.len()),
            Rule::Items(Items::All(node)) => {
                items.iter().enumerate().try_for_each(|(index, item)| self.item(*node, index, item))
            }
            Rule::Items(Items::Each(nodes, rest)) => {
                let rest = rest.filter(|rest| !self.plan.is_never(*rest));
                let closed = rest.is_none() && items.len() > nodes.len();
                for (index, item) in items.iter().enumerate() {
                    match nodes.get(index).copied().or(rest) {
                        Some(node) => self.item(node, index, item)?,
                        None => break,
                    }
                }
                if closed && self.is_closed(rule) {
                    self.refuse(|| wording::size(Measured::Items, Extreme::AtMost, nodes.len() as u64))?;
                }
                Ok(())
            }
            Rule::Contains(node) => {
                for item in items {
                    if self.fits(*node, item)? {
                        return Ok(());
                    }
                }
                self.refuse(|| wording::CONTAINS.into())
            }
            Rule::UniqueItems => {
                self.step(items.len() as u64 * 5)?;
                match number::first_repetition(items) {
                    Some((first, second)) => self.refuse(|| wording::repeated(first, second)),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// Whether `additionalItems` is `false`.
    fn is_closed(&self, rule: &Rule) -> bool {
        matches!(rule, Rule::Items(Items::Each(_, Some(rest))) if self.plan.is_never(*rest))
    }

    fn item(&mut self, node: NodeId, index: usize, item: &Value) -> Result<(), Stop> {
        let up = self.path.len();
        self.path.push_index(index);
        let done = self.apply(node, item);
        self.path.truncate(up);
        done
    }

    pub(super) fn object(&mut self, rule: &Rule, object: &Map<String, Value>) -> Result<(), Stop> {
        match rule {
            Rule::Size(Measured::Fields, extreme, limit) => self.size(Measured::Fields, *extreme, *limit, object.len()),
            Rule::Required(names) => self.required(names, object),
            Rule::Members(members) => object.iter().try_for_each(|(name, value)| self.member(members, name, value)),
            Rule::PropertyNames(node) => object.keys().try_for_each(|name| self.member_name(*node, name)),
            _ => Ok(()),
        }
    }

    pub(super) fn required(&mut self, names: &[String], object: &Map<String, Value>) -> Result<(), Stop> {
        self.step(names.len() as u64)?;
        for name in names.iter().filter(|name| !object.contains_key(*name)) {
            self.refuse(|| FieldError::missing("", &wording::name(name)).message)?;
        }
        Ok(())
    }

    fn member(&mut self, members: &Members, name: &str, value: &Value) -> Result<(), Stop> {
        self.step(1)?;
        let mut known = false;
        if let Some(node) = members.named.get(name) {
            known = true;
            self.below(*node, name, value)?;
        }
        for (pattern, node) in &members.patterns {
            self.step((name.len() as u64 + 1) * pattern.weight())?;
            if pattern.is_match(name) {
                known = true;
                self.below(*node, name, value)?;
            }
        }
        match members.additional {
            Some(node) if !known && self.plan.is_never(node) => self.refuse(|| wording::unexpected_field(name)),
            Some(node) if !known => self.below(node, name, value),
            _ => Ok(()),
        }
    }

    fn below(&mut self, node: NodeId, name: &str, value: &Value) -> Result<(), Stop> {
        let up = self.path.len();
        self.path.push_member(name);
        let done = self.apply(node, value);
        self.path.truncate(up);
        done
    }

    /// A bad name is an error of the object that has it.
    fn member_name(&mut self, node: NodeId, name: &str) -> Result<(), Stop> {
        let name_value = Value::String(name.to_owned());
        if self.only_verdict {
            return self.apply(node, &name_value);
        }
        let errors = self.collect(node, &name_value, 1)?;
        match errors.first() {
            None => Ok(()),
            Some(error) => self.refuse(|| wording::bad_name(name, &error.message)),
        }
    }
}
