//! Tests of the sentences.

use super::*;
use crate::say::Language;

fn well() -> DeskHealth {
    DeskHealth {
        pages: None,
        journal_was_rebuilt: false,
        sums: Ok(Vec::new()),
        register: Ok((12, None)),
        role: Some(Role::Admin),
        is_revoked: false,
        manifest: Ok(3),
        expires_in_days: Some(20),
        manifest_waits: false,
        looked_at: Some(at()),
        set_aside: 0,
        unsent: 0,
        not_backed_up: 0,
    }
}

fn at() -> DateTime<Utc> {
    "2026-03-16T08:00:00Z".parse().unwrap()
}

fn seen(desk: Result<DeskHealth, ErrorCode>, server: Result<ServerHealth, ErrorCode>) -> Seen {
    Seen { desk, server: Some(server), room: Some(Room { free_mib: 40_000, percent: 50 }), now: at() }
}

fn answers(clock: TimeDelta) -> ServerHealth {
    ServerHealth { clock_ahead: clock, manifest: 3 }
}

fn worst(seen: &Seen) -> (Outcome, Vec<&'static str>) {
    let say = Say::new(Language::It);
    let checks = Examiner { say: &say }.checks(seen);
    let worst = checks.iter().map(|check| check.outcome).max().unwrap();
    let of_it = checks.iter().filter(|check| check.outcome == worst && worst > Outcome::Well);
    (worst, of_it.map(|check| check.about).collect())
}

#[test]
fn a_desk_without_a_fault_is_well() {
    assert_eq!(worst(&seen(Ok(well()), Ok(answers(TimeDelta::zero())))), (Outcome::Well, vec![]));
}

#[test]
fn each_fault_is_told_apart_by_how_bad_it_is() {
    use Outcome::{Attention, Broken};
    let with = |change: fn(&mut DeskHealth)| {
        let mut desk = well();
        change(&mut desk);
        worst(&seen(Ok(desk), Ok(answers(TimeDelta::zero()))))
    };
    assert_eq!(with(|desk| desk.pages = Some(ErrorCode::Damaged)), (Broken, vec!["notebook"]));
    assert_eq!(with(|desk| desk.sums = Ok(vec!["2026-W11".parse().unwrap()])), (Attention, vec!["sums"]));
    assert_eq!(with(|desk| desk.register = Ok((12, Some(4)))), (Broken, vec!["register"]));
    assert_eq!(with(|desk| desk.is_revoked = true), (Broken, vec!["keys"]));
    assert_eq!(with(|desk| desk.manifest = Err(ErrorCode::BadManifest)), (Broken, vec!["manifest"]));
    assert_eq!(with(|desk| desk.expires_in_days = Some(-1)), (Attention, vec!["manifest"]));
    assert_eq!(with(|desk| desk.expires_in_days = Some(3)), (Attention, vec!["manifest"]));
    assert_eq!(with(|desk| desk.manifest_waits = true), (Attention, vec!["manifest"]));
    assert_eq!(with(|desk| desk.looked_at = None), (Attention, vec!["look"]));
    assert_eq!(with(|desk| desk.looked_at = Some(at() - TimeDelta::days(9))), (Attention, vec!["look"]));
    assert_eq!(with(|desk| desk.unsent = 2), (Attention, vec!["copies"]));
    assert_eq!(with(|desk| desk.set_aside = 1), (Attention, vec!["set_aside"]));
    assert_eq!(with(|desk| desk.not_backed_up = 3).0, Outcome::Well, "the next copy is on its way");
    let server = |answer| worst(&seen(Ok(well()), answer));
    assert_eq!(server(Err(ErrorCode::Unreachable)), (Attention, vec!["server"]));
    assert_eq!(server(Err(ErrorCode::ServerIdentity)), (Broken, vec!["server"]));
    assert_eq!(server(Ok(answers(TimeDelta::minutes(40)))), (Attention, vec!["clock"]));
    assert_eq!(server(Ok(answers(TimeDelta::minutes(-40)))), (Attention, vec!["clock"]));
    assert_eq!(worst(&seen(Err(ErrorCode::Busy), Ok(answers(TimeDelta::zero())))), (Attention, vec!["notebook"]));
    assert_eq!(worst(&seen(Err(ErrorCode::WrongSecret), Ok(answers(TimeDelta::zero())))), (Broken, vec!["notebook"]));
    let full =
        Seen { room: Some(Room { free_mib: 10, percent: 0 }), ..seen(Ok(well()), Ok(answers(TimeDelta::zero()))) };
    assert_eq!(worst(&full), (Attention, vec!["disk"]));
}

#[test]
fn every_sentence_is_there_in_both_languages() {
    let mut desk = well();
    desk.journal_was_rebuilt = true;
    desk.set_aside = 2;
    for language in [Language::It, Language::En] {
        let say = Say::new(language);
        for check in (Examiner { say: &say }).checks(&seen(Ok(desk.clone()), Ok(answers(TimeDelta::hours(2))))) {
            assert!(!check.sentence.starts_with("doctor-"), "{}", check.sentence);
        }
    }
}
