## Errors
failure = Error { $code }: { $what }
failure-safe = Are the data safe? { $safe }
failure-do = What to do: { $todo }
failure-place = Where: { $place }
failure-rule = Rule { $rule }: { $text }
failure-none-touched = Yes, nothing was touched.

## Scenario file
scenario-wrong = The file cannot be read as a week: { $why }
scenario-do = Correct the file at this place and try again.
scenario-syntax = it is not valid JSON.
scenario-missing = a value is missing here.
scenario-not-object = an object with fields is needed here.
scenario-not-list = a list is needed here.
scenario-not-text = a text is needed here, not an empty one.
scenario-not-flag = true or false is needed here.
scenario-not-whole = a whole number from { $min } to { $max } is needed here.
scenario-not-code = not one of the codes: { $allowed }.
scenario-not-date = a date such as 2026-03-12 is needed here.
scenario-not-instant = a date and time with offset is needed here, such as 2026-03-12T21:30:00+01:00.
scenario-not-slot = a half-hour such as 21:30 is needed here.
scenario-not-week = an ISO week that exists is needed here, such as 2026-W11.
scenario-not-alias = a word, a hyphen and two digits are needed here, such as AIRONE-12.
scenario-not-rome = the time zone must be Europe/Rome.
scenario-twice = it is there twice.
scenario-unknown = it names something that is not in the file.
scenario-order = it comes before what must precede it.
scenario-not-start-date = it is not the local date of the outing's start.
scenario-outside-outing = the half-hour lies outside the outing.
scenario-leaflet = leaflets are written by language, in “leaflets”.
scenario-rule = { $rule } does not allow it. { $text }
scenario-refused = the notebook does not record it.
file-unreadable-what = The file cannot be opened.
file-unreadable-do = Check its name and permissions.
file-unwritable-what = This place cannot be written.
file-unwritable-do = Check the path, the permissions and the space left.

## Server
server-missing-what = The program uscita-server is not beside this one.
server-missing-do = Build it, or name it with --server-bin.
server-silent-what = The server has not come up.
server-silent-do = Look at its message below and try again.

## Passphrase
passphrase-ask = Passphrase of the desk:{" "}
passphrase-missing-what = The passphrase is missing.
passphrase-missing-do = Type it when asked, or use USCITA_PASSPHRASE or --passphrase-file.

## Week
tally-title-week = Week { $label }, { $from } – { $to }
tally-title-month = Month { $label } in whole weeks, { $from } – { $to }
tally-title-calendar-month = Calendar month { $label }, { $from } – { $to }
tally-title-quarter = Quarter { $label }, { $from } – { $to }
tally-title-year = Year { $label }, { $from } – { $to }
tally-title-project = The whole project, { $from } – { $to }
tally-internal = internal use – not for publication
tally-external = for the outside, threshold k = { $k }; n.p. = not published
tally-unique = Unique persons
tally-unique-range = { $min } to { $max }
tally-total = Total
tally-nights = Outings counted
tally-np = n.p.
figure-outings = Outings
figure-first = First contacts
figure-returning = Returning
figure-kind_unknown = Not known whether returning
figure-contacts = Contacts
figure-contact_events = Contact events
figure-presences = Presences
figure-observed = Seen, not reached
figure-client_contacts = Clients
figure-minutes = Outing time
figure-operator_minutes = Staff time
figure-km = Kilometres
figure-condoms = Condoms
figure-condoms_per_contact_x10 = Condoms per contact
figure-referrals_opened = Referrals opened
figure-referrals_open_start = Referrals open at the start
figure-referrals_open_end = Referrals open at the end
figure-accompaniments = Accompaniments
figure-accompaniment_minutes = Time of accompaniment
figure-desk_accesses = Desk accesses
figure-events = Events
figure-event_participants = People at events
figure-exit_requests = Exit requests
figure-minor_protocol = Minor cards
figure-review_48h = Reviewed within 48 hours
figure-linked = With a code
figure-unlinked = Without a code
figure-groups = Groups
figure-amendments = Rectifications
figure-referrals_ended = Referrals ended
figure-emergency_requested = Emergency beds asked for
figure-emergency_placed = Beds found
figure-emergency_no_place = Without a bed
figure-presumed_minors = Presumed minors, contacted
figure-observed_minors = Presumed minors, only seen
figure-completion_pct = Referrals completed
figure-continuity_x10 = Meetings per person with a code
figure-reached_twice = People reached twice
figure-nationality_missing_pct = Origin not recorded
figure-age_missing_pct = Age not recorded
figure-gender_missing_pct = Gender not recorded
figure-kind_missing_pct = Unknown whether first time
figure-review_48h_pct = Outings reviewed within 48 hours
figure-sign_off_minutes = From the end to the signature, on average

