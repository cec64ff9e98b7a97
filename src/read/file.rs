//! Bytes of one file or of standard input.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::source::Unreadable;

/// Files of so many bytes and more are refused: no page is that long, and spans count in 32 bits.
pub const LIMIT: usize = 50_000_000;

/// Pages of so many bytes and more are refused: a page of nothing but brackets takes 180 times its size of memory.
pub const PAGE_LIMIT: usize = 10_000_000;

/// Most pages fit, so that two reads do: the page, and the end.
const USUAL: usize = 128 * 1024;

/// A buffer that lives as long as its thread. One oversized read costs less than asking for the length.
#[derive(Default)]
pub struct Reader {
    buffer: Vec<u8>,
}

impl Reader {
    /// The file's bytes, at most [`LIMIT`] of them.
    pub fn read(&mut self, path: &Path) -> io::Result<&[u8]> {
        self.fill(File::open(path)?)
    }

    /// The bytes of standard input, at most [`LIMIT`] of them.
    pub fn read_stdin(&mut self) -> io::Result<&[u8]> {
        self.fill(io::stdin().lock())
    }

    fn fill(&mut self, mut from: impl Read) -> io::Result<&[u8]> {
        if self.buffer.len() < USUAL || self.buffer.len() > 32 * USUAL {
            self.buffer = vec![0; USUAL];
        }
        let mut filled = 0;
        loop {
            if filled == self.buffer.len() {
                self.buffer.resize((filled * 2).min(LIMIT), 0);
            }
            match from.read(&mut self.buffer[filled..]) {
                Ok(0) => return Ok(&self.buffer[..filled]),
                Ok(count) => filled += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// The text of a file that is no page (a configuration, a baseline, a list), at most [`LIMIT`] bytes of it.
///
/// # Errors
/// The file cannot be read, is no UTF-8, or is larger.
pub fn read_text(path: &Path) -> io::Result<String> {
    let bytes = read_bytes(File::open(path)?)?;
    String::from_utf8(bytes).map_err(|_| io::Error::new(ErrorKind::InvalidData, "it is not valid UTF-8"))
}

/// All bytes of something, at most [`LIMIT`] of them.
///
/// # Errors
/// It cannot be read, or is larger.
pub fn read_bytes(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > LIMIT {
        let why = format!("larger than {} MB", LIMIT / 1_000_000);
        return Err(io::Error::new(ErrorKind::FileTooLarge, why));
    }
    Ok(bytes)
}

/// The beginning of a page, to see what language it is in.
pub fn beginning(path: &str) -> Option<String> {
    const ENOUGH: u64 = 16 * 1024;
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(ENOUGH).read_to_end(&mut bytes).ok()?;
    let whole = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    Some(whole.to_owned())
}

/// Why a file below a folder gives no text.
pub fn unreadable(error: &io::Error) -> Unreadable {
    match error.kind() {
        ErrorKind::PermissionDenied => Unreadable::Denied,
        _ => Unreadable::Failed,
    }
}

/// The folder that relative paths start from; empty if the system cannot say.
pub fn working_folder() -> PathBuf {
    std::env::current_dir().unwrap_or_default()
}
