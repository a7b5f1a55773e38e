//! V17–V36: supplies, referrals, texts, sign-off.

use super::*;

#[test]
fn v17_wants_supplies_that_balance_over_both_bags() {
    let mut moves = vec![
        supply(1, "condom_ext", MoveKind::Load, 200),
        SupplyMove { device_id: D2, ..supply(2, "condom_ext", MoveKind::Load, 100) },
        supply(3, "condom_ext", MoveKind::Handout, 170),
        supply(4, "condom_ext", MoveKind::Return, 128),
        supply(5, "condom_ext", MoveKind::FoundReturn, 9),
    ];
    let open = of(RuleId::V17, reviewed(&with_moves(moves.clone())));
    let place = Place::Item { item: ItemCode::new("condom_ext") };
    assert_eq!(open, [Finding { rule: RuleId::V17, severity: Severity::Review, place }]);
    moves.push(supply(6, "condom_ext", MoveKind::Waste, 3));
    moves.push(supply(7, "condom_ext", MoveKind::Adjust, -1));
    assert_eq!(of(RuleId::V17, reviewed(&with_moves(moves))), []);
}

#[test]
fn v18_asks_about_more_than_a_hundred_pieces_each() {
    let handouts = |pieces| [supply(1, "condom_ext", MoveKind::Handout, pieces)];
    let state = state([]);
    let context = ContactContext { state: &state, programme: &programme(), seen: &[] };
    let ask = |contact: &Contact, pieces| severities(RuleId::V18, before_contact(contact, &handouts(pieces), context));
    assert_eq!(ask(&contact(1), 101), [Severity::Warning]);
    assert_eq!(ask(&contact(1), 100), []);
    assert_eq!(ask(&group(1, 3), 300), []);
}

#[test]
fn v18_wants_topic_and_language_of_leaflets() {
    let leaflet = Some(Leaflet { topic: LeafletTopic::HivSti, language: Language::En });
    let handout = |item, leaflet| SupplyMove { leaflet, ..supply(1, item, MoveKind::Handout, 1) };
    let severities = |supply| severities(RuleId::V18, reviewed(&with_moves([supply])));
    assert_eq!(severities(handout("leaflet", None)), [Severity::Review]);
    assert_eq!(severities(handout("wipes", leaflet)), [Severity::Review]);
    assert_eq!(severities(handout("leaflet", leaflet)), []);
    assert_eq!(severities(supply(1, "leaflet", MoveKind::Load, 20)), [], "the load is one pile");
}

#[test]
fn v19_asks_for_the_load_when_more_went_out() {
    let night =
        |loaded| with_moves([supply(1, "wipes", MoveKind::Load, loaded), supply(2, "wipes", MoveKind::Handout, 5)]);
    assert_eq!(severities(RuleId::V19, before_close(&night(4))), [Severity::Warning]);
    assert_eq!(severities(RuleId::V19, before_close(&night(5))), []);
}

#[test]
fn v20_follows_the_machine() {
    use ReferralState as S;
    let judge = |events: &[ReferralEvent]| of(RuleId::V20, before_referral(&referral(events), day("2026-03-13"))).len();
    let e = event;
    assert_eq!(judge(&[e("2026-03-12", S::Proposed), e("2026-03-12", S::Accepted), e("2026-03-13", S::Booked)]), 0);
    assert_eq!(judge(&[]), 1, "there is a first event");
    assert_eq!(judge(&[e("2026-03-12", S::Accepted)]), 1, "the first is proposed");
    assert_eq!(judge(&[e("2026-03-12", S::Proposed), e("2026-03-12", S::Booked)]), 1, "nobody has accepted");
    assert_eq!(judge(&[e("2026-03-12", S::Proposed), e("2026-03-12", S::Declined), e("2026-03-13", S::Accepted)]), 1);
    assert_eq!(judge(&[e("2026-03-11", S::Proposed)]), 1, "before the opening");
    assert_eq!(judge(&[e("2026-03-12", S::Proposed), e("2026-03-14", S::Accepted)]), 1, "in the future");
    assert_eq!(judge(&[e("2026-03-13", S::Proposed), e("2026-03-12", S::Accepted)]), 1, "back in time");
}

fn accompaniment() -> Accompaniment {
    Accompaniment {
        id: AccompanimentId(Uuid::nil()),
        referral_id: opened().referral.id,
        date: day("2026-03-13"),
        minutes: 60,
        staff_n: 1,
        mode: TravelMode::Car,
        outcome: AccompanimentOutcome::Done,
    }
}

