//! What is answered is on the disk; what is on the disk is there after a restart, and nothing else is.

use crate::world::{Who, World, ask, post, sealed, start};
use domain::sync::Stream;
use domain::sync::manifest::SignedManifest;
use domain::sync::pull::Page;
use rusqlite::{Connection, OpenFlags};
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use tower::ServiceExt;
use uscita_server::ServerState;

#[tokio::test]
async fn operations_are_in_the_file_before_the_answer_is_read() {
    let mut world = World::new().await;
    let request = post("/v1/batches", &world.member.journal(3));
    // The answer exists, but not one byte of it has been read.
    let response = world.router().oneshot(request).await.unwrap();
    let second = Connection::open_with_flags(
        world.database(),
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .unwrap();
    let stored: i64 = second.query_one("SELECT count(*) FROM operation", [], |row| row.get(0)).unwrap();
    assert_eq!(stored, 3);
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn files_as_a_killed_server_leaves_them_hold_everything_answered() {
    let mut world = World::new().await;
    for _ in 0..5 {
        let batch = world.member.journal(4);
        let request = post("/v1/batches", &batch);
        let response = world.router().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200);
        // Copied while the server runs: no orderly close, no checkpoint.
        let copy = world.folder.path().join("copy");
        std::fs::create_dir_all(&copy).unwrap();
        for file in std::fs::read_dir(&world.config.data).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), copy.join(file.file_name())).unwrap();
        }
        let mut config = world.config.clone();
        config.data = copy.clone();
        let reopened = ServerState::open(&config, Arc::new(start)).unwrap();
        let request = world.member.sign("GET", "/v1/receipt", Vec::new(), start());
        let receipt = ask(uscita_server::router(reopened), request).await;
        let receipt = world.receipt(&receipt);
        assert_eq!((receipt.stored, receipt.head), (world.member.sequence, world.member.head));
        std::fs::remove_dir_all(&copy).unwrap();
    }
}

#[tokio::test]
async fn restart_keeps_everything() {
    let mut world = World::new().await;
    let key = world.state().server_key();
    world.send(Who::Member, 3).await;
    let page: Page = world.get(&world.lead, "/v1/streams/journal").await.json();
    let manifest: SignedManifest = world.get(&world.lead, "/v1/manifest").await.json();
    world.restart();
    assert_eq!(world.state().server_key(), key);
    let again: Page = world.get(&world.lead, "/v1/streams/journal").await.json();
    assert_eq!(again, page, "cursors too");
    let again: SignedManifest = world.get(&world.lead, "/v1/manifest").await.json();
    assert_eq!(again, manifest);
    let answer = world.send(Who::Member, 1).await;
    let receipt = world.receipt(&answer);
    assert_eq!((receipt.stored, receipt.head), (4, world.member.head));
    let page: Page = world.get(&world.lead, &format!("/v1/streams/journal?after={}", page.next.0)).await.json();
    assert_eq!(page.envelopes.len(), 1);
}

#[tokio::test]
async fn two_servers_do_not_share_a_directory() {
    let world = World::new().await;
    let second = ServerState::open(&world.config, world.clock());
    assert_eq!(second.unwrap_err().code(), "in_use");
}

#[tokio::test]
async fn another_admin_key_or_programme_does_not_open_the_data() {
    let mut world = World::new().await;
    world.state = None;
    let mut config = world.config.clone();
    config.admin_key = uscita_server::AdminKey([9; 32]);
    let refused = ServerState::open(&config, world.clock());
    assert_eq!(refused.unwrap_err().code(), "other_admin");
    let mut config = world.config.clone();
    config.programme = domain::sync::ProgrammeId(uuid::Uuid::from_u128(99));
    let refused = ServerState::open(&config, world.clock());
    assert_eq!(refused.unwrap_err().code(), "other_programme");
    world.open();
}

#[tokio::test]
async fn database_of_a_later_server_is_not_touched() {
    let mut world = World::new().await;
    world.send(Who::Member, 1).await;
    world.state = None;
    let later = Connection::open(world.database()).unwrap();
    later.pragma_update(None, "user_version", 99).unwrap();
    drop(later);
    let before = std::fs::read(world.database()).unwrap();
    let fault = ServerState::open(&world.config, world.clock()).unwrap_err();
    assert_eq!(fault.code(), "too_new");
    assert_eq!(std::fs::read(world.database()).unwrap(), before);
}

#[tokio::test]
async fn sealed_bytes_are_kept_as_they_came_and_nothing_is_added() {
    let mut world = World::new().await;
    let batch = world.lead.batch(&[(Stream::Journal, sealed(1)), (Stream::NightLog, vec![0xa9; 512])]);
    world.push(&batch).await;
    let file = Connection::open(world.database()).unwrap();
    let mut statement = file.prepare("SELECT sealed FROM operation ORDER BY cursor").unwrap();
    let kept: Vec<Vec<u8>> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(kept, [sealed(1), vec![0xa9; 512]]);
}

#[tokio::test]
async fn orderly_end_leaves_one_whole_file_that_only_its_owner_may_read() {
    let mut world = World::new().await;
    world.send(Who::Member, 3).await;
    world.get(&world.member, "/v1/receipt").await;
    world.state = None;
    let mut files: Vec<_> = std::fs::read_dir(&world.config.data).unwrap().map(Result::unwrap).collect();
    files.sort_by_key(std::fs::DirEntry::file_name);
    let names: Vec<_> = files.iter().map(std::fs::DirEntry::file_name).collect();
    assert_eq!(names, ["lock", "mailbox.db", "server.key"]);
    for file in files {
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?}", file.file_name());
    }
}
