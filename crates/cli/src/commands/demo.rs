//! `uscita demo`: a synthetic programme with two phones, a desk and last week's nights.

use super::replay::{progress, show, synthetic_alias_key, synthetic_secrets};
use super::{now, print, print_done, print_json};
use crate::arguments::DemoArguments;
use crate::directory::demo_directory;
use crate::failure::Failure;
use crate::office::{SERVER_SETTINGS, ServerSettings};
use crate::play::{
    FollowUp, LateStep, ServerSite, Stage, StageSetup, Unfinished, before, play_with, programme_of, steps,
};
use crate::programme::lists;
use crate::say::{Say, arguments};
use crate::scenario::{Lists, Scenario, ScenarioError};
use chrono::{DateTime, TimeDelta, Utc};
use domain::alias::Alias;
use domain::ids::ZoneCode;
use domain::referral::ReferralState;
use domain::time::{IsoWeek, operational_date};
use serde_json::json;
use std::path::Path;

/// The week that is played, to be moved to last week.
const WEEK: &str = include_str!("../../demo/week.json");
/// A night that nobody has reviewed, to be moved to yesterday.
const LAST_NIGHT: &str = include_str!("../../demo/recent.json");
/// The week's referral of which the member's phone hears something after the signature.
const HEARD_LATE: &str = "R05";
/// Who is found not to have gone, in the last night.
const NOT_GONE: &str = "SALICE-16";
/// How long after the last signature the late step is noted.
const LATE_BY: TimeDelta = TimeDelta::hours(7);
/// What the folder holds; written last.
const DESCRIPTION: &str = "demo.json";
/// Made-up quarters.
const ZONES: [(&str, &str); 5] = [("Z1", "Ovest"), ("Z2", "Sud"), ("Z3", "Est"), ("Z4", "Stazione"), ("Z5", "Nord")];
/// An invented number: no area code begins with 000.
const COORDINATOR: &str = "030 000 0100";
/// Folders of the devices and of the server.
const FOLDERS: [&str; 4] = ["lead", "member", "desk", "server"];

pub(super) fn run(given: &DemoArguments, say: &Say) -> Result<(), Failure> {
    let home = &given.home;
    let dir = arguments([("dir", home.display().to_string())]);
    if home.join(DESCRIPTION).exists() {
        return print_done(say, &say.with("demo-there", &dir), &json!({ "there": home }));
    }
    let moment = now();
    let week = IsoWeek::of(operational_date(moment.now)).previous();
    let scenario = built_in(week, &lists())?;
    std::fs::create_dir_all(home).map_err(|_| Failure::Unwritable(home.clone()))?;
    // Made aside and moved when whole: what is interrupted leaves nothing that looks finished.
    let aside = tempfile::Builder::new().prefix("unfinished-").tempdir_in(home);
    let aside = aside.map_err(|_| Failure::Unwritable(home.clone()))?;
    let (admin_key, programme) = make(given, &scenario, aside.path(), say)?;
    for folder in FOLDERS {
        let target = home.join(folder);
        std::fs::rename(aside.path().join(folder), &target).map_err(|_| Failure::Unwritable(target))?;
    }
    let listen = given.server.trim_start_matches("http://").trim_end_matches('/').to_owned();
    ServerSettings { listen, data: &home.join("server"), admin_key: &admin_key, programme, recovery: None }
        .write(home)?;
    let secrets = synthetic_secrets();
    let description = json!({
        "lead": { "data_dir": "lead", "pin": secrets.pin.as_str(), "review_pin": secrets.review_pin.as_str() },
        "member": { "data_dir": "member", "pin": secrets.pin.as_str() },
        "desk": { "data_dir": "desk", "passphrase": secrets.passphrase.as_str() },
        "server": { "settings": SERVER_SETTINGS, "url": given.server },
        "week": week.to_string(),
    });
    let path = home.join(DESCRIPTION);
    std::fs::write(&path, format!("{description:#}\n")).map_err(|_| Failure::Unwritable(path))?;
    if say.is_json() {
        return print_json(&description);
    }
    print(&say.with("demo-done", &dir))?;
    print(&say.with("demo-pin", &arguments([("pin", secrets.pin.to_string())])))?;
    if !given.without_nights {
        print(&say.with("demo-review-pin", &arguments([("pin", secrets.review_pin.to_string())])))?;
    }
    print(&say.with("demo-passphrase", &arguments([("passphrase", secrets.passphrase.to_string())])))?;
    print(&say.with("demo-week", &arguments([("week", week.to_string())])))
}

/// The built-in week, moved.
fn built_in(week: IsoWeek, lists: &Lists) -> Result<Scenario, ScenarioError> {
    Ok(Scenario::read(WEEK, lists)?.moved_to(week))
}

