//! The regular expression of the decimal texts in a range. JSON Schema has no bounds for numbers
//! that are written as text, so a pattern must say them.

/// Texts of numbers with at most `precision` digits, `scale` of them behind the point, within the
/// bounds. No leading zeros, no exponent, no plus sign.
pub(super) fn pattern(precision: u32, scale: u32, min: Option<&str>, max: Option<&str>) -> String {
    let limit = 10_i128.pow(precision) - 1;
    let low = min.map_or(-limit, |text| units(text, scale)).max(-limit);
    let high = max.map_or(limit, |text| units(text, scale)).min(limit);
    let positive = (high >= 0).then(|| unsigned(low.max(0), high, scale));
    let negative = (low < 0).then(|| unsigned((-high).max(0), -low, scale));
    match (positive, negative) {
        (Some(positive), Some(negative)) if positive == negative => format!("^-?{positive}$"),
        (Some(positive), Some(negative)) => format!("^({positive}|-{negative})$"),
        (Some(positive), None) => anchored(&positive),
        (None, Some(negative)) => format!("^-{negative}$"),
        (None, None) => "^$".to_owned(),
    }
}

fn anchored(alternatives: &str) -> String {
    format!("^{alternatives}$")
}

/// A canonical decimal text in units of the last digit.
fn units(text: &str, scale: u32) -> i128 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let width = scale as usize;
    let fraction = format!("{fraction:0<width$}");
    let all = format!("{whole}{}", fraction.get(..width).unwrap_or_default());
    sign * all.parse::<i128>().unwrap_or_default()
}

/// Numbers from `low` to `high`, both in units and not negative.
fn unsigned(low: i128, high: i128, scale: u32) -> String {
    let unit = 10_i128.pow(scale);
    let (first, last) = (low / unit, high / unit);
    let (from, to) = (digits(low % unit, scale), digits(high % unit, scale));
    let all = digits(unit - 1, scale);
    let none = digits(0, scale);
    if first == last {
        return format!("{}{}", wholes(first, last), fraction(&from, &to));
    }
    let mut parts = Vec::new();
    let mut start = first;
    if from != none {
        parts.push(format!("{first}{}", fraction(&from, &all)));
        start += 1;
    }
    let end = if to == all { last } else { last - 1 };
    if start <= end {
        parts.push(format!("{}{}", wholes(start, end), fraction(&none, &all)));
    }
    if to != all {
        parts.push(format!("{last}{}", fraction(&none, &to)));
    }
    one_of(parts)
}

fn one_of(mut parts: Vec<String>) -> String {
    if parts.len() == 1 { parts.remove(0) } else { format!("({})", parts.join("|")) }
}

/// The digits of a number below 10 to the power of `width`.
fn digits(number: i128, width: u32) -> Vec<u8> {
    let text = format!("{number:0>width$}", width = width as usize);
    if width == 0 { Vec::new() } else { text.bytes().map(|digit| digit - b'0').collect() }
}

/// Whole numbers without leading zeros.
fn wholes(first: i128, last: i128) -> String {
    let mut parts = Vec::new();
    let mut start = first;
    if start == 0 && last > 9 {
        parts.push("0".to_owned());
        start = 1;
    }
    while start <= last {
        let length = start.to_string().len();
        let last_length = last.to_string().len();
        let power = |exponent: usize| (0..exponent).fold(1_i128, |product, _| product * 10);
        let full = if last == power(last_length) - 1 { last_length } else { last_length - 1 };
        if start == power(length - 1) && full >= length && start != 0 {
            parts.push(format!("[1-9]{}", repeated(length - 1, full - 1)));
            start = power(full);
        } else {
            let end = last.min(power(length) - 1);
            let (low, high) = (start.to_string(), end.to_string());
            parts.push(same_length(low.as_bytes(), high.as_bytes()));
            start = end + 1;
        }
    }
    one_of(parts)
}

