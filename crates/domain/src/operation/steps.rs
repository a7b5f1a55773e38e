//! Steps of one referral noted on several phones, merged into one path (V20).
//!
//! Each phone keeps to the machine as far as it knows. What two phones noted apart need not fit together: the same step
//! counts once, a step that belongs between two others goes there, and one that fits nowhere is left out and said.

use crate::referral::ReferralEvent;

/// Where a step ended up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    /// It is the last step now.
    Last,
    /// It stands, or stood already, before another one.
    Within,
    /// The machine allows it nowhere.
    Nowhere,
}

/// Puts a step that somebody noted unaware of the others at its place in a path. A path without steps is begun by any.
pub fn merge_step(path: &mut Vec<ReferralEvent>, step: ReferralEvent) -> Placed {
    if path.last() == Some(&step) {
        return Placed::Within;
    }
    if path.last().is_none_or(|last| may_follow(last, &step)) {
        path.push(step);
        return Placed::Last;
    }
    if path.contains(&step) {
        return Placed::Within;
    }
    let between = path
        .windows(2)
        .rposition(|pair| matches!(pair, [before, after] if may_follow(before, &step) && may_follow(&step, after)));
    match between {
        Some(index) => {
            path.insert(index.saturating_add(1), step);
            Placed::Within
        }
        None => Placed::Nowhere,
    }
}

fn may_follow(before: &ReferralEvent, after: &ReferralEvent) -> bool {
    before.state.next().contains(&after.state) && before.date <= after.date
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::referral::ReferralState as S;

    fn path(steps: &[(u32, S)]) -> Vec<ReferralEvent> {
        let event = |(day, state): &(u32, S)| ReferralEvent {
            date: chrono::NaiveDate::from_ymd_opt(2026, 3, *day).unwrap(),
            state: *state,
            outcome: None,
        };
        steps.iter().map(event).collect()
    }

    fn merged(steps: &[(u32, S)], step: (u32, S)) -> (Placed, Vec<ReferralEvent>) {
        let mut merged = path(steps);
        let placed = merge_step(&mut merged, path(&[step])[0]);
        (placed, merged)
    }

    #[test]
    fn counts_the_same_step_once_v20() {
        let steps = [(12, S::Proposed), (12, S::Accepted), (12, S::Attended)];
        assert_eq!(merged(&steps, (12, S::Attended)), (Placed::Within, path(&steps)));
        assert_eq!(merged(&steps, (12, S::Accepted)), (Placed::Within, path(&steps)));
    }

    #[test]
    fn puts_a_step_between_two_others_where_the_machine_allows_it_v20() {
        let steps = [(12, S::Proposed), (12, S::Accepted), (14, S::Attended)];
        let whole = [(12, S::Proposed), (12, S::Accepted), (13, S::Booked), (14, S::Attended)];
        assert_eq!(merged(&steps, (13, S::Booked)), (Placed::Within, path(&whole)));
        assert_eq!(merged(&whole[..3], (14, S::Attended)), (Placed::Last, path(&whole)));
    }

    #[test]
    fn leaves_out_what_fits_nowhere_v20() {
        let steps = [(12, S::Proposed), (12, S::Declined)];
        assert_eq!(merged(&steps, (12, S::Accepted)), (Placed::Nowhere, path(&steps)));
        assert_eq!(merged(&steps, (11, S::Cancelled)), (Placed::Nowhere, path(&steps)), "earlier than the opening");
    }
}
