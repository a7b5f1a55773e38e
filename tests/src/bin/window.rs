//! `uscita-window-test`: the first steps of a night in the real window.
//!
//! It drives `uscita-app` through WebKit's own WebDriver: the window's policy, its one command, the
//! notebook and the screens, as they ship. Elements are found by the name that a screen reader gives
//! them. Each statement is printed when it holds; the last line counts them.

use anyhow::{Context, Result, bail};
use clap::Parser;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::future::Future;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// How long a statement may take until it holds.
const DEADLINE: Duration = Duration::from_secs(60);

/// Takes the first steps of a night in the real window.
#[derive(Parser)]
#[command(name = "uscita-window-test")]
struct Arguments {
    /// The address of a running WebKitWebDriver.
    #[arg(long)]
    driver: String,
    /// The window's program.
    #[arg(long)]
    app: PathBuf,
    /// The folder of an enrolled phone's notebook, without an outing.
    #[arg(long)]
    phone: PathBuf,
    /// Its PIN.
    #[arg(long)]
    pin: String,
    /// Where the pictures go.
    #[arg(long)]
    screenshots: PathBuf,
}

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    let mut window = Window::open(&arguments).await?;
    let outcome = first_steps(&mut window, &arguments).await;
    if let Err(error) = &outcome {
        println!("FAILED {error:#}");
        window.picture("window-failed").await?;
        println!("{}", window.text().await?);
    }
    let failed = u32::from(outcome.is_err());
    let passed = window.passed;
    window.client.close().await?;
    println!("{}", json!({ "passed": passed, "failed": failed }));
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn first_steps(window: &mut Window, arguments: &Arguments) -> Result<()> {
    shell(window).await?;
    lock(window, &arguments.pin).await?;
    start(window).await?;
    contact(window).await?;
    hide(window, &arguments.pin).await
}

/// The window itself: its size, its page, and what its policy refuses.
async fn shell(window: &mut Window) -> Result<()> {
    window.holds("the window is a phone of 390 × 844", "return innerWidth === 390 && innerHeight === 844").await?;
    window.holds("the page is the one built into the program", "return location.protocol === 'tauri:'").await?;
    window.holds("the ground is black before anything else", GROUND_IS_BLACK).await?;
    window.holds("no global door to the core is left open", "return typeof __TAURI__ === 'undefined'").await?;
    window.holds("the policy refuses code made from text", REFUSES_CODE).await?;
    window.holds("no command but the declared one is allowed", REFUSES_COMMANDS).await
}

async fn lock(window: &mut Window, pin: &str) -> Result<()> {
    window.sees("the phone is locked: a keypad and no title", "Codice dimenticato").await?;
    window.picture("window-1-codice").await?;
    window.type_pin(&wrong(pin)).await?;
    window.reads("a wrong PIN is answered, and nothing is lost", "Nulla è andato perso.").await?;
    window.type_pin(pin).await?;
    window.sees("the right PIN opens the evening", "Inizia l’uscita").await?;
    window.picture("window-2-stanotte").await
}

async fn start(window: &mut Window) -> Result<()> {
    for role in ["operatrice", "mediatrice"] {
        window.tap("Aggiungi persona").await?;
        window.tap_path(&format!("{}//button[1]", choices("Codice"))).await?;
        window.tap(role).await?;
    }
    window.tap_path(&format!("{}//button[1]", choices("Zone previste"))).await?;
    window.tap("Inizia l’uscita").await?;
    window.tap("Esco con un telefono solo").await?;
    window.sees("the night has begun", "Donna, già nota").await?;
    window.reads("nobody has been met yet", "Ancora nessuno stanotte").await?;
    window.picture("window-3-contatti").await
}

async fn contact(window: &mut Window) -> Result<()> {
    window.tap("Donna, già nota").await?;
    window.sees("the card is open on its kits", "Salva senza materiali").await?;
    window.tap_containing("Base").await?;
    window.tap("Salva").await?;
    window.reads("the third tap saves", "Salvata").await?;
    window.sees("the save can be undone", "Annulla").await?;
    window.picture("window-4-salvata").await
}

async fn hide(window: &mut Window, pin: &str) -> Result<()> {
    window.tap("Nascondi").await?;
    window.sees("one tap hides everything", "Codice dimenticato").await?;
    window.type_pin(pin).await?;
    window.sees("the night is still there after the PIN", "Donna, già nota").await?;
    window.reads("with what was saved", "Salvata").await
}

/// Six digits that are not the PIN.
fn wrong(pin: &str) -> String {
    pin.chars().map(|digit| if digit == '9' { '0' } else { '9' }).collect()
}