## Replay
replay-server = Starting the server
replay-enrol = Enrolling the phones
replay-night = Outing of { $date }
replay-review = { $date }: review and sign-off
replay-desk = The desk pulls and counts
replay-kept = Notebooks and the server's store: { $dir }

## Demo
demo-there = The demonstration is in { $dir } already: nothing changes.
demo-done = Demonstration ready in { $dir }.
demo-pin = PIN of the phones: { $pin }
demo-review-pin = Review code of the lead: { $pin }
demo-passphrase = Passphrase of the desk: { $passphrase }
demo-week = Week played: { $week }

## Programme and devices
programme-made = Programme made in { $dir }.
programme-words = Recovery words. They are shown only now: write them on paper and keep it locked away from the computer.
programme-server = Configuration for the server: { $file }
device-code = Code, valid for 15 minutes: { $code }
device-none = No device is waiting.
device-words = { $device }: read aloud together { $words }
device-approved = Device confirmed: { $device }
desk-updated =
    { $n ->
        [0] No new night.
        [one] One new night.
       *[other] { $n } new nights.
    }
desk-set-aside =
    { $n ->
        [one] One envelope set aside: it cannot be opened or is of a newer version.
       *[other] { $n } envelopes set aside: they cannot be opened or are of a newer version.
    }
desk-saved = Saved.

## Recovery
words-count = There are { $n } words instead of 24.
words-unknown = Word number { $n } is not on the list.
words-checksum = Every word is on the list, but they do not fit together: one is wrong, or two are exchanged.
words-do = Compare them with the sheet, one by one and in the order of the numbers.
words-other-what = These words are another programme’s.
words-other-do = Look for this programme’s sheet.
identity-missing-what = There is no key AGE-SECRET-KEY-1… here.
identity-missing-do = Name the file that holds it, or use --words with the 24 words.
admin-key-what = The programme’s key cannot be read.
admin-key-do = Copy it from the recovery sheet: 43 characters.
file-exists-what = There is something here already.
file-exists-do = Give a new name.
recover-partial-what = Not everything came back. What did is written.
recover-partial-do = Read the list above; another source (phone, server, .uscita file) may have what is missing.
recover-opening = Opening the operations
recover-opened = Operations that came back: { $opened } of { $places }
recover-source-failed = Does not open: { $path } ({ $code })
recover-outing =
    Outing of { $date }, { $unit }: { $operations ->
        [one] one operation
       *[other] { $operations } operations
    }, { $contacts ->
        [one] one contact
       *[other] { $contacts } contacts
    }{ $signed ->
        [yes] , signed off
       *[other] , not signed off
    }
recover-outing-part = Outing { $id }: { $operations } operations, without the one that opened it
recover-night-logs =
    { $n ->
        [0] No night log for the desk.
        [one] One night log for the desk.
       *[other] { $n } night logs for the desk.
    }
recover-aside =
    { $n ->
        [one] One operation kept apart, in set-aside.json: not proved, or in quarantine.
       *[other] { $n } operations kept apart, in set-aside.json: not proved, or in quarantine.
    }
