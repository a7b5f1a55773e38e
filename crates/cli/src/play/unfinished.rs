//! What a unit still has to look at when the week is over: a step that came in after its night was signed, and a last
//! night that nobody has reviewed. Neither is counted.

use super::night::{Made, Phones};
use super::plan::{Entry, Plan, Step, Timed};
use crate::failure::Failure;
use crate::scenario::{DeviceScript, Scenario};
use chrono::{DateTime, TimeDelta, Utc};
use domain::alias::Alias;
use domain::referral::ReferralState;
use notebook::command::Command;
use notebook::view::AdvanceInput;

/// How far into the last night older referrals are heard of.
const HEARD_AFTER: TimeDelta = TimeDelta::minutes(30);

/// What is left over.
#[derive(Debug)]
pub struct Unfinished {
    /// A step that the member's phone notes after the lead has signed.
    pub late: LateStep,
    /// The last night: an outing with its referrals, closed and sent and not reviewed.
    pub night: Option<Scenario>,
    /// Steps of older referrals, noted on the lead's phone during that night.
    pub follow_ups: Vec<FollowUp>,
}

/// A step that comes too late for the signature.
#[derive(Debug)]
pub struct LateStep {
    /// The referral, by its name in the week's file; the member's phone has opened it.
    pub referral: String,
    /// What happened.
    pub state: ReferralState,
    /// When it is noted: after the review of its night, while no outing is open.
    pub at: DateTime<Utc>,
}

/// Steps of a referral that was opened on an earlier night.
#[derive(Debug)]
pub struct FollowUp {
    /// Whose.
    pub alias: Alias,
    /// What happened.
    pub states: Vec<ReferralState>,
}

impl Unfinished {
    /// Plays it after the week, whose outings and referrals are in `made`.
    pub(super) fn play(&self, phones: &Phones<'_>, made: &Made) -> Result<(), Failure> {
        self.late.play(phones, made)?;
        let Some(night) = &self.night else { return Ok(()) };
        let phones = Phones { scenario: night, ..*phones };
        let mut made = Made::default();
        for step in Plan::of(night).steps {
            let Step::Night(mut plan) = step else { continue };
            let start = night.outings.get(plan.outing).map_or(phones.clock.now(), |outing| outing.start);
            plan.entries.extend(self.follow_ups.iter().map(|follow_up| Timed {
                at: start + HEARD_AFTER,
                device: DeviceScript::D1,
                entry: Entry::FollowUp { alias: follow_up.alias.clone(), states: follow_up.states.clone() },
            }));
            plan.entries.sort_by_key(|timed| timed.at);
            phones.play(&plan, &mut made)?;
        }
        // The lead's phone has what the member's sent.
        made.outings.values().try_for_each(|outing| phones.send(DeviceScript::D1, *outing))
    }
}

impl LateStep {
    fn play(&self, phones: &Phones<'_>, made: &Made) -> Result<(), Failure> {
        let missing = || Failure::internal("late step");
        let index = phones.scenario.referrals.iter().position(|script| script.name == self.referral);
        let referral = index.and_then(|index| made.referrals.get(&index)).ok_or_else(missing)?;
        phones.clock.set(self.at);
        let states = vec![self.state];
        let input = AdvanceInput { referral: *referral, states, outcome: None, accompaniment: None };
        phones.member.ask(Command::AdvanceReferral(input))?;
        let outing = made.outings.values().next().ok_or_else(missing)?;
        phones.send(DeviceScript::D2, *outing)?;
        phones.send(DeviceScript::D1, *outing)
    }
}
