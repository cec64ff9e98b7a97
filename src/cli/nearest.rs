//! What the user may have meant.

/// The candidate most like `given`, whatever their case.
pub fn nearest<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given = given.to_lowercase();
    let likeness = |candidate: &str| strsim::jaro_winkler(&given, &candidate.to_lowercase());
    let ranked = candidates.into_iter().map(|candidate| (likeness(candidate), candidate));
    ranked.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, candidate)| candidate)
}

/// `unknown NOUN` with the nearest valid name.
pub fn unknown<'a>(noun: &str, given: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    match nearest(given, candidates) {
        Some(name) => format!("unknown {noun} `{given}`; did you mean `{name}`?"),
        None => format!("unknown {noun} `{given}`; there is none"),
    }
}
