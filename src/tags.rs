//! Which folder and file names are locales: ISO codes, as data.
//!
//! A name must be made of codes that exist: `nl-nl` and `zh-Hant-TW` are locales, `to-list` and
//! `api-v2` only look like some.

use crate::source::Locale;

/// ISO 639-1.
const LANGUAGES: [&str; 184] = [
    "aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be", "bg", "bh", "bi",
    "bm", "bn", "bo", "br", "bs", "ca", "ce", "ch", "co", "cr", "cs", "cu", "cv", "cy", "da", "de", "dv",
    "dz", "ee", "el", "en", "eo", "es", "et", "eu", "fa", "ff", "fi", "fj", "fo", "fr", "fy", "ga", "gd",
    "gl", "gn", "gu", "gv", "ha", "he", "hi", "ho", "hr", "ht", "hu", "hy", "hz", "ia", "id", "ie", "ig",
    "ii", "ik", "io", "is", "it", "iu", "ja", "jv", "ka", "kg", "ki", "kj", "kk", "kl", "km", "kn", "ko",
    "kr", "ks", "ku", "kv", "kw", "ky", "la", "lb", "lg", "li", "ln", "lo", "lt", "lu", "lv", "mg", "mh",
    "mi", "mk", "ml", "mn", "mr", "ms", "mt", "my", "na", "nb", "nd", "ne", "ng", "nl", "nn", "no", "nr",
    "nv", "ny", "oc", "oj", "om", "or", "os", "pa", "pi", "pl", "ps", "pt", "qu", "rm", "rn", "ro", "ru",
    "rw", "sa", "sc", "sd", "se", "sg", "si", "sk", "sl", "sm", "sn", "so", "sq", "sr", "ss", "st", "su",
    "sv", "sw", "ta", "te", "tg", "th", "ti", "tk", "tl", "tn", "to", "tr", "ts", "tt", "tw", "ty", "ug",
    "uk", "ur", "uz", "ve", "vi", "vo", "wa", "wo", "xh", "yi", "yo", "za", "zh", "zu",
];

/// Languages without a two-letter code that software is translated into.
const LONG_LANGUAGES: [&str; 27] = [
    "ast", "brx", "chr", "ckb", "doi", "dsb", "fil", "gsw", "haw", "hsb", "kab", "kok", "mai", "mni", "nso",
    "prs", "quc", "quz", "sah", "sat", "sma", "smj", "smn", "sms", "syr", "tzm", "yue",
];

/// ISO 15924, those that tell two writings of a language apart.
const SCRIPTS: [&str; 34] = [
    "Arab", "Armn", "Beng", "Cans", "Cher", "Cyrl", "Deva", "Ethi", "Geor", "Grek", "Gujr", "Guru", "Hang",
    "Hans", "Hant", "Hebr", "Jpan", "Khmr", "Knda", "Kore", "Laoo", "Latn", "Mlym", "Mong", "Mymr", "Olck",
    "Orya", "Sinh", "Taml", "Telu", "Tfng", "Thaa", "Thai", "Tibt",
];

/// ISO 3166-1.
const REGIONS: [&str; 250] = [
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA",
    "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT", "BV",
    "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN", "CO", "CR", "CU",
    "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "EH", "ER", "ES",
    "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL", "GM",
    "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM", "HN", "HR", "HT", "HU", "ID", "IE",
    "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM", "JO", "JP", "KE", "KG", "KH", "KI", "KM",
    "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY",
    "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK", "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT",
    "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU",
    "NZ", "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA",
    "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM",
    "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TF", "TG", "TH", "TJ", "TK", "TL",
    "TM", "TN", "TO", "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE",
    "VG", "VI", "VN", "VU", "WF", "WS", "XK", "YE", "YT", "ZA", "ZM", "ZW",
];

/// How sure a name is to be a locale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// `nl-nl`, `zh-Hant`: hardly anything else.
    Sure,
    /// `fr`, `id`, `my`: also a word or an abbreviation.
    Bare,
}

/// The locale of that name, if all its codes exist.
pub fn locale(name: &str) -> Option<(Locale, Likeness)> {
    let locale = Locale::parse(name)?;
    let mut parts = locale.as_str().split('-');
    let language = parts.next()?;
    let short = LANGUAGES.binary_search(&language).is_ok();
    if !short && LONG_LANGUAGES.binary_search(&language).is_err() {
        return None;
    }
    let mut likeness = Likeness::Bare;
    for part in parts {
        let known = match part.len() {
            4 => SCRIPTS.binary_search(&part).is_ok(),
            2 => REGIONS.binary_search(&part).is_ok(),
            // UN M.49: world regions such as `es-419`.
            _ => true,
        };
        if !known {
            return None;
        }
        likeness = Likeness::Sure;
    }
    // Capitals are abbreviations: `IT`, `HR`.
    (likeness == Likeness::Sure || !name.starts_with(|c: char| c.is_ascii_uppercase()))
        .then_some((locale, likeness))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_for_the_search() {
        assert!(
            LANGUAGES.is_sorted() && LONG_LANGUAGES.is_sorted() && SCRIPTS.is_sorted() && REGIONS.is_sorted()
        );
    }

    #[test]
    fn names_of_existing_codes_are_locales() {
        for (name, tag) in [
            ("nl-nl", "nl-NL"),
            ("pt_BR", "pt-BR"),
            ("zh-hant-tw", "zh-Hant-TW"),
            ("sr-latn", "sr-Latn"),
            ("es-419", "es-419"),
            ("fil-ph", "fil-PH"),
        ] {
            assert_eq!(
                locale(name).map(|(locale, likeness)| (locale.to_string(), likeness)),
                Some((tag.to_owned(), Likeness::Sure))
            );
        }
        assert_eq!(locale("fr").map(|found| found.1), Some(Likeness::Bare));
        for name in ["src", "api-v2", "to-list", "dev-us", "IT", "go", "en-xx", "docs", "v1-0", ""] {
            assert_eq!(locale(name), None, "{name}");
        }
    }
}
