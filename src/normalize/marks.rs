//! Yes, no and it-depends in any language: cells of a Required column, and the words that start a
//! description.
//!
//! Most cells say it by themselves. A few marks contradict each other between languages (`O` is the
//! French *oui* and the Korean circle, `x` a tick or a cross), so a column of an unknown locale is read
//! as a whole. Absent here: what a column is called; an `Optional` column is inverted by whoever knows.

use crate::hash::HashMap;
use crate::lexicon::{HeaderRole, Lead, Mark, Vocabulary};
use crate::text::is_blank;

/// Longest cell in bytes; longer cells are prose.
const MAX_MARK: usize = 256;
/// Sentences of a description that are looked at.
const LEADING_SENTENCES: usize = 3;

/// Whether a property must be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Requirement {
    /// It must.
    Yes,
    /// It may be left out.
    No,
    /// It depends: `Yes (if ..)`.
    Conditional,
}

/// A Required column read as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    /// What each cell says, in the order given; `None` where it is empty or not understood.
    pub cells: Vec<Option<Requirement>>,
    /// How many cells are not empty.
    pub filled: usize,
    /// How many of those are understood.
    pub understood: usize,
}

/// What the leading phrases of a description say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Leading {
    /// Required or optional.
    pub requirement: Option<Requirement>,
    /// Read-only.
    pub read_only: bool,
}

/// Whether a mark calls its row required, in a column that asks for that or, `inverted`, for the opposite.
pub fn required(mark: Option<Requirement>, inverted: bool) -> Option<bool> {
    match mark? {
        Requirement::Yes => Some(!inverted),
        Requirement::No => Some(inverted),
        Requirement::Conditional => None,
    }
}

/// Reads one cell; `None` if it is empty, not understood, or says yes in one language and no in another.
pub fn read(text: &str, vocabulary: &Vocabulary<'_>) -> Option<Requirement> {
    let mut readings = candidates(text, vocabulary).map(|(requirement, _)| requirement);
    let first = readings.next()?;
    readings.all(|other| other == first).then_some(first)
}

/// Reads all cells of a column together: marks that languages disagree on are read in the languages that
/// know every mark of the column, and as the opposite of what the other marks say.
pub fn column(cells: &[&str], vocabulary: &Vocabulary<'_>) -> Column {
    let mut known: HashMap<&str, Vec<(Requirement, u64)>> = HashMap::default();
    for cell in cells {
        known.entry(cell).or_insert_with(|| candidates(cell, vocabulary).collect());
    }
    decide_by_signs(&mut known);
    let shared = known
        .values()
        .filter(|readings| !readings.is_empty())
        .map(|readings| readings.iter().fold(0, |set, (_, locales)| set | locales))
        .fold(u64::MAX, |all, locales| all & locales);
    if shared != 0 {
        for readings in known.values_mut() {
            readings.retain(|(_, locales)| locales & shared != 0);
        }
    }
    let sole = |readings: &[(Requirement, u64)]| {
        let first = readings.first()?.0;
        readings.iter().all(|(other, _)| *other == first).then_some(first)
    };
    let said = |wanted| known.values().any(|readings| sole(readings) == Some(wanted));
    let (yes, no) = (said(Requirement::Yes), said(Requirement::No));
    let resolve = |readings: &[(Requirement, u64)]| {
        sole(readings).or(match (readings.is_empty(), yes, no) {
            (false, true, false) => Some(Requirement::No),
            // Beside a no it is the yes; the only mark in an otherwise empty column is a tick.
            (false, false, _) => Some(Requirement::Yes),
            _ => None,
        })
    };
    let mut column = Column::default();
    for cell in cells {
        let filled = !cell.trim_matches(is_blank).is_empty();
        let reading = known.get(cell).and_then(|readings| resolve(readings)).filter(|_| filled);
        column.filled += usize::from(filled);
        column.understood += usize::from(reading.is_some());
        column.cells.push(reading);
    }
    column
}

/// Signs that mean nothing by themselves and something beside each other: the yes, the no.
const SIGNS: [(&str, &str); 3] = [("O", "X"), ("M", "O"), ("R", "O")];

/// A column that consists of two such signs decides by itself what they mean, in whatever language.
fn decide_by_signs(known: &mut HashMap<&str, Vec<(Requirement, u64)>>) {
    let is = |cell: &str, sign: &str| cell.trim_matches(is_edge).eq_ignore_ascii_case(sign);
    let holds = |sign: &str| known.keys().any(|cell| is(cell, sign));
    let filled = known.keys().filter(|cell| !cell.trim_matches(is_edge).is_empty()).count();
    let Some((yes, no)) = SIGNS.into_iter().find(|(yes, no)| holds(yes) && holds(no)) else { return };
    if filled > 2 {
        return;
    }
    for (cell, readings) in known.iter_mut() {
        if is(cell, yes) {
            *readings = vec![(Requirement::Yes, u64::MAX)];
        } else if is(cell, no) {
            *readings = vec![(Requirement::No, u64::MAX)];
        }
    }
}

