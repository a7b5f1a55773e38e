use super::*;
use domain::ids::{DeviceId, UnitId};
use domain::sync::chain::{Bytes, Digest, link};
use domain::sync::error::RefusalCode;
use domain::sync::pull::Envelope;
use domain::sync::push::SealedOperation;
use uuid::Uuid;

fn reply(status: u16, json: bool, body: &str) -> Reply {
    Reply { status, json, body: body.as_bytes().to_vec() }
}

#[test]
fn tells_a_sign_in_page_from_a_stopped_server_and_from_a_cut_answer() {
    let check = |status, json, body: &str, expected| {
        assert_eq!(read(Call::Manifest, &reply(status, json, body), &[]), Err(expected), "{status} {json} {body}");
    };
    check(200, false, "<html>Accedi</html>", Fault::CaptivePortal);
    check(302, false, "", Fault::CaptivePortal);
    check(204, false, "", Fault::CaptivePortal);
    check(511, false, "<html>", Fault::CaptivePortal);
    check(502, false, "<html>Bad gateway</html>", Fault::Unreachable);
    check(200, true, "{\"manifest\":\"", Fault::Garbled);
    check(403, true, "{\"code\":\"something else\"}", Fault::Garbled);
    let refused = read(Call::Manifest, &reply(403, true, "{\"code\":\"revoked\"}"), &[]);
    assert_eq!(refused, Ok(Answer::Refused(Refused::new(RefusalCode::Revoked))));
    assert_eq!(read(Call::Acknowledge, &reply(204, false, ""), &[]), Ok(Answer::Accepted));
}

fn envelope_of(cursor: u64, stream: Stream) -> Envelope {
    let previous = Digest([0; 32]);
    Envelope {
        cursor: Cursor(cursor),
        unit: UnitId::new("U1"),
        device: DeviceId(Uuid::from_u128(1)),
        operation: SealedOperation { sequence: cursor, stream, sealed: Bytes(vec![1]), signature: Bytes(vec![2]) },
        previous,
        chain: link(previous, cursor, stream, Digest::of(&[1])),
        refused: None,
    }
}

fn envelope(cursor: u64) -> Envelope {
    envelope_of(cursor, Stream::Journal)
}

#[test]
fn refuses_a_page_that_skips_goes_back_or_stands_still() {
    let check = |cursors: &[u64], next: u64, more: bool, fine: bool| {
        let envelopes = cursors.iter().map(|cursor| envelope(*cursor)).collect();
        let page = Page { envelopes, next: Cursor(next), more };
        let body = serde_json::to_string(&page).unwrap();
        let call = Call::Pull { stream: Stream::Journal, after: Cursor(4) };
        assert_eq!(read(call, &reply(200, true, &body), &[]).is_ok(), fine, "{cursors:?} {next} {more}");
    };
    check(&[], 4, false, true);
    check(&[5, 9], 9, true, true);
    check(&[], 4, true, false);
    check(&[], 5, false, false);
    check(&[5, 9], 10, false, false);
    check(&[9, 5], 5, false, false);
    check(&[4], 4, false, false);
    let other = Page { envelopes: vec![envelope_of(5, Stream::NightLog)], next: Cursor(5), more: false };
    let call = Call::Pull { stream: Stream::Journal, after: Cursor(4) };
    let body = serde_json::to_string(&other).unwrap();
    assert_eq!(read(call, &reply(200, true, &body), &[]), Err(Fault::Garbled), "another stream");
    let altered = Envelope { chain: Digest([1; 32]), ..envelope(5) };
    let page = Page { envelopes: vec![altered], next: Cursor(5), more: false };
    let body = serde_json::to_string(&page).unwrap();
    assert!(read(call, &reply(200, true, &body), &[]).is_ok(), "one spoilt envelope keeps no page back");
}

#[test]
fn signs_everything_but_batches_and_health() {
    assert!(!Call::Push { first: 1, count: 1 }.is_signed(), "a locked phone sends");
    assert!(!Call::Health.is_signed());
    for call in [Call::Manifest, Call::Receipt, Call::Acknowledge] {
        assert!(call.is_signed());
    }
    let pull = Call::Pull { stream: Stream::NightLog, after: Cursor(12) };
    assert_eq!(pull.target(), (Method::Get, "/v1/streams/night_log?after=12&limit=64".into()));
}
