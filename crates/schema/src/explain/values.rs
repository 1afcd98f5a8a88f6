//! The keywords that look at one value or at its parts.

use serde_json::{Map, Number, Value};

use super::{Step, Walk, Walked};
use crate::{
    field::FieldError,
    number,
    plan::{Bound, Choices, Extreme, Items, Measured, Members, NodeId, Rule},
    wording,
};

impl<'a> Walk<'a> {
    pub(super) fn choice(&mut self, choices: &'a Choices, value: &'a Value) -> Walked {
        if choices.values().iter().any(|choice| number::equal(choice, value)) {
            return Ok(());
        }
        self.refuse(move || wording::choices(choices.values()))
    }

    pub(super) fn number(&mut self, rule: &'a Rule, value: &'a Number) -> Walked {
        match rule {
            Rule::Bound(bound, limit) => {
                let order = number::compare(value, limit);
                let fits = match bound {
                    Bound::Minimum => order.is_ge(),
                    Bound::ExclusiveMinimum => order.is_gt(),
                    Bound::Maximum => order.is_le(),
                    Bound::ExclusiveMaximum => order.is_lt(),
                };
                if fits { Ok(()) } else { self.refuse(move || wording::bound(*bound, limit, value)) }
            }
            Rule::MultipleOf(divisor) => {
                let fits = number::is_multiple_of(value, divisor);
                if fits { Ok(()) } else { self.refuse(move || wording::multiple_of(divisor, value)) }
            }
            _ => Ok(()),
        }
    }

    pub(super) fn text(&mut self, rule: &'a Rule, text: &'a str) -> Walked {
        match rule {
            Rule::Size(Measured::Characters, extreme, limit) => {
                self.size(Measured::Characters, *extreme, *limit, text.chars().count())
            }
            Rule::Pattern(pattern) => {
                if pattern.is_match(text) {
                    Ok(())
                } else {
                    self.refuse(move || wording::pattern(pattern.source()))
                }
            }
            Rule::Format(format) => {
                if format.admits(text) {
                    Ok(())
                } else {
                    self.refuse(move || wording::format(format.name()))
                }
            }
            _ => Ok(()),
        }
    }

    fn size(&mut self, measured: Measured, extreme: Extreme, limit: u64, size: usize) -> Walked {
        let fits = match extreme {
            Extreme::AtLeast => size as u64 >= limit,
            Extreme::AtMost => size as u64 <= limit,
        };
        if fits { Ok(()) } else { self.refuse(move || wording::size(measured, extreme, limit)) }
    }

    pub(super) fn array(&mut self, rule: &'a Rule, items: &'a [Value]) -> Walked {
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
                    self.refuse(move || wording::size(Measured::Items, Extreme::AtMost, nodes.len() as u64))?;
                }
                Ok(())
            }
            Rule::Contains(node) => {
                for item in items {
                    if self.fits(*node, item) {
                        return Ok(());
                    }
                }
                self.refuse(move || wording::CONTAINS.into())
            }
            Rule::UniqueItems => match number::first_repetition(items) {
                Some((first, second)) => self.refuse(move || wording::repeated(first, second)),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    /// Whether `additionalItems` is `false`.
    fn is_closed(&self, rule: &Rule) -> bool {
        matches!(rule, Rule::Items(Items::Each(_, Some(rest))) if self.plan.is_never(*rest))
    }

    fn item(&mut self, node: NodeId, index: usize, item: &'a Value) -> Walked {
        self.path.push(Step::Index(index));
        let done = self.apply(node, item);
        self.path.pop();
        done
    }

    pub(super) fn object(&mut self, rule: &'a Rule, object: &'a Map<String, Value>) -> Walked {
        match rule {
            Rule::Size(Measured::Fields, extreme, limit) => self.size(Measured::Fields, *extreme, *limit, object.len()),
            Rule::Required(names) => self.required(names, object),
            Rule::Members(members) => object.iter().try_for_each(|(name, value)| self.member(members, name, value)),
            Rule::PropertyNames(node) => object.keys().try_for_each(|name| self.member_name(*node, name)),
            _ => Ok(()),
        }
    }

    pub(super) fn required(&mut self, names: &'a [String], object: &'a Map<String, Value>) -> Walked {
        for name in names.iter().filter(|name| !object.contains_key(*name)) {
            self.refuse(move || FieldError::missing("", &wording::name(name)).message)?;
        }
        Ok(())
    }

    fn member(&mut self, members: &'a Members, name: &'a str, value: &'a Value) -> Walked {
        let mut known = false;
        if let Some(node) = members.named.get(name) {
            known = true;
            self.below(*node, name, value)?;
        }
        for (pattern, node) in &members.patterns {
            if pattern.is_match(name) {
                known = true;
                self.below(*node, name, value)?;
            }
        }
        match members.additional {
            Some(node) if !known && self.plan.is_never(node) => self.refuse(move || wording::unexpected_field(name)),
            Some(node) if !known => self.below(node, name, value),
            _ => Ok(()),
        }
    }

    fn below(&mut self, node: NodeId, name: &'a str, value: &'a Value) -> Walked {
        self.path.push(Step::Member(name));
        let done = self.apply(node, value);
        self.path.pop();
        done
    }

    /// A bad name is an error of the object that has it.
    fn member_name(&mut self, node: NodeId, name: &'a str) -> Walked {
        // A walk over the name alone, as the name is no part of the data that has a path.
        let plan = self.plan;
        let value = Value::String(name.to_owned());
        if Walk::new(plan, "", 1).fits(node, &value) {
            return Ok(());
        }
        self.refuse(move || {
            let value = Value::String(name.to_owned());
            let why = Walk::new(plan, "", 1).collect(node, &value).pop();
            wording::bad_name(name, &why.map(|finding| finding.into_error("").message).unwrap_or_default())
        })
    }
}
