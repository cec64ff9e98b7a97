//! An earlier report, for the trend.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::hash::HashSet;

/// What the trend needs of an earlier `report.json`.
#[derive(Debug, Default)]
pub struct Previous {
    pub(super) fingerprints: HashSet<String>,
    /// Damaged cells by locale and kind of subject.
    pub(super) damaged: BTreeMap<(String, String), i64>,
}

#[derive(Deserialize)]
struct Report {
    version: u32,
    findings: Vec<Found>,
}

#[derive(Deserialize)]
struct Found {
    severity: String,
    cause: String,
    locale: Option<String>,
    subject: Subject,
    fingerprint: String,
}

#[derive(Deserialize)]
struct Subject {
    kind: String,
}

impl Previous {
    /// Reads the JSON that `--format json` writes.
    ///
    /// # Errors
    /// Text that is no such JSON: why, with line and column.
    pub fn read(json: &str) -> Result<Self, String> {
        let report: Report = serde_json::from_str(json).map_err(|error| error.to_string())?;
        if report.version != 1 {
            return Err(format!("is of version {}, not 1", report.version));
        }
        let mut previous = Self::default();
        for found in report.findings {
            if found.cause == "translation" && found.severity != "note" {
                *previous
                    .damaged
                    .entry((found.locale.unwrap_or_default(), found.subject.kind))
                    .or_default() += 1;
            }
            previous.fingerprints.insert(found.fingerprint);
        }
        Ok(previous)
    }
}
