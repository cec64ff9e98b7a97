//! What somebody may have meant: the known name most like an unknown one.
//!
//! Absent here: which names there are.

/// How alike a name and a candidate are, 0 to 1, for the candidate to be worth a mention.
const ALIKE: f64 = 0.75;

/// The candidate most like `given`, whatever their case; `None` if none is much like it.
pub fn nearest<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given = given.to_lowercase();
    let likeness = |candidate: &str| strsim::jaro_winkler(&given, &candidate.to_lowercase());
    let ranked = candidates.into_iter().map(|candidate| (likeness(candidate), candidate));
    let lengths_fit = |candidate: &str| {
        let (one, other) = (given.chars().count(), candidate.chars().count());
        one.max(other) <= 2 * one.min(other) || candidate.to_lowercase().starts_with(&given)
    };
    let alike = ranked.filter(|(likeness, candidate)| *likeness >= ALIKE && lengths_fit(candidate));
    alike.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, candidate)| candidate)
}

/// `unknown NOUN` with the nearest valid name, if one is near.
pub fn unknown<'a>(noun: &str, given: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    match nearest(given, candidates) {
        Some(name) => format!("unknown {noun} `{given}`; did you mean `{name}`?"),
        None => format!("unknown {noun} `{given}`"),
    }
}
