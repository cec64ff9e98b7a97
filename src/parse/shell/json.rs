//! How far JSON reaches, by its brackets alone.

/// How far a look goes, in bytes.
const REACH: usize = 16 << 10;

/// Where the bracket is closed that `text` begins with; else how many bytes were looked at.
pub(super) fn extent(text: &str) -> Result<usize, usize> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate().take(REACH) {
        match byte {
            _ if std::mem::take(&mut escaped) => {}
            b'\\' => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Ok(at + 1);
                }
            }
            _ => {}
        }
    }
    Err(text.len().min(REACH))
}
