//! What came back, as files.

use crate::failure::Failure;
use chrono::NaiveDate;
use data_encoding::BASE64URL_NOPAD;
use domain::ids::{OutingId, UnitId};
use domain::operation::OutingState;
use domain::sync::night_log::DeskEntry;
use domain::time::operational_date;
use notebook::recovery::{Content, Opened, Recovered, Trouble, Trust};
use serde::Serialize;
use serde_json::{Value, json};
use std::fs::{DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// One source.
#[derive(Debug, Serialize)]
pub struct SourceSummary {
    /// The file.
    pub path: PathBuf,
    /// Operations in it; none if it did not open.
    pub operations: Option<usize>,
    /// Why it did not open.
    pub error: Option<String>,
}

/// One outing.
#[derive(Debug, Serialize)]
pub struct OutingSummary {
    /// Its id.
    pub id: OutingId,
    /// Operational date; none if the operation that opened it is missing, like all that follows.
    pub date: Option<NaiveDate>,
    /// Unit.
    pub unit: Option<UnitId>,
    /// Operations of any device.
    pub operations: usize,
    /// Contacts that stand.
    pub contacts: Option<usize>,
    /// People in them.
    pub people: Option<u32>,
    /// Whether the lead signed it off.
    pub signed_off: Option<bool>,
    /// File in the folder.
    pub file: String,
}

/// How many operations are proved how well; those in quarantine apart.
#[derive(Debug, Default, Serialize)]
pub struct TrustCount {
    signed: usize,
    own_key: usize,
    unproven: usize,
    refuted: usize,
    quarantined: usize,
}

/// What a notebook took in.
#[derive(Debug, Serialize)]
pub struct IntoSummary {
    /// Taken in.
    pub new: u32,
    /// Here already.
    pub known: u32,
    /// Not for this notebook, or not proved.
    pub set_aside: u32,
}

/// The whole.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// Places with something sealed.
    pub sealed: usize,
    /// Operations that opened.
    pub opened: usize,
    /// Number, day and admin key of the manifest.
    pub manifest: Option<Value>,
    /// The sources.
    pub sources: Vec<SourceSummary>,
    /// How well they are proved.
    pub trust: TrustCount,
    /// Outings, by date.
    pub outings: Vec<OutingSummary>,
    /// Night logs for the desk.
    pub night_logs: usize,
    /// Entries of day staff.
    pub desk_entries: usize,
    /// Operations in `set-aside.json`.
    pub set_aside: usize,
    /// What a notebook took in, if one was named. Not in the file: that is written before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub into: Option<IntoSummary>,
    /// What did not come back.
    pub troubles: Vec<Trouble>,
}

impl Summary {
    /// Whether every source opened and nothing is missing.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.troubles.is_empty() && self.sources.iter().all(|source| source.error.is_none())
    }
}

