//! What a night leaves in a log at its most talkative (B32): nothing of anybody.

use super::team::{PIN, REVIEW_PIN, Team, alias, evening, known};
use notebook::view::{CloseInput, Nothing, OutingInput, StepUpInput, UnlockInput};
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

/// Keeps every line.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// A night on both phones, with what goes wrong on one.
fn play() {
    let team = Team::at(evening());
    let outing_id = team.start(&[("condom_ext", 321)], &["Z1"]);
    for (number, phone) in [(12, &team.lead), (13, &team.member)] {
        phone.save(known(), &[("condom_ext", 322)], alias(&format!("AIRONE-{number}")));
        phone.session.open_card(known()).unwrap();
        phone.session.todo(Nothing {}).unwrap();
        let note = Some("telefono 333 1234567".to_owned());
        let close =
            CloseInput { km: Some(401), weather: domain::outing::Weather::Clear, note, coordinator_alerted: false };
        phone.session.close_outing(close).unwrap_err();
    }
    team.lead.session.step_up(StepUpInput { pin: REVIEW_PIN.into() }).unwrap();
    team.lead.session.step_down(Nothing {}).unwrap();
    team.carry();
    team.lead.stepped_up().night_list(OutingInput { outing_id }).unwrap();
    team.lead.session.lock(Nothing {}).unwrap();
    team.lead.session.unlock(UnlockInput { pin: "830519".into() }).unwrap_err();
    std::fs::write(team.lead.dir.join("keyfile.a"), b"damaged").unwrap();
    team.lead.session.unlock(UnlockInput { pin: PIN.into() }).unwrap();
}

#[test]
fn a_whole_night_at_trace_leaves_nothing_of_anybody_in_the_log_b32() {
    let log = Log::default();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false).with_writer(log.clone());
    tracing::subscriber::with_default(subscriber.finish(), || {
        tracing::trace!("the first line");
        play();
    });
    let written = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(written.contains("the first line"), "{written}");
    let canaries = [
        "AIRONE",
        " 321",
        "=321",
        " 322",
        "=322",
        "Quartiere",
        "333 123",
        "OP-A",
        PIN,
        REVIEW_PIN,
        "830519",
        "AGE-SECRET",
    ];
    for canary in canaries {
        assert!(!written.contains(canary), "{canary} in:\n{written}");
    }
}
