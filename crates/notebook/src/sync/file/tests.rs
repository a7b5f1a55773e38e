use super::*;
use crate::fixture::{Device, Team, at, contact, envelopes, opened, page};
use crate::programme_new::ManifestChange;
use domain::ids::{DeviceId, UnitId};
use domain::operation::Scope;
use domain::sync::manifest::DeviceStatus;
use proptest::prelude::*;
use uuid::Uuid;

const OUTING: OutingId = OutingId(Uuid::from_u128(1));

/// An outing of one phone with contacts of these numbers.
fn write(device: &Device, numbers: std::ops::Range<u128>) {
    let mut phone = device.open();
    let id = phone.device();
    phone.save(opened(1), None, at(0), None).unwrap();
    for number in numbers {
        phone.save(contact(1, number, id, "AIRONE-12", 2), None, at(1), None).unwrap();
    }
}

fn both() -> Team {
    let team = Team::new();
    write(&team.lead, 100..102);
    write(&team.member, 200..203);
    team
}

/// As a person carries it: through the bytes of a real file.
fn file_of(device: &Device) -> NightFile {
    NightFile::read(&device.open().night_file(OUTING).unwrap().to_bytes().unwrap()).unwrap()
}

fn contacts(notebook: &Notebook) -> usize {
    notebook.outing_state(OUTING, Scope::Everything).unwrap().unwrap().contacts.len()
}

#[test]
fn the_lead_opens_the_members_night_and_counts_it_once() {
    let team = both();
    let file = file_of(&team.member);
    let mut lead = team.lead.open();
    assert_eq!(lead.take_file(&file, at(5)).unwrap(), Arrivals { new: 4, known: 0, set_aside: 0 });
    assert_eq!(lead.take_file(&file, at(6)).unwrap(), Arrivals { new: 0, known: 4, set_aside: 0 });
    assert_eq!(contacts(&lead), 5);
    let included = lead.list_included(OUTING).unwrap();
    assert_eq!(included.len(), 2, "what a sign-off names, with the chain values of both");
}

#[test]
fn file_then_server_then_file_doubles_nothing() {
    let team = both();
    let file = file_of(&team.member);
    let from_server = page(envelopes(team.member.open().journal(), Stream::Journal));
    let mut lead = team.lead.open();
    lead.take_file(&file, at(5)).unwrap();
    let arrivals = lead.ingest_page(Stream::Journal, &from_server, at(6)).unwrap();
    assert_eq!(arrivals, Arrivals { new: 0, known: 4, set_aside: 0 });
    lead.take_file(&file, at(7)).unwrap();
    assert_eq!((contacts(&lead), lead.operations_of(OUTING).unwrap().len()), (5, 7));

    let other = both();
    let file = file_of(&other.member);
    let from_server = page(envelopes(other.member.open().journal(), Stream::Journal));
    let mut lead = other.lead.open();
    lead.ingest_page(Stream::Journal, &from_server, at(5)).unwrap();
    assert_eq!(lead.take_file(&file, at(6)).unwrap(), Arrivals { new: 0, known: 4, set_aside: 0 });
    assert_eq!(contacts(&lead), 5);
}

#[test]
fn order_within_a_file_does_not_matter() {
    let team = both();
    let mut file = file_of(&team.member);
    file.envelopes.reverse();
    let mut lead = team.lead.open();
    lead.take_file(&file, at(5)).unwrap();
    assert_eq!(contacts(&lead), 5);
}

#[test]
fn a_members_phone_keeps_the_leads_night_sealed_and_hands_it_on() {
    let team = both();
    let from_lead = file_of(&team.lead);
    let mut member = team.member.open();
    assert_eq!(member.take_file(&from_lead, at(5)).unwrap(), Arrivals { new: 3, known: 0, set_aside: 0 });
    assert_eq!(member.take_file(&from_lead, at(5)).unwrap(), Arrivals { new: 0, known: 3, set_aside: 0 });
    assert_eq!(contacts(&member), 3, "nothing of the lead's is opened here");
    assert_eq!(member.operations_of(OUTING).unwrap().len(), 4);
    assert_eq!(member.held_night(OUTING).unwrap().copies.len(), 3);
    let handed_on = member.night_file(OUTING).unwrap();
    drop(member);
    assert_eq!(handed_on.envelopes.len(), 7);

    let mut lead = team.lead.open();
    assert!(lead.held_night(OUTING).unwrap().returned.is_empty());
    assert_eq!(lead.take_file(&handed_on, at(6)).unwrap(), Arrivals { new: 4, known: 3, set_aside: 0 });
    let own: BTreeSet<u64> = lead.list_own_sequences(OUTING).unwrap().into_iter().collect();
    assert_eq!(lead.held_night(OUTING).unwrap().returned, own, "the member's phone holds all of it");

    // The lead's phone is lost: a second lead learns the whole night from the member's.
    let mut desk = team.admin.open();
    let mut second = team.enrol_lead(&mut desk);
    let arrivals = second.take_file(&handed_on, at(40)).unwrap();
    assert_eq!(arrivals, Arrivals { new: 0, known: 0, set_aside: 7 }, "sealed before the second lead was there");
    assert_eq!(second.held_night(OUTING).unwrap().copies.len(), 7, "and kept");
}

