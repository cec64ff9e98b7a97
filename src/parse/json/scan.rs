//! Byte scanning for the strict part of JSON: eight bytes at a time, no look at characters.

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;
const SPACES: u64 = LOW * 0x20;
const QUOTES: u64 = LOW * 0x22;
const BACK_SLASHES: u64 = LOW * 0x5C;

fn word(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at + 8)?.try_into().ok().map(u64::from_le_bytes)
}

/// Index of the lowest byte of `mask` that has its high bit set.
fn lowest(mask: u64) -> usize {
    (mask.trailing_zeros() / 8) as usize
}

/// High bit set in the lowest byte of `word` that is below `limit`, and maybe in some above it.
const fn below(word: u64, limit: u64) -> u64 {
    word.wrapping_sub(LOW * limit) & !word & HIGH
}

/// First byte at or after `at` that is not JSON white space.
pub fn skip_blank(bytes: &[u8], mut at: usize) -> usize {
    if bytes.get(at).is_some_and(|byte| *byte > b' ') {
        return at;
    }
    while let Some(chunk) = word(bytes, at) {
        let other = chunk ^ SPACES;
        if other == 0 {
            at += 8;
            continue;
        }
        at += lowest(other);
        if !matches!(bytes[at], b'\n' | b'\r' | b'\t') {
            return at;
        }
        at += 1;
    }
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
        at += 1;
    }
    at
}

/// First byte at or after `at` that is not a space or tab.
pub fn skip_line_blank(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\t') = bytes.get(at) {
        at += 1;
    }
    at
}

/// First `"`, `\` or control character at or after `at`; the end if there is none.
pub fn string_stop(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = word(bytes, at) {
        let quote = below(chunk ^ QUOTES, 1);
        let escape = below(chunk ^ BACK_SLASHES, 1);
        let stop = quote | escape | below(chunk, 0x20);
        if stop != 0 {
            return at + lowest(stop);
        }
        at += 8;
    }
    while let Some(byte) = bytes.get(at) {
        if matches!(byte, b'"' | b'\\' | 0..=0x1F) {
            break;
        }
        at += 1;
    }
    at
}

/// End of the strict JSON number at `at`; `None` if there is none.
pub fn number_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    let digits = |from: usize| {
        let count = bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        (count > 0).then_some(from + count)
    };
    if bytes.get(at) == Some(&b'-') {
        at += 1;
    }
    at = if bytes.get(at) == Some(&b'0') { at + 1 } else { digits(at)? };
    if bytes.get(at) == Some(&b'.') {
        at = digits(at + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        let signed = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        at = digits(at + 1 + signed)?;
    }
    Some(at)
}

/// Length of the valid JSON escape at `at` (a pair of surrogates counts as one); `None` if it is not one.
pub fn escape_len(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at + 1)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(2),
        b'u' => match hex(bytes, at + 2)? {
            0xD800..=0xDBFF => {
                let low = hex(bytes, at + 8).filter(|_| bytes[at + 6..].starts_with(b"\\u"))?;
                (0xDC00..=0xDFFF).contains(&low).then_some(12)
            }
            0xDC00..=0xDFFF => None,
            _ => Some(6),
        },
        _ => None,
    }
}

fn hex(bytes: &[u8], at: usize) -> Option<u32> {
    bytes
        .get(at..at + 4)?
        .iter()
        .try_fold(0, |value, byte| Some(value * 16 + char::from(*byte).to_digit(16)?))
}

/// A fast hash of a key; equal bytes give equal hashes.
pub fn key_hash(key: &[u8]) -> u32 {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = key.len() as u64;
    let mut chunks = key.chunks_exact(8);
    for chunk in &mut chunks {
        hash = (hash ^ word(chunk, 0).unwrap_or(0)).wrapping_mul(MIX).rotate_left(29);
    }
    for byte in chunks.remainder() {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(MIX).rotate_left(29);
    }
    (hash.wrapping_mul(MIX) >> 32) as u32
}
