//! Whether a string has the format its type asks for. Total and linear in the string's length.

use crate::schema::Format;

/// Whether `value` is written in `format`, or empty. Formats that documentation writes too freely to judge
/// (URIs, mail addresses, binary) accept anything.
pub fn matches(format: Format, value: &str) -> bool {
    if value.is_empty() {
        // Services answer so where there is no value; that is not another format.
        return true;
    }
    match format {
        Format::DateTime => is_date_time(value),
        Format::Date => is_date(value),
        Format::Time => is_time(value),
        Format::Duration => is_duration(value),
        Format::Uuid => is_uuid(value),
        Format::Currency => value.len() == 3 && value.bytes().all(|b| b.is_ascii_uppercase()),
        Format::Plain | Format::Uri | Format::Email | Format::Binary => true,
    }
}

/// RFC 3339, with the looseness of real services: the offset may be absent, the fraction of any length.
fn is_date_time(value: &str) -> bool {
    value.split_once(['T', 't', ' ']).is_some_and(|(date, time)| is_date(date) && is_time(time))
}

fn is_date(value: &str) -> bool {
    let mut parts = value.split('-');
    let mut next = |length: usize| {
        let part = parts.next().filter(|part| part.len() == length && is_digits(part))?;
        part.parse::<u32>().ok()
    };
    let (Some(year), Some(month), Some(day)) = (next(4), next(2), next(2)) else { return false };
    let days = match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    parts.next().is_none() && (1..=days).contains(&day)
}

/// A time of day with or without an offset.
fn is_time(value: &str) -> bool {
    let clock_end = value.find(['Z', 'z', '+', '-']).unwrap_or(value.len());
    let (clock, offset) = value.split_at(clock_end);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let is_offset = match offset.as_bytes() {
        [] | [b'Z' | b'z'] => true,
        [b'+' | b'-', ..] => are_fields(&offset[1..], &[23, 59]),
        _ => false,
    };
    // A minute may have a leap second.
    are_fields(clock, &[23, 59, 60]) && is_digits(fraction) && is_offset
}

/// Two digits for each of `most`, which none exceeds, with colons between them.
fn are_fields(text: &str, most: &[u32]) -> bool {
    let fields: Vec<&str> = text.splitn(most.len() + 1, ':').collect();
    let fits = |(field, most): (&&str, &u32)| {
        field.len() == 2 && is_digits(field) && field.parse::<u32>().is_ok_and(|number| number <= *most)
    };
    fields.len() == most.len() && fields.iter().zip(most).all(fits)
}

/// ISO 8601: `P1M`, `P1Y6M`, `PT5M`, `P2W`.
pub fn is_duration(value: &str) -> bool {
    let Some(rest) = value.strip_prefix('P') else { return false };
    let (date, time) = match rest.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (rest, None),
    };
    let some = !date.is_empty() || time.is_some_and(|time| !time.is_empty());
    some && has_fields(date, "YMWD") && time.is_none_or(|time| !time.is_empty() && has_fields(time, "HMS"))
}

/// Numbers followed by designators, each at most once and in order.
fn has_fields(text: &str, designators: &str) -> bool {
    let mut left = designators;
    let mut digits = 0;
    for c in text.chars() {
        if c.is_ascii_digit() || (c == '.' && digits > 0) {
            digits += 1;
            continue;
        }
        match left.find(c) {
            Some(at) if digits > 0 => left = &left[at + 1..],
            _ => return false,
        }
        digits = 0;
    }
    digits == 0
}

/// Eight, four, four, four and twelve hexadecimal digits, braces allowed.
pub fn is_uuid(value: &str) -> bool {
    let inner = value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(value);
    let is_hyphen = |at: usize| matches!(at, 8 | 13 | 18 | 23);
    let fits = |(at, byte): (usize, u8)| if is_hyphen(at) { byte == b'-' } else { byte.is_ascii_hexdigit() };
    inner.len() == 36 && inner.bytes().enumerate().all(fits)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_times_as_services_write_them() {
        for good in ["2019-01-16T00:48:44.76+00:00", "2019-01-16T00:48:51.6578126Z", "2019-01-16T00:48:51"] {
            assert!(matches(Format::DateTime, good), "{good}");
        }
        for bad in ["2019-01-16", "16/01/2019 10:00", "2019-13-16T00:48:51Z", "2019-01-16T00:48:51.Z"] {
            assert!(!matches(Format::DateTime, bad), "{bad}");
        }
    }

    #[test]
    fn durations_are_upper_case_and_in_order() {
        for good in ["P1M", "P1Y6M", "PT5M", "P2W", "P1DT12H", "PT0.5S"] {
            assert!(is_duration(good), "{good}");
        }
        for bad in ["p1m", "P", "PT", "1M", "P1", "P1M1Y", "P1X", "P1DT"] {
            assert!(!is_duration(bad), "{bad}");
        }
    }

    #[test]
    fn uuids() {
        assert!(is_uuid("d6bf25b7-e0a8-4f2d-a31b-97b55cfc774d"));
        assert!(is_uuid("{D6BF25B7-E0A8-4F2D-A31B-97B55CFC774D}"));
        assert!(!is_uuid("d6bf25b7-e0a8-4f2d-a31b-97b55cfc774d0"));
        assert!(!is_uuid("d6bf25b7e0a84f2da31b97b55cfc774d"));
    }
}
