//! A period as text for the terminal.

use crate::say::{Say, arguments};
use comfy_table::{CellAlignment, ColumnConstraint, Table, TableStyle, Width, presets};
use notebook::view::{CellView, Face, GapView, PeriodView, TableView};

/// Width of the words and of the numbers, the same in every table.
const WIDTHS: [u16; 2] = [44, 16];

/// The page of a period.
#[must_use]
pub fn period_table(view: &PeriodView, say: &Say) -> String {
    let label = view.label.clone().unwrap_or_default();
    let title = arguments([("label", label), ("from", view.from.to_string()), ("to", view.to.to_string())]);
    let heading = say.with(&format!("tally-title-{}", view.kind.code().replace('_', "-")), &title);
    let mark = match view.face {
        Face::Internal => say.text("tally-internal"),
        Face::External => say.with("tally-external", &arguments([("k", view.k.to_string())])),
    };
    let mut parts = vec![heading, format!("{} · {mark}", view.programme)];
    parts.push(figures(view, say).to_string());
    parts.extend(view.tables.iter().map(|table| breakdown(view, table, say).to_string()));
    if !view.nights.is_empty() {
        parts.push(nights(view, say).to_string());
    }
    if view.face == Face::Internal {
        parts.push(missing(view, say));
    }
    parts.join("\n\n")
}

/// Three columns of words under a heading, the second one to the right.
#[must_use]
pub fn plain_table(header: [String; 3], rows: impl Iterator<Item = [String; 3]>) -> String {
    let mut table = empty_table();
    table.set_header(header);
    rows.for_each(|row| {
        table.add_row(row);
    });
    for (index, width) in [32, 16, 30].into_iter().enumerate() {
        if let Some(column) = table.column_mut(index) {
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
            column.set_cell_alignment(if index == 1 { CellAlignment::Right } else { CellAlignment::Left });
        }
    }
    table.to_string()
}

/// A line under the heading, and nothing else.
fn style() -> TableStyle {
    let ruled = presets::UTF8_HORIZONTAL_ONLY;
    TableStyle { header_separator: ruled.row_separator, ..presets::NOTHING }
}

/// A table without lines but the one under its heading.
pub(crate) fn empty_table() -> Table {
    let mut table = Table::new();
    table.load_style(style());
    table
}

/// Numbers stand to the right, all tables alike.
fn align(mut table: Table) -> Table {
    for (index, width) in WIDTHS.into_iter().enumerate() {
        if let Some(column) = table.column_mut(index) {
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
            column.set_cell_alignment(if index == 0 { CellAlignment::Left } else { CellAlignment::Right });
        }
    }
    table
}

/// What is missing, a line each.
fn missing(view: &PeriodView, say: &Say) -> String {
    let line = |gap: &GapView| {
        let key = match serde_json::to_value(gap.kind) {
            Ok(serde_json::Value::String(kind)) => format!("gap-{}", kind.replace('_', "-")),
            _ => String::new(),
        };
        let unit = gap.unit.as_ref().map(ToString::to_string).unwrap_or_default();
        let mut words = arguments([("unit", unit)]);
        words.insert("n".into(), gap.count.into());
        let days: Vec<String> = gap.dates.iter().map(ToString::to_string).collect();
        format!("· {} {}", say.with(&key, &words), days.join(", ")).trim_end().to_owned()
    };
    let lines: Vec<String> = view.gaps.iter().map(line).collect();
    format!("{}\n{}", say.text("desk-missing"), lines.join("\n"))
}

fn cell(cell: CellView, say: &Say) -> String {
    match cell {
        CellView::Shown(number) => number.to_string(),
        CellView::Hidden => say.text("tally-np"),
        CellView::Missing => say.text("week-missing"),
        CellView::Unsigned => say.text("week-unsigned"),
    }
}

fn figures(view: &PeriodView, say: &Say) -> Table {
    let mut table = empty_table();
    for figure in &view.figures {
        let value = match figure.value {
            CellView::Shown(minutes) if figure.id.ends_with("minutes") => hours(minutes),
            CellView::Shown(tenths) if figure.id.ends_with("_x10") => format!("{}.{}", tenths / 10, tenths % 10),
            CellView::Shown(hundredths) if figure.id.ends_with("_pct") => format!("{hundredths} %"),
            other => cell(other, say),
        };
        table.add_row([say.text(&format!("figure-{}", figure.id)), so_far(value, figure.partial, say)]);
    }
    if let Some(range) = view.unique {
        let range = arguments([("min", range.min.to_string()), ("max", range.max.to_string())]);
        table.add_row([say.text("tally-unique"), say.with("tally-unique-range", &range)]);
    }
    align(table)
}

