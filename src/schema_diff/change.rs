//! One change: both sides as declared, and every respect in which they differ.

use crate::text::Place;

/// Something that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it is.
    pub subject: Subject,
    /// The type, or the operation as `POST /v1/carts`, that it belongs to. Of two names it is the code's
    /// where the other is documentation, else the second.
    pub owner: String,
    /// What of it: a property's path (`inner.size`), a value, a parameter, a status; empty for the whole.
    pub item: String,
    /// The first schema's side, if it has one.
    pub before: Option<Side>,
    /// The second schema's side, if it has one.
    pub after: Option<Side>,
    /// In which respects; at least one.
    pub aspects: Vec<Aspect>,
    /// Its place among the changes of its owner; an operation's among all operations.
    pub(super) order: Order,
}

/// What one schema declares.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// In short notation.
    pub text: String,
    /// Where, in that schema's files.
    pub place: Option<Place>,
}

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A named type.
    Type,
    /// A property of a type.
    Property,
    /// A value of an enum.
    Value,
    /// An operation.
    Operation,
    /// A parameter of an operation.
    Parameter,
    /// The body of a request.
    Request,
    /// An answer.
    Response,
}

impl Subject {
    /// The name used in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Property => "property",
            Self::Value => "value",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Request => "request",
            Self::Response => "response",
        }
    }
}

/// One respect in which two sides differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aspect {
    /// Which.
    pub kind: Kind,
    /// What the first schema says, where that is a name or type.
    pub before: Option<String>,
    /// What the second schema says.
    pub after: Option<String>,
    /// Whom it breaks.
    pub breaks: Breaks,
}

/// Programs that stop working.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Breaks {
    /// Those that read answers.
    pub readers: bool,
    /// Those that send requests.
    pub writers: bool,
}

impl Breaks {
    /// Whether anybody breaks.
    pub const fn any(self) -> bool {
        self.readers || self.writers
    }

    /// Who breaks by this or by `other`.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self { readers: self.readers || other.readers, writers: self.writers || other.writers }
    }
}

/// How two sides differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Only the second schema has it.
    Added,
    /// Only the first schema has it.
    Removed,
    /// Another name.
    Renamed,
    /// Another name in requests.
    RenamedInRequests,
    /// Another type.
    Retyped,
    /// The documentation's type fits and says less than the code's.
    Vague,
    /// A request has to carry it now.
    RequiredInRequests,
    /// A request may leave it out now.
    OptionalInRequests,
    /// Each answer carries it now.
    RequiredInResponses,
    /// An answer may leave it out now.
    OptionalInResponses,
    /// It may be null now.
    Nullable,
    /// It cannot be null any more.
    NotNullable,
    /// Requests do not carry it any more.
    OnlyInResponses,
    /// Requests may carry it now.
    AlsoInRequests,
    /// Answers do not carry it any more.
    OnlyInRequests,
    /// Answers may carry it now.
    AlsoInResponses,
    /// Requests may call it something more.
    AliasAdded,
    /// Requests cannot call it that any more.
    AliasRemoved,
    /// There may be other values or keys now.
    Opened,
    /// There can be no other values or keys any more.
    Closed,
}

impl Kind {
    /// The name used in JSON; with blanks it is a phrase.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::RenamedInRequests => "renamed-in-requests",
            Self::Retyped => "retyped",
            Self::Vague => "vague",
            Self::RequiredInRequests => "required-in-requests",
            Self::OptionalInRequests => "optional-in-requests",
            Self::RequiredInResponses => "required-in-responses",
            Self::OptionalInResponses => "optional-in-responses",
            Self::Nullable => "nullable",
            Self::NotNullable => "not-nullable",
            Self::OnlyInResponses => "only-in-responses",
            Self::AlsoInRequests => "also-in-requests",
            Self::OnlyInRequests => "only-in-requests",
            Self::AlsoInResponses => "also-in-responses",
            Self::AliasAdded => "alias-added",
            Self::AliasRemoved => "alias-removed",
            Self::Opened => "opened",
            Self::Closed => "closed",
        }
    }

    /// What it is for who looks from the second schema to the first.
    const fn flipped(self) -> Self {
        match self {
            Self::Added => Self::Removed,
            Self::Removed => Self::Added,
            Self::RequiredInRequests => Self::OptionalInRequests,
            Self::OptionalInRequests => Self::RequiredInRequests,
            Self::RequiredInResponses => Self::OptionalInResponses,
            Self::OptionalInResponses => Self::RequiredInResponses,
            Self::Nullable => Self::NotNullable,
            Self::NotNullable => Self::Nullable,
            Self::OnlyInResponses => Self::AlsoInRequests,
            Self::AlsoInRequests => Self::OnlyInResponses,
            Self::OnlyInRequests => Self::AlsoInResponses,
            Self::AlsoInResponses => Self::OnlyInRequests,
            Self::AliasAdded => Self::AliasRemoved,
            Self::AliasRemoved => Self::AliasAdded,
            Self::Opened => Self::Closed,
            Self::Closed => Self::Opened,
            Self::Renamed | Self::RenamedInRequests | Self::Retyped | Self::Vague => self,
        }
    }
}

