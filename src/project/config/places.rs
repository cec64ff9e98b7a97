//! Where the settings of a configuration stand, and how they are written there.

use toml::de::{DeTable, DeValue};

use crate::text::LineIndex;

/// A setting of a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its keys from the top: `["rules", "vague-type"]`; elements of lists of tables by their number.
    pub keys: Vec<String>,
    /// `docdrift.toml:3:8`.
    pub place: String,
    /// The value as it is written; empty for tables.
    pub written: String,
}

/// All settings, sorted by their keys; a table comes before what is in it.
#[derive(Debug, Clone, Default)]
pub struct Places {
    settings: Vec<Setting>,
}

impl Places {
    /// The settings of the configuration `name` with that text, which is TOML.
    pub fn new(name: &str, text: &str) -> Self {
        let Ok(table) = DeTable::parse(text) else { return Self::default() };
        let mut reader = Reader { name, text, lines: LineIndex::new(text), settings: Vec::new() };
        reader.table(&[], table.get_ref());
        reader.settings.sort_by(|a, b| a.keys.cmp(&b.keys));
        Self { settings: reader.settings }
    }

    /// The setting of those keys, if the configuration has it.
    pub fn get(&self, keys: &[&str]) -> Option<&Setting> {
        self.settings.iter().find(|setting| setting.keys == keys)
    }

    /// The settings in a table.
    pub fn within<'p>(&'p self, table: &'p str) -> impl Iterator<Item = &'p Setting> {
        let is_within = move |setting: &&Setting| setting.keys.len() > 1 && setting.keys[0] == table;
        self.settings.iter().filter(is_within)
    }
}

struct Reader<'t> {
    name: &'t str,
    text: &'t str,
    lines: LineIndex,
    settings: Vec<Setting>,
}

impl Reader<'_> {
    /// The settings of a table. The configuration was understood before, so it is not deep.
    fn table(&mut self, above: &[String], table: &DeTable<'_>) {
        for (key, value) in table {
            let keys = [above, &[key.get_ref().to_string()]].concat();
            self.add(&keys, key.span().start, value.get_ref(), value.span());
        }
    }

    fn add(&mut self, keys: &[String], start: usize, value: &DeValue<'_>, written: std::ops::Range<usize>) {
        let at = self.lines.line_column(self.text, start as u32);
        let place = format!("{}:{}:{}", self.name, at.line, at.column);
        let tables = match value {
            DeValue::Array(elements) => elements.iter().all(|each| each.get_ref().is_table()),
            value => value.is_table(),
        };
        let is_empty = matches!(value, DeValue::Array(elements) if elements.is_empty());
        let written = if tables && !is_empty { "" } else { self.text.get(written).unwrap_or("") };
        self.settings.push(Setting { keys: keys.to_vec(), place, written: written.to_owned() });
        match value {
            DeValue::Table(table) => self.table(keys, table),
            DeValue::Array(elements) if tables => {
                for (at, element) in elements.iter().enumerate() {
                    let keys = [keys, &[format!("{at:04}")]].concat();
                    self.add(&keys, element.span().start, element.get_ref(), element.span());
                }
            }
            _ => {}
        }
    }
}