#[test]
fn v20_tells_of_a_step_left_out_and_lets_its_accompaniment_stand_v36() {
    use ReferralState as S;
    let declined = referral(&[event("2026-03-12", S::Proposed), event("2026-03-12", S::Declined)]);
    let id = declined.referral.id;
    let went = accompaniment();
    let mut state = state([]);
    state.referrals.insert(id, declined);
    state.accompaniments.insert(went.id, went);
    assert_eq!(severities(RuleId::V36, reviewed(&state)), [Severity::Error]);
    state.refusals.insert(Refusal::OffPath { operation: OperationId(Uuid::nil()), referral: id });
    assert_eq!(severities(RuleId::V20, reviewed(&state)), [Severity::Warning]);
    assert_eq!(severities(RuleId::V36, reviewed(&state)), [Severity::Review]);
}

#[test]
fn v21_wants_an_outcome_on_closing_and_nowhere_else() {
    use ReferralState as S;
    let judge = |state, outcome| {
        let last = ReferralEvent { outcome, ..event("2026-03-12", state) };
        severities(RuleId::V21, before_referral(&referral(&[last]), day("2026-03-12")))
    };
    assert_eq!(judge(S::Closed, None), [Severity::Error]);
    assert_eq!(judge(S::Closed, Some(ReferralOutcome::TakenInCharge)), []);
    assert_eq!(judge(S::Lost, Some(ReferralOutcome::ServiceReceived)), [Severity::Error]);
    assert_eq!(judge(S::Declined, None), []);
}

#[test]
fn v22_wants_an_immediate_referral_to_go_on() {
    let night = |events: &[ReferralEvent], alerted| {
        let mut record = referral(events);
        record.referral.urgency = Urgency::Immediate;
        let mut state = state([]);
        state.outing.coordinator_alerted = alerted;
        state.referrals.insert(record.referral.id, record);
        severities(RuleId::V22, before_close(&state))
    };
    let proposed = event("2026-03-12", ReferralState::Proposed);
    assert_eq!(night(&[proposed], false), [Severity::Review]);
    assert_eq!(night(&[proposed], true), []);
    assert_eq!(night(&[proposed, event("2026-03-12", ReferralState::Accepted)], false), []);
    let next_day = event("2026-03-13", ReferralState::HandedOver);
    assert_eq!(night(&[proposed, next_day], false), [Severity::Review], "the next day is not the same outing");
}

#[test]
fn v29_limits_an_awareness_event() {
    let judge = |participants, minutes| {
        let event = AwarenessEvent {
            id: EventId(Uuid::nil()),
            date: day("2026-03-11"),
            event_type: EventType::Citizens,
            participants,
            minutes,
            partner_org: None,
        };
        severities(RuleId::V29, before_event(&event))
    };
    assert_eq!(judge(0, 5), []);
    assert_eq!(judge(5000, 600), []);
    assert_eq!(judge(5001, 90), [Severity::Error]);
    assert_eq!(judge(20, 4), [Severity::Error]);
    assert_eq!(judge(20, 601), [Severity::Error]);
}

/// The patterns found in a note, and the words they cover.
fn scanned(note: &str) -> Vec<(TextPattern, &str)> {
    scan(note).into_iter().map(|found| (found.pattern, &note[found.range])).collect()
}

#[test]
fn v30_refuses_the_note_of_the_design() {
    let found = scanned("tel 3331234567 via Milano");
    assert_eq!(found, [(TextPattern::Digits, "3331234567"), (TextPattern::Street, "via Milano")]);
    let findings = before_note("tel 3331234567 via Milano");
    assert_eq!(findings.len(), 2);
    assert_eq!(findings[0].place, Place::Note { start: 4, end: 14 });
    assert!(findings.iter().all(|finding| finding.severity == Severity::Error && finding.rule == RuleId::V30));
}

#[test]
fn v30_recognises_what_finds_a_person() {
    let cases = [
        ("chiamare 12345", TextPattern::Digits),
        ("numero 333 12 34 567", TextPattern::Digits),
        ("+39 030.123.456", TextPattern::Digits),
        ("auto AB123CD scura", TextPattern::Plate),
        ("auto ab 123 cd", TextPattern::Plate),
        ("scrive a qualcuna@posta.example", TextPattern::Email),
        ("vedi https://esempio.example/x", TextPattern::Url),
        ("vedi annunci.it", TextPattern::Url),
        ("WWW.qualcosa", TextPattern::Url),
        ("ferme in Viale Venezia", TextPattern::Street),
        ("angolo p.za loggia", TextPattern::Street),
        ("nata il 3/4/1999", TextPattern::Date),
        ("torna il 2026-03-20", TextPattern::Date),
        ("torna il 20.03.26", TextPattern::Date),
        ("torna il 20/03", TextPattern::Date),
        ("c'era Maria Rossi", TextPattern::Name),
        ("c'era Maria D'Angelo", TextPattern::Name),
        ("c'era MARIA ROSSI", TextPattern::Name),
    ];
    for (note, pattern) in cases {
        assert!(scan(note).iter().any(|found| found.pattern == pattern), "{note}: {:?}", scanned(note));
        assert!(!before_note(note).is_empty(), "{note}");
    }
}