recover-unproven = Without the manifest of a server or of a .uscita file nothing proves whose the operations are.
recover-place = { $device }, operation { $place }: { $why }
recover-why-unreadable = a part of the file cannot be read
recover-why-damaged = damaged bytes
recover-why-forged = a signature that does not hold
recover-why-not_for_us = sealed to others
recover-why-too_new = written by a newer version
recover-why-mismatch = says it is another one
recover-why-refused = the server did not keep it: look for the phone
recover-why-removed = removed by the server when its time was over: the desk holds it
recover-why-missing = missing in every source
recover-why-fork = two continuations, both kept
recover-why-bad_manifest = a manifest with a signature that does not hold
recover-why-no_configuration = the programme’s lists do not open
recover-into = Into the notebook: { $new } new, { $known } were there already, { $aside } are not for this notebook or are not proved.
recover-written = Written to { $dir }. All of it is readable: copy it where it is needed and delete the folder.
sheet-language = en
sheet-title = Recovery sheet
sheet-programme = Programme: { $name }
sheet-date = Printed on { $date }
sheet-what = These 24 words open everything that phones and desk have sealed, even if phones, PINs and computers are lost. Whoever has them reads every night.
sheet-keep = Keep them in a safe, in two places. Never in a picture, never in a computer, never with the phones.
sheet-words = The words, in the order of the numbers
sheet-key = The same key for the program age
sheet-admin = Key of the programme (it is no secret)
sheet-how = How to use it: uscita recover, or the page recupero.md with common programs only.
sheet-written = Sheet to print: { $file }. Print it now and delete the file.
sheet-former = This sheet opens what is sealed from this date on. What came before is opened by the sheet of before: keep it, closed, with its date.
rotate-words = The new recovery sheet. It is not in force yet: print it, or copy it onto paper.
rotate-next = Once it is on paper, read words { $places } from there and type them: uscita programme rotate --confirm - (with the same folder). Until then the keys of before are in force, and the same command shows this sheet again.
rotate-done = The new keys are in force. Keep the sheet of before: it opens what came before.
rotate-server = For the settings of the server:
    recipients = ["{ $recipient }"]   # under [backup], in the place of the sheet of before
    admin-key = "{ $key }"
rotate-given-up = The keys stay as they are. The sheet that was prepared opens nothing: destroy it.
sheet-other-what = The words are not those that the new sheet has at these places.
sheet-other-do = Read them again from the printed sheet, in the order of the places, or print it again with uscita programme rotate.

