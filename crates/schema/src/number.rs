//! Exact comparison of JSON numbers, and the order and equality of JSON values that follow from it.

use std::cmp::Ordering;

use serde_json::{Number, Value};

/// Compares two numbers by their mathematical value.
pub fn compare(left: &Number, right: &Number) -> Ordering {
    match (integer(left), integer(right)) {
        (Some(left), Some(right)) => left.cmp(&right),
        (Some(left), None) => integer_to_double(left, double(right)),
        (None, Some(right)) => integer_to_double(right, double(left)).reverse(),
        (None, None) => double(left).total_cmp(&double(right)),
    }
}

/// Whether two values are equal by JSON Schema's definition: `1` equals `1.0`, at any depth.
pub fn equal(left: &Value, right: &Value) -> bool {
    order(left, right) == Ordering::Equal
}

/// The indices of the first two items that are equal.
pub fn first_duplicate(items: &[Value]) -> Option<(usize, usize)> {
    let mut positions: Vec<usize> = (0..items.len()).collect();
    // Sorting takes n log n comparisons. Equal items are ordered by position.
    positions.sort_unstable_by(|a, b| order(&items[*a], &items[*b]).then(a.cmp(b)));
    positions.windows(2).filter(|pair| equal(&items[pair[0]], &items[pair[1]])).map(|pair| (pair[0], pair[1])).min()
}

/// Whether `value` is a multiple of `divisor`, in decimal arithmetic.
pub fn is_multiple_of(value: &Number, divisor: &Number) -> bool {
    let (Some(value), Some(divisor)) = (Decimal::of(value), Decimal::of(divisor)) else { return false };
    value.is_multiple_of(divisor)
}

/// `digits × 10^exponent`.
#[derive(Clone, Copy)]
struct Decimal {
    digits: u128,
    exponent: i32,
}

impl Decimal {
    /// The shortest decimal that parses as this number. It has at most 20 digits, so it does not overflow.
    fn of(number: &Number) -> Option<Self> {
        let text = number.to_string();
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
        let (whole, fraction) = mantissa.trim_start_matches('-').split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{}{fraction}", whole.trim_start_matches('-')).parse().ok()?;
        let exponent: i32 = exponent.parse().ok()?;
        Some(Self { digits, exponent: exponent - i32::try_from(fraction.len()).ok()? })
    }

    fn is_multiple_of(self, divisor: Self) -> bool {
        if divisor.digits == 0 {
            return false;
        }
        let shift = self.exponent - divisor.exponent;
        if shift >= 0 {
            let power = power_of_ten(shift.unsigned_abs(), divisor.digits);
            multiply(self.digits % divisor.digits, power, divisor.digits) == 0
        } else {
            // value / (divisor × 10^n): if this overflows, only zero is a multiple.
            let scale = 10_u128.checked_pow(shift.unsigned_abs());
            match scale.and_then(|scale| divisor.digits.checked_mul(scale)) {
                Some(divisor) => self.digits.is_multiple_of(divisor),
                None => self.digits == 0,
            }
        }
    }
}

/// `10^exponent mod modulus`.
fn power_of_ten(mut exponent: u32, modulus: u128) -> u128 {
    let (mut result, mut base) = (1 % modulus, 10 % modulus);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply(result, base, modulus);
        }
        base = multiply(base, base, modulus);
        exponent >>= 1;
    }
    result
}

/// `a × b mod modulus` for numbers below 2^67 (20 digits): by repeated doubling if the product overflows.
fn multiply(a: u128, b: u128, modulus: u128) -> u128 {
    if let Some(product) = a.checked_mul(b) {
        return product % modulus;
    }
    let (mut result, mut a, mut b) = (0, a, b);
    while b > 0 {
        if b & 1 == 1 {
            result = (result + a) % modulus;
        }
        a = (a << 1) % modulus;
        b >>= 1;
    }
    result
}

