//! What the desk writes by itself: accesses and awareness events.

use super::Problem;
use super::node::{Node, Read};
use chrono::NaiveDate;
use domain::contact::TargetGroup;
use domain::desk_record::{DeskTopic, EventType, MinutesBand};
use domain::validate::RuleId;

/// Somebody came to the desk.
#[derive(Clone, Debug)]
pub struct AccessScript {
    /// Where it stands in the file.
    pub place: String,
    /// Day.
    pub date: NaiveDate,
    /// What for.
    pub topic: DeskTopic,
    /// Who; a person unless said otherwise.
    pub target_group: TargetGroup,
    /// How long; not recorded unless said otherwise.
    pub minutes_band: MinutesBand,
}

/// An awareness event.
#[derive(Clone, Debug)]
pub struct EventScript {
    /// Where it stands in the file.
    pub place: String,
    /// Day.
    pub date: NaiveDate,
    /// For whom.
    pub event_type: EventType,
    /// People.
    pub participants: u16,
    /// Minutes.
    pub minutes: u16,
}

pub(super) fn read_accesses(root: &Node<'_>) -> Read<Vec<AccessScript>> {
    let read = |node: Node<'_>| {
        Ok(AccessScript {
            date: node.member("date")?.date()?,
            topic: node.member("topic")?.code(DeskTopic::ALL)?,
            target_group: node.code_or("target_group", TargetGroup::ALL, TargetGroup::Person)?,
            minutes_band: node.code_or("minutes_band", MinutesBand::ALL, MinutesBand::NotRecorded)?,
            place: node.path().to_owned(),
        })
    };
    root.list("desk")?.into_iter().map(read).collect()
}

pub(super) fn read_events(root: &Node<'_>) -> Read<Vec<EventScript>> {
    let limited = |node: Node<'_>, min, max| node.whole(min, max).map_err(|_| node.wrong(Problem::Rule(RuleId::V29)));
    let read = |node: Node<'_>| {
        Ok(EventScript {
            date: node.member("date")?.date()?,
            event_type: node.member("type")?.code(EventType::ALL)?,
            participants: limited(node.member("participants")?, 0, 5000)?,
            minutes: limited(node.member("minutes")?, 5, 600)?,
            place: node.path().to_owned(),
        })
    };
    root.list("events")?.into_iter().map(read).collect()
}