fn repeated(least: usize, most: usize) -> String {
    match (least, most) {
        (_, 0) => String::new(),
        (1, 1) => "[0-9]".to_owned(),
        (least, most) if least == most => format!("[0-9]{{{least}}}"),
        (least, most) => format!("[0-9]{{{least},{most}}}"),
    }
}

/// Texts of digits between two of the same length.
fn same_length(low: &[u8], high: &[u8]) -> String {
    let (Some((&first, low)), Some((&last, high))) = (low.split_first(), high.split_first()) else {
        return String::new();
    };
    let rest = low.len();
    if first == last {
        return format!("{}{}", first as char, same_length(low, high));
    }
    let mut parts = Vec::new();
    let (mut start, mut end) = (first, last);
    if low.iter().any(|digit| *digit != b'0') {
        parts.push(format!("{}{}", first as char, same_length(low, &vec![b'9'; rest])));
        start += 1;
    }
    let cut = high.iter().any(|digit| *digit != b'9');
    if cut {
        end -= 1;
    }
    if start <= end {
        parts.push(format!("{}{}", class(start, end), repeated(rest, rest)));
    }
    if cut {
        parts.push(format!("{}{}", last as char, same_length(&vec![b'0'; rest], high)));
    }
    one_of(parts)
}

/// A class of digits, given as ASCII.
fn class(start: u8, end: u8) -> String {
    if start == end {
        (start as char).to_string()
    } else {
        format!("[{}-{}]", start as char, end as char)
    }
}

/// The point and the digits behind it; absent where the range starts at zero.
fn fraction(low: &[u8], high: &[u8]) -> String {
    if high.is_empty() {
        return String::new();
    }
    let optional = low.iter().all(|digit| *digit == 0);
    if optional && high.iter().all(|digit| *digit == 9) {
        let most = high.len();
        let digits = if most == 1 { "[0-9]".to_owned() } else { format!("[0-9]{{1,{most}}}") };
        return format!(r"(\.{digits})?");
    }
    let some = tail(Some(low), Some(high), true);
    if optional { format!(r"(\.{some})?") } else { format!(r"\.{some}") }
}

/// Digits behind the point; a bound that is gone no longer matters. Missing digits are zeros.
fn tail(low: Option<&[u8]>, high: Option<&[u8]>, must: bool) -> String {
    let rest = low.or(high).map_or(0, <[u8]>::len);
    if rest == 0 {
        return String::new();
    }
    let first = low.map_or(0, |digits| digits[0]);
    let last = high.map_or(9, |digits| digits[0]);
    let low = low.map(|digits| &digits[1..]).filter(|digits| digits.iter().any(|d| *d != 0));
    let high = high.map(|digits| &digits[1..]).filter(|digits| digits.iter().any(|d| *d != 9));
    let free = if rest == 1 { String::new() } else { free_digits(rest - 1) };
    let ascii = |digit: u8| class(digit + b'0', digit + b'0');
    let mut parts = Vec::new();
    if first == last {
        parts.push(format!("{}{}", ascii(first), bounded(low, high, &free)));
    } else {
        let (mut start, mut end) = (first, last);
        if low.is_some() {
            parts.push(format!("{}{}", ascii(first), bounded(low, None, &free)));
            start += 1;
        }
        if high.is_some() {
            end -= 1;
        }
        if start <= end {
            parts.push(format!("{}{free}", class(start + b'0', end + b'0')));
        }
        if high.is_some() {
            parts.push(format!("{}{}", ascii(last), bounded(None, high, &free)));
        }
    }
    let some = one_of(parts);
    if must { some } else { format!("({some})?") }
}

fn bounded(low: Option<&[u8]>, high: Option<&[u8]>, free: &str) -> String {
    if low.is_none() && high.is_none() { free.to_owned() } else { tail(low, high, low.is_some()) }
}

fn free_digits(most: usize) -> String {
    if most == 1 { "[0-9]?".to_owned() } else { format!("[0-9]{{0,{most}}}") }
}
