//! How quick the report is. These print what they measure, and hold it against nothing: machines differ.

use std::fs;
use std::path::Path;

use crate::browser::{Browser, say, visit};
use crate::pages::{are_wanted, of_many, of_real_pages};

/// Milliseconds from an event to the second frame after it, when its effect has been painted.
const TIME: &str = "
    const done = arguments[arguments.length - 1];
    const start = performance.now();
    act();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
";

fn milliseconds(browser: &Browser, act: &str) -> f64 {
    let script = format!("const act = () => {{ {act} }};{TIME}");
    browser.run_until_called(&script).as_f64().expect("a number")
}

/// Milliseconds from the start of loading to the first content that is painted.
const PAINT: &str = "
    new PerformanceObserver((list) => {
        const paint = list.getEntriesByName('first-contentful-paint')[0];
        if (paint) arguments[0](paint.startTime);
    }).observe({ type: 'paint', buffered: true });
";

/// Opens the file afresh so many times.
const RUNS: usize = 5;

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn measure(name: &str, report: &Path) {
    let size = fs::metadata(report).expect("a file").len();
    let mut paints = Vec::new();
    let mut filters = Vec::new();
    let mut searches = Vec::new();
    let mut findings = String::new();
    for _ in 0..RUNS {
        visit(report, |browser| {
            paints.push(browser.run_until_called(PAINT).as_f64().expect("a number"));
            findings = browser.text("[role=status]");
            filters.push(milliseconds(
                browser,
                "const select = document.getElementById('filter-severity');
                 select.value = 'error'; select.dispatchEvent(new Event('change'));",
            ));
            // The report waits for the last letter; measured is what comes then.
            searches.push(search(browser));
        });
    }
    say(&format!(
        "{name}: {findings}, {size} bytes; first contentful paint {:.0} ms, filter {:.0} ms, search {:.0} ms (medians of {RUNS})",
        median(paints),
        median(filters),
        median(searches),
    ));
}

/// Milliseconds from a letter to the painted result.
fn search(browser: &Browser) -> f64 {
    let script = "
        const done = arguments[arguments.length - 1];
        const field = document.getElementById('filter-q');
        const list = document.querySelector('.findings');
        const start = performance.now();
        new MutationObserver((_, observer) => {
            observer.disconnect();
            requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
        }).observe(list, { childList: true });
        field.value = 'e';
        field.dispatchEvent(new Event('input'));
    ";
    browser.run_until_called(script).as_f64().expect("a number")
}

#[test]
fn many_findings_and_real_pages_are_quick() {
    if !are_wanted() {
        return;
    }
    measure("20,000 findings", &of_many(100, 50, "many"));
    match of_real_pages() {
        Some(report) => measure("real pages", &report),
        None => say("skipped: there are no real pages next to the repository"),
    }
}
