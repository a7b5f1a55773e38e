//! What desks did, as it travels to the other desks.

use crate::messages::{DESK, Message, day, message};
use domain::programme::lists::{ChangeKind, ListName};
use domain::sync::act::{Act, ActRow, DeviceAct};
use domain::sync::chain::Digest;
use domain::sync::manifest::Role;
use domain::sync::night_log::{DeskEntry, DeskEnvelope, NIGHT_LOG_SCHEMA};

/// One row of every kind.
pub fn all() -> Vec<Message> {
    let row = |act, before, after| ActRow { on: day(), act, before, after };
    let (old, new) = (Some(Digest([1; 32])), Some(Digest([2; 32])));
    let list = Act::List { list: ListName::Zone, code: "Z5".into(), change: ChangeKind::Retired };
    let rows = vec![
        row(Act::Device { act: DeviceAct::Enrolled, device: DESK, role: Some(Role::Coordinator) }, None, new),
        row(Act::Device { act: DeviceAct::Revoked, device: DESK, role: None }, None, None),
        row(list, old, new),
        row(Act::ReleaseExported { number: 7, format: "xlsx".into() }, None, new),
        row(Act::TallyExported { first: day(), last: day(), format: "csv".into() }, None, new),
        row(Act::RegisterExported { lines: 12 }, None, None),
    ];
    let envelope = DeskEnvelope { schema: NIGHT_LOG_SCHEMA, sequence: 5, entry: DeskEntry::Acts(rows) };
    vec![message("desk_acts", &envelope)]
}
