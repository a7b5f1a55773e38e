//! Who may speak to the bridge, and what it serves.

use axum::body::Bytes;
use axum::http::{Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

const PAGE: &str = "<!doctype html><html><head><script type=\"module\" src=\"./own.js\"></script></head></html>";

/// A running bridge over an empty folder; stopped when it goes.
struct Bridge {
    _process: Child,
    _folder: tempfile::TempDir,
    host: String,
    token: String,
    client: Client<HttpConnector, Full<Bytes>>,
}

impl Bridge {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dist = folder.path().join("dist");
        std::fs::create_dir(&dist).unwrap();
        for page in ["index.html", "desk.html"] {
            std::fs::write(dist.join(page), PAGE).unwrap();
        }
        std::fs::write(folder.path().join("secret.txt"), "outside").unwrap();
        let mut process = Command::new(env!("CARGO_BIN_EXE_uscita-bridge"))
            .args(["--role", "phone", "--data-dir"])
            .arg(folder.path().join("notebook"))
            .arg("--ui-dist")
            .arg(&dist)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let line: serde_json::Value = serde_json::from_str(&lines.next_line().await.unwrap().unwrap()).unwrap();
        let url = line["url"].as_str().unwrap().strip_prefix("http://").unwrap().to_owned();
        let (host, token) = url.split_once("/?token=").unwrap();
        let client = Client::builder(TokioExecutor::new()).build_http();
        Self { host: host.to_owned(), token: token.to_owned(), _process: process, _folder: folder, client }
    }

    fn cookie(&self) -> String {
        let (_, port) = self.host.split_once(':').unwrap();
        format!("uscita_bridge_{port}={}", self.token)
    }

    /// Sends a request with these headers and nothing else that matters.
    async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &'static str) -> Response<Bytes> {
        let mut request = Request::builder().method(method).uri(format!("http://{}{path}", self.host));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.client.request(request.body(Full::from(body)).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        Response::from_parts(parts, body.collect().await.unwrap().to_bytes())
    }

    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Response<Bytes> {
        self.send(Method::GET, path, headers, "").await
    }

    async fn command(&self, origin: &str, kind: &str, body: &'static str) -> Response<Bytes> {
        let cookie = self.cookie();
        let headers = [("cookie", cookie.as_str()), ("origin", origin), ("content-type", kind)];
        self.send(Method::POST, "/__core", &headers, body).await
    }
}

#[tokio::test]
async fn trades_the_printed_token_for_a_cookie_that_scripts_cannot_read() {
    let bridge = Bridge::start().await;
    let answer = bridge.get(&format!("/?token={}", bridge.token), &[]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(answer.headers()[header::LOCATION], "/index.html");
    let cookie = answer.headers()[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with(&bridge.cookie()), "{cookie}");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
}

#[tokio::test]
async fn refuses_whoever_has_no_token_or_a_wrong_one() {
    let bridge = Bridge::start().await;
    let wrong = format!("{}0", bridge.cookie());
    for path in ["/", "/?token=", "/?token=0123", "/index.html", "/desk.html", "/__bridge.js", "/own.js"] {
        assert_eq!(bridge.get(path, &[]).await.status(), StatusCode::FORBIDDEN, "{path}");
        let answer = bridge.get(path, &[("cookie", &wrong)]).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path} with a wrong cookie");
    }
}

#[tokio::test]
async fn puts_its_script_before_the_page_and_keeps_the_policy_of_the_window() {
    let bridge = Bridge::start().await;
    let answer = bridge.get("/index.html", &[("cookie", &bridge.cookie())]).await;
    let page = String::from_utf8(answer.body().to_vec()).unwrap();
    let own = page.find("./own.js").unwrap();
    assert!(page.find("/__bridge.js").is_some_and(|inserted| inserted < own), "{page}");
    let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("default-src 'none';"), "{policy}");
    assert!(policy.contains("connect-src 'self';"), "{policy}");
    assert!(!policy.contains("ipc:"), "{policy}");
    assert_eq!(answer.headers()["permissions-policy"], "camera=(self), microphone=(), geolocation=()");
}

#[tokio::test]
async fn serves_nothing_outside_the_built_interface() {
    let bridge = Bridge::start().await;
    for path in ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt"] {
        let answer = bridge.get(path, &[("cookie", &bridge.cookie())]).await;
        assert!(!answer.status().is_success(), "{path}");
    }
}

#[tokio::test]
async fn refuses_commands_of_another_origin_and_of_another_kind() {
    let bridge = Bridge::start().await;
    let command = r#"{"name":"status","args":{}}"#;
    let origin = format!("http://{}", bridge.host);
    let foreign = bridge.command("http://example.org", "application/json", command).await;
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN);
    let cookie = bridge.cookie();
    let headers = [("cookie", cookie.as_str()), ("content-type", "application/json")];
    let nameless = bridge.send(Method::POST, "/__core", &headers, command).await;
    assert_eq!(nameless.status(), StatusCode::FORBIDDEN, "a command without an origin");
    let plain = bridge.command(&origin, "text/plain", command).await;
    assert_eq!(plain.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let rebound = bridge.get("/index.html", &[("cookie", &cookie), ("host", "example.org")]).await;
    assert_eq!(rebound.status(), StatusCode::FORBIDDEN, "another name for this address");
}

#[tokio::test]
async fn hands_a_command_to_the_notebook_and_refuses_one_that_does_not_exist() {
    let bridge = Bridge::start().await;
    let origin = format!("http://{}", bridge.host);
    let answer = bridge.command(&origin, "application/json", r#"{"name":"status","args":{}}"#).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let status: serde_json::Value = serde_json::from_slice(answer.body()).unwrap();
    assert_eq!(status["answer"]["state"], "absent");
    assert_eq!(status["answer"]["seat"], "phone");
    let unknown = bridge.command(&origin, "application/json", r#"{"name":"read_all","args":{}}"#).await;
    assert_eq!(unknown.status(), StatusCode::BAD_REQUEST);
}