/// A number that is too small, as some nights are missing or not signed, says so.
fn so_far(value: String, partial: bool, say: &Say) -> String {
    if partial { format!("{value} {}", say.text("week-so-far")) } else { value }
}

/// `645` minutes are `10:45`.
fn hours(minutes: u64) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

fn breakdown(view: &PeriodView, of: &TableView, say: &Say) -> Table {
    let mut table = empty_table();
    let note = if of.partial { say.text("week-so-far") } else { String::new() };
    table.set_header([say.text(&format!("tally-table-{}", of.id)), note]);
    for (code, number) in &of.rows {
        let number = match number {
            CellView::Shown(minutes) if of.id.ends_with("_minutes") => hours(*minutes),
            other => cell(*other, say),
        };
        table.add_row([category(view, &of.id, code, say), number]);
    }
    if let Some(total) = of.total {
        table.add_row([say.text("tally-total"), cell(total, say)]);
    }
    align(table)
}

fn nights(view: &PeriodView, say: &Say) -> Table {
    let mut table = empty_table();
    table.set_header([say.text("tally-nights"), say.text("figure-contacts")]);
    for night in &view.nights {
        let kind = say.text(&format!("type-{}", night.outing_type));
        let hours = hours(u64::from(night.minutes));
        table.add_row([format!("{} {kind}, {hours}, {}", night.date, night.unit), night.contacts.to_string()]);
    }
    align(table)
}

/// The word for a category: the interface's where it has one, else the code itself.
fn category(view: &PeriodView, table: &str, code: &str, say: &Say) -> String {
    let counted = || fluent_counted(say, &format!("item-{code}"));
    let keyed = |prefix: &str| say.find(&format!("{prefix}-{code}"), &crate::say::Arguments::new());
    let word = match table {
        "zone" => {
            let name = view.zones.iter().find(|(zone, _)| zone.as_str() == code).map(|(_, label)| label.clone());
            return name.filter(|name| name != code).map_or_else(|| code.to_owned(), |name| format!("{code} {name}"));
        }
        "supplies" => Some(counted()),
        "gender" | "age" | "depth" | "concern" | "macro" | "kind" => keyed(table).or_else(|| keyed("table")),
        "services" => keyed("service"),
        "referral_macro" | "accompaniments" => keyed("service-macro"),
        "referral_service" => keyed("dest"),
        "referral_events" => keyed("state"),
        "desk_topics" => keyed("desk-topic"),
        "outing_type" | "type_minutes" => keyed("type"),
        "org_minutes" => {
            let org = view.orgs.iter().find(|(org, _)| org.as_str() == code);
            org.map_or_else(|| Some(say.text("table-no-org")), |(_, name)| Some(name.clone()))
        }
        "district" if code == "none" => Some(say.text("table-no-district")),
        "role_minutes" => keyed("role"),
        "slot_band" => keyed("band"),
        "cancelled" => keyed("cancelled"),
        "leaflet_topics" => keyed("topic"),
        "referral_outcomes" => keyed("outcome"),
        "severity" => keyed("inc"),
        "observed_reason" => keyed("reason"),
        "events" => keyed("event"),
        "incidents" => keyed("incident"),
        "nationality" => keyed("origin"),
        "leaflets" | "language" => keyed("language"),
        _ => None,
    };
    word.or_else(|| keyed("category")).unwrap_or_else(|| code.to_owned())
}