## Tables
tally-table-gender = Gender
tally-table-age = Age
tally-table-nationality = Origin
tally-table-macro = Origin
tally-table-zone = Zone
tally-table-kind = First time
tally-table-depth = Encounter
tally-table-services = Services
tally-table-supplies = Supplies handed out
tally-table-leaflets = Leaflets by language
tally-table-language = Language
tally-table-concern = Concern
tally-table-observed_reason = Seen, not reached
tally-table-referral_macro = Referrals opened
tally-table-referral_service = Referrals opened, by service
tally-table-referral_events = Referral steps
tally-table-accompaniments = Accompaniments
tally-table-desk_topics = Desk accesses
tally-table-outing_type = Outings by type
tally-table-events = Events
tally-table-incidents = Incidents
tally-table-district = District
tally-table-slot_band = Time of day
tally-table-leaflet_topics = Leaflets, by topic
tally-table-referral_outcomes = Referrals closed, by outcome
tally-table-unit = Outings by unit
tally-table-cancelled = Cancelled outings
tally-table-type_minutes = Outing hours by type
tally-table-org_minutes = Staff hours by organisation
tally-table-role_minutes = Staff hours by role
tally-table-severity = Incidents by severity
category-trans = Trans
category-other_not_recorded = Other or not recorded
category-35_plus = 35 and over
category-first = First time
category-returning = Returning
category-unknown = Not known
category-returning_or_unknown = Returning or not known
category-not_recorded = Not recorded
category-other = Others
category-none = None in common
type-street_night = Night
type-street_day = Day
type-mapping = Mapping
type-indoor = Indoor
type-labour_outreach = Labour exploitation
type-joint = Joint
reason-with_client = With somebody
reason-busy = Busy
reason-refused = Did not want to
reason-unsafe_to_stop = Unsafe to stop
reason-third_party_present = Others were there
reason-mapping_only = Mapping only
reason-no_language = No common language
category-under_18_presumed = Presumed minor
category-45_plus = 45 and over
origin-RO = Romania
origin-NG = Nigeria
origin-AL = Albania
origin-BG = Bulgaria
origin-BR = Brazil
origin-PE = Peru
origin-HU = Hungary
origin-MD = Moldova
origin-UA = Ukraine
origin-MA = Morocco
origin-CN = China
origin-IT = Italy
origin-AR = Argentina
origin-BA = Bosnia and Herzegovina
origin-BD = Bangladesh
origin-BO = Bolivia
origin-BY = Belarus
origin-CI = Côte d’Ivoire
origin-CL = Chile
origin-CM = Cameroon
origin-CO = Colombia
origin-CU = Cuba
origin-CZ = Czechia
origin-DO = Dominican Republic
origin-DZ = Algeria
origin-EC = Ecuador
origin-EG = Egypt
origin-ER = Eritrea
origin-ET = Ethiopia
origin-GE = Georgia
origin-GH = Ghana
origin-GM = Gambia
origin-GN = Guinea
origin-HR = Croatia
origin-IN = India
origin-LT = Lithuania
origin-LV = Latvia
origin-MK = North Macedonia
origin-ML = Mali
origin-PH = Philippines
origin-PK = Pakistan
origin-PL = Poland
origin-PY = Paraguay
origin-RS = Serbia
origin-RU = Russia
origin-SK = Slovakia
origin-SN = Senegal
origin-TG = Togo
origin-TH = Thailand
origin-TN = Tunisia
origin-TR = Türkiye
origin-UY = Uruguay
origin-VE = Venezuela
origin-VN = Vietnam
origin-XK = Kosovo
language-it = Italian
language-en = English
language-pcm = Nigerian Pidgin
language-fr = French
language-es = Spanish
language-pt = Portuguese
language-ro = Romanian
language-sq = Albanian
language-bg = Bulgarian
language-hu = Hungarian
language-ru = Russian
language-uk = Ukrainian
language-zh = Chinese
language-ar = Arabic
language-pl = Polish
language-bn = Bengali
language-ur = Urdu
language-other = other languages
language-none = none in common
language-not_recorded = not recorded

## First steps of the minor card (V11), until the coordinator writes the project's own
minor-step-stay = Stay close, in a safe place. No questions about age or papers: the doubt is enough.
minor-step-danger = If there is danger now, call 112.
minor-step-call = Tell the coordinator, at any hour: they call child protection.
minor-step-ask = Say what happens next. Stay until whoever takes over has come.
release-preview = Preview, nothing is written: { $recipient }, { $period }
release-made = Release no. { $number } made and entered in the ledger: { $recipient }, { $period }
release-column-table = Table
release-column-visible = Visible cells
release-column-why = Why the rest is n.p. (stays here)
release-visible = { $shown } of { $all }
release-why-small = numbers under { $k }
release-why-complement = another cell, which could be worked out from the total
release-why-small_total = too few; such a week goes out with the next
release-why-few_outings = fewer than three outings: who saw one would know the others; they go out once three are together
release-why-audit = with what was released before, a small number could be worked out
release-why-sensitive = sensitive: never in a week
release-left-granularity = this recipient gets it in another rhythm
release-to-come = Still to come: { $which }. What goes out now stays as it is; to let it go out all the same: --incomplete
release-merged = period: { $period }
release-none = No release.
release-line = no. { $number } · { $recipient } · { $period } · k = { $k } · { $day } · fingerprint { $fingerprint }
release-line-replaces = correction of no. { $number }
release-line-published = published on { $day }
release-line-withdrawn = withdrawn on { $day }
release-line-local = not published
release-line-contested = the number is another desk’s: making it again gives it the next
export-done = Written: { $file }, { $bytes } bytes.
publish-done = Release no. { $number } is published.
publish-address = Address: { $address }
publish-password = Password, shown only now: { $password }
publish-password-same = Password: the one the recipient has. For a new one: --new-password
publish-not-told = The other desks will know at the next update.
withdraw-done = Release no. { $number } is withdrawn from the server.

