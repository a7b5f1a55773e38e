//! *Invii*: referrals of tonight and what became of them.
//!
//! What a phone shows: the policy's last referrals of tonight, and the open ones of the aliases on its last contacts.
//! Everything the unit follows stands behind the lead's step-up PIN (architecture 7).

use super::Session;
use super::card::{drafts, last_drafts, refuse_errors};
use super::own::{OwnNight, open_night, require_open};
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result};
use crate::night::path::{Followed, accompaniment, days_between, events, followed, lost_in_days, rank};
use crate::notebook::Notebook;
use crate::view::{
    AdvanceInput, CorrectReferralInput, FollowUpsInput, FollowUpsView, Nothing, ReferralCardView, ReferralInput,
    ReferralsView, ReviewAccess, StateView, number,
};
use chrono::NaiveDate;
use domain::alias::Alias;
use domain::contact::Contact;
use domain::ids::{AccompanimentId, ContactId, OperationId, OutingId, ReferralId};
use domain::operation::{OperationBody as Body, OutingState, ReferralRecord};
use domain::referral::{Referral, ReferralEvent, ReferralOrigin, ReferralState, ServiceType};
use domain::sync::manifest::Role;
use domain::time::operational_date;
use domain::validate::{before_accompaniment, before_referral};
use std::collections::BTreeSet;

/// How much of what is known is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// The last of tonight, and what belongs to the aliases met last.
    Tonight,
    /// All that the unit follows.
    WholeUnit,
}

impl Session {
    /// The referrals of tonight on this phone; all of the unit's while the lead has stepped up.
    pub fn referrals(&self, _: Nothing) -> std::result::Result<ReferralsView, ErrorView> {
        let reach = self.reach();
        self.with_notebook(|notebook, moment| referrals_view(notebook, moment, reach))
    }

    /// The open referrals of the alias that was just chosen on a card. Of an alias that stands on none of this phone's
    /// last records nothing is said: a phone in wrong hands would tell of the whole unit, alias by alias.
    /// For the same reason it speaks of so many aliases only, until the PIN is given again or the lead steps up.
    pub fn follow_ups(&self, input: FollowUpsInput) -> std::result::Result<FollowUpsView, ErrorView> {
        let reach = self.reach();
        self.with_notebook(|notebook, _| {
            let night = require_open(notebook)?;
            if !is_at_hand(notebook, &night, &input.alias)? {
                return Ok(FollowUpsView { referrals: Vec::new(), code_first: false });
            }
            let limit = usize::from(notebook.programme()?.policy.visible_records);
            // Whether there would have been anything to say is not said either.
            if reach == Reach::Tonight && !notebook.may_tell_of(&input.alias, limit) {
                return Ok(FollowUpsView { referrals: Vec::new(), code_first: true });
            }
            let board = Board::of(notebook, Some(night), None)?;
            let mut found = followed(&known_states(notebook)?);
            found.retain(|one| {
                one.record.referral.alias.as_ref() == Some(&input.alias) && !one.record.state().is_terminal()
            });
            found.sort_by_key(|one| rank(&one.record));
            if reach == Reach::Tonight && !found.is_empty() {
                notebook.tell_of(&input.alias);
            }
            let referrals = found.into_iter().map(|one| board.card(one)).collect();
            Ok(FollowUpsView { referrals, code_first: false })
        })
    }

    /// A new referral: proposed, and answered at once if the person did.
    pub fn open_referral(&self, input: ReferralInput) -> std::result::Result<ReferralsView, ErrorView> {
        let reach = self.reach();
        self.with_notebook(|notebook, moment| {
            let opened = open_referral(notebook, moment, input, None)?;
            Ok(ReferralsView { opened: Some(opened), ..referrals_view(notebook, moment, reach)? })
        })
    }

    /// *Adesso: che cosa è successo?* One step, or several of the same day.
    pub fn advance_referral(&self, input: AdvanceInput) -> std::result::Result<ReferralsView, ErrorView> {
        let reach = self.reach();
        self.with_notebook(|notebook, moment| {
            advance(notebook, moment, &input)?;
            referrals_view(notebook, moment, reach)
        })
    }

    /// *Correggi*: alias, service or urgency were wrong.
    pub fn correct_referral(&self, input: CorrectReferralInput) -> std::result::Result<ReferralsView, ErrorView> {
        let reach = self.reach();
        self.with_notebook(|notebook, moment| {
            correct(notebook, moment, input)?;
            referrals_view(notebook, moment, reach)
        })
    }

