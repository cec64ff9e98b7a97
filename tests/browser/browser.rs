//! A browser that shows one file: Chromium by way of chromedriver, both of which end with the value.
//!
//! Every call waits for its result. What goes wrong between the test and the browser is a panic.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};
use url::{ParseError, Url};

use crate::pages::scratch;

/// Nothing that a page is waited for takes so long.
const PATIENCE: Duration = Duration::from_secs(20);

/// Prints a line that is seen whether the test passes or fails.
pub fn say(line: &str) {
    writeln!(io::stderr(), "{line}").expect("standard error");
}

/// Shows the file, does something with it, and holds what the browser has noted against the promises of the report:
/// nothing but the file was asked for, and nothing is on the console.
pub fn visit<T>(file: &Path, visitor: impl FnOnce(&Browser) -> T) -> T {
    let browser = Browser::start();
    let url = Url::from_file_path(file).expect("an absolute path");
    browser.open(&url);
    let result = visitor(&browser);
    browser.assert_silent(&url);
    result
}

/// A window.
pub struct Browser {
    runtime: Runtime,
    /// There until the end.
    client: Option<Client>,
    /// Ends after the session.
    _driver: Driver,
}

impl Browser {
    fn start() -> Self {
        let driver = Driver::start();
        let profile = scratch(&format!("profile-{}", driver.port));
        // What an earlier run left.
        let _ = fs::remove_dir_all(&profile);
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--lang=en-US",
            &format!("--user-data-dir={}", profile.display()),
        ];
        let mut capabilities = Capabilities::new();
        capabilities.insert("goog:chromeOptions".to_owned(), json!({ "args": arguments }));
        let logs = json!({ "browser": "ALL", "performance": "ALL" });
        capabilities.insert("goog:loggingPrefs".to_owned(), logs);
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let address = format!("http://127.0.0.1:{}", driver.port);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = runtime.block_on(builder.capabilities(capabilities).connect(&address));
        let client = Some(client.expect("chromedriver starts Chromium"));
        let browser = Self { runtime, client, _driver: driver };
        browser.resize(1280, 1000);
        browser.prefer("light");
        browser
    }

    fn client(&self) -> &Client {
        self.client.as_ref().expect("there until the end")
    }

    fn wait<T>(&self, answer: impl Future<Output = Result<T, CmdError>>) -> T {
        self.runtime.block_on(answer).unwrap_or_else(|error| panic!("the browser says: {error}"))
    }

    /// Sends a command that only Chromium knows.
    fn post(&self, path: &'static str, body: Value) -> Value {
        self.wait(self.client().issue_cmd(Post { path, body }))
    }

    /// Sends a command of the Chrome `DevTools` protocol.
    fn tools(&self, command: &str, parameters: &Value) -> Value {
        self.post("goog/cdp/execute", json!({ "cmd": command, "params": parameters }))
    }

    /// Makes the window so large inside, in CSS pixels.
    pub fn resize(&self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.tools("Emulation.setDeviceMetricsOverride", &metrics);
    }

    /// Lets the system prefer `light` or `dark`.
    pub fn prefer(&self, scheme: &str) {
        let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
        self.tools("Emulation.setEmulatedMedia", &json!({ "features": [feature] }));
    }

    /// Shows the page as it is on paper.
    pub fn show_as_printed(&self) {
        self.tools("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    }

    /// What assistive technology is told of the page: role and name of everything that has a role.
    pub fn roles(&self) -> Vec<(String, String)> {
        let tree = self.tools("Accessibility.getFullAXTree", &json!({}));
        let nodes = tree["nodes"].as_array().expect("a list").iter();
        let text = |value: &Value| value["value"].as_str().unwrap_or_default().to_owned();
        let seen = nodes.filter(|node| node["ignored"] != true);
        seen.map(|node| (text(&node["role"]), text(&node["name"]))).collect()
    }

    /// A picture of the window, as PNG.
    pub fn picture(&self) -> Vec<u8> {
        self.wait(self.client().screenshot())
    }

    pub fn open(&self, url: &Url) {
        self.wait(self.client().goto(url.as_str()));
    }

    pub fn reload(&self) {
        self.wait(self.client().refresh());
    }

    /// What stands behind `#` in the address.
    pub fn fragment(&self) -> String {
        self.wait(self.client().current_url()).fragment().unwrap_or_default().to_owned()
    }

    /// The first element that a CSS selector finds.
    pub fn find(&self, selector: &str) -> Element {
        self.wait(self.client().find(Locator::Css(selector)))
    }

    pub fn click(&self, selector: &str) {
        self.wait(self.find(selector).click());
        self.settle();
    }

    /// Types into the element; `:focus` is the one that has it.
    pub fn type_into(&self, selector: &str, keys: &str) {
        self.wait(self.find(selector).send_keys(keys));
        self.settle();
    }

    /// Chooses an option of a drop-down list by its value.
    pub fn choose(&self, selector: &str, value: &str) {
        self.wait(self.find(selector).select_by_value(value));
        self.settle();
    }

    /// Waits until what follows from an event has been painted.
    pub fn settle(&self) {
        self.run_until_called(
            "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(arguments[0])))",
        );
    }

    /// The text of the first element, as it is seen.
    pub fn text(&self, selector: &str) -> String {
        self.wait(self.find(selector).text())
    }

    /// How many elements there are.
    pub fn count(&self, selector: &str) -> usize {
        self.wait(self.client().find_all(Locator::Css(selector))).len()
    }

    /// Runs the body of a function in the page.
    pub fn run(&self, script: &str) -> Value {
        self.wait(self.client().execute(script, Vec::new()))
    }

    /// Runs the body of a function whose last argument takes the result when it is there.
    pub fn run_until_called(&self, script: &str) -> Value {
        self.wait(self.client().execute_async(script, Vec::new()))
    }

    /// Waits until the text of an element is as wanted.
    pub fn wait_for(&self, selector: &str, is_right: impl Fn(&str) -> bool) {
        let start = Instant::now();
        loop {
            let text = self.text(selector);
            if is_right(&text) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "{selector} says: {text}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// The entries of a log since they were last asked for.
    fn log(&self, name: &str) -> Vec<Value> {
        match self.post("se/log", json!({ "type": name })) {
            Value::Array(entries) => entries,
            other => panic!("no log: {other}"),
        }
    }

    fn assert_silent(&self, document: &Url) {
        assert_eq!(self.log("browser"), Vec::<Value>::new(), "the console is not empty");
        let asked: BTreeSet<String> = self.log("performance").iter().filter_map(asked_for).collect();
        assert_eq!(asked, BTreeSet::from([document.as_str().to_owned()]), "more was asked for than the file");
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            // A session that is gone already has nothing left to end.
            let _ = self.runtime.block_on(client.close());
        }
    }
}

/// What an entry of the performance log says was asked for. What stands in the address itself (`data:`) is not asked of
/// anybody.
fn asked_for(entry: &Value) -> Option<String> {
    let text = entry["message"].as_str().expect("an entry has a message");
    let message: Value = serde_json::from_str(text).expect("messages are JSON");
    let message = &message["message"];
    let parameters = &message["params"];
    let url = match message["method"].as_str()? {
        // What Chromium shows before the first page is its own.
        "Network.requestWillBeSent" if is_of_chromium(&parameters["documentURL"]) => return None,
        "Network.requestWillBeSent" => &parameters["request"]["url"],
        "Network.webSocketCreated" | "Network.webTransportCreated" => &parameters["url"],
        _ => return None,
    };
    url.as_str().filter(|url| !url.starts_with("data:")).map(str::to_owned)
}

fn is_of_chromium(document: &Value) -> bool {
    document.as_str().is_some_and(|url| url.starts_with("chrome://"))
}

/// A command of the session that the protocol's clients have no method for.
#[derive(Debug)]
struct Post {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Post {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

/// A chromedriver of our own, on a port that was free.
struct Driver {
    process: Child,
    port: u16,
    /// Open as long as chromedriver may write to it.
    _output: BufReader<ChildStdout>,
}

impl Driver {
    fn start() -> Self {
        let mut command = Command::new("chromedriver");
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = match command.spawn() {
            Ok(process) => process,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                panic!(
                    "there is no chromedriver; Debian has it in chromium-driver, and the browser in chromium"
                )
            }
            Err(error) => panic!("chromedriver: {error}"),
        };
        let mut output = BufReader::new(process.stdout.take().expect("a pipe"));
        // Its last line: `ChromeDriver was started successfully on port 36413.`
        let mut line = String::new();
        let port = loop {
            line.clear();
            let read = output.read_line(&mut line).expect("chromedriver speaks");
            assert!(read > 0, "chromedriver ended before it named its port");
            if let Some((_, port)) = line.trim_end().trim_end_matches('.').rsplit_once(" on port ")
                && let Ok(port @ 1..) = port.parse()
            {
                break port;
            }
        };
        Self { process, port, _output: output }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