# Referrals
board-head-code = Code
board-head-waits = Waits
board-head-immediate = At once
board-head-within_72h = In 72 hours
board-head-routine = Routine
board-flow = { $week }: { $start } open at the start + { $opened } new − { $ended } ended = { $end } open at the end
board-waiting =
    { $n ->
        [one] One referral waits for somebody.
       *[other] { $n } referrals wait for somebody.
    }

## Calendar
nights-day = Day
nights-standing = How it stands
devices-dropped =
    { $n ->
        [one] one record dropped, can be taken back
       *[other] { $n } records dropped, can be taken back
    }

## Riga di comando
arguments-what = The command cannot be run like this.
arguments-value = “{ $other }” will not do for { $about }.
arguments-empty = { $about } needs a value.
arguments-unknown = “{ $about }” is no option of this command.
arguments-command = “{ $about }” is no command.
arguments-missing = Missing: { $about }.
arguments-no-command = The command is missing.
arguments-conflict = { $about } and { $other } do not go together.
arguments-twice = { $about } is there twice.
arguments-utf8 = An argument is not UTF-8 text.
arguments-other = The command cannot be read: { $about }
arguments-other-kind = Entry { $about } does not have what you want to correct, or is a step of a referral.
arguments-instead = These will do: { $list }.
arguments-do = Mend it and try again. Help: { $command } --help
value-week = It takes an ISO week that exists, such as 2026-W11.
value-month = It takes a month, such as 2026-03.
value-quarter = It takes a quarter, such as 2026-Q1.
value-period = It takes a week such as 2026-W11, a month such as 2026-03, a quarter such as 2026-Q1 or a half-year such as 2026-H1.
value-day = It takes a day of the calendar, such as 2026-03-12.
value-unit = It takes the code of a unit: 1 to 64 characters, no control characters.
value-recipient = It takes KIND:CODE, such as municipality:Brescia; kinds: municipality, funder, network, press.
value-whole = It takes a whole number from { $least } to { $most }.
value-type = It is no type of this entry.
output-unwritable-what = Standard output cannot be written.
output-unwritable-safe = Yes. What the command records was recorded before it wrote.
output-unwritable-do = See whether the disk is full, or write elsewhere, and look before you repeat a command that records.
lists-unreadable-what = The file holds no lists of a programme.
lists-unreadable-do = Start from what “uscita programme show” writes, and change values only.
register-form-what = The file is no exported register, or of a newer version.
register-form-do = Ask whoever exported it for the file again.
register-chain-what = The chain of the register breaks: a line was changed, taken away or added.
register-chain-do = Do not trust this file. Ask the desk for it again, and compare.
register-signature-what = The signature does not hold: the file was changed, or somebody else signed it.
register-signature-do = Do not trust this file. Ask the desk for it again, and compare.
register-other-key-what = The register is signed, with another key.
register-other-key-do = Compare the key with that of the recovery sheet. A desk without the programme’s key signs with its own.
register-at-line = line { $n }
register-written = Signed register written: { $file }, { $lines } lines. Key of who signs: { $key }
register-holds = The register is whole: { $name }, desk { $desk }, { $day }, { $lines } lines.
register-key-given = It is signed with the key you gave.
register-key-admin = It says that it is signed with the programme’s key: compare it with the recovery sheet. { $key }
register-key-desk = It is signed with the desk’s key, not the programme’s. { $key }
man-written = Manual pages written: { $n }, in { $dir }
desk-updating = Fetching from the server
desk-updating-received =
    { $n ->
        [one] One envelope received
       *[other] { $n } envelopes received
    }
