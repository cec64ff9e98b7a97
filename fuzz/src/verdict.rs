//! What holds for all pages.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use docdrift::check::check;
use docdrift::extract;
use docdrift::facts::Page;
use docdrift::finding::{Finding, Safety, Site};
use docdrift::fix::{self, Permission, Repair};
use docdrift::lexicon::Lexicon;
use docdrift::lower;
use docdrift::outcome::Outcome;
use docdrift::report::{self, Format, Style, View};
use docdrift::schema::Schema;
use docdrift::settings::Settings;
use docdrift::source::{Encoding, Locale, Source};
use docdrift::spec;
use docdrift::text::{FileId, Place};

use crate::author::PROSE;
use crate::document;

/// Of the pages, in their order.
pub const LOCALES: [&str; 4] = ["en-us", "nl-nl", "de-de", "fr-fr"];

/// What all trials share.
pub struct Bench {
    lexicon: Lexicon,
    models: Schema,
}

impl Bench {
    pub fn shared() -> &'static Self {
        static BENCH: OnceLock<Bench> = OnceLock::new();
        BENCH.get_or_init(|| Self { lexicon: Lexicon::default(), models: spec::models() })
    }

    /// Reads, checks, lowers, prints and fixes pages of one path, the first of them the source. Of those whose markup
    /// is sound, no prose may be lost.
    ///
    /// # Errors
    /// What does not hold.
    pub fn judge(&self, texts: &[String], is_sound: bool) -> Result<(), String> {
        let mut pages: Vec<Page> = texts.iter().enumerate().map(|(at, text)| self.page(at, text)).collect();
        for page in &pages {
            document::check(&page.source.text, &page.document);
        }
        let outcome = self.check(&pages);
        self.fits(&pages, &outcome.findings)?;
        self.prints(&pages, &outcome)?;
        lower::schema(&pages, Some(&self.models), &self.lexicon, &Settings::default(), None);

        let before: Vec<BTreeMap<&str, usize>> = texts.iter().map(|text| prose(text)).collect();
        let repair = self.fix(&mut pages, outcome);
        for (at, (page, before)) in pages.iter().zip(&before).enumerate() {
            let after = prose(&page.source.text);
            let lost = before.iter().find(|(word, count)| after.get(*word).copied().unwrap_or(0) < **count);
            if let Some((word, _)) = lost.filter(|_| is_sound) {
                let (path, text) = (&page.source.path, &page.source.text);
                let diff = fix::unified(path, texts[at].as_bytes(), text.as_bytes());
                return Err(format!("a fix loses `{word}`:\n{}", String::from_utf8_lossy(&diff)));
            }
        }
        // Read anew: nothing may hang on what the fixer remembers.
        let texts: Vec<String> = pages.iter().map(|page| page.source.text.clone()).collect();
        let mut again: Vec<Page> = texts.iter().enumerate().map(|(at, text)| self.page(at, text)).collect();
        let outcome = self.check(&again);
        self.fits(&again, &outcome.findings)?;
        if repair.unsettled.is_empty() && outcome.findings != repair.left {
            let new = outcome.findings.iter().find(|finding| !repair.left.contains(finding));
            return Err(format!("what a fix leaves is not what a new reading finds: {new:#?}"));
        }
        let second = self.fix(&mut again, outcome);
        match second.changed.first() {
            Some(changed) if repair.unsettled.is_empty() => {
                Err(format!("a second fix changes {} again", again[changed.file.0 as usize].source.path))
            }
            _ => Ok(()),
        }
    }

    fn page(&self, at: usize, text: &str) -> Page {
        let locale = LOCALES[at.min(LOCALES.len() - 1)];
        let source = Source {
            path: format!("{locale}/page.md"),
            page: "page.md".to_owned(),
            locale: Locale::parse(locale),
            text: text.to_owned(),
            encoding: Encoding::Utf8,
        };
        extract::page(FileId(at as u32), source, &self.lexicon)
    }

    fn check(&self, pages: &[Page]) -> Outcome {
        check(pages, Some(&self.models), &self.lexicon, &Settings::default())
    }

    fn fix(&self, pages: &mut [Page], outcome: Outcome) -> Repair {
        let writable = vec![true; pages.len()];
        let permission = Permission { safety: Safety::Safe, writable: &writable };
        fix::fix(pages, outcome.findings, &permission, &self.lexicon, |pages| self.check(pages).findings)
    }

    /// Whether all that findings point at lies in the pages and the spec, between characters.
    fn fits(&self, pages: &[Page], findings: &[Finding]) -> Result<(), String> {
        let text = |site: Site| match site {
            Site::Page(Place { file, .. }) => {
                pages.get(file.0 as usize).map(|page| page.source.text.as_str())
            }
            Site::Spec(Place { file, .. }) => {
                self.models.files.get(file.0 as usize).map(|file| file.text.as_str())
            }
        };
        let fits = |site: Site| {
            let (Site::Page(place) | Site::Spec(place)) = site;
            text(site).is_some_and(|text| text.get(place.span.range()).is_some())
        };
        for finding in findings {
            let file = finding.place.file;
            let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
            let edits: Vec<Place> = edits.map(|edit| Place { file, span: edit.span }).collect();
            let sites =
                edits.iter().copied().map(Site::Page).chain(finding.related.iter().map(|one| one.place));
            if !sites.chain([Site::Page(finding.place)]).all(fits) {
                return Err(format!("points outside of the text or into a character: {finding:#?}"));
            }
            if edits.windows(2).any(|pair| pair[0].span.end > pair[1].span.start) {
                return Err(format!("edits overlap: {finding:#?}"));
            }
            if finding.message.is_empty() {
                return Err(format!("says nothing: {finding:#?}"));
            }
        }
        Ok(())
    }

    /// Whether findings are printed, one a line where that is so, as JSON where that is so.
    fn prints(&self, pages: &[Page], outcome: &Outcome) -> Result<(), String> {
        let view = View { outcome, pages, spec: &self.models.files };
        report::render(&view, Format::Text(Style::Plain));
        if report::render(&view, Format::Concise).lines().count() != outcome.findings.len() {
            return Err("the concise report has not one line for each finding".to_owned());
        }
        let json = report::render(&view, Format::Json);
        let hidden = |c: char| {
            c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        if let Some(bad) = json.chars().find(|c| hidden(*c)) {
            return Err(format!("the JSON report has {bad:?} in it"));
        }
        serde_json::from_str::<serde_json::Value>(&json)
            .map_err(|error| format!("the report is no JSON: {error}"))?;
        Ok(())
    }
}

/// The words of prose in a text, and how often each is there.
fn prose(text: &str) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if let Some(word) = PROSE.iter().find(|known| **known == word) {
            *counts.entry(*word).or_default() += 1;
        }
    }
    counts
}