/// All that a cell may say, with the set of locales where it does.
fn candidates<'a>(
    text: &str,
    vocabulary: &Vocabulary<'a>,
) -> impl Iterator<Item = (Requirement, u64)> + use<'a> {
    let text = text.trim_matches(is_edge);
    let text = if text.len() > MAX_MARK { "" } else { text };
    let whole = vocabulary.marks(text).map(|(mark, locales)| (requirement(mark), locales));
    // `Yes (if ..)`, `Oui, si ..`: what follows a yes is its condition.
    let before =
        text.find(is_break).filter(|_| vocabulary.marks(text).next().is_none()).map_or("", |at| &text[..at]);
    let conditional = vocabulary.marks(before).map(|(mark, locales)| match requirement(mark) {
        Requirement::Yes => (Requirement::Conditional, locales),
        other => (other, locales),
    });
    whole.chain(conditional)
}

/// What a word or two beside a name or a type say of it being required: `required`, `(optional)`, in the page's
/// language or English. Single letters and signs say nothing there.
pub fn said(text: &str, vocabulary: &Vocabulary<'_>) -> Option<Requirement> {
    const SHORTEST: usize = 2;
    let text = text.trim_matches(is_edge);
    if text.len() > MAX_MARK || text.chars().count() < SHORTEST {
        return None;
    }
    if let Some(says) = leads(text, vocabulary) {
        return Some(says);
    }
    // `none` and the values of a flag are no marks here.
    let starts = text.split(is_break).next().unwrap_or(text).trim_matches(is_edge);
    let is_value = |text: &str| {
        ["true", "false", "null"].iter().any(|value| text.eq_ignore_ascii_case(value))
            || matches!(vocabulary.marks(text).next(), Some((Mark::None, _)))
    };
    if is_value(text) || is_value(starts) {
        return None;
    }
    read(text, vocabulary)
}

/// What the first phrase of a description says of its field being required.
pub fn leads(phrase: &str, vocabulary: &Vocabulary<'_>) -> Option<Requirement> {
    let phrase = phrase.trim_matches(is_edge);
    match vocabulary.lead(phrase) {
        Some(Lead::Required) => return Some(Requirement::Yes),
        Some(Lead::Optional) => return Some(Requirement::No),
        Some(Lead::ReadOnly) => return None,
        None => {}
    }
    // What heads a column of marks is a mark where it stands alone.
    let mut roles = vocabulary.header(phrase).filter_map(|role| match role {
        HeaderRole::Required => Some(Requirement::Yes),
        HeaderRole::Optional => Some(Requirement::No),
        _ => None,
    });
    let first = roles.next()?;
    roles.all(|other| other == first).then_some(first)
}

/// What a description says by starting with `Optional.`, `Read-only.` or the like.
pub fn leading(description: &str, vocabulary: &Vocabulary<'_>) -> Leading {
    let mut leading = Leading::default();
    let mut rest = description;
    for _ in 0..LEADING_SENTENCES {
        rest = rest.trim_start_matches(is_edge).trim_start_matches(['(', '[', '（', '【']);
        let Some(end) = sentence_end(rest) else { break };
        let Some(lead) = vocabulary.lead(&rest[..end]) else { break };
        match lead {
            Lead::Required => leading.requirement = leading.requirement.or(Some(Requirement::Yes)),
            Lead::Optional => leading.requirement = leading.requirement.or(Some(Requirement::No)),
            Lead::ReadOnly => leading.read_only = true,
        }
        rest = rest[end..].trim_start_matches(|c| is_break(c) || is_stop(c) || is_edge(c));
    }
    leading
}

/// Where the first sentence, or the words in parentheses, end; `None` if that is too far to be a mark.
fn sentence_end(text: &str) -> Option<usize> {
    let stop = text.char_indices().take(MAX_MARK).find(|(_, c)| is_break(*c) || is_stop(*c));
    stop.map(|(at, _)| at).or((text.len() <= MAX_MARK).then_some(text.len()))
}

fn requirement(mark: Mark) -> Requirement {
    match mark {
        Mark::Yes => Requirement::Yes,
        Mark::No | Mark::None => Requirement::No,
        Mark::Conditional => Requirement::Conditional,
    }
}

/// What may stand around a mark: `. Oui`, `**Yes**`, `_No_`.
fn is_edge(c: char) -> bool {
    is_blank(c) || matches!(c, '.' | '。' | '*' | '_' | '`' | ':')
}

