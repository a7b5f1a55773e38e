use super::*;
use domain::directory::{DocumentNeeded, Weekday};
use domain::ids::ServiceEntryId;
use domain::referral::ServiceType;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn entry(id: &str, service_type: ServiceType, times: Option<(&str, &str)>) -> ServiceEntry {
    let opening = times.map(|(from, to)| OpeningSpan {
        days: Weekday::ALL[..5].iter().copied().collect(),
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
    });
    ServiceEntry {
        id: ServiceEntryId::new(id),
        service_type,
        label: format!("Servizio {id}"),
        phone: None,
        opening: opening.into_iter().collect(),
        languages: vec![Language::It, Language::Ro],
        needs_document: DocumentNeeded::None,
        free: true,
        walk_in: true,
        accompany_advised: false,
        women_only: false,
        verified_on: "2026-01-01".parse().unwrap(),
    }
}

#[test]
fn counts_the_minutes_to_the_next_opening() {
    let shown = view(&entry("a", ServiceType::FamilyClinic, Some(("09:00", "13:00"))), at("2026-03-13T00:00:30+01:00"));
    let opens = NextOpeningView { minutes: 540, date: "2026-03-13".parse().unwrap(), minute: 540 };
    assert_eq!(shown.opening, OpeningView::Closed { opens: Some(opens) });
    assert_eq!(shown.spans, [OpeningSpanView { days: vec![1, 2, 3, 4, 5], from_minute: 540, to_minute: 780 }]);
    let shown = view(&entry("a", ServiceType::FamilyClinic, Some(("09:00", "13:00"))), at("2026-03-13T12:30:00+01:00"));
    assert_eq!(shown.opening, OpeningView::Open { minutes: Some(30) });
}

#[test]
fn is_due_for_a_check_after_ninety_days() {
    let shown = view(&entry("a", ServiceType::StiClinic, None), at("2026-04-25T12:00:00+02:00"));
    assert_eq!((shown.checked_days_ago, shown.stale), (114, true));
}

#[test]
fn says_of_a_protected_house_only_what_it_is_n07() {
    let shown =
        view(&entry("casa", ServiceType::EscapeHouse, Some(("09:00", "13:00"))), at("2026-03-13T10:00:00+01:00"));
    assert_eq!((shown.label, shown.can_show), (None, false));
}

#[test]
fn puts_what_is_open_first_and_unknown_hours_last() {
    let now = at("2026-03-13T10:00:00+01:00");
    let order = [
        ("later", Some(("08:00", "09:00"))),
        ("unknown", None),
        ("open", Some(("09:00", "13:00"))),
        ("soon", Some(("11:00", "12:00"))),
    ];
    let mut entries: Vec<_> =
        order.iter().map(|(id, times)| view(&entry(id, ServiceType::Other, *times), now)).collect();
    entries.sort_by_key(|entry| rank(&entry.opening));
    assert_eq!(entries.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(), ["open", "soon", "later", "unknown"]);
}

#[test]
fn offers_languages_by_how_many_speak_them_without_italian() {
    let mut second = entry("b", ServiceType::Other, None);
    second.languages = vec![Language::It, Language::Es, Language::Ro];
    assert_eq!(languages(&[entry("a", ServiceType::Other, None), second]), [Language::Ro, Language::Es]);
}
