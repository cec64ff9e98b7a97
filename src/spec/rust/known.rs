//! Types of the standard library and of well-known crates, by how serde writes them.

use crate::schema::Format;

/// How a type that no file declares goes over the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    Any,
    Null,
    Boolean,
    Integer,
    Number,
    /// Written as text, read as text or number.
    Decimal,
    Text(Format),
    Bytes,
    /// As its first type argument.
    Wrapper,
    /// `SmallVec<[T; 4]>`: the argument is the list already.
    InlineList,
    Option,
    List,
    Map,
    /// `{ "secs": .., "nanos": .. }`
    StdDuration,
    /// `{ "secs_since_epoch": .., "nanos_since_epoch": .. }`
    SystemTime,
}

impl Known {
    /// Which type argument it is about.
    pub const fn argument(self) -> Option<usize> {
        match self {
            Self::Wrapper | Self::InlineList | Self::Option | Self::List => Some(0),
            Self::Map => Some(1),
            _ => None,
        }
    }
}

/// Whether a name means the same everywhere, unless it is declared or imported where it is used.
pub fn is_prelude(name: &str) -> bool {
    matches!(name, "Box" | "Option" | "String" | "Vec")
        || name.starts_with(|first: char| first.is_ascii_lowercase())
}

/// Looks a path up by its last name; the names before it decide where crates share one. `arguments` is
/// the number of type arguments given.
pub fn known(path: &[String], arguments: usize) -> Option<Known> {
    let (name, before) = path.split_last()?;
    let from = |krate: &str| before.iter().any(|part| part == krate);
    Some(match name.as_str() {
        "bool" | "AtomicBool" => Known::Boolean,
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" | "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => {
            Known::Integer
        }
        "NonZero" | "NonZeroI8" | "NonZeroI16" | "NonZeroI32" | "NonZeroI64" | "NonZeroI128"
        | "NonZeroIsize" | "NonZeroU8" | "NonZeroU16" | "NonZeroU32" | "NonZeroU64" | "NonZeroU128"
        | "NonZeroUsize" | "AtomicI8" | "AtomicI16" | "AtomicI32" | "AtomicI64" | "AtomicIsize"
        | "AtomicU8" | "AtomicU16" | "AtomicU32" | "AtomicU64" | "AtomicUsize" => Known::Integer,
        "f32" | "f64" | "OrderedFloat" | "NotNan" => Known::Number,
        "Number" if from("serde_json") => Known::Number,
        "Decimal" | "BigDecimal" => Known::Decimal,
        "str" | "char" | "String" | "Path" | "PathBuf" | "Utf8Path" | "Utf8PathBuf" | "SmolStr"
        | "CompactString" | "EcoString" | "KString" | "ArcStr" | "IpAddr" | "Ipv4Addr" | "Ipv6Addr"
        | "SocketAddr" | "SocketAddrV4" | "SocketAddrV6" | "Version" | "VersionReq" | "Ulid"
        | "NaiveDateTime" | "PrimitiveDateTime" | "Zoned" => Known::Text(Format::Plain),
        // chrono's has a time zone as argument; jiff's has none and writes no offset.
        "DateTime" if arguments > 0 || from("chrono") => Known::Text(Format::DateTime),
        "DateTime" if from("jiff") => Known::Text(Format::Plain),
        "OffsetDateTime" | "Timestamp" => Known::Text(Format::DateTime),
        "NaiveDate" => Known::Text(Format::Date),
        "Date" if from("time") || from("jiff") => Known::Text(Format::Date),
        "NaiveTime" => Known::Text(Format::Time),
        "Time" if from("time") || from("jiff") => Known::Text(Format::Time),
        "SignedDuration" => Known::Text(Format::Duration),
        "Span" if from("jiff") => Known::Text(Format::Duration),
        "Duration" if from("std") || from("core") => Known::StdDuration,
        "Duration" if from("iso8601_duration") || from("iso8601") => Known::Text(Format::Duration),
        "SystemTime" => Known::SystemTime,
        "Uuid" => Known::Text(Format::Uuid),
        "Url" => Known::Text(Format::Uri),
        "EmailAddress" => Known::Text(Format::Email),
        "Bytes" | "BytesMut" | "ByteBuf" => Known::Bytes,
        "Box" | "Rc" | "Arc" | "Cow" | "Cell" | "RefCell" | "Mutex" | "RwLock" | "Wrapping"
        | "Saturating" | "Reverse" => Known::Wrapper,
        "Option" => Known::Option,
        "Vec" | "VecDeque" | "HashSet" | "BTreeSet" | "LinkedList" | "BinaryHeap" | "IndexSet"
        | "FxHashSet" | "AHashSet" | "ArrayVec" | "ThinVec" => Known::List,
        "SmallVec" | "TinyVec" => Known::InlineList,
        "HashMap" | "BTreeMap" | "IndexMap" | "DashMap" | "FxHashMap" | "AHashMap" => Known::Map,
        "Map" if from("serde_json") || arguments == 2 => Known::Map,
        "Value" if from("serde_json") || from("serde_yaml") || from("toml") || before.is_empty() => {
            Known::Any
        }
        "RawValue" => Known::Any,
        "PhantomData" => Known::Null,
        _ => return None,
    })
}

/// The form a `with` module of a well-known crate writes, by its path as text.
pub fn known_with(path: &str) -> Option<Known> {
    let last = path.rsplit("::").next().unwrap_or(path);
    let before_last = path.rsplit("::").nth(1).unwrap_or("");
    let name = if matches!(last, "option" | "serialize" | "deserialize") { before_last } else { last };
    Some(match name {
        "rfc3339" => Known::Text(Format::DateTime),
        "timestamp"
        | "ts_seconds"
        | "ts_milliseconds"
        | "ts_microseconds"
        | "ts_nanoseconds"
        | "ts_seconds_option"
        | "ts_milliseconds_option"
        | "ts_microseconds_option"
        | "ts_nanoseconds_option" => Known::Integer,
        "serde_bytes" => Known::Bytes,
        "humantime_serde" => Known::Text(Format::Plain),
        _ => return None,
    })
}
