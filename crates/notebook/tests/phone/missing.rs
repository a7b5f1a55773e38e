//! A signature is given without records that are missing only if they were shown as missing; when they come they are late.

use super::review::{close_both, logs, sign};
use super::team::{Team, alias, envelopes, evening, known};
use domain::ids::{OperatorCode, OutingId};
use domain::operation::{AmendmentReason, Scope};
use domain::sync::chain::Bytes;
use domain::sync::error::RefusalCode;
use domain::sync::pull::Envelope;
use notebook::entropy::Moment;
use notebook::error::ErrorCode;
use notebook::view::{AmendInput, MissingReason, MissingRecordsView, OutingInput, ReviewView, SignInput};

/// The member's places: 1 opens the outing, 2 the first stop, 3 and 4 are contacts, 5 closes it.
fn night() -> (Team, OutingId) {
    let team = Team::at(evening());
    let outing = team.start(&[], &["Z1"]);
    team.lead.save(known(), &[], alias("AIRONE-12"));
    team.member.save(known(), &[], alias("CEDRO-07"));
    team.member.save(known(), &[], alias("CEDRO-11"));
    close_both(&team);
    assert_eq!(envelopes(&team.member.dir).len(), 5);
    (team, outing)
}

/// What of the member's journal comes to the lead, in which form.
fn carry(team: &Team, change: impl Fn(Envelope) -> Option<Envelope>) {
    let now = Moment::at(team.lead.now());
    let carried: Vec<Envelope> = envelopes(&team.member.dir).into_iter().filter_map(change).collect();
    team.lead.with_notebook(|notebook| {
        for envelope in &carried {
            notebook.ingest(envelope, now).unwrap();
        }
    });
}

fn review(team: &Team, outing_id: OutingId) -> ReviewView {
    team.lead.stepped_up().review(OutingInput { outing_id }).unwrap()
}

fn missing(reason: MissingReason) -> Vec<MissingRecordsView> {
    vec![MissingRecordsView { phone: 2, reason, count: 1 }]
}

fn counted(team: &Team, outing: OutingId) -> usize {
    team.lead.with_notebook(|lead| lead.outing_state(outing, Scope::Counted).unwrap().unwrap().contacts.len())
}

#[test]
fn signs_without_what_is_missing_only_when_it_is_named_and_counts_it_by_an_amendment() {
    let (team, outing) = night();
    carry(&team, |envelope| (envelope.operation.sequence != 3).then_some(envelope));
    let view = review(&team, outing);
    assert_eq!((view.missing, view.can_sign, view.counts.persons), (missing(MissingReason::NotArrived), true, 2));
    let silent = team.lead.stepped_up().sign_off(sign(outing)).unwrap_err();
    assert_eq!((silent.code, logs(&team.lead).len()), (ErrorCode::WrongState, 0), "nothing is signed silently");
    team.lead.stepped_up().sign_off(SignInput { without: 1, ..sign(outing) }).unwrap();
    let included = team.lead.with_notebook(|lead| lead.outing_state(outing, Scope::Counted).unwrap().unwrap());
    let parts = included.included().unwrap().iter().filter(|part| part.device != included.opened_by);
    assert_eq!(parts.map(|part| (part.from, part.through)).collect::<Vec<_>>(), [(1, 2), (4, 5)]);

    // It comes after all.
    team.carry();
    let late = review(&team, outing);
    assert_eq!((late.missing, late.outing.late, late.can_amend), (Vec::new(), 1, true));
    assert_eq!(counted(&team, outing), 2, "what was signed stays as it was signed");
    let (operator, reason) = (OperatorCode::new("OP-A"), AmendmentReason::LateDevice);
    let amend = AmendInput { outing_id: outing, operator, reason, without: 0 };
    let amended = team.lead.stepped_up().amend(amend).unwrap();
    assert_eq!((amended.outing.late, counted(&team, outing)), (0, 3));
    let versions: Vec<(u16, usize)> = logs(&team.lead).iter().map(|log| (log.version(), log.contacts.len())).collect();
    assert_eq!(versions, [(0, 2), (1, 3)]);
}

#[test]
fn says_why_a_record_is_missing() {
    // Its bytes were damaged on the way, in the middle and at the end of what is here.
    for place in [4, 5] {
        let (team, outing) = night();
        carry(&team, |mut envelope| {
            if envelope.operation.sequence == place {
                envelope.operation.sealed.0[100] ^= 1;
            }
            Some(envelope)
        });
        assert_eq!(review(&team, outing).missing, missing(MissingReason::Unreadable), "place {place}");
        team.carry();
        assert!(review(&team, outing).missing.is_empty(), "it came whole");
    }
    // The server did not take it: it is the first one that the member wrote, before all that is here.
    let (team, outing) = night();
    carry(&team, |mut envelope| {
        if envelope.operation.sequence == 1 {
            envelope.operation.sealed = Bytes(Vec::new());
            envelope.refused = Some(RefusalCode::TooLarge);
        }
        Some(envelope)
    });
    assert_eq!(review(&team, outing).missing, missing(MissingReason::Refused));
}
