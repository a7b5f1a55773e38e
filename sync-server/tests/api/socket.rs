//! The server on a real socket.

use crate::world::{World, start};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uscita_server::HEAD_TIMEOUT;
use uscita_server::{Front, ServerState, serve};

struct Listening {
    address: std::net::SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

async fn listen(state: ServerState) -> Listening {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let ended = tokio::spawn(serve(listener, Front::default(), state, async {
        stopped.await.unwrap();
    }));
    Listening { address, stop, ended }
}

impl Listening {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    async fn end(self) {
        self.stop.send(()).unwrap();
        self.ended.await.unwrap();
    }
}

async fn read_all(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn answers_over_a_socket_and_ends_when_told() {
    let mut world = World::new().await;
    let listening = listen(world.state.take().unwrap()).await;
    let mut stream = listening.connect().await;
    let request = "GET /v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    let answer = read_all(stream).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    let body = answer.split("\r\n\r\n").nth(1).unwrap();
    let health: domain::sync::Health = serde_json::from_str(body).unwrap();
    assert_eq!((health.alive, health.now), (true, start()));
    // One connection stays open after its answer: it does not hold up the end.
    let mut idle = listening.connect().await;
    idle.write_all(b"GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    let mut first = [0; 15];
    idle.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK");
    // Nor does one that has said nothing.
    let silent = listening.connect().await;
    // Time stands still, and jumps when everybody waits for it.
    tokio::time::pause();
    let asked = tokio::time::Instant::now();
    listening.end().await;
    assert!(asked.elapsed() < HEAD_TIMEOUT / 2, "{:?}", asked.elapsed());
    tokio::time::resume();
    drop(silent);
    let rest = read_all(idle).await;
    assert!(rest.ends_with(body.split_once("now").unwrap().1), "{rest}");
    // Everything is let go: the same directory opens at once.
    world.open();
}

#[tokio::test]
async fn request_in_progress_is_finished_before_the_end() {
    let mut world = World::new().await;
    let body = serde_json::to_vec(&world.member.journal(1)).unwrap();
    let listening = listen(world.state.take().unwrap()).await;
    let mut stream = listening.connect().await;
    let head = format!(
        "POST /v1/batches HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut interim = [0; 25];
    stream.read_exact(&mut interim).await.unwrap();
    assert_eq!(&interim, b"HTTP/1.1 100 Continue\r\n\r\n", "it is being read");
    listening.stop.send(()).unwrap();
    stream.write_all(&body).await.unwrap();
    let answer = read_all(stream).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    listening.ended.await.unwrap();
    world.open();
    assert_eq!(world.read_receipt(&world.member).await.stored, 1);
}

#[tokio::test]
async fn silent_and_dribbling_connections_are_cut() {
    let world = World::empty();
    let listening = listen(world.state()).await;
    let silent = listening.connect().await;
    let mut dribbling = listening.connect().await;
    dribbling.write_all(b"GET /v1/health HTTP/1.1\r\nHost:").await.unwrap();
    // Time stands still and jumps when everybody waits.
    tokio::time::pause();
    let asked = tokio::time::Instant::now();
    assert_eq!(read_all(silent).await, "");
    let answer = read_all(dribbling).await;
    assert!(!answer.contains("200 OK"), "{answer}");
    assert!(asked.elapsed() <= 2 * HEAD_TIMEOUT);
}

#[tokio::test]
async fn body_that_does_not_arrive_is_cut_with_a_code() {
    let world = World::empty();
    let listening = listen(world.state()).await;
    let mut stream = listening.connect().await;
    let head = "POST /v1/batches HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{";
    stream.write_all(head.as_bytes()).await.unwrap();
    tokio::time::pause();
    let answer = read_all(stream).await;
    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
    assert!(answer.ends_with("{\"code\":\"unavailable\"}"), "{answer}");
}

#[tokio::test]
async fn guessing_codes_over_the_network_is_slowed() {
    let world = World::new().await;
    let listening = listen(world.state()).await;
    let mut stream = listening.connect().await;
    let mut statuses = Vec::new();
    for _ in 0..25 {
        let body = format!(
            "{{\"version\":1,\"code_id\":\"{}\",\"keys\":{{\"device\":\"{}\",\"signing_key\":\"{}\",\"recipient\":\"age1x\"}},\"mac\":\"{}\"}}",
            "00".repeat(32),
            uuid::Uuid::new_v4(),
            "A".repeat(43),
            "A".repeat(43),
        );
        let request = format!(
            "POST /v1/enrolments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = [0; 2048];
        let length = stream.read(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer[..length]).into_owned();
        statuses.push(answer[9..12].to_owned());
    }
    assert_eq!(statuses.iter().filter(|status| *status == "410").count(), 20);
    assert_eq!(statuses.last().unwrap(), "429");
}
