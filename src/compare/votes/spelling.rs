//! How an elected name is written: translation tools flatten humps (`Friendlyname`), capitalize small words
//! (`Orderby`) and keep the joints of compounds (`_bedrijfsnaam`).

use crate::compare::votes::witnesses::Known;
use crate::fold::split_identifier;

/// The signs that join the words of a name.
const JOINTS: [char; 2] = ['-', '_'];

/// How a table writes its names, by those on which most agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    /// `CreationDate`, not `creationDate`.
    capital: bool,
    /// What joins words: the hyphen of `customer-id`; nothing in `customerId`.
    joint: Option<char>,
    /// `customer-id`, not `Customer-ID`: the names of parameters.
    small: bool,
}

impl Style {
    /// The style of `agreed` names; if nobody agrees on anything, of all that is `written`, since translations at
    /// least tend to keep the first letter's case.
    pub fn of(agreed: &[&str], written: &[&str], parameters: bool) -> Self {
        let humps = agreed.iter().filter(|name| has_hump(name) && !is_joined(name)).count();
        let joined_by = |joint: char| agreed.iter().filter(|name| name.contains(joint)).count() > humps;
        let usual = (parameters && humps == 0).then_some('-');
        let joint = JOINTS.into_iter().find(|joint| joined_by(*joint)).or(usual);
        // What a translation tool may have capitalized tells less than any other name.
        let (flat, firm): (Vec<&str>, Vec<&str>) = agreed.iter().partition(|name| is_flat(name));
        let telling = if firm.is_empty() { flat } else { firm };
        let capitals = |names: &[&str]| names.iter().filter(|name| is_capital(name)).count();
        let capital = if telling.is_empty() {
            capitals(written) * 5 >= written.len() * 4
        } else {
            capitals(&telling) * 2 > telling.len()
        };
        Self { capital, joint, small: parameters }
    }

    /// A name as this table would begin it.
    pub fn begin(self, name: &str) -> String {
        let mut chars = name.chars();
        let Some(first) = chars.next() else { return String::new() };
        let first: String =
            if self.capital { first.to_uppercase().collect() } else { first.to_lowercase().collect() };
        first + chars.as_str()
    }

    /// The right spelling of a name that some `kept`, that examples or paths write as `known`, and that all
    /// have `written` somehow.
    pub fn spell(self, kept: &[&str], known: Option<&Known>, written: &[&str]) -> String {
        let best = self.best(kept);
        let Some(known) = known else { return best.unwrap_or_default().to_owned() };
        let copied = known.of_path || is_joined(&known.text);
        let begun = || if copied { known.text.clone() } else { self.begin(&known.text) };
        let Some(best) = best else {
            return self.joined(&known.text, written).filter(|_| !copied).unwrap_or_else(begun);
        };
        // All agree: they may be right, and the examples another name. But nobody takes humps out on purpose.
        let disputed = known.of_path || written.iter().any(|text| *text != best);
        let flattened = is_flat(best) && (has_hump(&known.text) || disputed && !is_capital(&known.text));
        let torn = best.matches('-').count() == 1 && !is_joined(&known.text) && self.joint.is_none();
        if flattened || torn { begun() } else { best.to_owned() }
    }

    /// `companyName` as `company_name` in a table that joins words, or where most of what is written has such joints:
    /// translation keeps those.
    fn joined(self, name: &str, written: &[&str]) -> Option<String> {
        let kept = written.iter().filter(|text| text.contains('_')).count() * 2 > written.len();
        let joint = if kept { '_' } else { self.joint? };
        let words: Vec<String> = split_identifier(name).map(str::to_lowercase).collect();
        (words.len() > 1).then(|| words.join(&joint.to_string()))
    }

    /// The spelling that most have; but since tools flatten humps, one that kept them is better than any number
    /// that did not. Names of parameters they capitalize.
    fn best<'n>(self, names: &[&'n str]) -> Option<&'n str> {
        let votes = |name: &str| names.iter().filter(|other| **other == name).count();
        let rank = |name: &str| {
            let untouched = if self.small && is_joined(name) { !has_capital(name) } else { has_hump(name) };
            (untouched, votes(name), !is_capital(name))
        };
        names.iter().copied().max_by_key(|name| rank(name))
    }
}

/// Whether there are capitals inside a name; all capitals are none of its own.
pub(super) fn has_hump(name: &str) -> bool {
    name.chars().skip(1).any(char::is_uppercase) && name.chars().any(char::is_lowercase)
}

/// One capital and small letters, as translation tools write what they take for a word.
fn is_flat(name: &str) -> bool {
    is_capital(name) && name.chars().skip(1).all(|c| c.is_lowercase() || c.is_numeric())
}