desk-counting = Counting the nights: { $done } of { $of }
desk-noted = Saved: { $entry }
desk-corrected = Corrected. What was written stays in the register of corrections.
desk-entry = Entry
desk-event-numbers =
    { $people ->
        [one] { $people } person
       *[other] { $people } people
    }, { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }
desk-time-under_15 = under 15 minutes
desk-time-15_45 = 15 to 45 minutes
desk-time-over_45 = over 45 minutes
desk-time-not_recorded = time not recorded
desk-why-mistyped = mistyped
desk-why-twice = noted twice
desk-why-misplaced = wrong day or referral
desk-why-learnt_later = learnt later

## Doctor
doctor-well = well
doctor-attention = attention
doctor-broken = broken
doctor-counting = Checking the sums
doctor-notebook = The notebook opens and is whole.
doctor-journal-rebuilt = The journal was damaged and was made anew from the notebook. Nothing is missing; look at the disk.
doctor-sums = The sums of the weeks are those of their nights.
doctor-sums-unequal = The sums of these weeks are not those of their nights: { $weeks }. The nights are all there; tell who looks after the program.
doctor-register =
    { $n ->
        [0] The register is whole, without lines yet.
        [one] The register is whole: one line.
       *[other] The register is whole: { $n } lines.
    }
doctor-register-broken = The chain of the register breaks at line { $n }: a line was changed or taken away. Tell who looks after security.
doctor-keys = The passphrase opens the keys of this desk: { $role }.
doctor-manifest =
    { $n ->
        [0] The manifest is signed by the programme and runs out today.
        [one] The manifest is signed by the programme and lasts one more day.
       *[other] The manifest is signed by the programme and lasts { $n } more days.
    }
doctor-manifest-over = The manifest has run out: phones warn. Renew it with “uscita devices renew”.
doctor-manifest-waits = The manifest in force is not with the server yet. Send it with “uscita programme publish”.
doctor-look =
    { $n ->
        [0] Last look at the server: within 24 hours.
        [one] Last look at the server: yesterday.
       *[other] Last look at the server: { $n } days ago.
    }
doctor-look-old =
    { $n ->
        [one] The desk has not looked at the server for a day.
       *[other] The desk has not looked at the server for { $n } days. Do so with “uscita desk update”.
    }
doctor-look-never = The desk has never looked at the server. Do so with “uscita desk update”.
doctor-copies = Everything noted here is with the server, with a copy elsewhere.
doctor-copies-waiting =
    { $n ->
        [one] All is with the server; one entry waits for its copy elsewhere.
       *[other] All is with the server; { $n } entries wait for their copy elsewhere.
    }
doctor-unsent =
    { $n ->
        [one] One entry is on this computer only. Send it with “uscita desk update”.
       *[other] { $n } entries are on this computer only. Send them with “uscita desk update”.
    }
doctor-set-aside =
    { $n ->
        [one] One envelope is set aside: it does not open, or is of a newer version. It is kept.
       *[other] { $n } envelopes are set aside: they do not open, or are of a newer version. They are kept.
    }
doctor-server = The server answers, is ours, and accepts this desk.
doctor-server-other = The server answers, with another manifest. Fetch it with “uscita desk update”.
doctor-clock = The clock is right.
doctor-clock-ahead = This computer’s clock is { $minutes } minutes fast. Set it right.
doctor-clock-behind = This computer’s clock is { $minutes } minutes slow. Set it right.
doctor-disk = Room on the disk: { $mib } MiB free ({ $percent } %).
doctor-disk-low = The disk is nearly full: { $mib } MiB free ({ $percent } %). Make room.
