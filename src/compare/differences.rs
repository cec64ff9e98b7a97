//! What two versions of one example say differently: requests, keys, values, elements.
//!
//! White space, comments, the order of keys and the locale in a URL make no difference, nor does what each language may
//! have in its own words: sentences, names, dates, addresses. Absent here: which version is right.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::compare::code_lines::first_difference;
use crate::compare::difference::{Difference, DifferenceKind};
use crate::compare::targets::without_locale;
use crate::facts::{Example, StartLine};
use crate::json::{Json, NodeId, NodeKind, digit};
use crate::text::{Span, is_zero_width};

/// So many equal strings say that an example is a copy.
const MANY: usize = 6;

/// Differences of one example that are listed; there may be more.
const MOST: usize = 64;

/// Everything that two examples say differently, with the texts that their places count in. Words that `is_known` knows
/// are words of the API, also if they look like a name.
pub fn differences(
    own: (&Example, &str),
    theirs: (&Example, &str),
    is_known: &dyn Fn(&str) -> bool,
) -> Vec<Difference> {
    let ((own, text), (theirs, right)) = (own, theirs);
    let mut found = Vec::new();
    heads((own, text), (theirs, right), &mut found);
    let (start, their_start) = (own.message.body.start, theirs.message.body.start);
    let (body, their_body) = (own.message.body.of(text), theirs.message.body.of(right));
    let in_code = |found: Difference| Difference {
        own: found.own.shifted(start),
        theirs: found.theirs.shifted(their_start),
        ..found
    };
    match (&own.json, &theirs.json) {
        (Some(json), Some(their_json)) if json.errors.is_empty() || !their_json.errors.is_empty() => {
            let (own, theirs) = ((&**json, body), (&**their_json, their_body));
            let mut bodies = Bodies {
                own,
                theirs,
                is_known,
                found: Vec::new(),
                names: Vec::new(),
                kept: 0,
                styled: 0,
                equal: 0,
                fuel: FUEL,
            };
            bodies.items((0, body.len() as u32), &json.roots, &their_json.roots, 0);
            // The odd one out among many strings that nobody translated.
            let is_odd = bodies.names.len() == 1 && bodies.styled == 0 && bodies.equal >= MANY;
            if is_odd || bodies.kept > bodies.names.len() * 2 {
                bodies.found.append(&mut bodies.names);
            }
            found.extend(bodies.found.into_iter().map(in_code));
        }
        _ => found.extend(first_difference(body, their_body).map(in_code)),
    }
    found.sort_by_key(|one| one.own);
    found
}

/// The parts of start lines and headers that differ.
fn heads(own: (&Example, &str), theirs: (&Example, &str), found: &mut Vec<Difference>) {
    let ((own, text), (theirs, right)) = (own, theirs);
    let kind = DifferenceKind::Head;
    let mut meet = |own: Span, theirs: Span, same: bool| {
        if !same {
            found.push(Difference { own, theirs, kind });
        }
    };
    match (own.message.start, theirs.message.start) {
        (
            StartLine::Request { method, target, .. },
            StartLine::Request { method: their_method, target: their_target, .. },
        ) => {
            let word = |example: &Example, method: Span, text: &str| {
                if method.is_empty() {
                    example.message.implied.to_owned()
                } else {
                    method.of(text).trim().to_owned()
                }
            };
            meet(method, their_method, word(own, method, text) == word(theirs, their_method, right));
            meet(target, their_target, same_target(target.of(text).trim(), their_target.of(right).trim()));
        }
        (StartLine::Status { code, .. }, StartLine::Status { code: their_code, .. }) => {
            meet(code, their_code, code.of(text) == their_code.of(right));
        }
        (StartLine::Missing, StartLine::Missing) => {}
        (own_line, their_line) => {
            let whole = |line: StartLine, body: Span| match line {
                StartLine::Missing => Span::empty(body.start),
                StartLine::Request { method, target, .. } => method.to(target),
                StartLine::Status { version, code, .. } => version.to(code),
            };
            meet(whole(own_line, own.message.body), whole(their_line, theirs.message.body), false);
        }
    }
    headers((own, text), (theirs, right), found);
}

