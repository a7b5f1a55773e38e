//! Corrections of what day staff noted: added, never written over.

use super::board::noted_at_desk;
use super::write::{allows_company, broken, check_event, check_whole, not_in_the_future};
use crate::entropy::Moment;
use crate::error::{NotebookError, Result};
use crate::notebook::Notebook;
use domain::ids::ReferralId;
use domain::indicator::{Records, Source};
use domain::sync::correction::{CorrectionReason, CorrectionRow, DayEntry};
use domain::sync::night_log::DeskEntry;
use domain::time::operational_date;
use domain::validate::{Place, RuleId};

impl Notebook {
    /// Says what an entry of day staff should say, or that it should not be there.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`] for a place that holds no such entry, or one that was taken away already;
    /// [`NotebookError::InvalidInput`] for something of another kind, or a day that is yet to come; V20, V21, V29, V36
    /// if the rules do not allow what it would say; as [`Notebook::save_desk_entry`].
    pub fn correct_entry(
        &mut self,
        place: Source,
        reason: CorrectionReason,
        entry: Option<DayEntry>,
        moment: Moment,
    ) -> Result<()> {
        let original = self.written_at(place)?.ok_or(NotebookError::NotFound("desk entry"))?;
        let records = self.records_about(referral_of(&original), Some(place))?;
        if !records.entries().any(|(source, _)| source == place) {
            return Err(NotebookError::NotFound("desk entry"));
        }
        let row = CorrectionRow {
            device: place.device,
            sequence: place.sequence,
            number: number_of(&records, place).saturating_add(1),
            on: operational_date(moment.now),
            reason,
            entry,
        };
        if !row.fits(&original.clone().into()) {
            return Err(NotebookError::InvalidInput("kind of the correction"));
        }
        if let Some(entry) = &row.entry {
            check_entry(entry, moment)?;
        }
        self.check_paths(&records, &original, &row, moment)?;
        self.save_desk_entry(DeskEntry::Corrected(row))?;
        Ok(())
    }

    /// Takes the last step of a referral back, if it was noted at a desk; with its first step the referral goes.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`] for a step that a team noted; as [`Notebook::correct_entry`].
    pub fn take_back_step(&mut self, referral: ReferralId, reason: CorrectionReason, moment: Moment) -> Result<()> {
        let records = self.records_about(Some(referral), None)?;
        let paths = records.paths();
        let last = paths.get(&referral).and_then(|row| row.events.last());
        let last = *last.ok_or(NotebookError::NotFound("referral"))?;
        let noted = noted_at_desk(&records);
        let place = *noted.get(&(referral, last)).ok_or(NotebookError::NotFound("step"))?;
        let entry = records.entries().find(|(source, _)| *source == place).and_then(|(_, entry)| DayEntry::of(entry));
        let left = match entry.ok_or(NotebookError::NotFound("step"))? {
            DayEntry::ReferralAdvanced { referral_id, mut events } => {
                events.retain(|event| *event != last);
                (!events.is_empty()).then_some(DayEntry::ReferralAdvanced { referral_id, events })
            }
            DayEntry::ReferralOpened(mut row) => {
                row.events.retain(|event| *event != last);
                (!row.events.is_empty()).then_some(DayEntry::ReferralOpened(row))
            }
            _ => return Err(NotebookError::Internal("step of another entry")),
        };
        self.correct_entry(place, reason, left, moment)
    }

    /// V20, V21, V36 for the referral that a correction touches: it does not break a path that was whole.
    fn check_paths(&self, before: &Records, original: &DayEntry, row: &CorrectionRow, moment: Moment) -> Result<()> {
        let Some(id) = referral_of(original) else { return Ok(()) };
        let mut after = before.clone();
        after.add(Source { device: self.device(), sequence: u64::MAX }, DeskEntry::Corrected(row.clone()));
        let place = Place::Referral { referral: id };
        let was_whole = before.paths().get(&id).is_some_and(|path| check_whole(path, moment).is_ok());
        let paths = after.paths();
        let Some(path) = paths.get(&id) else {
            let is_alone = after.waiting_events() == before.waiting_events()
                && after.accompaniments().values().all(|went| went.referral_id != id);
            return if is_alone { Ok(()) } else { Err(broken(RuleId::V20, place)) };
        };
        if was_whole {
            check_whole(path, moment)?;
        }
        let of_it = |records: &Records| {
            let all = records.accompaniments();
            all.values().filter(|went| went.referral_id == id && !allows_company(path, went.date)).count()
        };
        if of_it(&after) > 0 { Err(broken(RuleId::V36, place)) } else { Ok(()) }
    }
}

/// The referral that an entry speaks of.
const fn referral_of(entry: &DayEntry) -> Option<ReferralId> {
    match entry {
        DayEntry::ReferralOpened(row) => Some(row.id),
        DayEntry::ReferralAdvanced { referral_id, .. } => Some(*referral_id),
        DayEntry::Accompanied(went) => Some(went.referral_id),
        DayEntry::DeskAccess(_) | DayEntry::Event(_) | DayEntry::Incident(_) => None,
    }
}

/// The highest number among the corrections of an entry.
fn number_of(records: &Records, place: Source) -> u16 {
    let of_it = records.written().filter_map(|(_, entry)| match entry {
        DeskEntry::Corrected(row) if (row.device, row.sequence) == (place.device, place.sequence) => Some(row.number),
        _ => None,
    });
    of_it.max().unwrap_or_default()
}

fn check_entry(entry: &DayEntry, moment: Moment) -> Result<()> {
    match entry {
        DayEntry::ReferralOpened(row) => not_in_the_future(row.opened_on, moment),
        DayEntry::ReferralAdvanced { .. } => Ok(()),
        DayEntry::Accompanied(went) => not_in_the_future(went.date, moment),
        DayEntry::DeskAccess(row) => not_in_the_future(row.date, moment),
        DayEntry::Event(row) => {
            check_event(row.participants, row.minutes)?;
            not_in_the_future(row.date, moment)
        }
        DayEntry::Incident(row) => not_in_the_future(row.date, moment),
    }
}
