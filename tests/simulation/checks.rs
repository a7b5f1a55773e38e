//! The invariants of architecture 10, by number.

use super::truth::{Tally, count};
use super::world::{SPARE, World};
use domain::operation::{Included, Operation, Scope};
use domain::sync::night_log::{DeskEntry, NightLog};
use notebook::crypto::seal::{self, SealIdentity};
use notebook::sync::visit::Purpose;
use std::collections::{BTreeMap, BTreeSet};

/// 8: nothing is shown as received that the server does not hold with the same chain value.
pub fn after_a_visit(world: &mut World, phone: usize) {
    let device = &mut world.phones[phone];
    let (id, name) = (device.id, device.name);
    let journal = device.notebook().journal();
    let state = journal.state().expect("the journal");
    let ours = journal.chain_at(state.stored).expect("the journal");
    if state.stored > 0 {
        let theirs = world.network.mailbox.borrow().chain_at(id, state.stored);
        assert_eq!(
            theirs, ours,
            "invariant 8: {name} shows {} as received and the server holds other ones",
            state.stored
        );
    }
    assert!(state.backed_up <= state.stored && state.stored <= state.total);
}

/// 4: what the lead signs is what the plain count over the same facts gives.
pub fn night_log_equals_the_count(world: &World, log: &NightLog, included: &[Included]) {
    let facts = world.included_facts(included);
    assert_eq!(tally_of(log), count(facts.iter()), "invariant 4: version {} of the night log", log.version());
}

pub fn at_the_end(world: &mut World) {
    acknowledged_operations_survive(world);
    recovery_key_opens_everything(world);
    nothing_is_counted_twice(world);
    leads_show_the_same(world);
    desk_counts_what_happened(world);
    backed_up_is_held_by_the_desk(world);
}

/// 1–4 once more, when the phones have forgotten what is due: what a phone let go of is at the desk, sealed as it was,
/// and counts there as before; nothing went that is not; and who reads everything once more doubles nothing.
pub fn after_forgetting(world: &mut World) {
    let held: BTreeMap<_, _> = {
        let logs = world.desk.notebook().list_held_logs().expect("logs");
        logs.into_iter().map(|log| (log.device, log.through)).collect()
    };
    let outing = world.outing;
    for phone in world.phones.iter_mut().filter(|phone| phone.alive) {
        let (own, name) = (phone.id, phone.name);
        let at_the_desk = held.get(&own).copied().unwrap_or_default();
        let notebook = phone.notebook();
        let journal = notebook.journal();
        journal.verify().expect("the chain goes on from where it was");
        let base = journal.base().expect("the journal").sequence;
        assert!(base <= at_the_desk, "invariant 1: {name} let entries go that nobody has");
        for sequence in notebook.list_forgotten_sequences(outing).expect("places") {
            assert!(sequence <= at_the_desk, "invariant 1: {name} forgot operation {sequence} that nobody has");
        }
        if let Some((_, sums)) = notebook.forgotten_night(outing).expect("sums") {
            let left = notebook.outing_state(outing, Scope::Everything).expect("operations").expect("its opening");
            assert!(left.contacts.is_empty() && left.observations.is_empty(), "{name} forgot half of a night");
            assert!(sums.contacts as usize <= world.facts.len());
        }
    }
    desk_counts_what_happened(world);
    let lead = world.leading;
    let before = world.phones[lead].notebook().list_positions(outing).expect("places").len();
    for phone in [lead, SPARE] {
        world.phones[phone].notebook().recall(outing).expect("it is called back");
    }
    for phone in [lead, SPARE, lead, SPARE] {
        world.time.pass(301);
        world.visit(phone, Purpose::Asked);
    }
    let known = world.phones[lead].notebook().operations_of(outing).expect("operations");
    assert!(before <= known.len());
    acknowledged_operations_survive(world);
    nothing_is_counted_twice(world);
    leads_show_the_same(world);
}

/// 1: the lead has every operation that a phone had shown as received, also of a phone that was destroyed, and every
/// operation of a phone that still lives.
fn acknowledged_operations_survive(world: &mut World) {
    let outing = world.outing;
    let operations = world.phones[world.leading].notebook().operations_of(outing).expect("operations");
    let known: BTreeSet<_> = operations.iter().map(|op| (op.device, op.sequence)).collect();
    for fact in world.facts.iter().filter(|fact| world.has_arrived(fact)) {
        assert!(known.contains(&(fact.device, fact.sequence)), "invariant 1: operation {} is lost", fact.sequence);
    }
}