/// Headers by name, in any order.
fn headers(own: (&Example, &str), theirs: (&Example, &str), found: &mut Vec<Difference>) {
    let ((own, text), (theirs, right)) = (own, theirs);
    let kind = DifferenceKind::Head;
    let mut waiting: BTreeMap<String, Vec<(Span, Span)>> = BTreeMap::new();
    for header in theirs.message.headers.iter().rev() {
        waiting.entry(header.0.of(right).trim().to_ascii_lowercase()).or_default().push(*header);
    }
    let mut unpaired = Vec::new();
    for (name, value) in &own.message.headers {
        let partner = waiting.get_mut(&name.of(text).trim().to_ascii_lowercase()).and_then(Vec::pop);
        match partner {
            Some((_, their_value)) => {
                if !same_header(value.of(text).trim(), their_value.of(right).trim()) {
                    found.push(Difference { own: *value, theirs: their_value, kind });
                }
            }
            None => unpaired.push(*name),
        }
    }
    let mut absent: Vec<Span> = waiting.into_values().flatten().map(|(name, _)| name).collect();
    absent.sort_unstable();
    let end = Span::empty(own.message.body.start);
    let their_end = Span::empty(theirs.message.body.start);
    let mut absent = absent.into_iter();
    for name in unpaired {
        found.push(Difference { own: name, theirs: absent.next().unwrap_or(their_end), kind });
    }
    found.extend(absent.map(|theirs| Difference { own: end, theirs, kind }));
}

/// Header values: what stands for a secret or a name may be in other words.
fn same_header(own: &str, theirs: &str) -> bool {
    let stands_for = |value: &str| value.contains(['<', '{', '$', '[', '＜', '｛']);
    is_house_style(own, theirs) || (stands_for(own) && stands_for(theirs))
}

/// Targets: hosts and locales may be those of the language.
fn same_target(own: &str, theirs: &str) -> bool {
    let path = |target: &str| match target.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or(String::new(), |slash| rest[slash..].to_owned()),
        None => target.to_owned(),
    };
    same_but_locale(own, theirs)
        || (own.contains("://") && theirs.contains("://") && same_but_locale(&path(own), &path(theirs)))
}

/// Whether two texts are the same but for the locale in a URL.
fn same_but_locale(own: &str, theirs: &str) -> bool {
    own == theirs || (own.contains('/') && without_locale(own) == without_locale(theirs))
}

/// Nodes compared in all: arrays within arrays may ask for each twice.
const FUEL: usize = 1 << 18;

/// Two JSON bodies.
struct Bodies<'b> {
    own: (&'b Json, &'b str),
    theirs: (&'b Json, &'b str),
    is_known: &'b dyn Fn(&str) -> bool,
    found: Vec<Difference>,
    /// Words that may be names, and differ.
    names: Vec<Difference>,
    /// Names and sentences that are the same: this tree does not translate them.
    kept: usize,
    /// Those that differ, and all other strings that are the same.
    styled: usize,
    equal: usize,
    fuel: usize,
}