/// Items are named in the plural.
fn fluent_counted(say: &Say, key: &str) -> String {
    say.counted(key, 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::say::Language;
    use domain::contact::{AgeBand, Concern, Depth, Gender, Language as Spoken, Service};
    use domain::desk_record::{DeskTopic, EventType, IncidentSeverity, IncidentType};
    use domain::disclosure::TableId;
    use domain::ids::OrgId;
    use domain::observation::ObservationReason;
    use domain::outing::{CancelReason, CrewRole, OutingType};
    use domain::programme::MacroArea;
    use domain::referral::{ReferralOutcome, ReferralState, ServiceMacro, ServiceType};
    use domain::release::words;
    use domain::supply::LeafletTopic;
    use domain::time::{IsoWeek, SlotBand, SpanKind};
    use notebook::view::{DeskStatusView, FigureView, GapKind, PlanView, RangeView, WhyHidden};

    fn view() -> PeriodView {
        let week: IsoWeek = "2026-W11".parse().unwrap();
        PeriodView {
            kind: SpanKind::Week,
            label: Some(week.to_string()),
            from: week.monday(),
            to: week.sunday(),
            running: false,
            previous: None,
            next: None,
            face: Face::External,
            may_release: true,
            k: 5,
            definitions: 1,
            programme: "Prova".into(),
            zones: Vec::new(),
            orgs: vec![(OrgId::new("ORG-1"), "Cooperativa".into())],
            figures: vec![
                FigureView { id: "minutes".into(), value: CellView::Shown(645), partial: false },
                FigureView { id: "condoms_per_contact_x10".into(), value: CellView::Shown(82), partial: false },
                FigureView { id: "presences".into(), value: CellView::Hidden, partial: false },
            ],
            unique: Some(RangeView { min: 19, max: 26 }),
            tables: vec![TableView {
                id: "gender".into(),
                rows: vec![("woman".into(), CellView::Hidden), ("man".into(), CellView::Shown(0))],
                total: Some(CellView::Shown(30)),
                why: vec![WhyHidden::Small],
                partial: false,
            }],
            completion_on: week.sunday(),
            plan: PlanView::default(),
            gaps: Vec::new(),
            nights: Vec::new(),
            trend: Vec::new(),
            status: DeskStatusView { new_nights: 0, set_aside: 0, updated_at: None, error: None },
        }
    }

    #[test]
    fn says_what_is_missing_and_the_hours_of_an_organisation() {
        let gap = |kind, count| GapView { kind, count, unit: None, dates: Vec::new() };
        let silent = GapView { dates: vec!["2026-03-07".parse().unwrap()], ..gap(GapKind::NoNews, 1) };
        let hours = TableView {
            id: "org_minutes".into(),
            rows: vec![("ORG-1".into(), CellView::Shown(645)), ("none".into(), CellView::Shown(61))],
            total: None,
            why: Vec::new(),
            partial: false,
        };
        let inside = PeriodView {
            face: Face::Internal,
            gaps: vec![gap(GapKind::NoPlace, 0), silent],
            tables: vec![hours],
            ..view()
        };
        let text = period_table(&inside, &Say::new(Language::It));
        assert!(text.contains("· Nessuna persona senza posto.\n· Una notte senza notizie. 2026-03-07"), "{text}");
        let line = |word: &str| text.lines().find(|line| line.contains(word)).unwrap_or_default().to_owned();
        assert!(line("Cooperativa").contains("10:45") && line("Ente non in elenco").contains("1:01"));
    }

    #[test]
    fn names_countries() {
        for (language, name) in [(Language::It, "Perù"), (Language::En, "Peru")] {
            assert_eq!(category(&view(), "nationality", "PE", &Say::new(language)), name);
        }
    }

    #[test]
    fn shows_hours_tenths_ranges_and_what_is_hidden() {
        let text = period_table(&view(), &Say::new(Language::It));
        let line = |word: &str| text.lines().find(|line| line.contains(word)).unwrap_or_default().to_owned();
        assert!(line("Tempo di uscita").contains("10:45"));
        assert!(line("Preservativi per contatto").contains("8.2"));
        assert!(line("Presenze").contains("n.p."));
        assert!(line("Persone uniche").contains("da 19 a 26"));
        assert!(line("Donna").contains("n.p.") && line("Totale").contains("30"));
        assert!(text.lines().all(|line| line.chars().count() <= 80), "fits a terminal");
    }

    #[test]
    fn words_of_a_release_are_those_of_the_screen() {
        let say = Say::new(Language::It);
        let codes = |all: &[&str]| all.iter().map(ToString::to_string).collect::<Vec<String>>();
        fn of<T: ToString>(all: &[T]) -> Vec<String> {
            all.iter().map(ToString::to_string).collect()
        }
        let items = [
            "condom_ext",
            "condom_ext_xl",
            "condom_int",
            "lubricant",
            "dental_dam",
            "sponge",
            "wipes",
            "pads",
            "hygiene_kit",
            "pregnancy_test",
            "hiv_self_test",
            "syringe_kit",
            "naloxone",
            "personal_alarm",
            "thermal",
            "hot_drink",
            "snack",
        ];
        let categories = [
            ("gender", codes(&["woman", "trans", "man", "other_not_recorded"])),
            ("age", codes(&["18_24", "25_34", "35_plus", "other_not_recorded"])),
            ("kind", codes(&["first", "returning_or_unknown"])),
            ("macro", of(MacroArea::ALL)),
            ("referral_macro", of(ServiceMacro::ALL)),
            ("accompaniments", of(ServiceMacro::ALL)),
            ("desk_topics", of(DeskTopic::ALL)),
            ("outing_type", of(OutingType::ALL)),
            ("incidents", of(IncidentType::ALL)),
            ("leaflets", of(Spoken::ALL)),
            ("supplies", codes(&items)),
        ];
        for (table, codes) in &categories {
            let title = match table.parse::<TableId>() {
                Ok(id) => words::table(id).0,
                Err(_) => words::activity(table).0,
            };
            assert_eq!(say.text(&format!("tally-table-{table}")), title, "{table}");
            for code in codes {
                assert_eq!(words::category(table, code, &[]), category(&view(), table, code, &say), "{table}");
            }
        }
        for code in
            ["outings", "minutes", "operator_minutes", "km", "events", "event_participants", "contacts", "presences"]
        {
            assert_eq!(words::figure(code).0, say.text(&format!("figure-{code}")));
        }
        assert_eq!(words::figure("condoms_per_contact_x10").0, say.text("figure-condoms_per_contact_x10"));
    }

    #[test]
    fn has_a_word_for_every_category_in_both_languages() {
        fn codes<T: ToString>(all: &[T]) -> Vec<String> {
            all.iter().map(ToString::to_string).collect()
        }
        let own = |codes: &[&str]| codes.iter().map(ToString::to_string).collect::<Vec<_>>();
        let categories = [
            ("gender", codes(Gender::ALL)),
            ("gender", own(&["trans", "other_not_recorded"])),
            ("age", codes(AgeBand::ALL)),
            ("age", own(&["35_plus", "other_not_recorded"])),
            ("kind", own(&["first", "returning", "unknown", "returning_or_unknown"])),
            ("macro", codes(MacroArea::ALL)),
            ("depth", codes(Depth::ALL)),
            ("services", codes(Service::ALL)),
            ("language", codes(Spoken::ALL)),
            ("concern", codes(Concern::ALL)),
            ("observed_reason", codes(ObservationReason::ALL)),
            ("referral_macro", codes(ServiceMacro::ALL)),
            ("referral_service", codes(ServiceType::ALL)),
            ("referral_events", codes(ReferralState::ALL)),
            ("desk_topics", codes(DeskTopic::ALL)),
            ("outing_type", codes(OutingType::ALL)),
            ("events", codes(EventType::ALL)),
            ("incidents", codes(IncidentType::ALL)),
            ("slot_band", codes(SlotBand::ALL)),
            ("cancelled", codes(CancelReason::ALL)),
            ("type_minutes", codes(OutingType::ALL)),
            ("leaflet_topics", codes(LeafletTopic::ALL)),
            ("referral_outcomes", codes(ReferralOutcome::ALL)),
            ("severity", codes(IncidentSeverity::ALL)),
        ];
        for language in [Language::It, Language::En] {
            let say = Say::new(language);
            // In English some roles are called as their codes are.
            for role in CrewRole::ALL {
                assert!(say.find(&format!("role-{role}"), &crate::say::Arguments::new()).is_some(), "{role}");
            }
            for (table, codes) in &categories {
                let heading = format!("tally-table-{table}");
                assert_ne!(say.text(&heading), heading);
                for code in codes {
                    assert_ne!(&category(&view(), table, code, &say), code, "{table}, {language:?}");
                }
            }
        }
    }
}