/// 1, 10: with the recovery key and the server's database alone, every operation is readable and is what was saved.
fn recovery_key_opens_everything(world: &mut World) {
    let recovery = SealIdentity::from_text(world.recovery.as_text()).expect("an age identity");
    let outing = world.outing;
    let operations = world.phones[world.leading].notebook().operations_of(outing).expect("operations");
    let shown: BTreeMap<_, _> = operations.into_iter().map(|op| ((op.device, op.sequence), op)).collect();
    let mut opened = 0;
    for held in world.network.mailbox.borrow().held().iter().filter(|held| held.stream == "journal") {
        let json = seal::open(&recovery, &held.sealed).expect("sealed to the recovery key");
        let operation: Operation = serde_json::from_slice(&json).expect("an operation");
        let place = (held.device, held.sequence);
        assert_eq!((operation.device, operation.sequence), place, "invariant 1: an operation stands in another place");
        assert!(shown.get(&place) == Some(&operation), "invariant 1: the server's copy is not what the lead shows");
        opened += 1;
    }
    assert_eq!(opened, shown.len(), "invariant 1: the server does not hold everything the lead shows");
}

/// 2: one operation, one id, one place.
fn nothing_is_counted_twice(world: &mut World) {
    let outing = world.outing;
    let operations = world.phones[world.leading].notebook().operations_of(outing).expect("operations");
    let ids: BTreeSet<_> = operations.iter().map(|op| op.id).collect();
    assert_eq!(ids.len(), operations.len(), "invariant 2: an operation is here twice");
    let facts = world.facts.iter().filter(|fact| world.has_arrived(fact)).count();
    assert_eq!(operations.len(), facts, "invariant 2: more operations than people saved");
}

/// 3: a lead's phone that was never used shows, from the server's copy alone, what the leading phone shows.
fn leads_show_the_same(world: &mut World) {
    let outing = world.outing;
    for scope in [Scope::Everything, Scope::Counted] {
        let lead = world.phones[world.leading].notebook().outing_state(outing, scope).expect("operations");
        let spare = world.phones[SPARE].notebook().outing_state(outing, scope).expect("operations");
        assert!(lead.is_some() && lead == spare, "invariant 3: two leads show different states ({scope:?})");
    }
    let problems = world.phones[SPARE].notebook().list_problems().expect("problems");
    assert!(problems.is_empty(), "invariant 1: set aside on a lead's phone: {problems:?}");
}

/// 4: the desk's count of the last night log equals the plain count of everything that outlived its phone.
fn desk_counts_what_happened(world: &mut World) {
    let outing = world.outing;
    let entries = world.desk.notebook().list_desk_entries().expect("entries");
    let logs = entries.iter().filter_map(|stored| match &stored.envelope.entry {
        DeskEntry::NightLog(log) if log.outing.id == outing => Some(log),
        _ => None,
    });
    let last = logs.max_by_key(|log| log.version()).expect("a night log at the desk");
    let arrived: Vec<_> = world.facts.iter().filter(|fact| world.has_arrived(fact)).cloned().collect();
    assert_eq!(tally_of(last), count(arrived.iter()), "invariant 4: the desk counts something else");
}

/// 1: "backed up" is said only of what the desk really holds.
fn backed_up_is_held_by_the_desk(world: &mut World) {
    let held: BTreeMap<_, _> = world
        .desk
        .notebook()
        .list_held_logs()
        .expect("logs")
        .into_iter()
        .map(|log| (log.device, log.through))
        .collect();
    for phone in world.phones.iter_mut().filter(|phone| phone.alive) {
        let state = phone.notebook().journal().state().expect("the journal");
        let at_the_desk = held.get(&phone.id).copied().unwrap_or_default();
        assert!(state.backed_up <= at_the_desk, "invariant 1: {} trusts a copy that is not there", phone.name);
    }
}

/// The sums of a night log's rows.
fn tally_of(log: &NightLog) -> Tally {
    let mut tally = Tally {
        contacts: log.contacts.len() as u64,
        seen: log.observations.iter().map(|row| u64::from(row.n)).sum(),
        referrals: log.referrals.len() as u64,
        referral_events: log.referrals.iter().map(|row| row.events.len() as u64).sum::<u64>()
            + log.follow_ups.len() as u64,
        ..Tally::default()
    };
    for row in &log.contacts {
        tally.people += u64::from(row.n_persons);
        *tally.people_by_zone.entry(row.zone.as_str().to_owned()).or_default() += u64::from(row.n_persons);
    }
    for row in &log.supplies {
        let item = row.item.as_str();
        let mut note = |sums: fn(&mut Tally) -> &mut BTreeMap<String, i64>, n: i64| {
            if n != 0 {
                sums(&mut tally).insert(item.to_owned(), n);
            }
        };
        note(|tally| &mut tally.handed, row.to_persons);
        note(|tally| &mut tally.loaded, row.loaded);
        note(|tally| &mut tally.returned, row.returned);
        note(|tally| &mut tally.wasted, row.wasted);
    }
    tally
}