impl Bodies<'_> {
    fn meet(&mut self, own: Span, theirs: Span, kind: DifferenceKind) {
        if self.found.len() < MOST {
            self.found.push(Difference { own, theirs, kind });
        }
    }

    fn value(&mut self, own: NodeId, theirs: NodeId, depth: usize) {
        let ((json, text), (their_json, right)) = (self.own, self.theirs);
        if depth > 130 || self.fuel == 0 {
            return;
        }
        self.fuel -= 1;
        let (left, other) = (*json.node(own), *their_json.node(theirs));
        match (left.kind, other.kind) {
            // What stands for something may be in other words, and dots leave anything out.
            (NodeKind::Placeholder | NodeKind::Elision, NodeKind::Placeholder | NodeKind::Elision) => {}
            (NodeKind::Object, NodeKind::Object) => self.members(own, theirs, depth),
            (NodeKind::Array, NodeKind::Array) => {
                let items: Vec<NodeId> = json.children(own).collect();
                let their_items: Vec<NodeId> = their_json.children(theirs).collect();
                self.items((left.span.start, left.span.end), &items, &their_items, depth + 1);
            }
            (NodeKind::String, NodeKind::String) => {
                let (mine, yours) = (json.string(text, own), their_json.string(right, theirs));
                let is_name = is_word(&yours);
                let one = Difference { own: left.span, theirs: other.span, kind: DifferenceKind::Value };
                if mine == yours {
                    let may_differ = is_name || is_text(&yours);
                    self.kept += usize::from(may_differ);
                    self.equal += usize::from(!may_differ);
                } else if visible(&mine) == visible(&yours) {
                    self.meet(one.own, one.theirs, DifferenceKind::Spelling);
                } else if !is_house_style(&mine, &yours) || is_name && (self.is_known)(&yours) {
                    self.meet(one.own, one.theirs, one.kind);
                } else if is_name && self.names.len() < MOST {
                    self.names.push(one);
                } else {
                    self.styled += 1;
                }
            }
            (NodeKind::String, NodeKind::Number | NodeKind::Bool(_) | NodeKind::Null)
            | (NodeKind::Number | NodeKind::Bool(_) | NodeKind::Null, NodeKind::String) => {
                let same = json.string(text, own) == their_json.string(right, theirs);
                let kind = if same { DifferenceKind::Spelling } else { DifferenceKind::Kind };
                self.meet(left.span, other.span, kind);
            }
            (a, b) if a == b => {
                let (mine, yours) = (left.span.of(text), other.span.of(right));
                let plain = |word: &str| -> String {
                    let ascii = |c: char| digit(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c);
                    word.chars().map(ascii).collect()
                };
                if mine != yours {
                    let same = plain(mine) == plain(yours);
                    let kind = if same { DifferenceKind::Spelling } else { DifferenceKind::Value };
                    self.meet(left.span, other.span, kind);
                }
            }
            _ => self.meet(left.span, other.span, DifferenceKind::Kind),
        }
    }

    fn members(&mut self, own: NodeId, theirs: NodeId, depth: usize) {
        let ((json, text), (their_json, right)) = (self.own, self.theirs);
        let mut by_key: BTreeMap<_, Vec<NodeId>> = BTreeMap::new();
        let their_members: Vec<NodeId> = their_json.children(theirs).collect();
        for member in their_members.iter().rev() {
            if !their_json.node(*member).key.is_empty() {
                by_key.entry(their_json.key(right, *member)).or_default().push(*member);
            }
        }
        let mut unpaired = Vec::new();
        let mut pairs = Vec::new();
        for member in json.children(own).filter(|member| !json.node(*member).key.is_empty()) {
            match by_key.get_mut(&json.key(text, member)).and_then(Vec::pop) {
                Some(partner) => pairs.push((member, partner)),
                None => unpaired.push(member),
            }
        }
        // What has lost its key, in order.
        let keyless = |json: &Json, id: NodeId| -> Vec<NodeId> {
            let is_keyless = |id: &NodeId| {
                let node = json.node(*id);
                node.key.is_empty() && matches!(node.kind, NodeKind::Object | NodeKind::Array)
            };
            json.children(id).filter(is_keyless).collect()
        };
        pairs.extend(keyless(json, own).into_iter().zip(keyless(their_json, theirs)));
        let mut absent: Vec<NodeId> = by_key.into_values().flatten().collect();
        absent.sort_unstable();
        for (member, partner) in pairs {
            self.value(member, partner, depth + 1);
        }
        let lone = unpaired.len() == 1 && absent.len() == 1;
        let (elided, their_elided) = (json.is_elided(own), their_json.is_elided(theirs));
        let (here, there) = (json.node(own).span.start, their_json.node(theirs).span.start);
        for member in unpaired {
            let node = json.node(member);
            let key = json.key_span(text, member);
            let same_kind = |other: &NodeId| their_json.node(*other).kind == node.kind;
            let is_renamed = |other: &NodeId| {
                same_kind(other) && (lone || node.span.of(text) == their_json.node(*other).span.of(right))
            };
            match absent.iter().position(is_renamed) {
                Some(at) => {
                    let partner = absent.remove(at);
                    self.meet(key, their_json.key_span(right, partner), DifferenceKind::Key);
                    self.value(member, partner, depth + 1);
                }
                None if their_elided => {}
                None => self.meet(key, Span::empty(there), DifferenceKind::Member),
            }
        }
        if !elided {
            for member in absent {
                self.meet(Span::empty(here), their_json.key_span(right, member), DifferenceKind::Member);
            }
        }
    }

    /// Elements in order: what both begin and end with is the same; between, one may have more.
    fn items(&mut self, list: (u32, u32), own: &[NodeId], theirs: &[NodeId], depth: usize) {
        if own.len() == theirs.len() {
            for (own, theirs) in own.iter().zip(theirs) {
                self.value(*own, *theirs, depth);
            }
            return;
        }
        let ((json, _), (their_json, _)) = (self.own, self.theirs);
        let is_elision = |json: &Json, items: &[NodeId]| {
            items.iter().any(|item| json.node(*item).kind == NodeKind::Elision)
        };
        let head =
            own.iter().zip(theirs).take_while(|(own, theirs)| self.is_same(**own, **theirs, depth)).count();
        let (own, theirs) = (own.get(head..).unwrap_or_default(), theirs.get(head..).unwrap_or_default());
        let backwards = own.iter().rev().zip(theirs.iter().rev());
        let tail = backwards.take_while(|(own, theirs)| self.is_same(**own, **theirs, depth)).count();
        let own = own.get(..own.len() - tail).unwrap_or_default();
        let theirs = theirs.get(..theirs.len() - tail).unwrap_or_default();
        if is_elision(json, own) || is_elision(their_json, theirs) {
            return;
        }
        if own.len() == theirs.len() {
            return;
        }
        // The first that the other side has no partner for.
        let shorter = own.len().min(theirs.len());
        let there = theirs.first().map_or(0, |item| their_json.node(*item).span.start);
        let span = |json: &Json, items: &[NodeId], empty: u32| {
            items.get(shorter).map_or(Span::empty(empty), |item| json.node(*item).span)
        };
        self.meet(span(json, own, list.0), span(their_json, theirs, there), DifferenceKind::Element);
    }

    fn is_same(&mut self, own: NodeId, theirs: NodeId, depth: usize) -> bool {
        let before = self.found.len();
        if before >= MOST {
            return false;
        }
        self.value(own, theirs, depth);
        let same = self.found.len() == before;
        self.found.truncate(before);
        same
    }
}