#[test]
fn v30_lets_an_ordinary_note_pass() {
    for note in [
        "",
        "Serata tranquilla, pioggia dalle 23. Poche presenze, molte richieste di bevande calde.",
        "Finiti i kit base alle 00:30. Servono 200 preservativi e 2 termos.",
        "Materiale STP CAS quasi finito; 1/2 scatola. Un corso, una strada: niente di nuovo.",
        "È andato tutto bene. Nessun episodio. Più persone del solito in Z4.",
    ] {
        assert_eq!(scanned(note), [], "{note}");
        assert_eq!(before_note(note), []);
    }
}

#[test]
fn v30_limits_the_length() {
    let long = "è".repeat(NOTE_LIMIT + 1);
    assert_eq!(scanned(&long), [(TextPattern::TooLong, "è")]);
    assert_eq!(scan(&"è".repeat(NOTE_LIMIT)), []);
}

#[test]
fn v31_waits_for_open_duplicates_and_unaccepted_findings() {
    let marked = Contact { possible_duplicate_of: Some(contact(1).id), ..contact(2) };
    let mut night = state([contact(1), marked]);
    assert_eq!(pairs(RuleId::V31, &night), [(1, 2)]);
    assert!(!is_ready(&night, &reviewed(&night)));
    night.settled.insert((contact(1).id, contact(2).id));
    assert!(is_ready(&night, &reviewed(&night)));

    let mut alone = OutingState::new(Outing { crew: crew(&["OP-A"]), ..outing() }, D1);
    let findings = reviewed(&alone);
    assert!(!is_ready(&alone, &findings), "a crew of one needs the lead's word");
    alone.accepted.insert(Acceptance { rule: RuleId::V03, contact: None, referral: None, item: None });
    assert!(is_ready(&alone, &findings));
}

#[test]
fn v31_never_lets_an_error_be_accepted() {
    let night = |accepted: &[Acceptance]| {
        let mut night = state([Contact { zone: ZoneCode::new("Z9"), ..contact(1) }]);
        night.accepted.extend(accepted.iter().cloned());
        is_ready(&night, &reviewed(&night))
    };
    let contact = Some(contact(1).id);
    assert!(!night(&[Acceptance { rule: RuleId::V04, contact, referral: None, item: None }]));
}

#[test]
fn v17_lets_one_item_stand_and_not_the_others() {
    let load = |number, item| supply(number, item, MoveKind::Load, 10);
    let mut night = with_moves(vec![load(1, "condom_ext"), load(2, "lubricant")]);
    let open = |night: &OutingState| -> Vec<Finding> {
        let unbalanced = reviewed(night).into_iter().filter(|finding| finding.rule == RuleId::V17);
        unbalanced.filter(|finding| !is_accepted(night, finding)).collect()
    };
    let both = open(&night);
    assert_eq!(both.len(), 2);
    night.accepted.insert(acceptance(&both[0]));
    assert_eq!(open(&night), both[1..]);
}

#[test]
fn v32_leaves_a_frozen_outing_alone() {
    let frozen = Outing { status: OutingStatus::Frozen, ..outing() };
    assert_eq!(severities(RuleId::V32, before_change(&frozen)), [Severity::Error]);
    assert_eq!(before_change(&outing()), []);
}

#[test]
fn v33_warns_of_a_clock_that_is_off() {
    let now = instant("2026-03-12T20:30:00Z");
    let warned = |stored, lead| !clock(now, stored, lead).is_empty();
    assert!(warned(Some(now + TimeDelta::seconds(1)), None));
    assert!(!warned(Some(now), None));
    assert!(warned(None, Some(TimeDelta::hours(25))));
    assert!(!warned(None, Some(TimeDelta::hours(24))));
    assert!(!warned(None, Some(TimeDelta::days(-30))), "behind the server shows against what was stored");
    assert!(!warned(None, None));
}

