//! Literal values that prose names: quoted texts in the quotes of any language, and durations.
//!
//! Code spans and bold words are marked up, so the document knows them; this is for plain text. Absent
//! here: which property the values belong to, and whether they are right.

use std::ops::Range;

/// Longest quoted value in bytes; longer quotations are sentences.
const MAX_VALUE: usize = 100;

/// The byte ranges of quoted texts, without their quotes, in order. Apostrophes are no quotes, and
/// quotations longer than a value are left out.
pub fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !may_quote(text) {
        return found;
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) =
        bytes.get(at..).and_then(|rest| rest.iter().position(|byte| OPENING[usize::from(*byte)]))
    {
        at += next;
        let c = text[at..].chars().next().unwrap_or_default();
        let start = at + c.len_utf8();
        let opens = !closers(c).is_empty();
        // A straight or single quote after a letter is an apostrophe or closes something.
        let before = &text[..at];
        let follows = || before.chars().next_back().is_some_and(char::is_alphanumeric);
        at = start;
        if opens
            && !(can_be_apostrophe(c) && follows())
            && let Some((end, next)) = closing(text, start, c)
        {
            found.push(start..end);
            at = next;
        }
    }
    found
}

/// Whether a text may hold a quote of any language: by their first bytes, which hardly any English text has.
pub fn may_quote(text: &str) -> bool {
    // Without a way out in between, so that many bytes are looked at at once.
    text.bytes().fold(false, |any, byte| any | may_open(byte))
}

/// Whether a quote of any language may begin with this byte.
const fn may_open(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | 0xc2 | 0xe2 | 0xe3 | 0xef)
}

/// [`may_open`] by byte.
const OPENING: [bool; 256] = {
    let mut opening = [false; 256];
    let mut byte = 0;
    while byte < opening.len() {
        opening[byte] = may_open(byte as u8);
        byte += 1;
    }
    opening
};

/// Where the quotation that `open` starts at `start` ends, and where the text goes on.
fn closing(text: &str, start: usize, open: char) -> Option<(usize, usize)> {
    let tail = text.get(start..)?;
    let mut chars = tail.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if at > MAX_VALUE || c == '\n' {
            return None;
        }
        let letter_follows = chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if closers(open).contains(&c) && !(can_be_apostrophe(c) && letter_follows) {
            let inner = &tail[..at];
            let blank = inner.trim_matches(crate::text::is_blank).is_empty();
            return (!blank).then_some((start + at, start + at + c.len_utf8()));
        }
    }
    None
}

/// The characters that close a quotation which `open` starts; none if it starts none.
fn closers(open: char) -> &'static [char] {
    match open {
        '"' => &['"'],
        '\'' => &['\''],
        '＂' => &['＂'],
        '“' => &['”', '“'],
        '”' => &['”'],
        '„' | '‟' => &['“', '”', '‟'],
        '‘' | '’' => &['’'],
        '‚' | '‛' => &['‘', '’'],
        '«' => &['»'],
        '»' => &['«', '»'],
        '‹' => &['›'],
        '›' => &['‹', '›'],
        '「' => &['」'],
        '『' => &['』'],
        '《' => &['》'],
        '〈' => &['〉'],
        '〝' => &['〞', '〟'],
        _ => &[],
    }
}

fn can_be_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '"')
}

/// The byte ranges of ISO 8601 durations (`P1M`, `P1Y6M`, `PT5M`) that stand as words of their own, in any
/// case, so that a re-cased `p1m` is found too.
pub fn durations(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let is_word = |at: usize| {
        text[at..].chars().next().is_some_and(|c| c.is_alphanumeric() && c.is_ascii() || c == '_')
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let starts_word =
            at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b'_' | b'-'));
        if starts_word
            && let Some(len) = duration(&bytes[at..])
            && (at + len == bytes.len() || !is_word(at + len))
        {
            found.push(at..at + len);
            at += len;
        } else {
            at += 1;
        }
    }
    found
}

/// The length of the duration that `bytes` start with.
fn duration(bytes: &[u8]) -> Option<usize> {
    if !bytes.first()?.eq_ignore_ascii_case(&b'P') {
        return None;
    }
    let mut at = 1;
    let mut units: &[u8] = b"YMWD";
    let mut any = false;
    loop {
        if bytes.get(at).is_some_and(|b| b.eq_ignore_ascii_case(&b'T'))
            && units.first() != Some(&b'H')
            && units != b"MS"
        {
            (units, any) = (b"HMS", false);
            at += 1;
        }
        // Ten digits are more than any duration has; the bound keeps the search linear.
        let digits = bytes[at..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        let unit = bytes.get(at + digits).map(u8::to_ascii_uppercase);
        let place =
            unit.and_then(|unit| units.iter().position(|known| *known == unit)).filter(|_| digits > 0);
        let Some(place) = place else { return any.then_some(at) };
        units = &units[place + 1..];
        at += digits + 1;
        any = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quotes(text: &str) -> Vec<&str> {
        quoted(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn quotes_of_all_languages_are_found() {
        for (text, values) in [
            (r#"Either "Active" or "Ordered"."#, vec!["Active", "Ordered"]),
            ("'monthly', 'annual'", vec!["monthly", "annual"]),
            ("« Actif », « Commandé »", vec![" Actif ", " Commandé "]),
            ("„Aktiv“ oder ‚Bestellt‘", vec!["Aktiv", "Bestellt"]),
            ("„Aktywny” »neu«", vec!["Aktywny", "neu"]),
            ("”Aktiv” och ’Ny’", vec!["Aktiv", "Ny"]),
            ("“Active” ‘New’", vec!["Active", "New"]),
            ("「有効」『無効』", vec!["有効", "無効"]),
            ("l'état d'un panier", vec![]),
            ("the customers' cart isn’t 'Active'", vec!["Active"]),
            ("'don't know'", vec!["don't know"]),
            ("a \"lonely quote", vec![]),
            ("\"\" and ''", vec![]),
        ] {
            assert_eq!(quotes(text), values, "{text}");
        }
    }

    #[test]
    fn sentences_are_no_values() {
        let text = format!("\"{}\" and \"P1M\"", "word ".repeat(40));
        assert!(quotes(&text).iter().all(|value| value.len() <= MAX_VALUE));
    }

    #[test]
    fn durations_stand_alone() {
        let find =
            |text: &str| durations(text).into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>();
        assert_eq!(find("P1M, P1Y (P3Y) or p1m"), ["P1M", "P1Y", "P3Y", "p1m"]);
        assert_eq!(find("合約：P1M、P1Y6M。PT1H30M"), ["P1M", "P1Y6M", "PT1H30M"]);
        assert_eq!(find("P1DT12H"), ["P1DT12H"]);
        assert_eq!(find("PM P1 MP1M P1Mx P1_M P1M_ P PT P1MT P1M1Y x-P1M"), [""; 0]);
    }

    proptest::proptest! {
        #[test]
        fn values_lie_in_any_text(text in "([\"'„“”«»「」‘’ P1MT]|.){0,60}") {
            for range in quoted(&text).into_iter().chain(durations(&text)) {
                proptest::prop_assert!(text.get(range).is_some_and(|value| !value.is_empty()));
            }
        }
    }
}
