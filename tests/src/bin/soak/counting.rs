//! What the desk counts of a night in the end: the lead signs what came back, and the desk reads no more than that.

use crate::content::Operations;
use crate::team::{at, outing_id};
use anyhow::{Context, Result};
use domain::ids::{ItemCode, OperatorCode};
use domain::operation::{Operation, OperationBody, OutingChange, Scope, SignOff};
use domain::outing::OutingStatus;
use domain::supply::{MoveKind, SupplyMove};
use domain::sync::chain::Digest;
use domain::sync::night_log::DeskEntry;
use domain::sync::{ProjectionContext, project};
use domain::time::{IsoWeek, operational_date};
use notebook::notebook::Notebook;
use std::collections::BTreeMap;

/// Contacts, and what was handed out.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub contacts: u64,
    pub handed: BTreeMap<ItemCode, i64>,
}

/// The sums of what a phone saved: each contact once, each handout once.
pub fn sums_of(saved: &Operations) -> Result<Sums> {
    let mut sums = Sums::default();
    for json in saved.values() {
        if let OperationBody::ContactSaved { handouts, .. } = serde_json::from_str::<Operation>(json)?.body {
            sums.contacts += 1;
            for SupplyMove { item, quantity, .. } in handouts.into_iter().filter(|one| one.kind == MoveKind::Handout) {
                *sums.handed.entry(item).or_default() += i64::from(quantity);
            }
        }
    }
    Ok(sums)
}

/// The lead closes the night and signs all that is here.
pub fn sign(lead: &mut Notebook) -> Result<()> {
    let state = lead.outing_state(outing_id(), Scope::Everything)?.context("the night is at the lead's")?;
    let changes = vec![OutingChange::Status(OutingStatus::Closed), OutingChange::EndAt(Some(at(160).now))];
    let after = state.outing_heads.iter().copied().collect();
    lead.save(OperationBody::OutingRevised { outing_id: outing_id(), after, changes }, None, at(170), None)?;

    let (by, when) = (OperatorCode::new("OP-A"), at(171));
    let mut state = lead.outing_state(outing_id(), Scope::Everything)?.context("the night that was closed")?;
    state.outing.status = OutingStatus::Reviewed;
    state.outing.reviewed_at = Some(when.now);
    state.outing.reviewed_by = Some(by.clone());
    let log =
        project(&state, ProjectionContext { alias_key: &lead.alias_key(operational_date(state.outing.start_at))? })
            .context("a closed night")?;
    let digest = Digest::of(&serde_json::to_vec(&log)?);
    let sign_off = SignOff { by, at: when.now, included: lead.list_included(outing_id())?, digest };
    lead.save(OperationBody::OutingSignedOff { outing_id: outing_id(), sign_off }, None, when, None)?;
    lead.save_desk_entry(DeskEntry::NightLog(log))?;
    Ok(())
}

/// What the desk counts in the week of the night.
pub fn sums_at(desk: &Notebook) -> Result<Sums> {
    let tally = desk.week_tally(IsoWeek::of(operational_date(at(0).now)))?.nights;
    let handed = tally.supplies.into_iter().map(|(item, pieces)| Ok((item, i64::try_from(pieces)?)));
    Ok(Sums { contacts: tally.contacts, handed: handed.collect::<Result<_>>()? })
}
