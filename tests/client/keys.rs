//! The programme's keys change: server and phones follow by the chain of signatures, also those that were away.

use super::*;
use notebook::crypto::seal::open;
use notebook::sync::enrol_desk::be_up_to_date;

fn moment() -> Moment {
    Moment::at(now())
}

/// Changes the keys, and gives what the new sheet stands for.
fn change(office: &mut Office, signer_too: bool) -> SealIdentity {
    let client = office.client();
    let pending = office.desk.begin_rotation(signer_too, moment()).unwrap();
    let all: Vec<&str> = pending.recovery.as_words().split(' ').collect();
    let words: Vec<&str> = pending.asked.iter().map(|place| all[usize::from(*place) - 1]).collect();
    be_up_to_date(&mut office.desk, &client, moment()).unwrap();
    office.desk.confirm_rotation(&words, moment()).unwrap().unwrap();
    publish(&mut office.desk, &client, moment()).unwrap();
    SealIdentity::from_text(pending.recovery.as_text()).unwrap()
}

/// The phone is closed and opened again: it asks for the manifest at its first visit.
fn reopened(office: &Office, phone: Arc<Session>, name: &str) -> Arc<Session> {
    drop(phone);
    let phone = office.phone(name);
    phone.unlock(UnlockInput { pin: PIN.into() }).unwrap();
    phone
}

/// Whether the last entry of a phone's journal opens with these.
fn last_opens(office: &Office, name: &str, identity: &SealIdentity) -> bool {
    let journal = Journal::open(&office.folder.path().join(name)).unwrap();
    let before = journal.head().unwrap().sequence - 1;
    let last = journal.batch_after(before, 1, 256 * 1024).unwrap().unwrap();
    open(identity, &last.operations[0].sealed.0).is_ok()
}

#[test]
fn phone_that_was_away_for_two_changes_hands_in_the_old_and_seals_for_the_new() {
    let mut office = Office::new();
    let first = SealIdentity::from_text(&office.recovery.to_text()).unwrap();
    let phone = office.enrolled("phone", Role::Member);
    let outing_id = start_outing(&phone);
    change(&mut office, true);
    let newest = change(&mut office, true);

    see_somebody(&phone);
    assert!(last_opens(&office, "phone", &first), "it knows nothing of the change yet");
    let phone = reopened(&office, phone, "phone");
    let sent = phone.send(OutingInput { outing_id }).unwrap();
    assert_eq!((sent.state, sent.error), (SendState::Received, None), "what it sealed before is taken as it is");
    see_somebody(&phone);
    assert!(last_opens(&office, "phone", &newest) && !last_opens(&office, "phone", &first));
    let sent = phone.send(OutingInput { outing_id }).unwrap();
    assert_eq!((sent.state, sent.received, sent.error), (SendState::Received, sent.total, None));

    let client = office.client();
    let mut visitor = Visitor::new(Entropy::system());
    let end = visitor.visit(&mut office.desk, &client, &moment, Purpose::Asked).unwrap();
    assert_eq!(end.trouble, None);
    let later = office.enrolled("later", Role::Lead);
    assert_eq!(later.status(Nothing {}).unwrap().role, Some(Role::Lead), "new phones are invited with the newest key");
}

#[test]
fn server_with_the_key_of_the_first_day_goes_on_after_a_restart_and_begun_anew() {
    let mut office = Office::new();
    let phone = office.enrolled("phone", Role::Member);
    let outing_id = start_outing(&phone);
    change(&mut office, true);
    office.server.restart();
    let phone = reopened(&office, phone, "phone");
    see_somebody(&phone);
    assert_eq!(phone.send(OutingInput { outing_id }).unwrap().state, SendState::Received);

    office.server.stop();
    for file in std::fs::read_dir(office.server.data()).unwrap().map(Result::unwrap) {
        if file.file_name().to_string_lossy().starts_with("mailbox") {
            std::fs::remove_file(file.path()).unwrap();
        }
    }
    office.server.restart();
    let client = office.client();
    publish(&mut office.desk, &client, moment()).unwrap();
    change(&mut office, false);
    see_somebody(&phone);
    let sent = phone.send(OutingInput { outing_id }).unwrap();
    let told = Some(ErrorCode::ServerSetBack);
    assert_eq!((sent.state, sent.received, sent.error), (SendState::Received, sent.total, told), "everything, anew");
}