impl Aspect {
    /// One that the sides' declarations show.
    pub(super) const fn new(kind: Kind, breaks: Breaks) -> Self {
        Self { kind, before: None, after: None, breaks }
    }

    /// One between two names or types.
    pub(super) fn between(kind: Kind, before: &str, after: &str, breaks: Breaks) -> Self {
        Self { kind, before: Some(before.to_owned()), after: Some(after.to_owned()), breaks }
    }
}

impl Change {
    /// Something that one side has.
    pub(super) fn alone(subject: Subject, owner: &str, item: &str, side: Side, aspect: Aspect) -> Self {
        let (before, after) =
            if aspect.kind == Kind::Added { (None, Some(side)) } else { (Some(side), None) };
        let (owner, item) = (owner.to_owned(), item.to_owned());
        Self { subject, owner, item, before, after, aspects: vec![aspect], order: Order::default() }
    }

    /// The whole path: `Cart.lineItems`, `POST /v1/carts 201`.
    pub fn path(&self) -> String {
        match (self.item.is_empty(), self.subject) {
            (true, _) => self.owner.clone(),
            (false, Subject::Property | Subject::Value) => format!("{}.{}", self.owner, self.item),
            (false, _) => format!("{} {}", self.owner, self.item),
        }
    }

    /// Whom it breaks in any respect.
    pub fn breaks(&self) -> Breaks {
        self.aspects.iter().fold(Breaks::default(), |all, aspect| all.or(aspect.breaks))
    }

    /// Whether it is about an operation or a part of one.
    pub const fn is_of_operation(&self) -> bool {
        matches!(self.subject, Subject::Operation | Subject::Parameter | Subject::Request | Subject::Response)
    }

    /// Types before operations; types by name, each whole before its parts.
    pub(super) fn order(&self) -> (bool, &str, bool, u64) {
        let owner = if self.is_of_operation() { "" } else { self.owner.as_str() };
        let is_part = self.subject != Subject::Type && !self.is_of_operation();
        (self.is_of_operation(), owner, is_part, self.order[0])
    }

    /// Looks from the second schema to the first.
    pub(super) fn flip(&mut self) {
        std::mem::swap(&mut self.before, &mut self.after);
        self.order.reverse();
        for aspect in &mut self.aspects {
            std::mem::swap(&mut aspect.before, &mut aspect.after);
            aspect.kind = aspect.kind.flipped();
        }
    }
}

/// A place in the order of the old items and in that of the new ones.
pub(super) type Order = [u64; 2];

/// Where changes of two lists stand: pairs at their places, what only one list has behind the partner of
/// the one before it.
pub(super) struct Orders {
    /// For each old item the place behind the last partner of those before it, in the new order.
    old: Vec<u64>,
    /// For each new item the place behind the last partner of those before it, in the old order.
    new: Vec<u64>,
}

impl Orders {
    /// For old items with these partners among `length` new ones.
    pub(super) fn new(partners: &[Option<usize>], length: usize) -> Self {
        let mut inverse = vec![None; length];
        for (old, new) in partners.iter().enumerate() {
            if let Some(slot) = new.and_then(|new| inverse.get_mut(new)) {
                *slot = Some(old);
            }
        }
        let behind = |partners: &[Option<usize>]| {
            let next = |last: &mut u64, partner: &Option<usize>| {
                let before = *last;
                *last = partner.map_or(before, at);
                Some(before)
            };
            partners.iter().scan(0, next).collect()
        };
        Self { old: behind(partners), new: behind(&inverse) }
    }

    /// Of two partners.
    pub(super) fn pair(old: usize, new: usize) -> Order {
        [at(old), at(new)]
    }

    /// Of an old item without partner.
    pub(super) fn removed(&self, old: usize) -> Order {
        [at(old), self.old.get(old).copied().unwrap_or(0) + old as u64 + 1]
    }

    /// Of a new item without partner.
    pub(super) fn added(&self, new: usize) -> Order {
        [self.new.get(new).copied().unwrap_or(0) + new as u64 + 1, at(new)]
    }
}

/// Room for what stands between two places.
const fn at(index: usize) -> u64 {
    (index as u64 + 1) << 32
}
