use super::*;
use crate::fixture::{Team, UNIT, at};
use domain::ids::OrgId;
use domain::ids::ZoneCode;
use domain::programme::{Org, Unit, Zone};

/// The admin's desk, with a unit, a zone and two operators on its lists.
fn desk(team: &Team) -> Notebook {
    let mut desk = team.admin.open();
    let mut programme = desk.programme().unwrap().clone();
    let org = OrgId::new("ORG-1");
    programme.orgs = vec![Org { id: org.clone(), name: "Ente".into() }];
    programme.units = vec![Unit { id: UnitId::new(UNIT), org }];
    let (code, label) = (ZoneCode::new("Z1"), "Ovest".to_owned());
    programme.zones = vec![Zone { code, label, district: None, in_municipality: true, min_expected: 8 }];
    desk.sign_manifest(vec![ManifestChange::SetProgramme(Box::new(programme))], at(0)).unwrap();
    desk
}

fn with_zone(desk: &Notebook, least: u16) -> (String, Lists) {
    let mut lists = desk.programme().unwrap().lists();
    let base = lists.digest().to_string();
    let (code, label) = (ZoneCode::new("Z9"), "Fiera".to_owned());
    lists.zones.push(Zone { code, label, district: None, in_municipality: true, min_expected: least });
    (base, lists)
}

#[test]
fn change_is_a_new_manifest_and_lines_of_the_register() {
    let team = Team::new();
    let mut desk = desk(&team);
    let number = desk.manifest().unwrap().number;
    let (base, lists) = with_zone(&desk, 8);
    let differences = desk.change_lists(&base, lists.clone(), at(1)).unwrap();
    assert_eq!(differences.len(), 1);
    assert_eq!(desk.manifest().unwrap().number, number + 1);
    assert_eq!(desk.programme().unwrap().lists(), lists);
    let entries = desk.list_desk_entries().unwrap();
    let DeskEntry::Acts(acts) = &entries.last().unwrap().envelope.entry else { panic!("acts") };
    assert_eq!(acts.len(), 1);
    assert_eq!((acts[0].before, acts[0].after), (None, differences[0].after));

    let base = lists.digest().to_string();
    desk.change_lists(&base, lists, at(2)).unwrap();
    assert_eq!(desk.manifest().unwrap().number, number + 1, "the same lists change nothing");
}

#[test]
fn refuses_a_thin_zone_lists_that_were_changed_meanwhile_and_other_desks() {
    let team = Team::new();
    let mut desk = desk(&team);
    let number = desk.manifest().unwrap().number;
    let (base, thin) = with_zone(&desk, 4);
    let faults = desk.check_lists(&thin, at(1)).unwrap().faults;
    assert_eq!(faults.iter().map(|fault| fault.fault).collect::<Vec<_>>(), [FaultKind::Thin]);
    assert_eq!(desk.change_lists(&base, thin, at(1)), Err(NotebookError::InvalidInput("lists")));
    let (_, good) = with_zone(&desk, 5);
    let stale = desk.change_lists("0", good.clone(), at(1));
    assert_eq!(stale, Err(NotebookError::WrongState("lists were changed meanwhile")));
    assert_eq!(desk.manifest().unwrap().number, number);
    let mut lead = team.lead.open();
    assert_eq!(lead.change_lists(&base, good, at(1)), Err(NotebookError::NotAllowed));
}

#[test]
fn unit_with_devices_is_not_retired() {
    let team = Team::new();
    let desk = desk(&team);
    let mut lists = desk.programme().unwrap().lists();
    lists.retired.units.append(&mut lists.units);
    let faults: Vec<FaultKind> = desk.check_lists(&lists, at(1)).unwrap().faults.iter().map(|at| at.fault).collect();
    assert_eq!(faults, [FaultKind::Empty, FaultKind::InUse]);
}

#[test]
fn proposal_that_is_not_followed_is_made_again_after_a_year() {
    let team = Team::new();
    let mut desk = desk(&team);
    let mut programme = desk.programme().unwrap().clone();
    programme.zones[0].min_expected = 3;
    let code = programme.zones[0].code.to_string();
    desk.sign_manifest(vec![ManifestChange::SetProgramme(Box::new(programme))], at(1)).unwrap();
    let thin = |desk: &Notebook, moment| {
        desk.list_proposals(moment).unwrap().iter().any(|proposal| proposal.kind == ProposalKind::ThinZone)
    };
    assert!(thin(&desk, at(1)));
    desk.keep_as_is(ProposalKind::ThinZone, &code, at(1)).unwrap();
    assert!(!thin(&desk, at(1)));
    assert!(!thin(&desk, at(364 * 24 * 60)));
    assert!(thin(&desk, at(366 * 24 * 60)));
}