/// What parts a mark from its condition.
fn is_break(c: char) -> bool {
    matches!(c, '(' | ')' | '（' | '）' | ',' | '，' | '、' | ';' | '；' | ':' | '：' | ']' | '】')
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '。' | '।' | '!' | '！' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::source::Locale;

    const FRENCH: &str = r#"
tag = "xa-XA"
[marks]
yes = ["Oui", "O"]
no = ["Non", "N"]
optional = ["Facultatif."]
"#;
    const KOREAN: &str = r#"
tag = "xb-XB"
[marks]
yes = ["예", "O"]
no = ["아니요", "X", "N"]
"#;
    const REVERSED: &str = r#"
tag = "xc-XC"
[marks]
yes = ["N"]
no = ["O"]
"#;

    fn lexicon() -> Lexicon {
        [FRENCH, KOREAN, REVERSED]
            .into_iter()
            .try_fold(Lexicon::default(), |lexicon, toml| lexicon.with_extra("own.toml", toml))
            .expect("sound files")
    }

    fn one(text: &str, tag: &str) -> Option<Requirement> {
        read(text, &lexicon().vocabulary(Locale::parse(tag).as_ref()))
    }

    #[test]
    fn cells_say_yes_no_or_it_depends() {
        for (text, expected) in [
            ("Yes", Some(Requirement::Yes)),
            (".Yes", Some(Requirement::Yes)),
            (". Oui", Some(Requirement::Yes)),
            ("[Oui]", Some(Requirement::Yes)),
            ("**N**", Some(Requirement::No)),
            ("✓", Some(Requirement::Yes)),
            ("✔\u{fe0f}", Some(Requirement::Yes)),
            ("-", Some(Requirement::No)),
            ("False", Some(Requirement::No)),
            ("None", Some(Requirement::No)),
            ("Oui (si AuthenticationType = Federated)", Some(Requirement::Conditional)),
            ("Yes, if the cart is open", Some(Requirement::Conditional)),
            ("No (default)", Some(Requirement::No)),
            ("Depends", Some(Requirement::Conditional)),
            ("", None),
            ("the cart's owner", None),
        ] {
            assert_eq!(one(text, "xa-XA"), expected, "{text}");
        }
        assert_eq!(one(&"x".repeat(1_000_000), "xa-XA"), None);
    }

    #[test]
    fn the_locale_decides_between_languages() {
        assert_eq!(one("O", "xa-XA"), Some(Requirement::Yes));
        assert_eq!(one("X", "xb-XB"), Some(Requirement::No));
        assert_eq!(one("X", "en-US"), Some(Requirement::Yes));
        assert_eq!(one("O", "zz-ZZ"), None, "yes and no");
    }

    #[test]
    fn a_column_decides_where_the_locale_is_not_known() {
        use Requirement::{Conditional, No, Yes};
        let lexicon = lexicon();
        let column = |cells: &[&str]| column(cells, &lexicon.vocabulary(None)).cells;
        assert_eq!(column(&["O", "X", "O"]), [Some(Yes), Some(No), Some(Yes)]);
        assert_eq!(column(&["Oui", "N", "Oui (si)", ""]), [Some(Yes), Some(No), Some(Conditional), None]);
        assert_eq!(column(&["x", "", "x"]), [Some(Yes), None, Some(Yes)]);
        assert_eq!(column(&["x", "Yes"]), [Some(Yes), Some(Yes)], "a tick in English");
        assert_eq!(column(&["x", "예"]), [Some(No), Some(Yes)]);
    }

    #[test]
    fn a_column_counts_what_it_understood() {
        let lexicon = lexicon();
        let column = column(&["Yes", "No", "A cart", ""], &lexicon.vocabulary(None));
        assert_eq!((column.filled, column.understood), (3, 2));
    }

    #[test]
    fn descriptions_start_with_marks() {
        let lexicon = lexicon();
        let vocabulary = lexicon.vocabulary(None);
        let lead = |text| leading(text, &vocabulary);
        let optional = Leading { requirement: Some(Requirement::No), read_only: false };
        for text in [
            "Optional. The name.",
            "Facultatif. Le nom.",
            "(Optional) The name",
            "**Optional:** it",
            "optional",
        ] {
            assert_eq!(lead(text), optional, "{text}");
        }
        assert_eq!(lead("Read-only. Optional. It"), Leading { read_only: true, ..optional });
        assert_eq!(lead("Required, and so on").requirement, Some(Requirement::Yes));
        for text in ["Optional name of it.", "The required name.", "", "."] {
            assert_eq!(lead(text), Leading::default(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_column_is_read(cells in proptest::collection::vec(".{0,20}", 0..6), text in ".*") {
            let lexicon = lexicon();
            let vocabulary = lexicon.vocabulary(None);
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            let column = column(&cells, &vocabulary);
            proptest::prop_assert_eq!(column.cells.len(), cells.len());
            let _ = leading(&text, &vocabulary);
        }
    }
}
