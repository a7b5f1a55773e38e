//! Names of the validation rules of `domain` C. The rules themselves are in [`crate::validate`]; operations name them
//! when the lead lets a finding stand.

use crate::code::code_enum;

code_enum! {
    /// A validation rule of `domain` C.
    RuleId {
        /// Duration of the outing.
        V01 = "V01",
        /// One open outing per device.
        V02 = "V02",
        /// Crew of two.
        V03 = "V03",
        /// Zone of the list.
        V04 = "V04",
        /// Number of persons.
        V05 = "V05",
        /// Composition of the group.
        V06 = "V06",
        /// Aliases of the list, not more than persons.
        V07 = "V07",
        /// One alias, one contact.
        V08 = "V08",
        /// Not a person: nothing about a person.
        V09 = "V09",
        /// First contact of a known alias.
        V10 = "V10",
        /// Presumed minor: minor card.
        V11 = "V11",
        /// Declared or exit request: emergency card.
        V12 = "V12",
        /// Concern in a group: split.
        V13 = "V13",
        /// Supplies only, yet services.
        V14 = "V14",
        /// Demonstration for whom.
        V15 = "V15",
        /// Repeat needs an alias or the lead.
        V16 = "V16",
        /// Supplies balance.
        V17 = "V17",
        /// Handout within reason; leaflets carry topic and language.
        V18 = "V18",
        /// More handed out than loaded.
        V19 = "V19",
        /// Referral follows the machine.
        V20 = "V20",
        /// Closed needs an outcome.
        V21 = "V21",
        /// Immediate referral has a second event.
        V22 = "V22",
        /// Event within its limits.
        V29 = "V29",
        /// Nothing that identifies in a note.
        V30 = "V30",
        /// Ready to be signed.
        V31 = "V31",
        /// Frozen stays as it is.
        V32 = "V32",
        /// Clock sanity.
        V33 = "V33",
        /// Suspected duplicate.
        V34 = "V34",
        /// Minors not more than seen.
        V35 = "V35",
        /// Accompaniment has a referral that allows it.
        V36 = "V36",
    }
}