#[test]
fn an_own_file_proves_nothing_about_another_phone() {
    let team = both();
    let file = file_of(&team.lead);
    let mut lead = team.lead.open();
    assert_eq!(lead.take_file(&file, at(5)).unwrap(), Arrivals { new: 0, known: 3, set_aside: 0 });
    assert_eq!(lead.held_night(OUTING).unwrap(), HeldNight::default());
}

#[test]
fn one_bad_operation_refuses_the_whole_file() {
    let team = both();
    let file = file_of(&team.member);
    let damaged = NotebookError::BadFile(FileFault::Damaged);
    let mut lead = team.lead.open();
    let mut refuse = |change: &dyn Fn(&mut NightFile), error: &NotebookError| {
        let mut changed = file.clone();
        change(&mut changed);
        // The digest of the file is right: only the signatures are not.
        let bytes = changed.to_bytes().unwrap();
        assert_eq!(&lead.take_file(&NightFile::read(&bytes).unwrap(), at(5)).unwrap_err(), error);
        assert_eq!(contacts(&lead), 2, "nothing of it was taken in");
        assert_eq!((lead.list_problems().unwrap().len(), lead.held_night(OUTING).unwrap().copies.len()), (0, 0));
    };
    refuse(&|file| file.envelopes[3].operation.sealed.0[300] ^= 1, &damaged);
    refuse(&|file| file.envelopes[3].operation.signature.0[3] ^= 1, &damaged);
    refuse(&|file| file.envelopes[3].operation.sequence = 9, &damaged);
    refuse(&|file| file.envelopes[1].operation.stream = Stream::NightLog, &damaged);
    refuse(&|file| file.envelopes[0].unit = UnitId::new("BS-U2"), &NotebookError::ForeignFile);
    refuse(&|file| file.envelopes[0].device = DeviceId(Uuid::from_u128(4)), &damaged);
    refuse(&|file| file.unit = UnitId::new("BS-U2"), &NotebookError::ForeignFile);
    refuse(&|file| file.programme = domain::ids::ProgrammeId(Uuid::from_u128(5)), &NotebookError::ForeignFile);
}

#[test]
fn a_phone_that_is_not_on_the_manifest_is_foreign_until_its_file_brings_a_newer_one() {
    let team = both();
    let mut desk = team.admin.open();
    let mut third = team.enrol_lead(&mut desk);
    third.save(opened(1), None, at(30), None).unwrap();
    let file = third.night_file(OUTING).unwrap();
    let mut lead = team.lead.open();
    let old = NightFile { manifest: lead.signed_manifest().unwrap().unwrap(), ..file.clone() };
    assert_eq!(lead.take_file(&old, at(31)).unwrap_err(), NotebookError::ForeignFile);
    let mut invented = file.clone();
    invented.manifest.signature.0[7] ^= 1;
    assert_eq!(lead.take_file(&invented, at(31)).unwrap_err(), NotebookError::ForeignFile, "nobody's word for it");
    assert_eq!(lead.take_file(&file, at(33)).unwrap().new, 1, "the file brings the manifest that names its maker");
    let second = lead.night_file(OUTING).unwrap();
    assert_eq!(second.manifest, file.manifest);
    drop(lead);
    assert_eq!(team.member.open().take_file(&old, at(34)).unwrap_err(), NotebookError::ForeignFile);
}

#[test]
fn a_desk_takes_no_file_and_a_phone_without_records_makes_none() {
    let team = both();
    let file = file_of(&team.member);
    assert_eq!(team.admin.open().take_file(&file, at(5)).unwrap_err(), NotebookError::NotAllowed);
    let nowhere = OutingId(Uuid::from_u128(9));
    assert_eq!(team.lead.open().night_file(nowhere).unwrap_err(), NotebookError::NotFound("outing"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn changed_files_are_refused_or_harmless(places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let team = both();
        let body = serde_json::to_vec(&team.member.open().night_file(OUTING).unwrap()).unwrap();
        let mut changed = body.clone();
        for (place, byte) in places {
            let place = place.index(changed.len());
            changed[place] = byte;
        }
        let mut lead = team.lead.open();
        // As somebody would make it who also puts the digest right.
        if let Ok(file) = serde_json::from_slice::<NightFile>(&changed) {
            match lead.take_file(&file, at(5)) {
                Ok(_) => prop_assert_eq!(contacts(&lead), 5),
                Err(_) => prop_assert_eq!(contacts(&lead), 2),
            }
        }
    }
}

#[test]
fn sets_aside_what_a_revoked_phone_hands_on_by_file() {
    let team = both();
    let before = file_of(&team.member);
    let mut lead = team.lead.open();
    lead.take_file(&before, at(5)).unwrap();
    let revoked = ManifestChange::SetStatus { device: before.from, status: DeviceStatus::Revoked };
    let mut desk = team.admin.open();
    desk.sign_manifest(vec![revoked], at(6)).unwrap();
    lead.apply_manifest(&desk.signed_manifest().unwrap().unwrap()).unwrap();

    let mut member = team.member.open();
    let id = member.device();
    member.save(contact(1, 300, id, "LINCE-04", 1), None, at(7), None).unwrap();
    drop(member);
    let arrivals = lead.take_file(&file_of(&team.member), at(8)).unwrap();
    assert_eq!(arrivals, Arrivals { new: 0, known: 4, set_aside: 1 });
    assert_eq!(contacts(&lead), 5, "what came before it was revoked stays");
    assert_eq!(lead.list_problems().unwrap()[0].code, crate::store::problem::ProblemCode::Unvouched);
}