    /// Looking does not begin the five minutes of the step-up PIN again.
    pub(super) fn reach(&self) -> Reach {
        match self.review_access(&self.inner()) {
            ReviewAccess::Open => Reach::WholeUnit,
            ReviewAccess::NotLead | ReviewAccess::Unset | ReviewAccess::Locked => Reach::Tonight,
        }
    }
}

/// Whether an alias stands on one of the policy's last records of this phone, unsaved cards first.
fn is_at_hand(notebook: &Notebook, night: &OwnNight, alias: &Alias) -> Result<bool> {
    let limit = usize::from(notebook.programme()?.policy.visible_records);
    let drafts = last_drafts(notebook, &night.state)?;
    let of_cards = drafts.iter().map(|draft| &draft.fill.details.aliases);
    let of_contacts = last_contacts(notebook, night, limit).into_iter().map(|contact| &contact.aliases);
    Ok(of_cards.chain(of_contacts).take(limit).any(|aliases| aliases.contains(alias)))
}

/// `ids` are those that were drawn when it was begun.
pub(super) fn open_referral(
    notebook: &mut Notebook,
    moment: Moment,
    input: ReferralInput,
    ids: Option<(OperationId, ReferralId)>,
) -> Result<ReferralId> {
    let night = require_open(notebook)?;
    let date = operational_date(night.state.outing.start_at);
    let contact_id = input.card.map(|card| contact_of(notebook, &night, card)).transpose()?;
    let (operation, id) = match ids {
        Some((operation, id)) => (Some(operation), id),
        None => (None, ReferralId(notebook.entropy().v4()?)),
    };
    let referral = Referral {
        id,
        origin: ReferralOrigin::Outing(night.state.id()),
        opened_on: date,
        contact_id,
        alias: input.alias,
        service_type: input.service_type,
        service_id: None,
        urgency: input.urgency,
        reason: input.reason,
        language_need: input.language_need,
        mediator_needed: input.mediator_needed,
        accompany_needed: input.accompany_needed,
        consent: input.consent,
        parent_id: input.parent_id,
    };
    let event = |state| ReferralEvent { date, state, outcome: None };
    let events: Vec<ReferralEvent> = std::iter::once(ReferralState::Proposed).chain(input.answer).map(event).collect();
    let record = ReferralRecord { referral, events };
    refuse_errors(&before_referral(&record, date))?;
    let ReferralRecord { referral, events } = record;
    notebook.save(Body::ReferralOpened { outing_id: night.state.id(), referral, events }, operation, moment, None)?;
    Ok(id)
}

/// Its author corrects a referral until the outing closes: alias, service and urgency.
fn correct(notebook: &mut Notebook, moment: Moment, input: CorrectReferralInput) -> Result<()> {
    let night = require_open(notebook)?;
    if !has_opened(&night, input.referral) {
        return Err(NotebookError::NotFound("referral"));
    }
    let mut record = night.state.referrals.get(&input.referral).ok_or(NotebookError::NotFound("referral"))?.clone();
    record.referral.alias = input.alias;
    record.referral.service_type = input.service_type;
    record.referral.urgency = input.urgency;
    refuse_errors(&before_referral(&record, operational_date(night.state.outing.start_at)))?;
    let ReferralRecord { referral, events } = record;
    notebook.save(Body::ReferralOpened { outing_id: night.state.id(), referral, events }, None, moment, None)?;
    Ok(())
}

/// Whether this phone opened it tonight.
fn has_opened(night: &OwnNight, id: ReferralId) -> bool {
    let is_it = |body: &Body| matches!(body, Body::ReferralOpened { referral, .. } if referral.id == id);
    night.operations.iter().any(|operation| is_it(&operation.body))
}

/// The contact of a card, saved or still open.
fn contact_of(notebook: &Notebook, night: &OwnNight, card: OperationId) -> Result<ContactId> {
    if let Some(draft) = drafts(notebook, &night.state)?.iter().find(|draft| draft.card == card) {
        return Ok(draft.contact);
    }
    match notebook.find_own_operation(card)?.map(|operation| operation.body) {
        Some(Body::ContactSaved { contact, .. } | Body::PersonSplitOff { contact, .. }) => Ok(contact.id),
        Some(Body::ContactRevised { contact_id, .. }) => Ok(contact_id),
        _ => Err(NotebookError::NotFound("card")),
    }
}