fn integer(number: &Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

fn double(number: &Number) -> f64 {
    // Adding zero turns -0.0 into 0.0: they are equal in JSON Schema.
    number.as_f64().unwrap_or(0.0) + 0.0
}

fn integer_to_double(left: i128, right: f64) -> Ordering {
    // The cast saturates, and every integer here is far from the ends of i128.
    #[expect(clippy::cast_possible_truncation, reason = "the fraction is compared on the next line")]
    let whole = right.trunc() as i128;
    left.cmp(&whole).then(0.0_f64.total_cmp(&(right.fract() + 0.0)))
}

/// A total order of JSON values that agrees with [`equal`]. The order itself is arbitrary.
fn order(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Bool(left), Value::Bool(right)) => left.cmp(right),
        (Value::Number(left), Value::Number(right)) => compare(left, right),
        (Value::String(left), Value::String(right)) => left.cmp(right),
        (Value::Array(left), Value::Array(right)) => left.len().cmp(&right.len()).then_with(|| {
            left.iter()
                .zip(right)
                .map(|(left, right)| order(left, right))
                .find(|o| o.is_ne())
                .unwrap_or(Ordering::Equal)
        }),
        (Value::Object(left), Value::Object(right)) => left.len().cmp(&right.len()).then_with(|| {
            // `Map` sorts its members by name.
            let pairs = left.iter().zip(right);
            let pair_order =
                |((a, x), (b, y)): ((&String, &Value), (&String, &Value))| a.cmp(b).then_with(|| order(x, y));
            pairs.map(pair_order).find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
        }),
        _ => rank(left).cmp(&rank(right)),
    }
}

fn rank(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn number(text: &str) -> Number {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn numbers_beyond_the_precision_of_a_double_compare_exactly() {
        assert_eq!(compare(&number("9007199254740993"), &number("9007199254740992.0")), Ordering::Greater);
        assert_eq!(compare(&number("1"), &number("1.0")), Ordering::Equal);
        assert_eq!(compare(&number("-1"), &number("-0.5")), Ordering::Less);
        assert_eq!(compare(&number("1e300"), &number("18446744073709551615")), Ordering::Greater);
        assert_eq!(compare(&number("-0.0"), &number("0.0")), Ordering::Equal);
        assert_eq!(compare(&number("-0.0"), &number("0")), Ordering::Equal);
        // Parsed as the nearest double.
        let exact = number("972783798187987123879878123.18878137");
        assert_eq!(exact.to_string(), "9.727837981879871e+26");
        assert_eq!(compare(&exact, &number(&exact.to_string())), Ordering::Equal);
    }

    #[test]
    fn equality_ignores_how_a_number_is_written() {
        assert!(equal(&json!({"a": [1, {"b": 2.0}]}), &json!({"a": [1.0, {"b": 2}]})));
        assert!(!equal(&json!([1, 2]), &json!([2, 1])));
        assert!(!equal(&json!({"a": null}), &json!({"b": null})));
        assert!(!equal(&json!(0), &json!(false)));
        assert!(!equal(&json!("1"), &json!(1)));
    }

    #[test]
    fn the_first_duplicate_is_found() {
        let items = json!([3, "a", {"x": 1}, "b", {"x": 1.0}, "a"]);
        assert_eq!(first_duplicate(items.as_array().unwrap()), Some((1, 5)));
        assert_eq!(first_duplicate(&[]), None);
        assert_eq!(first_duplicate(json!([1, "1", true, [1]]).as_array().unwrap()), None);
    }

    #[test]
    fn multiples_are_computed_in_decimal() {
        for (value, divisor) in [
            ("19.99", "0.01"),
            ("0.3", "0.1"),
            ("-4.5", "1.5"),
            ("0", "7"),
            ("1e308", "1e-300"),
            ("0.0", "1e300"),
            ("12345678901234567890", "10"),
            ("1e20", "3e5"),
            ("6", "1.5"),
            ("-6", "3"),
        ] {
            let expected = (value, divisor) != ("1e20", "3e5");
            assert_eq!(is_multiple_of(&number(value), &number(divisor)), expected, "{value} / {divisor}");
        }
        for (value, divisor) in [("0.005", "0.01"), ("7", "2"), ("1e-300", "1e300"), ("1", "1e10"), ("1", "0")] {
            assert!(!is_multiple_of(&number(value), &number(divisor)), "{value} / {divisor}");
        }
    }
}