/// Whether two strings differ as languages may: in their sentences, names, dates, addresses.
pub fn is_house_style(own: &str, theirs: &str) -> bool {
    if same_but_locale(own, theirs) {
        return true;
    }
    let (own, theirs) = (own.trim(), theirs.trim());
    let both = |test: fn(&str) -> bool| test(own) && test(theirs);
    if is_text(own) || is_text(theirs) || both(is_address) || both(is_date_or_phone) || both(is_locale) {
        return true;
    }
    // `Paris` and `東京` are samples; `active`, `OneTime`, `p1m`, `a-b` are words of the API.
    let is_stand_in = |text: &str| text.contains(['<', '{', '$', '…', '*']) || text.contains("...");
    if is_stand_in(own) && is_stand_in(theirs) {
        return true;
    }
    is_plain_word(theirs) && is_capitalised(theirs) && own.chars().all(char::is_alphabetic)
        || !theirs.is_ascii() && !own.is_empty()
}

fn is_text(text: &str) -> bool {
    text.contains(char::is_whitespace) && text.contains(char::is_alphabetic)
}

/// Without characters that nobody sees.
fn visible(text: &str) -> Cow<'_, str> {
    let is_seen = |c: &char| !is_zero_width(*c);
    if text.is_ascii() || text.chars().all(|c| is_seen(&c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(is_seen).collect())
}

/// A mail address or URL.
fn is_address(text: &str) -> bool {
    text.contains('@') || text.contains("://") || text.starts_with("www.")
}

fn is_date_or_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let signs = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '-' | '/' | ':' | '.' | 'T' | 'Z' | '+' | ' ' | '(' | ')' | '年' | '月' | '日')
    };
    digits >= 6 && digits < text.len() && text.chars().all(signs)
}

/// `en-US`, `zh_Hans`, `NL`: a language or a country.
fn is_locale(text: &str) -> bool {
    let is_region =
        |region: &str| matches!(region.len(), 2 | 4) && region.starts_with(|c: char| c.is_ascii_uppercase());
    let is_language =
        |word: &str| matches!(word.len(), 2 | 3) && word.bytes().all(|byte| byte.is_ascii_lowercase());
    match text.split_once(['-', '_']) {
        Some((language, region)) => is_language(language) && is_region(region),
        None => text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase()),
    }
}

fn is_plain_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// A word that may be one of the API or a name.
fn is_word(text: &str) -> bool {
    is_plain_word(text) && is_capitalised(text)
}

/// One capital, at its start.
fn is_capitalised(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_uppercase).count() == 1
        && text.starts_with(|c: char| c.is_ascii_uppercase())
}
