//! A test that documentation says what types say.

use super::check::Check;
use super::checked::Checked;
use crate::finding::Severity;
use crate::report::{Format, Style, left_out};

/// The lowest severity that is worth a failing test.
const THRESHOLD: Severity = Severity::Warning;

/// So many findings are shown; the rest is counted.
const SHOWN: usize = 20;

/// Panics with the findings if documentation and types part: a test in one line.
///
/// The path is relative to the folder of the package, and is followed by types that implement
/// [`JsonSchema`](schemars::JsonSchema). Each of them has to be documented by a table or an example at least. Pages of
/// all languages below the path are judged, but only what they say of these types, and of what these refer to. No
/// configuration is read; [`Check::conform`] does the same with all that a [`Check`] can be told.
///
/// ```
/// use docdrift::schemars::{self, JsonSchema};
///
/// #[derive(JsonSchema)]
/// # #[allow(dead_code)]
/// struct Basket {
///     id: u64,
///     owner: String,
/// }
///
/// # let folder = std::env::temp_dir().join(format!("docdrift-doc-conform-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// let docs = folder.join("docs.md");
/// std::fs::write(&docs, "
/// ## Basket
///
/// | Property | Type    | Description                |
/// |----------|---------|----------------------------|
/// | id       | integer | Given by the service.      |
/// | owner    | string  | Who is about to buy it.    |
/// ").unwrap();
/// docdrift::conform!(&docs, Basket);
/// # std::fs::remove_dir_all(&folder).unwrap();
/// ```
#[macro_export]
macro_rules! conform {
    ($path:expr, $($model:ty),+ $(,)?) => {
        $crate::project::Check::new(::std::path::Path::new(::std::env!("CARGO_MANIFEST_DIR")).join($path))
            $(.model::<$model>())+
            .conform()
    };
}

impl Check {
    /// Panics with the findings if what pages say of types is not what the types say.
    ///
    /// Judges as [`types_only`](Self::types_only) does. Notes are no reason to panic, warnings and errors are; so is a
    /// type given by [`model`](Self::model) that nothing documents, for nothing would be held against it.
    ///
    /// ```should_panic
    /// docdrift::Check::new("corpus").spec("models").rule("vague-type", None).conform();
    /// ```
    ///
    /// # Panics
    /// If there is a finding, a type is not documented, or nothing can be checked.
    #[track_caller]
    pub fn conform(self) {
        let why = match self.types_only().run() {
            Ok(checked) => complaint(checked),
            Err(error) => Some(format!("the documentation cannot be checked: {error}")),
        };
        if let Some(why) = why {
            panic!("{why}");
        }
    }
}

/// Why a test has to fail, if it has to.
fn complaint(mut checked: Checked) -> Option<String> {
    let undocumented: Vec<String> = checked.undocumented().iter().map(|name| format!("`{name}`")).collect();
    if !undocumented.is_empty() {
        return Some(format!(
            "nothing documents {}: no table and no example is bound to it, so nothing would be held against it; a table \
             is bound by a heading or anchor that is the type's name, if its rows are the type's for a good part",
            undocumented.join(", ")
        ));
    }
    checked.keep_worst(THRESHOLD, SHOWN);
    if checked.is_clean() {
        return None;
    }
    let hidden = left_out(checked.outcome());
    Some(format!(
        "documentation and types part\n\n{}{hidden}{}\n`docdrift explain RULE` tells more of a rule; a baseline holds \
         back what is known",
        checked.render(Format::Text(Style::Plain)),
        checked.summary(),
    ))
}
