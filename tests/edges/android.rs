//! The Android project against the checklist of its hardening: one test per item. They read the files as the build
//! tools do; that the settings do on a phone what they say is not seen here.

use super::{read, root};
use roxmltree::{Document, Node};
use std::collections::BTreeSet;

const PROJECT: &str = "src-tauri/gen/android";
const RESOURCES: &str = "src-tauri/gen/android/app/src/main/res";
const ANDROID: &str = "http://schemas.android.com/apk/res/android";
/// What shows the app in the launcher.
const LAUNCHER: [&str; 2] = ["android.intent.action.MAIN", "android.intent.category.LAUNCHER"];

fn manifest() -> String {
    read(&format!("{PROJECT}/app/src/main/AndroidManifest.xml"))
}

fn resource(path: &str) -> String {
    read(&format!("{RESOURCES}/{path}"))
}

fn gradle() -> String {
    without_comments(&read(&format!("{PROJECT}/app/build.gradle.kts")))
}

/// A Kotlin file of the app, without its comments: a call that is commented out is none.
fn kotlin(name: &str) -> String {
    without_comments(&read(&format!("{PROJECT}/app/src/main/java/org/uscita/app/{name}.kt")))
}

fn without_comments(source: &str) -> String {
    let is_comment = |line: &&str| ["//", "/*", "*"].iter().any(|start| line.trim_start().starts_with(start));
    source.lines().filter(|line| !is_comment(line)).collect::<Vec<_>>().join("\n")
}

/// The text of a Kotlin block that begins with `head`, up to the brace that closes it.
fn block<'a>(source: &'a str, head: &str) -> &'a str {
    let (_, rest) = source.split_once(head).unwrap_or_else(|| panic!("{head} is missing"));
    let mut depth = 0_usize;
    let end = rest.char_indices().find(|(_, letter)| match letter {
        '{' => {
            depth += 1;
            false
        }
        '}' => {
            depth -= 1;
            depth == 0
        }
        _ => false,
    });
    &rest[..end.unwrap().0]
}

fn configuration() -> serde_json::Value {
    serde_json::from_str(&read("src-tauri/tauri.conf.json")).unwrap()
}

fn cargo_configuration() -> toml::Table {
    toml::from_str(&read(".cargo/config.toml")).unwrap()
}

fn elements<'a>(document: &'a Document<'_>, tag: &'a str) -> Vec<Node<'a, 'a>> {
    document.descendants().filter(|node| node.has_tag_name(tag)).collect()
}

fn only<'a>(document: &'a Document<'_>, tag: &'a str) -> Node<'a, 'a> {
    let found = elements(document, tag);
    assert_eq!(found.len(), 1, "{tag}");
    found[0]
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attribute((ANDROID, name))
}

/// What the intent filters of an element name: actions and categories.
fn intents<'a>(node: Node<'a, 'a>) -> BTreeSet<&'a str> {
    let named = node.descendants().filter(|node| node.has_tag_name("action") || node.has_tag_name("category"));
    named.filter_map(|node| attribute(node, "name")).collect()
}

#[test]
fn android_backs_nothing_up_and_moves_nothing_to_another_phone() {
    let text = manifest();
    let document = Document::parse(&text).unwrap();
    let application = only(&document, "application");
    assert_eq!(attribute(application, "allowBackup"), Some("false"));
    assert_eq!(attribute(application, "fullBackupContent"), Some("false"));
    assert_eq!(attribute(application, "dataExtractionRules"), Some("@xml/data_extraction_rules"));

    // Since Android 12 only these rules stop a transfer from phone to phone; an empty section would mean everything.
    let text = resource("xml/data_extraction_rules.xml");
    let document = Document::parse(&text).unwrap();
    for way in ["cloud-backup", "device-transfer"] {
        let section = only(&document, way);
        let excluded: BTreeSet<_> = section
            .children()
            .filter(Node::is_element)
            .map(|rule| {
                assert!(rule.has_tag_name("exclude"), "{way}: {}", rule.tag_name().name());
                // Without a path it is the whole of the domain.
                assert_eq!(rule.attribute("path"), None, "{way}");
                rule.attribute("domain").unwrap()
            })
            .collect();
        assert_eq!(excluded, BTreeSet::from(["root", "file", "database", "sharedpref", "external"]), "{way}");
    }
}

