//! The keywords for one value and its parts.

use serde_json::{Map, Number, Value};

use super::{Step, Walk, Walked};
use crate::{
    field::missing,
    number,
    plan::NodeId,
    rule::{AllowedValues, Bound, Items, LimitKind, Properties, Rule, SizeUnit},
    wording,
};

impl<'a> Walk<'a> {
    pub(super) fn allowed_values(&mut self, allowed: &'a AllowedValues, value: &'a Value) -> Walked {
        if allowed.as_slice().iter().any(|allowed| number::equal(allowed, value)) {
            return Ok(());
        }
        self.report(move || wording::one_of(allowed.as_slice()))
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
                if fits { Ok(()) } else { self.report(move || wording::bound(*bound, limit, value)) }
            }
            Rule::MultipleOf(divisor) => {
                let fits = number::is_multiple_of(value, divisor);
                if fits { Ok(()) } else { self.report(move || wording::multiple_of(divisor, value)) }
            }
            _ => Ok(()),
        }
    }

    pub(super) fn text(&mut self, rule: &'a Rule, text: &'a str) -> Walked {
        match rule {
            Rule::Size(SizeUnit::Characters, kind, limit) => {
                self.size(SizeUnit::Characters, *kind, *limit, text.chars().count())
            }
            Rule::Pattern(pattern) => {
                if pattern.is_match(text) {
                    Ok(())
                } else {
                    self.report(move || wording::pattern(pattern.source()))
                }
            }
            Rule::Format(format) => {
                if format.matches(text) {
                    Ok(())
                } else {
                    self.report(move || wording::format(*format, text))
                }
            }
            _ => Ok(()),
        }
    }

    fn size(&mut self, unit: SizeUnit, kind: LimitKind, limit: u64, size: usize) -> Walked {
        let fits = match kind {
            LimitKind::AtLeast => size as u64 >= limit,
            LimitKind::AtMost => size as u64 <= limit,
        };
        if fits { Ok(()) } else { self.report(move || wording::size(unit, kind, limit)) }
    }

    pub(super) fn array(&mut self, rule: &'a Rule, items: &'a [Value]) -> Walked {
        match rule {
            Rule::Size(SizeUnit::Items, kind, limit) => self.size(SizeUnit::Items, *kind, *limit, items.len()),
            Rule::Items(Items::All(node)) => {
                items.iter().enumerate().try_for_each(|(index, item)| self.item(*node, index, item))
            }
            Rule::Items(Items::Tuple(nodes, rest)) => {
                let is_closed = rest.is_some_and(|rest| self.plan.is_false(rest));
                let rest = rest.filter(|_| !is_closed);
                for (index, item) in items.iter().enumerate() {
                    match nodes.get(index).copied().or(rest) {
                        Some(node) => self.item(node, index, item)?,
                        None => break,
                    }
                }
                if is_closed && items.len() > nodes.len() {
                    self.report(move || wording::size(SizeUnit::Items, LimitKind::AtMost, nodes.len() as u64))?;
                }
                Ok(())
            }
            Rule::Contains(node) => {
                for item in items {
                    if self.is_valid(*node, item) {
                        return Ok(());
                    }
                }
                self.report(move || wording::CONTAINS_NOTHING.into())
            }
            Rule::UniqueItems => match number::first_duplicate(items) {
                Some((first, second)) => self.report(move || wording::duplicate(first, second)),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn item(&mut self, node: NodeId, index: usize, item: &'a Value) -> Walked {
        self.path.push(Step::Index(index));
        let done = self.apply(node, item);
        self.path.pop();
        done
    }

    pub(super) fn object(&mut self, rule: &'a Rule, object: &'a Map<String, Value>) -> Walked {
        match rule {
            Rule::Size(SizeUnit::Fields, kind, limit) => self.size(SizeUnit::Fields, *kind, *limit, object.len()),
            Rule::Required(names) => self.required(names, object),
            Rule::Properties(properties) => {
                object.iter().try_for_each(|(name, value)| self.property(properties, name, value))
            }
            Rule::PropertyNames(node) => object.keys().try_for_each(|name| self.property_name(*node, name)),
            _ => Ok(()),
        }
    }

    pub(super) fn required(&mut self, names: &'a [String], object: &'a Map<String, Value>) -> Walked {
        for name in names.iter().filter(|name| !object.contains_key(*name)) {
            self.report(move || missing(&wording::name(name)))?;
        }
        Ok(())
    }

    fn property(&mut self, properties: &'a Properties, name: &'a str, value: &'a Value) -> Walked {
        let mut is_known = false;
        if let Some(node) = properties.named.get(name) {
            is_known = true;
            self.member(*node, name, value)?;
        }
        for (pattern, node) in &properties.patterns {
            if pattern.is_match(name) {
                is_known = true;
                self.member(*node, name, value)?;
            }
        }
        match properties.additional {
            Some(node) if !is_known && self.plan.is_false(node) => self.report(move || wording::unexpected_field(name)),
            Some(node) if !is_known => self.member(node, name, value),
            _ => Ok(()),
        }
    }

    fn member(&mut self, node: NodeId, name: &'a str, value: &'a Value) -> Walked {
        self.path.push(Step::Member(name));
        let done = self.apply(node, value);
        self.path.pop();
        done
    }

    /// The path of the finding is that of the object.
    fn property_name(&mut self, node: NodeId, name: &'a str) -> Walked {
        // A separate walk, as a name has no path in the data.
        let plan = self.plan;
        let value = Value::String(name.to_owned());
        if Walk::new(plan, "", 1).is_valid(node, &value) {
            return Ok(());
        }
        self.report(move || {
            let value = Value::String(name.to_owned());
            let why = Walk::new(plan, "", 1).collect(node, &value).pop();
            wording::bad_name(name, &why.map(|finding| finding.into_error("").message).unwrap_or_default())
        })
    }
}