/// What is left over when the week is over: a late step, and last night if it has ended by now.
fn unfinished(scenario: &Scenario, now: DateTime<Utc>, lists: &Lists) -> Result<Unfinished, Failure> {
    let signed = scenario.outings.iter().map(|outing| outing.reviewed_at).max().unwrap_or(now);
    let at = signed + LATE_BY;
    let night = Scenario::read(LAST_NIGHT, lists)?;
    let written = night.outings.first().map_or_else(|| operational_date(now), |outing| outing.date());
    let yesterday = operational_date(now) - TimeDelta::days(1);
    let night = night.moved_by(yesterday.signed_duration_since(written));
    let fits = night.outings.iter().all(|outing| outing.start > at && outing.end < now);
    let alias: Alias = NOT_GONE.parse().map_err(|_| Failure::internal("alias of the demonstration"))?;
    Ok(Unfinished {
        late: LateStep { referral: HEARD_LATE.to_owned(), state: ReferralState::Attended, at },
        night: fits.then_some(night),
        follow_ups: vec![FollowUp { alias, states: vec![ReferralState::Booked, ReferralState::NoShow] }],
    })
}

/// Programme, devices and nights in `folder`; gives what the server must know.
fn make(
    given: &DemoArguments,
    scenario: &Scenario,
    folder: &Path,
    say: &Say,
) -> Result<(String, domain::ids::ProgrammeId), Failure> {
    let port = port_of(&given.server)?;
    let site = ServerSite::at(None, folder.join("server"), port)?;
    let mut programme = programme_of(scenario, zone_name)?;
    programme.directory =
        demo_directory(scenario.week.monday()).map_err(|_| Failure::internal("directory of the demonstration"))?;
    programme.coordinator_phone = Some(COORDINATOR.to_owned());
    let id = programme.id;
    let bar = progress(if given.without_nights { 2 } else { steps(scenario) + 2 });
    bar.set_message(say.text("replay-server"));
    let mut server = None;
    let mut key = String::new();
    let setup = StageSetup {
        home: folder,
        server: given.server.clone(),
        server_key: site.public_key()?,
        alias_key: Some(synthetic_alias_key()),
        secrets: synthetic_secrets(),
        now: before(scenario),
    };
    let stage = Stage::set_up(setup, programme, |admin_key, programme| {
        key = admin_key.to_owned();
        server = Some(site.start(admin_key, &programme.to_string())?);
        bar.inc(1);
        bar.set_message(say.text("replay-enrol"));
        Ok(())
    })?;
    bar.inc(1);
    if !given.without_nights {
        let now = now().now;
        let unfinished = unfinished(scenario, now, &lists())?;
        play_with(&stage, scenario, Some(&unfinished), now, |step| show(&bar, scenario, &step, say))?;
    }
    bar.finish_and_clear();
    drop(stage);
    drop(server);
    Ok((key, id))
}

fn zone_name(zone: &ZoneCode) -> String {
    let named = ZONES.iter().find(|(code, _)| *code == zone.as_str());
    named.map_or_else(|| zone.to_string(), |(_, name)| (*name).to_owned())
}

/// The port of a server on this machine.
fn port_of(url: &str) -> Result<u16, Failure> {
    let port = url.trim_end_matches('/').strip_prefix("http://127.0.0.1:").and_then(|port| port.parse().ok());
    port.ok_or_else(|| Failure::from(notebook::error::NotebookError::BadInvitation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_the_built_in_week_over_the_change_of_the_clock() {
        for name in ["2026-W13", "2026-W44", "2026-W53", "2027-W01"] {
            let week: IsoWeek = name.parse().unwrap();
            let scenario = built_in(week, &lists()).unwrap();
            assert_eq!(scenario.week, week);
            let (earlier, of_week) = scenario.outings.split_first().unwrap();
            assert_eq!((of_week.len(), earlier.date() < week.monday()), (3, true));
            for outing in of_week {
                assert!(week.contains(outing.date()), "{name}");
                assert!(outing.reviewed_at < week.next().monday().and_time(chrono::NaiveTime::MIN).and_utc());
            }
            assert_eq!(domain::time::local_clock(scenario.outings[2].start), "21:30", "{name}");
            assert!(
                scenario
                    .referrals
                    .iter()
                    .flat_map(|referral| &referral.events)
                    .all(|event| event.date <= week.sunday())
            );
        }
    }

    #[test]
    fn leaves_last_night_unreviewed_once_it_is_over() {
        let scenario = built_in("2026-W11".parse().unwrap(), &lists()).unwrap();
        let night = |now: &str| unfinished(&scenario, now.parse().unwrap(), &lists()).unwrap().night;
        let moved = night("2026-03-20T11:00:00+01:00").unwrap();
        assert_eq!(moved.outings[0].date().to_string(), "2026-03-19");
        assert_eq!(moved.referrals[0].opened_on, moved.outings[0].date());
        assert!(night("2026-03-20T01:00:00+01:00").is_none(), "it is still under way");
        assert!(night("2026-03-16T10:00:00+01:00").is_some(), "Sunday's, on the Monday after the week");
    }
}
