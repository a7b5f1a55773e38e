//! The path of a referral from events that arrive in any order, from several writers, more than once.

use domain::referral::{ReferralEvent, ReferralState};
use std::collections::BTreeSet;

/// On one day a referral rarely takes more steps than this; beyond, the order of the list of states has to do.
const MOST_STEPS_A_DAY: usize = 8;

/// The events in order: by date, and on one date along the machine (`domain` B.5) from where the referral stands.
///
/// Depends on the set of events alone. Events of one day that the machine cannot join stay, in the order of the list
/// of states: what somebody noted is never dropped.
pub(super) fn in_order(events: &BTreeSet<ReferralEvent>) -> Vec<ReferralEvent> {
    let mut path: Vec<ReferralEvent> = Vec::with_capacity(events.len());
    let mut rest: Vec<ReferralEvent> = events.iter().copied().collect();
    while let Some(date) = rest.first().map(|event| event.date) {
        let end = rest.partition_point(|event| event.date == date);
        let day: Vec<ReferralEvent> = rest.drain(..end).collect();
        let from = path.last().map(|event| event.state);
        path.extend(along_the_machine(from, &day).unwrap_or(day));
    }
    path
}

/// An order of all events of a day in which each may follow the one before; the first such order by list of states.
fn along_the_machine(from: Option<ReferralState>, day: &[ReferralEvent]) -> Option<Vec<ReferralEvent>> {
    if day.len() > MOST_STEPS_A_DAY {
        return None;
    }
    if day.is_empty() {
        return Some(Vec::new());
    }
    let may_follow = |state: ReferralState| match from {
        None => state == ReferralState::Proposed,
        Some(before) => before.next().contains(&state),
    };
    day.iter().enumerate().filter(|(_, event)| may_follow(event.state)).find_map(|(index, event)| {
        let mut others = day.to_vec();
        others.remove(index);
        let mut path = vec![*event];
        path.extend(along_the_machine(Some(event.state), &others)?);
        Some(path)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use domain::referral::ReferralOutcome;

    fn event(day: u32, state: ReferralState) -> ReferralEvent {
        let outcome = (state == ReferralState::Closed).then_some(ReferralOutcome::TakenInCharge);
        ReferralEvent { date: NaiveDate::from_ymd_opt(2026, 3, day).unwrap(), state, outcome }
    }

    fn states(events: &[ReferralEvent]) -> Vec<ReferralState> {
        in_order(&events.iter().copied().collect()).into_iter().map(|event| event.state).collect()
    }

    #[test]
    fn orders_the_emergency_of_one_night_along_the_machine() {
        use ReferralState as S;
        let path = [S::Proposed, S::Accepted, S::Requested, S::Accompanied, S::Placed, S::Closed];
        let backwards: Vec<_> = path.iter().rev().map(|state| event(12, *state)).collect();
        assert_eq!(states(&backwards), path);
    }

    #[test]
    fn orders_a_day_from_where_the_referral_stands() {
        use ReferralState as S;
        let events = [event(13, S::Booked), event(12, S::NoShow), event(11, S::Booked), event(10, S::Accepted), event(10, S::Proposed)];
        assert_eq!(states(&events), [S::Proposed, S::Accepted, S::Booked, S::NoShow, S::Booked]);
        let same_day = [event(10, S::Proposed), event(10, S::Accepted), event(12, S::Booked), event(13, S::NoShow), event(13, S::Lost)];
        assert_eq!(states(&same_day).last(), Some(&S::Lost));
    }

    #[test]
    fn keeps_what_the_machine_cannot_join() {
        use ReferralState as S;
        let events = [event(10, S::Proposed), event(11, S::Attended), event(11, S::Declined)];
        assert_eq!(states(&events), [S::Proposed, S::Declined, S::Attended]);
    }
}