/// Writes what came back into a new folder.
///
/// # Errors
/// [`Failure::Exists`] if the folder is not empty; [`Failure::Unwritable`].
pub fn write(
    folder: &Path,
    recovered: &Recovered,
    sealed: usize,
    sources: Vec<SourceSummary>,
    pinned: bool,
) -> Result<Summary, Failure> {
    let unwritable = |_| Failure::Unwritable(folder.to_owned());
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(unwritable)?;
    if std::fs::read_dir(folder).map_err(unwritable)?.next().is_some() {
        return Err(Failure::Exists(folder.to_owned()));
    }
    let mut outings = Vec::new();
    for (id, operations) in recovered.outings() {
        let state = recovered.state(id);
        let date = state.as_ref().map(|state| operational_date(state.outing.start_at));
        let mut short = id.to_string();
        short.truncate(8);
        let file = format!("outing-{}-{short}.json", date.map_or("unopened".to_owned(), |date| date.to_string()));
        let operations: Vec<Value> = operations.into_iter().map(raw).collect();
        outings.push(OutingSummary {
            id,
            date,
            unit: state.as_ref().map(|state| state.outing.unit.clone()),
            operations: operations.len(),
            contacts: state.as_ref().map(|state| state.contacts.len()),
            people: state.as_ref().map(people),
            signed_off: state.as_ref().map(|state| state.sign_off.is_some()),
            file: file.clone(),
        });
        let state = state.as_ref().map(state_json);
        put(folder, &file, &json!({ "id": id, "state": state, "operations": operations }))?;
    }
    outings.sort_by_key(|outing| (outing.date, outing.id));
    let is_desk = |opened: &&Opened| opened.is_counted() && matches!(opened.content, Content::Desk(_));
    let is_aside = |opened: &&Opened| !opened.is_counted() || matches!(opened.content, Content::Newer);
    let desk: Vec<Value> = recovered.opened.iter().filter(is_desk).map(raw).collect();
    let aside: Vec<Value> = recovered.opened.iter().filter(is_aside).map(raw).collect();
    put(folder, "desk.json", &json!(desk))?;
    put(folder, "set-aside.json", &json!(aside))?;
    if let Some(configuration) = &recovered.configuration {
        put(folder, "programme.json", configuration)?;
    }
    let is_night_log = |entry: &DeskEntry| matches!(entry, DeskEntry::NightLog(_));
    let night_logs = recovered.desk_entries().filter(|(_, entry)| is_night_log(&entry.entry)).count();
    let summary = Summary {
        sealed,
        opened: recovered.opened.len(),
        manifest: recovered.manifest.as_ref().map(|manifest| {
            json!({
                "programme": manifest.programme,
                "number": manifest.number,
                "issued_at": manifest.issued_at,
                "admin_key": BASE64URL_NOPAD.encode(&manifest.admin_key.0),
                "checked_with_sheet": pinned,
            })
        }),
        sources,
        trust: trust(&recovered.opened),
        outings,
        night_logs,
        desk_entries: desk.len().saturating_sub(night_logs),
        set_aside: aside.len(),
        into: None,
        troubles: recovered.troubles.clone(),
    };
    put(folder, "summary.json", &summary)?;
    Ok(summary)
}

fn trust(opened: &[Opened]) -> TrustCount {
    let mut count = TrustCount::default();
    for one in opened {
        *match one.trust {
            _ if one.quarantined => &mut count.quarantined,
            Trust::Signed => &mut count.signed,
            Trust::OwnKey => &mut count.own_key,
            Trust::Unproven => &mut count.unproven,
            Trust::Refuted => &mut count.refuted,
        } += 1;
    }
    count
}

fn people(state: &OutingState) -> u32 {
    state.contacts.values().map(|contact| u32::from(contact.n_persons)).sum()
}

/// An operation as it was sealed, with its place. What is no JSON stands as base64.
fn raw(opened: &Opened) -> Value {
    let content = serde_json::from_slice(&opened.json).unwrap_or_else(|_| json!(BASE64URL_NOPAD.encode(&opened.json)));
    json!({
        "device": opened.envelope.device,
        "sequence": opened.envelope.operation.sequence,
        "trust": opened.trust,
        "quarantined": opened.quarantined,
        "content": content,
    })
}

/// The state of an outing. The types have no form of their own: it exists nowhere but in memory, and here.
fn state_json(state: &OutingState) -> Value {
    let values = |values: Vec<Value>| Value::Array(values);
    json!({
        "outing": state.outing,
        "opened_by": state.opened_by,
        "stops": values(state.stops.values().map(|stop| json!(stop)).collect()),
        "contacts": values(state.contacts.values().map(|contact| json!(contact)).collect()),
        "observations": values(state.observations.values().map(|observation| json!(observation)).collect()),
        "supply_moves": values(state.moves.values().map(|supply| json!(supply)).collect()),
        "referrals": values(
            state.referrals.values().map(|record| json!({ "referral": record.referral, "events": record.events })).collect()
        ),
        "follow_ups": values(
            state.follow_ups.iter().map(|(referral, event)| json!({ "referral": referral, "event": event })).collect()
        ),
        "accompaniments": values(state.accompaniments.values().map(|one| json!(one)).collect()),
        "incidents": values(state.incidents.values().map(|incident| json!(incident)).collect()),
        "sign_off": state.sign_off,
        "amendments": state.amendments,
        "late": state.late,
    })
}

/// Writes a file that only its owner reads, and that was not there.
fn put(folder: &Path, name: &str, content: &impl Serialize) -> Result<(), Failure> {
    let path = folder.join(name);
    let unwritable = |_| Failure::Unwritable(path.clone());
    let text = serde_json::to_string_pretty(content).map_err(|_| Failure::internal("recovered file"))?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(unwritable)?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.write_all(b"\n"))
        .and_then(|()| file.sync_all())
        .map_err(unwritable)
}
