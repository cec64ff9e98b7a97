//! What a run is doing, for those who wait: one line on a terminal once a second has passed, gone at the end.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Nobody wants to hear of a run that takes less.
pub const PATIENCE: Duration = Duration::from_secs(1);

/// How often the line changes.
const TICK: Duration = Duration::from_millis(100);

/// Back to the start of the line, and nothing on it.
const CLEAR: &str = "\r\u{1b}[K";

/// One part of a run. Dropped, its line is gone.
#[derive(Default)]
pub struct Progress {
    pages: Arc<AtomicUsize>,
    /// The end of the channel that ends the thread, and the thread; `None` where nobody looks.
    line: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Shows `what: N pages, S s` from `after` on, with the seconds since `start`.
    pub fn new(what: &'static str, start: Instant, after: Duration, to: impl Write + Send + 'static) -> Self {
        let pages = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&pages);
        let (end, ended) = channel();
        let line = move || {
            let seconds = || {
                format!("{what}: {} pages, {} s", counter.load(Ordering::Relaxed), start.elapsed().as_secs())
            };
            show(seconds, &ended, after, to);
        };
        Self { pages, line: Some((end, thread::spawn(line))) }
    }

    /// So many pages more.
    pub fn add(&self, pages: usize) {
        self.pages.fetch_add(pages, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((end, thread)) = self.line.take() {
            drop(end);
            // A thread that could not write has nothing to say about the run.
            let _ = thread.join();
        }
    }
}

/// Shows the line, ever anew, until the channel is closed.
fn show(line: impl Fn() -> String, ended: &Receiver<()>, after: Duration, mut to: impl Write) {
    let mut wait = after;
    let mut is_shown = false;
    while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        is_shown = true;
        wait = TICK;
        let _ = write!(to, "{CLEAR}{}", line()).and_then(|()| to.flush());
    }
    if is_shown {
        let _ = to.write_all(CLEAR.as_bytes()).and_then(|()| to.flush());
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::Mutex;

    use super::*;

    #[derive(Clone, Default)]
    struct Screen(Arc<Mutex<Vec<u8>>>);

    impl Screen {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().expect("no panic").clone()).expect("UTF-8")
        }
    }

    impl Write for Screen {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("no panic").write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_long_run_shows_where_it_is_and_leaves_nothing() {
        let screen = Screen::default();
        let progress = Progress::new("reading", Instant::now(), Duration::ZERO, screen.clone());
        progress.add(2);
        progress.add(5);
        while !screen.text().contains("7 pages") {
            thread::sleep(Duration::from_millis(5));
        }
        drop(progress);
        let text = screen.text();
        assert!(text.contains("\r\u{1b}[Kreading: 7 pages, 0 s\r\u{1b}[K"), "{text:?}");
        assert!(text.ends_with(CLEAR), "{text:?}");
    }

    #[test]
    fn a_short_run_shows_nothing() {
        let screen = Screen::default();
        drop(Progress::new("reading", Instant::now(), PATIENCE, screen.clone()));
        assert_eq!(screen.text(), "");
    }
}