const GROUND_IS_BLACK: &str = "return getComputedStyle(document.body).backgroundColor === 'rgb(0, 0, 0)' \
    || getComputedStyle(document.documentElement).backgroundColor === 'rgb(0, 0, 0)'";
const REFUSES_CODE: &str = "const done = arguments[0]; const script = document.createElement('script'); \
    try { script.text = 'globalThis.intruded = true'; document.head.append(script); } catch {} \
    done(globalThis.intruded === undefined);";
const REFUSES_COMMANDS: &str = "const done = arguments[0]; \
    window.__TAURI_INTERNALS__.invoke('plugin:window|close', {}).then(() => done(false), () => done(true));";

struct Window {
    client: Client,
    screenshots: PathBuf,
    passed: u32,
}

impl Window {
    async fn open(arguments: &Arguments) -> Result<Self> {
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("browserName".into(), "wry".into());
        let app = json!({ "binary": arguments.app, "args": ["--role", "phone", "--data-dir", arguments.phone] });
        capabilities.insert("webkitgtk:browserOptions".into(), app);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&arguments.driver)
            .await
            .context("the window did not open")?;
        Ok(Self { client, screenshots: arguments.screenshots.clone(), passed: 0 })
    }

    /// Counts a statement that has come true within the deadline.
    async fn check(&mut self, statement: &str, holding: impl Future<Output = Result<()>>) -> Result<()> {
        match tokio::time::timeout(DEADLINE, holding).await {
            Ok(outcome) => outcome.with_context(|| statement.to_owned())?,
            Err(_) => bail!("{statement}: not within {DEADLINE:?}"),
        }
        self.passed += 1;
        println!("  {statement}");
        Ok(())
    }

    /// A script of the page returns true; with `arguments[0]` it may answer later.
    async fn holds(&mut self, statement: &str, script: &str) -> Result<()> {
        let client = self.client.clone();
        self.check(statement, async move {
            let answer = if script.contains("arguments[0]") {
                client.execute_async(script, Vec::new()).await?
            } else {
                client.execute(script, Vec::new()).await?
            };
            if answer != Value::Bool(true) { bail!("the page answers {answer}") } else { Ok(()) }
        })
        .await
    }

    /// A button of this name is there.
    async fn sees(&mut self, statement: &str, name: &str) -> Result<()> {
        let (client, path) = (self.client.clone(), button(name));
        self.check(statement, async move {
            client.wait().at_most(DEADLINE).for_element(Locator::XPath(&path)).await?;
            Ok(())
        })
        .await
    }

    /// The screen says this.
    async fn reads(&mut self, statement: &str, words: &str) -> Result<()> {
        let (client, path) = (self.client.clone(), format!("//body//*[contains(text(), {})]", quoted(words)));
        self.check(statement, async move {
            client.wait().at_most(DEADLINE).for_element(Locator::XPath(&path)).await?;
            Ok(())
        })
        .await
    }

    async fn tap(&self, name: &str) -> Result<()> {
        self.tap_path(&button(name)).await.with_context(|| format!("tap on {name}"))
    }

    /// Taps the choice whose words begin with these: a kit also says what is in it.
    async fn tap_containing(&self, words: &str) -> Result<()> {
        let path = format!("//button[starts-with(normalize-space(.), {})]", quoted(words));
        self.tap_path(&path).await.with_context(|| format!("tap on {words}"))
    }

    async fn tap_path(&self, path: &str) -> Result<()> {
        let element = self.client.wait().at_most(DEADLINE).for_element(Locator::XPath(path)).await?;
        element.click().await?;
        Ok(())
    }

    async fn type_pin(&self, pin: &str) -> Result<()> {
        for digit in pin.chars() {
            self.tap(&digit.to_string()).await?;
        }
        self.tap("OK").await
    }

    async fn picture(&self, name: &str) -> Result<()> {
        let picture = self.client.screenshot().await?;
        std::fs::write(self.screenshots.join(format!("{name}.png")), picture)?;
        Ok(())
    }

    async fn text(&self) -> Result<String> {
        Ok(self.client.find(Locator::Css("body")).await?.text().await?)
    }
}

/// A button by the name that it is called aloud.
fn button(name: &str) -> String {
    let name = quoted(name);
    format!("//button[not(@disabled)][@aria-label={name} or (not(@aria-label) and normalize-space(.)={name})]")
}

/// The answers to the question of this name.
fn choices(question: &str) -> String {
    format!("//*[@aria-labelledby=//span[normalize-space(.)={}]/@id]", quoted(question))
}

/// A text of XPath; the interface writes typographic apostrophes, so plain quotes never occur in it.
fn quoted(text: &str) -> String {
    format!("'{text}'")
}
