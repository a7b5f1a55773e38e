//! Referrals with their events, and accompaniments.

use super::Problem;
use super::node::{Node, Read};
use chrono::NaiveDate;
use domain::alias::Alias;
use domain::referral::{
    AccompanimentOutcome, ReferralEvent, ReferralOutcome, ReferralState, ServiceType, TravelMode, Urgency,
};
use domain::validate::RuleId;
use std::collections::BTreeSet;
use std::fmt;

/// A referral.
#[derive(Clone)]
pub struct ReferralScript {
    /// Where it stands in the file.
    pub place: String,
    /// Its name in the file.
    pub name: String,
    /// Day of opening.
    pub opened_on: NaiveDate,
    /// Alias, if the person has one.
    pub alias: Option<Alias>,
    /// Kind of service.
    pub service_type: ServiceType,
    /// How soon.
    pub urgency: Urgency,
    /// Events, oldest first; the first one is `proposed`.
    pub events: Vec<ReferralEvent>,
}

impl fmt::Debug for ReferralScript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReferralScript").field("place", &self.place).finish_non_exhaustive()
    }
}

/// Going along with somebody.
#[derive(Clone, Debug)]
pub struct AccompanimentScript {
    /// Where it stands in the file.
    pub place: String,
    /// The referral, by its name in the file.
    pub referral: String,
    /// Day.
    pub date: NaiveDate,
    /// Minutes.
    pub minutes: u16,
    /// How many of the staff; one unless said otherwise.
    pub staff_n: u8,
    /// How; by car unless said otherwise.
    pub mode: TravelMode,
    /// Outcome; done unless said otherwise.
    pub outcome: AccompanimentOutcome,
}

pub(super) fn read_all(root: &Node<'_>) -> Read<Vec<ReferralScript>> {
    let mut names = BTreeSet::new();
    let mut referrals = Vec::new();
    for node in root.list("referrals")? {
        let id = node.member("id")?;
        id.must(names.insert(id.text()?.to_owned()), Problem::Twice)?;
        referrals.push(read(&node)?);
    }
    Ok(referrals)
}

fn read(node: &Node<'_>) -> Read<ReferralScript> {
    let opened_on = node.member("opened")?.date()?;
    Ok(ReferralScript {
        place: node.path().to_owned(),
        name: node.member("id")?.text()?.to_owned(),
        opened_on,
        alias: node.find("alias")?.map(|alias| alias.parsed(Problem::NotAlias)).transpose()?,
        service_type: node.member("service")?.code(ServiceType::ALL)?,
        urgency: node.code_or("urgency", Urgency::ALL, Urgency::Routine)?,
        events: read_events(node, opened_on)?,
    })
}

/// V20: the first event is the proposal, on the day of opening; the rest follows the machine, never back in time.
fn read_events(node: &Node<'_>, opened_on: NaiveDate) -> Read<Vec<ReferralEvent>> {
    let list = node.member("events")?;
    let mut events: Vec<ReferralEvent> = Vec::new();
    for entry in list.values()? {
        let pair = entry.values()?;
        let [date, state] = pair.as_slice() else { return Err(entry.wrong(Problem::Missing)) };
        let (day, event) = (date.date()?, read_state(state)?);
        let fits = match events.last() {
            None => event.0 == ReferralState::Proposed,
            Some(last) => last.state.next().contains(&event.0),
        };
        state.must(fits, Problem::Rule(RuleId::V20))?;
        let earliest = events.last().map_or(opened_on, |last| last.date);
        let in_time = if events.is_empty() { day == opened_on } else { day >= earliest };
        date.must(in_time, Problem::Rule(RuleId::V20))?;
        events.push(ReferralEvent { date: day, state: event.0, outcome: event.1 });
    }
    list.must(!events.is_empty(), Problem::Rule(RuleId::V20))?;
    Ok(events)
}

/// `accepted`, or `closed:service_received` (V21).
fn read_state(node: &Node<'_>) -> Read<(ReferralState, Option<ReferralOutcome>)> {
    let text = node.text()?;
    let (state, outcome) = text.split_once(':').map_or((text, None), |(state, outcome)| (state, Some(outcome)));
    let joined = |codes: Vec<&str>| Problem::NotCode { allowed: codes.join(", ") };
    let Ok(state) = state.parse::<ReferralState>() else {
        return Err(node.wrong(joined(ReferralState::ALL.iter().map(|state| state.code()).collect())));
    };
    match (state, outcome) {
        (ReferralState::Closed, Some(outcome)) => match outcome.parse::<ReferralOutcome>() {
            Ok(outcome) => Ok((state, Some(outcome))),
            Err(_) => Err(node.wrong(joined(ReferralOutcome::ALL.iter().map(|outcome| outcome.code()).collect()))),
        },
        (ReferralState::Closed, None) | (_, Some(_)) => Err(node.wrong(Problem::Rule(RuleId::V21))),
        (_, None) => Ok((state, None)),
    }
}

pub(super) fn read_accompaniments(root: &Node<'_>, referrals: &[ReferralScript]) -> Read<Vec<AccompanimentScript>> {
    let read = |node: Node<'_>| {
        let name = node.member("referral")?;
        let wanted = name.text()?;
        let referral = referrals.iter().find(|referral| referral.name == wanted);
        let referral = referral.ok_or_else(|| name.wrong(Problem::Unknown))?;
        let date = node.member("date")?;
        date.must(date.date()? >= referral.opened_on, Problem::Rule(RuleId::V36))?;
        let staff = node.find("staff_n")?.map_or(Ok(1), |number| number.whole(1, 20))?;
        Ok(AccompanimentScript {
            place: node.path().to_owned(),
            referral: wanted.to_owned(),
            date: date.date()?,
            minutes: node.member("minutes")?.whole(1, 720)?,
            staff_n: u8::try_from(staff).unwrap_or(1),
            mode: node.code_or("mode", TravelMode::ALL, TravelMode::Car)?,
            outcome: node.code_or("outcome", AccompanimentOutcome::ALL, AccompanimentOutcome::Done)?,
        })
    };
    root.list("accompaniments")?.into_iter().map(read).collect()
}
