//! Schemas that list words (or numbers) and nothing else.

use std::borrow::Cow;

use crate::hash::HashMap;
use crate::schema::{Enum, Member};
use crate::spec::extensions;
use crate::spec::tree::{Kind, Node};

use super::Lower;
use super::keywords::{Keyword, Keywords};

impl<'a> Lower<'a> {
    /// The words of a schema that lists nothing else; whether null may stand for one is not asked here.
    pub fn enumeration(&self, keywords: &Keywords<'a>) -> Option<Enum> {
        if keywords.has(Keyword::Ref) || keywords.has(Keyword::Properties) {
            return None;
        }
        let is_own = self.library.entry(keywords.node).is_own;
        let lists_null = |list: Node<'a>| list.elements().any(|word| word.kind() == Kind::Null);
        if is_own && keywords.get(Keyword::Enum).is_some_and(lists_null) {
            return None;
        }
        let mut set = Enum::default();
        // Generators part words with a description from those without.
        let forms = keywords.get(Keyword::OneOf).or(keywords.get(Keyword::AnyOf));
        match forms.filter(|forms| forms.elements().next().is_some()) {
            None => add_form(&mut set, keywords)?,
            Some(forms) => {
                let dialect = self.library.entry(forms).dialect;
                let mut list = forms.elements().peekable();
                while let Some(form) = list.next() {
                    let keywords = Keywords::of(form, dialect);
                    if keywords.is_set(Keyword::IsAlias) {
                        continue;
                    }
                    if is_own && keywords.has(Keyword::Type) && !keywords.has(Keyword::Enum) {
                        // Anywhere else it is a type among others.
                        let is_rest = list.peek().is_none() && form.members().count() == 1;
                        if !is_rest || keywords.text(Keyword::Type) == "null" {
                            return None;
                        }
                    }
                    let before = set.members.len();
                    add_form(&mut set, &keywords)?;
                    // A form of one word names and describes that word.
                    if let [only] = &mut set.members[before..] {
                        let title = form.get("title").and_then(Node::text);
                        if let Some(title) = title.filter(|title| is_identifier(title)) {
                            only.declared = title.into_owned();
                        }
                        if only.doc.is_empty() {
                            only.doc = keywords.text(Keyword::Description);
                        }
                    }
                }
            }
        }
        (!set.members.is_empty()).then_some(set)
    }
}

/// Adds the words of one form; `None` if it is no list of words.
fn add_form(set: &mut Enum, form: &Keywords<'_>) -> Option<()> {
    let listed = form.get(Keyword::Enum);
    if let Some(words) = listed.or(form.get(Keyword::EnumIsOpen)) {
        let names = Names::of(form);
        // The position counts null as well: generators name what they list.
        for (at, word) in words.elements().enumerate().filter(|(_, word)| word.kind() != Kind::Null) {
            let mut member = member(word)?;
            names.apply(&mut member, at);
            set.members.push(member);
        }
        set.open |= listed.is_none() || names.is_open;
        return Some(());
    }
    if let Some(word) = form.get(Keyword::Const) {
        if word.kind() != Kind::Null {
            set.members.push(member(word)?);
        }
        return Some(());
    }
    let ty = form.get(Keyword::Type)?.text()?;
    let says_more = || form.has(Keyword::Format) || form.has(Keyword::AllOf) || form.has(Keyword::OneOf);
    match &*ty {
        "null" => Some(()),
        // Any other word as well: `anyOf` of a list and a plain string.
        "string" if !says_more() => {
            set.open = true;
            Some(())
        }
        "integer" if !says_more() && is_whole(set) => {
            set.open = true;
            Some(())
        }
        _ => None,
    }
}

/// Whether it lists numbers.
fn is_whole(set: &Enum) -> bool {
    !set.members.is_empty() && set.members.iter().all(Member::is_number)
}

/// Whether a title is a name rather than a sentence.
fn is_identifier(title: &str) -> bool {
    !title.is_empty() && title.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

fn member(word: Node<'_>) -> Option<Member> {
    let value = word.scalar().into_owned();
    let number = match word.kind() {
        Kind::Text => None,
        Kind::Number => value.parse().ok(),
        _ => return None,
    };
    let declared = value.clone();
    let place = Some(word.place());
    Some(Member { value, declared, number, aliases: Vec::new(), doc: String::new(), place, origin: None })
}

/// What generators say about words beside the list.
struct Names<'a> {
    declared: Vec<Node<'a>>,
    docs: Vec<Node<'a>>,
    /// `x-ms-enum.values`, objects with `value`, `name`, `description`, by value.
    details: HashMap<Cow<'a, str>, Node<'a>>,
    numbers: Vec<Node<'a>>,
    aliases: Option<Node<'a>>,
    is_open: bool,
}

impl<'a> Names<'a> {
    fn of(form: &Keywords<'a>) -> Self {
        let list = |node: Option<Node<'a>>| node.into_iter().flat_map(Node::elements);
        let details = form.get(Keyword::EnumDetails);
        let by_value = |detail: Node<'a>| Some((detail.get("value")?.scalar(), detail));
        Self {
            declared: list(form.get(Keyword::EnumNames)).collect(),
            docs: list(form.get(Keyword::EnumDescriptions)).collect(),
            details: list(details.and_then(|details| details.get("values"))).filter_map(by_value).collect(),
            numbers: list(form.get(Keyword::Numbers)).collect(),
            aliases: form.get(Keyword::Aliases),
            is_open: details.and_then(|details| details.get("modelAsString")).is_some_and(Node::is_true),
        }
    }

    fn apply(&self, member: &mut Member, at: usize) {
        let text = |node: Option<Node<'a>>| Some(node?.text()?.trim().to_owned());
        let detail = self.details.get(member.value.as_str());
        let of_detail = |key: &str| text(detail.and_then(|detail| detail.get(key)));
        if let Some(name) = text(self.declared.get(at).copied()).or_else(|| of_detail("name")) {
            member.declared = name;
        }
        if let Some(doc) = text(self.docs.get(at).copied()).or_else(|| of_detail("description")) {
            member.doc = doc;
        }
        if let Some(number) = self.numbers.get(at).and_then(|node| node.scalar().parse().ok()) {
            member.number = Some(number);
        }
        member.aliases = extensions::words(self.aliases.and_then(|aliases| aliases.get(&member.value)));
    }
}