#[test]
fn android_application_is_set_as_written_and_nowhere_else() {
    let text = manifest();
    let document = Document::parse(&text).unwrap();
    let application = only(&document, "application");
    let mut set: Vec<_> = application
        .attributes()
        .map(|attribute| {
            assert_eq!(attribute.namespace(), Some(ANDROID), "{}", attribute.name());
            (attribute.name(), attribute.value())
        })
        .collect();
    set.sort_unstable();
    // Any other could open it: `debuggable`, `testOnly`, `hasFragileUserData`…
    let expected = [
        ("allowBackup", "false"),
        ("dataExtractionRules", "@xml/data_extraction_rules"),
        ("fullBackupContent", "false"),
        ("hasFragileUserData", "false"),
        ("icon", "@mipmap/ic_uscita"),
        ("label", "@string/app_name"),
        ("networkSecurityConfig", "@xml/network_security_config"),
        ("supportsRtl", "false"),
        ("theme", "@style/Theme.Night"),
        ("usesCleartextTraffic", "false"),
    ];
    assert_eq!(set, expected);
    // A further source set would be merged over it: there is one, and no folder of resources for one build alone.
    let sources: Vec<_> = std::fs::read_dir(root().join(PROJECT).join("app/src")).unwrap().collect();
    let sources: Vec<_> = sources.into_iter().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(sources, ["main"]);
    let manifests: Vec<_> = files_below(&root().join(PROJECT))
        .into_iter()
        .filter(|file| file.file_name().is_some_and(|name| name == "AndroidManifest.xml"))
        .collect();
    assert_eq!(manifests, [root().join(PROJECT).join("app/src/main/AndroidManifest.xml")]);
    let gradle = gradle();
    for way in ["sourceSets", "manifestPlaceholders", "productFlavors", "srcFile"] {
        assert!(!gradle.contains(way), "{way}");
    }
}