fn advance(notebook: &mut Notebook, moment: Moment, input: &AdvanceInput) -> Result<()> {
    if input.states.is_empty() {
        return Err(NotebookError::InvalidInput("no step"));
    }
    let states = known_states(notebook)?;
    let home = states
        .iter()
        .find(|state| state.referrals.contains_key(&input.referral))
        .ok_or(NotebookError::NotFound("referral"))?;
    let is_it = |one: &Followed| one.record.referral.id == input.referral;
    let mut after = followed(&states).into_iter().find(is_it).ok_or(NotebookError::NotFound("referral"))?.record;
    // During an outing its operational date counts, also after midnight; afterwards, the day on which it was heard.
    let open = open_night(notebook)?;
    let (noted_in, date) = match &open {
        Some(night) => (night.state.id(), operational_date(night.state.outing.start_at)),
        None if home.sign_off.is_none() => (home.id(), operational_date(moment.now)),
        None => return Err(NotebookError::WrongState("the outing is signed off")),
    };
    let steps = events(input, date);
    after.events.extend(steps.iter().copied());
    refuse_errors(&before_referral(&after, date.max(operational_date(moment.now))))?;
    let accompaniment = match input.accompaniment {
        Some(company) => {
            let id = AccompanimentId(notebook.entropy().v4()?);
            let accompaniment = accompaniment(id, input.referral, date, company);
            refuse_errors(&before_accompaniment(&accompaniment, Some(&after)))?;
            Some(accompaniment)
        }
        None => None,
    };
    let advanced =
        Body::ReferralAdvanced { outing_id: noted_in, referral_id: input.referral, events: steps, accompaniment };
    notebook.save(advanced, None, moment, None)?;
    Ok(())
}

/// The outings whose referrals this phone knows, the latest first: on a lead's phone all of the unit, on a member's
/// what it wrote itself.
fn known_states(notebook: &Notebook) -> Result<Vec<OutingState>> {
    notebook.list_outlines((notebook.role() != Some(Role::Lead)).then(|| notebook.device()))
}

pub(super) fn referrals_view(notebook: &Notebook, moment: Moment, reach: Reach) -> Result<ReferralsView> {
    let night = open_night(notebook)?;
    let is_open = |record: &ReferralRecord| !record.state().is_terminal();
    let of_night = || night.iter().flat_map(|night| night.state.referrals.values());
    let opened_tonight = number(of_night().count());
    let open_tonight = number(of_night().filter(|record| is_open(record)).count());
    let board = Board::of(notebook, night, Some(moment))?;
    let mut found = followed(&known_states(notebook)?);
    found.retain(|one| board.shows(one, reach));
    if reach == Reach::Tonight {
        let limit = usize::from(notebook.programme()?.policy.visible_records);
        found.retain(|one| board.may_show(notebook, one, limit));
    }
    let code_first = reach == Reach::Tonight && board.waits_for_code(notebook)?;
    let open_listed = number(found.iter().filter(|one| is_open(&one.record)).count());
    found.sort_by_key(|one| rank(&one.record));
    let machine = ReferralState::ALL.iter().map(|state| StateView { state: *state, next: state.next().to_vec() });
    Ok(ReferralsView {
        referrals: found.into_iter().map(|one| board.card(one)).collect(),
        service_types: service_types(notebook)?,
        machine: machine.collect(),
        whole_unit: reach == Reach::WholeUnit,
        code_first,
        opened_tonight,
        to_follow: open_listed.max(open_tonight),
        opened: None,
    })
}

/// What a card is compared with: the outing under way, and the aliases chosen in it.
struct Board {
    tonight: Option<OutingId>,
    /// Those that this phone opened in it.
    own: BTreeSet<ReferralId>,
    today: NaiveDate,
    last: Vec<ReferralId>,
    aliases: BTreeSet<Alias>,
    last_aliases: BTreeSet<Alias>,
    lost_after_days: u16,
}

impl Board {
    fn of(notebook: &Notebook, night: Option<OwnNight>, moment: Option<Moment>) -> Result<Self> {
        let policy = notebook.programme()?.policy;
        let today = night.as_ref().map(|night| night.state.outing.start_at).or(moment.map(|moment| moment.now));
        let limit = usize::from(policy.visible_records);
        Ok(Self {
            tonight: night.as_ref().map(|night| night.state.id()),
            own: night.as_ref().map(|night| last_opened(night, usize::MAX).into_iter().collect()).unwrap_or_default(),
            today: operational_date(today.unwrap_or_default()),
            last: night
                .as_ref()
                .map(|night| notebook.last_of(last_opened(night, usize::MAX), limit, |id| id.0))
                .unwrap_or_default(),
            aliases: night.as_ref().map(|night| aliases_of(night.last_contacts(usize::MAX))).unwrap_or_default(),
            last_aliases: night
                .as_ref()
                .map(|night| aliases_of(last_contacts(notebook, night, limit)))
                .unwrap_or_default(),
            lost_after_days: policy.referral_lost_after_days,
        })
    }

