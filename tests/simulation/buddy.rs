//! The two phones of a unit as each other's backup, against the real server: whichever is lost first, what one of them
//! held sealed arrives, and a server that lost its disk gets everything back from the desk.

use super::network::Weather;
use super::world::{LEAD, MEMBER, SPARE, World};
use notebook::retention::forget;
use notebook::sync::fault::Trouble;
use notebook::sync::visit::Purpose;

/// Both phones have their part of a night, and nothing of it has been sent.
fn night(seed: u64) -> World {
    let mut world = World::new(seed);
    *world.network.weather.borrow_mut() = Weather::CALM;
    for phone in [LEAD, MEMBER] {
        world.open_outing(phone);
        for _ in 0..4 {
            world.time.pass(60);
            world.save_contact(phone);
        }
    }
    world
}

fn total(world: &mut World, phone: usize) -> u64 {
    world.phones[phone].notebook().journal().len().expect("the journal")
}

fn copies(world: &mut World, phone: usize) -> usize {
    let outing = world.outing;
    world.phones[phone].notebook().held_night(outing).expect("copies").copies.len()
}

fn visit(world: &mut World, phone: usize) {
    world.time.pass(120);
    let end = world.phones[phone].visit(&world.network, Purpose::Asked);
    assert_eq!(end.trouble, None);
}

/// The phone that took the other's night sends both; then it is lost too.
fn arrives_when_the_first_is_lost(lost: usize, keeps: usize) {
    let mut world = night(7);
    let (owner, whole) = (world.phones[lost].id, total(&mut world, lost));
    world.hand_over(lost, keeps);
    assert_eq!(copies(&mut world, keeps) as u64, whole);
    world.phones[lost].destroy();
    visit(&mut world, keeps);
    assert_eq!(world.network.mailbox.borrow().stored(owner), whole, "all of it, in its author's log");
    assert_eq!(copies(&mut world, keeps) as u64, whole, "kept until there is a copy off the server");
    world.desk.visit(&world.network, Purpose::Asked);
    visit(&mut world, keeps);
    assert_eq!(copies(&mut world, keeps), 0, "the receipt lets them go");
    world.phones[keeps].destroy();
    visit(&mut world, SPARE);
    let outing = world.outing;
    let known = world.phones[SPARE].notebook().operations_of(outing).expect("operations").len();
    assert_eq!(known, world.facts.len(), "a lead that was never there reads both nights");
}

#[test]
fn the_leads_phone_hands_in_the_night_of_a_members_phone_that_is_lost() {
    arrives_when_the_first_is_lost(MEMBER, LEAD);
}

#[test]
fn a_members_phone_hands_in_the_night_of_a_leads_phone_that_is_lost() {
    arrives_when_the_first_is_lost(LEAD, MEMBER);
}

#[test]
fn nothing_doubles_when_both_hand_in_and_the_owner_goes_on() {
    let mut world = night(8);
    world.hand_over(MEMBER, LEAD);
    visit(&mut world, LEAD);
    world.save_contact(MEMBER);
    visit(&mut world, MEMBER);
    visit(&mut world, LEAD);
    let whole = total(&mut world, MEMBER);
    assert_eq!(world.network.mailbox.borrow().stored(world.phones[MEMBER].id), whole);
    let outing = world.outing;
    let known = world.phones[LEAD].notebook().operations_of(outing).expect("operations").len();
    assert_eq!(known, world.facts.len());
}

#[test]
fn a_desk_gives_a_server_back_what_it_lost_also_what_phones_have_forgotten() {
    let mut world = night(9);
    for phone in [LEAD, MEMBER, LEAD] {
        visit(&mut world, phone);
    }
    world.sign_off();
    visit(&mut world, LEAD);
    world.desk.visit(&world.network, Purpose::Asked);
    for phone in [LEAD, MEMBER] {
        visit(&mut world, phone);
    }
    world.open_another_outing(MEMBER);
    for days in [1, 9] {
        world.time.pass(days * 24 * 3600);
        for phone in [LEAD, MEMBER] {
            let moment = world.phones[phone].moment();
            forget(world.phones[phone].notebook(), moment).expect("it forgets");
        }
    }
    for (phone, unsent) in [(LEAD, 0), (MEMBER, 1)] {
        let journal = world.phones[phone].notebook().journal();
        let base = journal.base().expect("the journal").sequence;
        assert_eq!(base + unsent, journal.len().expect("the journal"), "all that was sent is let go of");
    }
    let before = world.network.mailbox.borrow().held().len();
    world.network.mailbox.borrow_mut().lose_its_disk();
    world.publish_manifest();
    world.time.pass(120);
    let end = world.phones[MEMBER].visit(&world.network, Purpose::Asked);
    assert!(end.trouble.is_some(), "what lies before is not on the phone any more");
    // Started again since: it does not know that the server had taken its word.
    world.desk.restart();
    let first = world.desk.visit(&world.network, Purpose::Asked);
    assert_eq!(first.trouble, Some(Trouble::Stuck), "the server lacks what the desk acknowledges");
    assert_eq!(world.network.mailbox.borrow().held().len(), before);
    visit(&mut world, MEMBER);
    let member = world.phones[MEMBER].id;
    let whole = total(&mut world, MEMBER);
    assert_eq!(world.network.mailbox.borrow().stored(member), whole);
}