fn is_capital(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

fn has_capital(name: &str) -> bool {
    name.contains(char::is_uppercase)
}

/// Whether a name is joined by signs, not by humps.
fn is_joined(name: &str) -> bool {
    name.contains(JOINTS)
}

#[cfg(test)]
mod tests {
    use super::Style;
    use crate::compare::votes::witnesses::Known;
    use crate::finding::Site;
    use crate::text::{FileId, Place, Span};

    const SMALL: Style = Style { capital: false, joint: None, small: false };
    const LARGE: Style = Style { capital: true, ..SMALL };
    const JOINED: Style = Style { joint: Some('-'), ..SMALL };

    fn known(text: &str, of_path: bool) -> Known {
        let site = Site::Page(Place { file: FileId(0), span: Span::new(0, 0) });
        Known {
            text: text.to_owned(),
            key: String::new(),
            words: Vec::new(),
            site,
            pages: 1,
            shared: true,
            of_path,
            placeholder: false,
        }
    }

    fn spell(style: Style, kept: &[&str], example: &str, written: &[&str]) -> String {
        style.spell(kept, Some(&known(example, false)), written)
    }

    #[test]
    fn a_table_begins_names_like_those_that_nobody_touched() {
        let begin = |agreed: &[&str], name| Style::of(agreed, &["Adres", "Adress"], false).begin(name);
        assert_eq!(begin(&["roomId"], "address"), "address");
        assert_eq!(begin(&["RoomId", "name"], "address"), "address");
        assert_eq!(begin(&["RoomId", "Name"], "address"), "Address");
        assert_eq!(begin(&["Name", "Kind"], "address"), "Address");
        assert_eq!(begin(&[], "address"), "Address");
    }

    #[test]
    fn humps_that_somebody_kept_are_right() {
        let kept = ["Friendlyname", "Friendlyname", "friendlyName"];
        assert_eq!(SMALL.spell(&kept, None, &kept), "friendlyName");
    }

    #[test]
    fn examples_know_the_humps_that_nobody_kept() {
        assert_eq!(spell(SMALL, &["Friendlyname"], "friendlyName", &["Friendlyname"]), "friendlyName");
        assert_eq!(spell(LARGE, &["Friendlyname"], "friendlyName", &["Friendlyname"]), "FriendlyName");
    }

    #[test]
    fn a_first_letter_is_small_again_where_it_is_disputed() {
        assert_eq!(spell(SMALL, &["Name"], "name", &["Name", "naam"]), "name");
        assert_eq!(spell(SMALL, &["Name", "Name"], "name", &["Name", "Name"]), "Name");
        assert_eq!(spell(SMALL, &["URI"], "uri", &["URI", "adres"]), "URI");
    }

    #[test]
    fn a_hyphen_that_only_a_language_wants_goes() {
        assert_eq!(spell(LARGE, &["E-mail"], "email", &["E-mail", "E-post"]), "Email");
        assert_eq!(spell(SMALL, &["side-of-shelf"], "sideofshelf", &["side-of-shelf"]), "side-of-shelf");
        assert_eq!(spell(SMALL, &["shelf_id"], "shelfId", &["shelf_id", "hylla"]), "shelf_id");
        assert_eq!(spell(JOINED, &["shelf-id"], "shelfId", &["shelf-id", "hylla-id"]), "shelf-id");
    }

    #[test]
    fn parameters_are_small() {
        let parameters = Style { small: true, ..JOINED };
        assert_eq!(parameters.spell(&["Shelf-ID", "Shelf-ID", "shelf-id"], None, &[]), "shelf-id");
        assert_eq!(JOINED.spell(&["X-Shelf-Id", "X-Shelf-Id", "x-shelf-id"], None, &[]), "X-Shelf-Id");
    }

    #[test]
    fn joints_that_all_kept_stay() {
        assert_eq!(spell(SMALL, &[], "roomName", &["_kamernaam", "rums_namn", "x"]), "room_name");
        assert_eq!(spell(SMALL, &[], "roomName", &["kamernaam", "rumsnamn", "_x"]), "roomName");
        assert_eq!(spell(JOINED, &[], "roomName", &["kamernaam", "rumsnamn", "x"]), "room-name");
    }

    #[test]
    fn names_of_paths_are_copied() {
        assert_eq!(spell(LARGE, &[], "shelf-id", &[]), "shelf-id");
        assert_eq!(LARGE.spell(&[], Some(&known("size", true)), &["Grootte"]), "size");
        assert_eq!(LARGE.spell(&["Orderby"], Some(&known("orderby", true)), &["Orderby"]), "orderby");
    }
}