#[test]
fn v34_suggests_look_alikes_of_two_phones() {
    let other = |number, slot| Contact { device_id: D2, ..at(number, slot) };
    let night = |contacts: Vec<Contact>| pairs(RuleId::V34, &state(contacts));
    assert_eq!(night(vec![at(1, "23:30"), other(2, "00:00")]), [(1, 2)], "over midnight");
    assert_eq!(night(vec![at(1, "23:00"), other(2, "00:00")]), [], "an hour apart");
    assert_eq!(night(vec![at(1, "22:00"), at(2, "22:00")]), [], "one phone does not write twice");
    assert_eq!(night(vec![at(1, "22:00"), Contact { zone: ZoneCode::new("Z2"), ..other(2, "22:00") }]), []);
    assert_eq!(night(vec![at(1, "22:00"), Contact { age_band: AgeBand::From18To24, ..other(2, "22:00") }]), []);
    let linked = Contact { aliases: aliases(&["AIRONE-12"]), ..other(2, "22:00") };
    assert_eq!(night(vec![at(1, "22:00"), linked]), []);
    assert_eq!(night(vec![at(1, "22:00"), Contact { repeat_in_outing: true, ..other(2, "22:00") }]), []);
    let mut settled = state([at(1, "22:00"), other(2, "22:00")]);
    settled.settled.insert((ContactId(Uuid::from_u128(1)), ContactId(Uuid::from_u128(2))));
    assert_eq!(pairs(RuleId::V34, &settled), []);
}

#[test]
fn v34_compares_groups_by_their_composition() {
    let cells = |parts: &[(Gender, u16)]| {
        let cell = |(gender, n): &(Gender, u16)| GroupCell { gender: *gender, ..GroupCell::not_recorded(*n) };
        parts.iter().map(cell).collect::<Vec<_>>()
    };
    let first = Contact { group_cells: cells(&[(Gender::Woman, 2), (Gender::TransWoman, 1)]), ..group(1, 3) };
    let same = Contact {
        device_id: D2,
        group_cells: cells(&[(Gender::TransWoman, 1), (Gender::Woman, 1), (Gender::Woman, 1)]),
        ..group(2, 3)
    };
    assert_eq!(pairs(RuleId::V34, &state([first.clone(), same])), [(1, 2)]);
    assert_eq!(pairs(RuleId::V34, &state([first, Contact { device_id: D2, ..group(2, 3) }])), []);
}

#[test]
fn v35_counts_no_more_minors_than_people() {
    let judge = |n, minors| severities(RuleId::V35, before_observation(&observation(n, minors), &programme()));
    assert_eq!(judge(2, 3), [Severity::Error]);
    assert_eq!(judge(3, 3), []);
}

#[test]
fn v36_accompanies_only_where_the_referral_allows_it() {
    use ReferralState as S;
    let accompaniment = accompaniment();
    let judge = |record: Option<&ReferralRecord>| severities(RuleId::V36, before_accompaniment(&accompaniment, record));
    assert_eq!(judge(None), [Severity::Error]);
    assert_eq!(judge(Some(&opened())), []);
    let declined = [event("2026-03-12", S::Proposed), event("2026-03-12", S::Declined)];
    assert_eq!(judge(Some(&referral(&declined))), [Severity::Error]);
    let chain = [S::Proposed, S::Accepted, S::Accompanied, S::Attended].map(|state| event("2026-03-12", state));
    assert_eq!(judge(Some(&referral(&chain))), [], "accompanied and arrived, in one tap");
}

#[test]
fn a_finding_repeats_nothing_that_was_typed() {
    let mut night = state([Contact { zone: ZoneCode::new("CANARY"), aliases: aliases(&["CANARY-12"]), ..contact(1) }]);
    night.outing.note = Some("CANARY 3331234567".into());
    let text = serde_json::to_string(&reviewed(&night)).expect("json");
    assert!(text.contains("V30") && text.contains("V07") && !text.contains("CANARY"), "{text}");
}

#[test]
fn a_cancelled_outing_needs_neither_end_nor_crew() {
    let cancelled = Outing { status: OutingStatus::Cancelled, end_at: None, crew: vec![], ..outing() };
    assert_eq!(reviewed(&OutingState::new(cancelled, D1)), []);
}

proptest! {
    #[test]
    fn v30_reads_any_text_without_panic(note in "\\PC{0,400}") {
        for found in scan(&note) {
            prop_assert!(note.get(found.range.clone()).is_some_and(|text| !text.is_empty()));
        }
    }

    #[test]
    fn v30_finds_a_long_number_wherever_it_stands(before in "[a-z ]{0,20}", digits in "[0-9]{5,12}", after in "[a-z ]{0,20}") {
        let note = format!("{before}{digits}{after}");
        let covers = |found: &TextMatch| found.range.start <= before.len() && before.len() + digits.len() <= found.range.end;
        prop_assert!(scan(&note).iter().any(covers), "{note}");
    }
}