/// Every file that is kept; what a build leaves is not looked at.
fn files_below(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let left = ["build", ".gradle", "generated", "assets", "jniLibs"];
    let kept = entries.filter(|path| path.file_name().is_none_or(|name| left.iter().all(|left| name != *left)));
    kept.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// How often a text occurs in the app's Kotlin, comments aside.
fn times(text: &str) -> usize {
    let folder = root().join(PROJECT).join("app/src/main");
    let sources = files_below(&folder).into_iter().filter(|file| file.extension().is_some_and(|end| end == "kt"));
    let sources = sources.map(|file| without_comments(&std::fs::read_to_string(file).unwrap()));
    sources.map(|source| source.matches(text).count()).sum()
}

#[test]
fn android_calls_that_could_open_it_are_made_once() {
    for (call, expected) in [
        ("setFlags(", 1),
        ("FLAG_SECURE", 2),
        (".attributes", 0),
        ("addFlags(", 1),
        ("Intent.FLAG_GRANT_READ_URI_PERMISSION", 1),
        ("setRecentsScreenshotEnabled", 1),
        ("setWebContentsDebuggingEnabled", 1),
        ("setGeolocationEnabled", 1),
        ("allowFileAccess", 1),
        ("allowContentAccess", 1),
        ("filterTouchesWhenObscured", 1),
        ("importantForAutofill", 1),
        ("addJavascriptInterface", 0),
        ("setAllowUniversalAccessFromFileURLs", 0),
        ("allowUniversalAccessFromFileURLs", 0),
        ("Settings.System", 0),
        ("deleteEntry", 2),
        ("setIsStrongBoxBacked", 1),
        ("registerReceiver", 1),
    ] {
        assert_eq!(times(call), expected, "{call}");
    }
}

/// A text without its white space: how it is laid out does not count.
fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn android_key_is_made_tested_named_and_destroyed_as_written() {
    let plugin = kotlin("DevicePlugin");
    let strong_box = r"alias: String): Boolean {
        if (!activity.packageManager.hasSystemFeature(PackageManager.FEATURE_STRONGBOX_KEYSTORE)) return false
        try {
            make(alias, strongBox = true)
            val first = tag(alias, SELF_TEST)
            if ((1 until SELF_TEST_CALLS).all { tag(alias, SELF_TEST).contentEquals(first) }) return true
        } catch (failure: GeneralSecurityException) {
        } catch (failure: ProviderException) {
        }
        if (store.containsAlias(alias)) store.deleteEntry(alias)
        return false
    ";
    assert_eq!(bare(block(&plugin, "private fun makeInStrongBox(")), bare(strong_box));
    let create = r"invoke: Invoke) = answer(invoke) {
        val alias = alias(invoke.parseArgs(EpochArgs::class.java).epoch)
        if (!store.containsAlias(alias) && !makeInStrongBox(alias)) make(alias, strongBox = false)
        JSObject()
    ";
    assert_eq!(bare(block(&plugin, "fun createKey(")), bare(create));
    let delete = r"invoke: Invoke) = answer(invoke) {
        val alias = alias(invoke.parseArgs(EpochArgs::class.java).epoch)
        if (store.containsAlias(alias)) store.deleteEntry(alias)
        if (store.containsAlias(alias)) throw GeneralSecurityException()
        JSObject()
    ";
    assert_eq!(bare(block(&plugin, "fun deleteKey(")), bare(delete));
    // A key of its own for every epoch.
    assert_eq!(times(r#"fun alias(epoch: Long) = "uscita.pin.$epoch""#), 1);
    assert_eq!(times("fun alias("), 1);
}

#[test]
fn android_locks_at_once_when_the_screen_goes_off() {
    let plugin = kotlin("DevicePlugin");
    let watch = r"invoke: Invoke) = answer(invoke) {
        val off = invoke.parseArgs(ScreenArgs::class.java).off
        val receiver = object : BroadcastReceiver() {
            override fun onReceive(context: Context, intent: Intent) = off.send(JSObject())
        }
        activity.applicationContext.registerReceiver(receiver, IntentFilter(Intent.ACTION_SCREEN_OFF))
        JSObject()
    ";
    assert_eq!(bare(block(&plugin, "fun watchScreen(")), bare(watch));
    let device = without_comments(&read("src-tauri/src/device.rs"));
    let lock = block(&device, "pub(crate) fn lock_when_screen_is_off(");
    assert!(bare(lock).contains("Channel::new(move|_|{session.lock_soon();Ok(())})"));
    assert!(lock.contains(r#"("watchScreen", Screen { off })"#));
    let state = bare(&without_comments(&read("src-tauri/src/state.rs")));
    let call = r#"#[cfg(target_os="android")]crate::device::lock_when_screen_is_off(app.handle(),&session)?;"#;
    assert!(state.contains(call));
}

#[test]
fn android_package_has_a_workflow_that_builds_and_signs_it() {
    let workflow = read(".github/workflows/android.yml");
    for step in [
        "npm run tauri -- android build --apk --target aarch64",
        r#"test -z "$missing" || { echo "missing: $missing" >&2; exit 1; }"#,
        "(( align >= 16384 )) || ",
        "if grep application-debuggable",
        "\"$TOOLS/apksigner\" sign ",
        "\"$TOOLS/apksigner\" verify ",
    ] {
        assert!(workflow.contains(step), "{step}");
    }
}

#[test]
fn android_asks_for_exactly_three_permissions() {
    let text = manifest();
    let document = Document::parse(&text).unwrap();
    let mut asked: Vec<_> = document
        .descendants()
        .filter(|node| node.tag_name().name().starts_with("uses-permission"))
        .map(|node| attribute(node, "name").unwrap())
        .collect();
    asked.sort_unstable();
    let allowed = ["android.permission.CAMERA", "android.permission.INTERNET", "android.permission.VIBRATE"];
    assert_eq!(asked, allowed);
    assert!(elements(&document, "permission").is_empty());
    // A phone without a camera may install it.
    for feature in elements(&document, "uses-feature") {
        assert_eq!(attribute(feature, "required"), Some("false"));
    }
}

#[test]
fn android_draws_nothing_for_screenshots_and_recent_apps() {
    let activity = kotlin("MainActivity");
    let create = block(&activity, "override fun onCreate(");
    let secure = "window.setFlags(WindowManager.LayoutParams.FLAG_SECURE, WindowManager.LayoutParams.FLAG_SECURE)";
    let (before, after) = create.split_once(secure).expect("FLAG_SECURE is not set");
    assert!(!before.contains("super.onCreate"), "a first frame could be taken");
    assert!(after.contains("setRecentsScreenshotEnabled(false)"));
    assert!(!activity.contains("clearFlags"), "nothing switches it off");
    // Android would keep what the WebView shows when it ends the app.
    assert!(create.contains("super.onCreate(null)"));
    assert!(block(&activity, "override fun onSaveInstanceState(").contains("outState.clear()"));
}

#[test]
fn android_sends_nothing_in_the_clear() {
    let text = manifest();
    let document = Document::parse(&text).unwrap();
    let application = only(&document, "application");
    assert_eq!(attribute(application, "usesCleartextTraffic"), Some("false"));
    assert_eq!(attribute(application, "networkSecurityConfig"), Some("@xml/network_security_config"));
    assert!(!gradle().contains("usesCleartextTraffic"), "a build type could change it");

    let text = resource("xml/network_security_config.xml");
    let document = Document::parse(&text).unwrap();
    let rules: Vec<_> = document.root_element().children().filter(Node::is_element).collect();
    assert_eq!(rules.len(), 1, "no exception for a domain, none for debugging");
    assert!(rules[0].has_tag_name("base-config"));
    assert_eq!(rules[0].attribute("cleartextTrafficPermitted"), Some("false"));
}

#[test]
fn android_keyboards_are_asked_to_learn_nothing() {
    let configuration = cargo_configuration();
    let extension = configuration["env"]["WRY_RUSTWEBVIEW_CLASS_EXTENSION"].as_str().unwrap();
    let connection = block(extension, "override fun onCreateInputConnection(");
    assert!(connection.contains("super.onCreateInputConnection("));
    assert!(connection.contains("EditorInfo.IME_FLAG_NO_PERSONALIZED_LEARNING"));
    assert!(connection.contains("return connection"));
}

#[test]
fn android_lets_no_form_filler_see_the_fields_and_no_window_lie_on_top() {
    let activity = kotlin("MainActivity");
    let guard = block(&activity, "private fun guard(");
    assert!(guard.contains("importantForAutofill = View.IMPORTANT_FOR_AUTOFILL_NO_EXCLUDE_DESCENDANTS"));
    assert!(guard.contains("filterTouchesWhenObscured = true"));
    assert!(block(&activity, "override fun onCreate(").contains("guard(window.decorView)"));
    assert!(block(&activity, "override fun onWebViewCreate(").contains("guard(webView)"));
}

#[test]
fn android_page_gives_nothing_to_the_clipboard_by_a_long_press() {
    let activity = kotlin("MainActivity");
    let create = block(&activity, "override fun onWebViewCreate(");
    assert!(create.contains("isLongClickable = false"));
    assert!(create.contains("setOnLongClickListener { true }"));
}

#[test]
fn android_page_knows_no_place_no_file_and_no_debugger() {
    let activity = kotlin("MainActivity");
    let create = block(&activity, "override fun onWebViewCreate(");
    assert!(create.contains("WebView.setWebContentsDebuggingEnabled(BuildConfig.DEBUG)"));
    assert!(create.contains("setGeolocationEnabled(false)"));
    assert!(create.contains("allowFileAccess = false"));
    assert!(create.contains("allowContentAccess = false"));
    let release = gradle();
    let release = block(&release, "getByName(\"release\")");
    assert!(release.contains("isDebuggable = false"));
    // `devtools` would open the page of a release to a debugger on the same cable.
    let shell: toml::Table = toml::from_str(&read("src-tauri/Cargo.toml")).unwrap();
    let workspace: toml::Table = toml::from_str(&read("Cargo.toml")).unwrap();
    assert_eq!(shell["dependencies"]["tauri"], toml::toml! { workspace = true }.into());
    assert_eq!(workspace["workspace"]["dependencies"]["tauri"]["features"].as_array().unwrap().len(), 0);
}

#[test]
fn android_log_gets_no_content() {
    for folder in ["src-tauri/src", "crates/notebook/src"] {
        for file in super::sources::files(folder, &["rs"]) {
            // What the program `uscita-app` prints on a PC; tests print nothing on a phone.
            if file.ends_with("main.rs") || file.contains("tests") {
                continue;
            }
            for line in without_comments(&read(&file)).lines() {
                for print in ["println!(", "print!(", "dbg!("] {
                    let printed = line.split_once(print).map_or("", |(_, printed)| printed);
                    assert!(!printed.contains('{') && !printed.contains(','), "{file}: {line}");
                }
            }
        }
    }
    for file in ["DevicePlugin", "MainActivity"] {
        let source = kotlin(file);
        for log in ["Log.", "Logger", "println", "printStackTrace"] {
            assert!(!source.contains(log), "{file}.kt: {log}");
        }
    }
}

#[test]
fn android_page_stays_clear_of_bars_notch_and_keyboard() {
    let activity = kotlin("MainActivity");
    assert!(block(&activity, "override fun onCreate(").contains("keepClearOfBars(findViewById("));
    let insets = block(&activity, "private fun keepClearOfBars(");
    for kind in ["systemBars()", "displayCutout()", "ime()"] {
        assert!(insets.contains(&format!("WindowInsetsCompat.Type.{kind}")), "{kind}");
    }
    assert!(insets.contains("view.setPadding(edges.left, edges.top, edges.right, edges.bottom)"));
}

#[test]
fn android_says_in_words_that_its_web_view_is_too_old() {
    let page = read("ui/index.html");
    let guard = page.find("src=\"/old.js\"").expect("the page has no guard");
    assert!(guard < page.find("/src/field/main.ts").unwrap(), "the app would run first");
    assert!(read("ui/public/old.js").contains("Android System WebView"));
}

#[test]
fn android_launcher_shows_one_of_four_neutral_names() {
    let text = manifest();
    let document = Document::parse(&text).unwrap();
    let plain = resource("values/strings.xml");
    let strings = Document::parse(&plain).unwrap();
    let named = |reference: &str| {
        let name = reference.strip_prefix("@string/").unwrap();
        let all = elements(&strings, "string");
        all.into_iter().find(|node| node.attribute("name") == Some(name)).unwrap().text().unwrap().to_owned()
    };
    let mut shown = Vec::new();
    for entry in elements(&document, "activity-alias") {
        assert_eq!(intents(entry), BTreeSet::from(LAUNCHER));
        assert_eq!(attribute(entry, "targetActivity"), Some(".MainActivity"));
        let label = named(attribute(entry, "label").unwrap());
        let name = attribute(entry, "name").unwrap().strip_prefix(".Entry").unwrap();
        let icon = attribute(entry, "icon").unwrap().strip_prefix("@mipmap/").unwrap();
        assert_eq!(icon, format!("ic_{}", name.to_lowercase()));
        let icon_text = resource(&format!("mipmap-anydpi/{icon}.xml"));
        let icon_file = Document::parse(&icon_text).unwrap();
        let drawing = format!("@drawable/{icon}");
        assert_eq!(attribute(only(&icon_file, "foreground"), "drawable"), Some(drawing.as_str()));
        let drawing_text = resource(&format!("drawable/{icon}.xml"));
        assert!(Document::parse(&drawing_text).unwrap().root_element().has_tag_name("vector"));
        shown.push((name, label, attribute(entry, "enabled") == Some("true")));
    }
    let expected = [
        ("Uscita", "Uscita", true),
        ("Shifts", "Turni", false),
        ("Notes", "Note", false),
        ("Stock", "Inventario", false),
    ];
    assert_eq!(shown, expected.map(|(name, label, is_on)| (name, label.to_owned(), is_on)));
    assert_eq!(named(attribute(only(&document, "application"), "label").unwrap()), "Uscita");
    // The activity itself is no further entry.
    assert!(intents(only(&document, "activity")).is_empty());
    let plugin = kotlin("DevicePlugin");
    assert!(plugin.contains(r#"ENTRIES = setOf("Uscita", "Shifts", "Notes", "Stock")"#));
    let device = read("src-tauri/src/device.rs");
    for (name, _, _) in expected {
        assert!(device.contains(&format!("LauncherEntry::{name} => {name:?}")), "{name}");
    }
}

#[test]
fn android_runs_nothing_in_the_background_and_opens_no_other_door() {
    let text = manifest();
    let document = Document::parse(&text).unwrap();
    for door in ["service", "receiver", "queries"] {
        assert!(elements(&document, door).is_empty(), "{door}");
    }
    assert!(!text.contains("LEANBACK") && !text.contains("leanback"), "an entry for television sets");
    let provider = only(&document, "provider");
    assert_eq!(attribute(provider, "name"), Some("androidx.core.content.FileProvider"));
    assert_eq!(attribute(provider, "exported"), Some("false"));
}

#[test]
fn android_lends_files_of_the_shared_folder_alone() {
    let text = resource("xml/share_paths.xml");
    let document = Document::parse(&text).unwrap();
    let paths: Vec<_> = document.root_element().children().filter(Node::is_element).collect();
    assert_eq!(paths.len(), 1);
    assert!(paths[0].has_tag_name("cache-path"));
    let folder = paths[0].attribute("path").unwrap().strip_suffix('/').unwrap();
    // The same folder as the notebook writes to.
    let state = read("src-tauri/src/state.rs");
    assert!(state.contains(&format!("const SHARED: &str = {folder:?};")));
}

#[test]
fn android_notebook_lies_where_nothing_copies_it() {
    let state = read("src-tauri/src/state.rs");
    assert!(state.contains(r#"const NO_BACKUP: &str = "no_backup";"#));
    assert!(state.contains(r#"if cfg!(target_os = "android") { own.join(NO_BACKUP).join(FOLDER) }"#));
}

#[test]
fn android_is_10_or_later_and_has_one_name_everywhere() {
    let configuration = configuration();
    assert_eq!(configuration["bundle"]["android"]["minSdkVersion"], 29);
    let gradle = gradle();
    let levels: Vec<_> = gradle.lines().filter(|line| line.trim_start().starts_with("minSdk")).collect();
    assert_eq!(levels, ["        minSdk = 29"]);
    let name = configuration["identifier"].as_str().unwrap();
    assert!(gradle.contains(&format!("namespace = {name:?}")));
    assert!(gradle.contains(&format!("applicationId = {name:?}")));
    let device = read("src-tauri/src/device.rs");
    assert!(device.contains(&format!("const PACKAGE: &str = {name:?};")));
}

#[test]
fn android_link_fails_on_a_missing_symbol_and_makes_pages_of_16_kib() {
    let configuration = cargo_configuration();
    for target in ["aarch64-linux-android", "x86_64-linux-android"] {
        let flags = configuration["target"][target]["rustflags"].as_array().unwrap();
        for argument in ["link-arg=-Wl,-z,defs", "link-arg=-Wl,-z,max-page-size=16384"] {
            assert!(flags.iter().any(|flag| flag.as_str() == Some(argument)), "{target}: {argument}");
        }
    }
}

#[test]
fn android_brings_its_own_cryptography_library() {
    let notebook: toml::Table = toml::from_str(&read("crates/notebook/Cargo.toml")).unwrap();
    let target = &notebook["target"]["cfg(target_os = \"android\")"]["dependencies"];
    let features = target["rusqlite"]["features"].as_array().unwrap();
    assert_eq!(features, &[toml::Value::from("bundled-sqlcipher-vendored-openssl")]);
}

#[test]
fn android_key_of_the_pin_stays_in_the_hardware() {
    let plugin = kotlin("DevicePlugin");
    assert!(plugin.contains("KeyStore.getInstance(STORE)") && plugin.contains(r#"STORE = "AndroidKeyStore""#));
    assert!(plugin.contains("KEY_ALGORITHM_HMAC_SHA256, STORE"));
    assert!(plugin.contains("KeyProperties.PURPOSE_SIGN)"));
    // Such keys vanish when the screen lock or a fingerprint changes.
    assert!(!plugin.contains("setUserAuthenticationRequired") && !plugin.contains("setUnlockedDeviceRequired"));
    let strong_box = block(&plugin, "private fun makeInStrongBox(");
    assert!(strong_box.contains("FEATURE_STRONGBOX_KEYSTORE"));
    assert!(strong_box.contains("SELF_TEST_CALLS") && plugin.contains("SELF_TEST_CALLS = 100"));
    assert!(plugin.lines().count() <= 300, "the plugin stays small");
    // A key in a file is for machines without such hardware.
    let state = read("src-tauri/src/state.rs");
    assert!(block(&state, "let setup = SessionSetup ").contains("binder: binder(app.handle(), launch)?"));
    let (_, phone) = state.split_once("#[cfg(target_os = \"android\")]\n").unwrap();
    assert!(block(phone, "fn binder(").contains("Ok(crate::device::binder(app))"));
    assert!(state.contains("#[cfg(not(target_os = \"android\"))]\nuse notebook::crypto::binder::FileBinder;"));
}

#[test]
fn android_shell_asks_only_for_commands_that_the_plugin_has() {
    let plugin = kotlin("DevicePlugin");
    let lines: Vec<_> = plugin.lines().map(str::trim).collect();
    let commands: BTreeSet<_> = lines
        .windows(2)
        .filter(|pair| pair[0] == "@Command")
        .map(|pair| pair[1].strip_prefix("fun ").unwrap().split('(').next().unwrap())
        .collect();
    let device = read("src-tauri/src/device.rs");
    let asked: BTreeSet<_> = ["run_mobile_plugin_async::<Done>(\"", "run_mobile_plugin::<Done>(\"", ".ask(\""]
        .into_iter()
        .flat_map(|call| device.split(call).skip(1))
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert_eq!(asked, commands);
    // A release is made smaller by names: what Rust finds by name must stay.
    let rules = read(&format!("{PROJECT}/app/device.pro"));
    assert!(rules.contains("-keep class org.uscita.app.DevicePlugin {"));
    for line in lines.windows(2).filter(|pair| pair[0] == "@InvokeArg") {
        let class = line[1].strip_prefix("class ").unwrap().split(' ').next().unwrap();
        assert!(rules.contains(&format!("org.uscita.app.{class}")), "{class}");
    }
    assert!(gradle().contains(r#"include("**/*.pro")"#));
}

#[test]
fn android_project_is_built_by_the_pinned_tool() {
    let build = gradle();
    let place = block(&build, "\nrust ");
    assert!(place.contains(r#"rootDirRel = "../../../../ui""#));
    let package: serde_json::Value = serde_json::from_str(&read("ui/package.json")).unwrap();
    let lock: toml::Table = toml::from_str(&read("Cargo.lock")).unwrap();
    let packages = lock["package"].as_array().unwrap();
    let tauri = packages.iter().find(|package| package["name"].as_str() == Some("tauri")).unwrap();
    // By its version and not as a dependency: some registries lack its binaries for other systems, and `npm ci` with them.
    let program = format!("@tauri-apps/cli@{}", tauri["version"].as_str().unwrap());
    assert!(package["scripts"]["tauri"].as_str().unwrap().ends_with(&program));
    assert!(root().join(PROJECT).join("gradle/wrapper/gradle-wrapper.jar").is_file());
}