    fn shows(&self, one: &Followed, reach: Reach) -> bool {
        let referral = &one.record.referral;
        let is_open = !one.record.state().is_terminal();
        match reach {
            Reach::WholeUnit => is_open || self.is_of_tonight(referral),
            Reach::Tonight => {
                let has_just_met = referral.alias.as_ref().is_some_and(|alias| self.last_aliases.contains(alias));
                self.last.contains(&referral.id) || (is_open && has_just_met)
            }
        }
    }

    /// Of an alias met just now only while something may be said of it; then it counts.
    fn may_show(&self, notebook: &Notebook, one: &Followed, limit: usize) -> bool {
        let referral = &one.record.referral;
        if self.last.contains(&referral.id) {
            return true;
        }
        let Some(alias) = referral.alias.as_ref().filter(|alias| notebook.may_tell_of(alias, limit)) else {
            return false;
        };
        notebook.tell_of(alias);
        true
    }

    /// Whether somebody was met of whom nothing may be said any more, be there anything or not.
    fn waits_for_code(&self, notebook: &Notebook) -> Result<bool> {
        let limit = usize::from(notebook.programme()?.policy.visible_records);
        Ok(self.last_aliases.iter().any(|alias| !notebook.may_tell_of(alias, limit)))
    }

    fn is_of_tonight(&self, referral: &Referral) -> bool {
        self.tonight.is_some_and(|tonight| referral.origin == ReferralOrigin::Outing(tonight))
    }

    fn has_met(&self, referral: &Referral) -> bool {
        referral.alias.as_ref().is_some_and(|alias| self.aliases.contains(alias))
    }

    fn card(&self, one: Followed) -> ReferralCardView {
        let Followed { record, minutes } = one;
        let state = record.state();
        let lost_in_days = lost_in_days(&record, self.today, self.lost_after_days);
        let ReferralRecord { referral, events } = record;
        ReferralCardView {
            id: referral.id,
            code: referral.id.short_code(),
            tonight: self.is_of_tonight(&referral),
            can_correct: self.own.contains(&referral.id),
            seen_tonight: self.has_met(&referral),
            alias: referral.alias,
            service_type: referral.service_type,
            urgency: referral.urgency,
            consent: referral.consent,
            accompany_needed: referral.accompany_needed,
            mediator_needed: referral.mediator_needed,
            opened_on: referral.opened_on,
            age_days: days_between(referral.opened_on, self.today),
            lost_in_days,
            accompanied_minutes: minutes,
            events,
            state,
            next: state.next().to_vec(),
        }
    }
}

/// The last referrals that this phone opened tonight and that stand.
fn last_opened(night: &OwnNight, limit: usize) -> Vec<ReferralId> {
    let opened = night.operations.iter().rev().filter_map(|operation| match &operation.body {
        Body::ReferralOpened { referral, .. } => Some(referral.id),
        _ => None,
    });
    // One that was corrected was opened more than once.
    let mut seen = BTreeSet::new();
    opened.filter(|id| night.state.referrals.contains_key(id) && seen.insert(*id)).take(limit).collect()
}

/// The contacts of tonight of which this phone tells.
fn last_contacts<'a>(notebook: &Notebook, night: &'a OwnNight, limit: usize) -> Vec<&'a Contact> {
    notebook.last_of(night.last_contacts(usize::MAX), limit, |contact| contact.id.0)
}

fn aliases_of(contacts: Vec<&Contact>) -> BTreeSet<Alias> {
    contacts.into_iter().flat_map(|contact| contact.aliases.iter().cloned()).collect()
}

/// The types of the directory, or all of them while it is empty.
fn service_types(notebook: &Notebook) -> Result<Vec<ServiceType>> {
    let directory = &notebook.programme()?.directory;
    let is_listed =
        |kind: &ServiceType| directory.is_empty() || directory.iter().any(|entry| entry.service_type == *kind);
    Ok(ServiceType::ALL.iter().copied().filter(is_listed).collect())
}
