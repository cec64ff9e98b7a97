//! Characters that stand where JSON wants a bracket, comma, colon, quote or space: what
//! input methods, word processors and translation tools make of them.

/// The JSON sign that `c` stands for: one of `{ } [ ] , :`.
pub fn sign(c: char) -> Option<u8> {
    Some(match c {
        '{' | '｛' => b'{',
        '}' | '｝' => b'}',
        '[' | '［' | '【' | '〔' => b'[',
        ']' | '］' | '】' | '〕' => b']',
        ',' | '，' | '、' | '،' | '؛' | '；' | '﹐' | ';' => b',',
        ':' | '：' | '﹕' | '︰' | '∶' => b':',
        _ => return None,
    })
}

/// The two families of quotes: a string ends with a quote of the family it began with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quote {
    /// `"` and what it turns into.
    Double,
    /// `'` and what it turns into.
    Single,
}

/// The family of the quote `c`.
pub fn quote(c: char) -> Option<Quote> {
    match c {
        '"' | '“' | '”' | '„' | '‟' | '＂' | '″' | '«' | '»' | '「' | '」' | '『' | '』' | '〝' | '〞' => {
            Some(Quote::Double)
        }
        '\'' | '‘' | '’' | '‚' | '‛' | '＇' | '′' | '`' | '´' | '‹' | '›' => {
            Some(Quote::Single)
        }
        _ => None,
    }
}

/// A space that JSON does not know.
pub fn is_odd_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, ' ' | '\n' | '\r' | '\t')
}

/// Full stops that come in threes, and the one-character ellipses.
pub fn is_dot(c: char) -> bool {
    matches!(c, '.' | '．' | '。' | '·') || is_ellipsis(c)
}

/// One character that means "left out" by itself.
pub fn is_ellipsis(c: char) -> bool {
    matches!(c, '…' | '⋯' | '‥' | '⋮')
}
