//! The core schema of YAML 1.2: which plain text is a number, a truth value or nothing.

use super::Value;

/// The value of plain text; `None` if it is text.
pub(super) fn resolve(plain: &str) -> Option<Value> {
    match plain {
        "" | "~" | "null" | "Null" | "NULL" => return Some(Value::Null),
        "true" | "True" | "TRUE" => return Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Some(Value::Bool(false)),
        _ => {}
    }
    let first = plain.as_bytes()[0];
    if !matches!(first, b'0'..=b'9' | b'+' | b'-' | b'.') {
        return None;
    }
    integer(plain).map(Value::Int).or_else(|| float(plain).map(Value::Float))
}

fn integer(text: &str) -> Option<String> {
    if let Some(digits) = text.strip_prefix("0o") {
        return based(digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return based(digits, 16);
    }
    let (sign, digits) = signed(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let digits = digits.trim_start_matches('0');
    Some(if digits.is_empty() { "0".to_owned() } else { format!("{sign}{digits}") })
}

/// Numbers of other bases are short or text: nobody writes masks of over 128 bits.
pub(super) fn based(digits: &str, radix: u32) -> Option<String> {
    if digits.starts_with(['+', '-']) {
        return None;
    }
    u128::from_str_radix(digits, radix).ok().map(|number| number.to_string())
}

fn signed(text: &str) -> (&str, &str) {
    match text.as_bytes().first() {
        Some(b'-') => ("-", &text[1..]),
        Some(b'+') => ("", &text[1..]),
        _ => ("", text),
    }
}

fn float(text: &str) -> Option<String> {
    let (sign, rest) = signed(text);
    if matches!(rest, ".inf" | ".Inf" | ".INF") {
        return Some(format!("{sign}.inf"));
    }
    if matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Some(".nan".to_owned());
    }
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let mantissa_ok = match mantissa.split_once('.') {
        Some(("", fraction)) => !fraction.is_empty() && digits(fraction),
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => !mantissa.is_empty() && digits(mantissa),
    };
    let exponent_ok = exponent.is_none_or(|text| {
        let (_, text) = signed(text);
        !text.is_empty() && digits(text)
    });
    (mantissa_ok && exponent_ok).then(|| format!("{sign}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_resolved_by_the_core_schema() {
        let kind = |text: &str| match resolve(text) {
            None => format!("text {text}"),
            Some(Value::Int(n)) => format!("int {n}"),
            Some(Value::Float(n)) => format!("float {n}"),
            Some(Value::Bool(b)) => format!("bool {b}"),
            Some(_) => "null".to_owned(),
        };
        let all: Vec<String> = [
            "yes", "no", "on", "off", "y", "true", "True", "FALSE", "tRUE", "null", "~", "Null",
            "0", "+12", "-0012", "0o17", "0x1F", "0x", "-0x1F", "1_000", "1.5", ".5", "5.", ".",
            "1e3", "+1.5E-3", "e3", "1e", "-.inf", ".nan", "+.nan", "1.2.3", "-", "+", "12:30",
        ]
        .into_iter()
        .map(kind)
        .collect();
        assert_eq!(
            all.join(", "),
            "text yes, text no, text on, text off, text y, bool true, bool true, bool false, \
             text tRUE, null, null, null, int 0, int 12, int -12, int 15, int 31, text 0x, \
             text -0x1F, text 1_000, float 1.5, float .5, float 5., text ., float 1e3, \
             float 1.5E-3, text e3, text 1e, float -.inf, float .nan, text +.nan, text 1.2.3, \
             text -, text +, text 12:30"
        );
    }
}
