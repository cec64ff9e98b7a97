//! Here-documents: the lines after a command that it reads.

use super::Reader;
use crate::text::Span;

impl Reader<'_> {
    /// `<<EOF`, `<<-'EOF'`, `<<< word`.
    pub(super) fn here_document(&mut self) {
        self.at += 2;
        if self.peek(0) == Some(b'<') {
            // A here-string: the word that follows is read.
            self.at += 1;
            let kept = self.open.clone_place();
            while matches!(self.peek(0), Some(b' ' | b'\t')) {
                self.at += 1;
            }
            self.word();
            self.open.input = self.open.words.get(kept.1).map(super::Word::inner);
            return self.open.restore(kept);
        }
        while matches!(self.peek(0), Some(b'-' | b' ' | b'\t')) {
            self.at += 1;
        }
        let quote = self.peek(0).filter(|byte| matches!(byte, b'"' | b'\'' | b'\\'));
        self.at += usize::from(quote.is_some());
        let start = self.at;
        while self.peek(0).is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            self.at += 1;
        }
        let word = Span::from(start..self.at);
        if quote.is_some() && self.peek(0) == quote {
            self.at += 1;
        }
        if !word.is_empty() {
            self.waiting.push((self.commands.len(), word));
        }
    }

    /// Reads the texts that the commands of the last line wait for.
    pub(super) fn here_texts(&mut self) {
        for (command, word) in std::mem::take(&mut self.waiting) {
            let start = self.at;
            let mut end = self.bytes.len();
            while self.at < self.bytes.len() {
                let line = self.at;
                self.skip_line();
                let written = self.text.get(line..self.at).unwrap_or_default().trim();
                self.at = (self.at + 1).min(self.bytes.len());
                if written == word.of(self.text) {
                    end = line;
                    break;
                }
            }
            if let Some(command) = self.commands.get_mut(command) {
                command.input = Some(Span::from(start..end));
            }
        }
    }
}
