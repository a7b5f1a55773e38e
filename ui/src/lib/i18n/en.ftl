## App
app-name = Uscita
app-back = Back
app-close = Close
app-hide = Hide
app-save = Save
app-next = Next
app-retry = Try again now
app-later = Later
app-loading = One moment…
app-unknown = Don’t know
app-leave = Leave without saving

## Lock (Codice)
lock-title = Code
lock-wrong = Wrong code.
lock-safe = Nothing is lost.
lock-wait =
    Try again in { $n ->
        [one] { $n } second
       *[other] { $n } seconds
    }.
lock-wait-minutes =
    Try again in { $n ->
        [one] { $n } minute
       *[other] { $n } minutes
    }.
lock-forgot = Forgotten code
lock-dots =
    { $n ->
        [one] { $n } digit
       *[other] { $n } digits
    } of { $total } entered
lock-delete = Delete
lock-ok = OK

## Panic, a code that is forgotten, the code under threat
panic-title = Erase this phone
panic-hold = Hold for 2 seconds
panic-keys = The keys of this phone are destroyed: its notebook opens no more, with no code.
panic-records = What you saved is not lost: it stays here, sealed, and goes out by itself as soon as there is network and the app is open. Whoever reviews opens it.
panic-again = To use the phone again you need a new code from the coordinator.
panic-not = It does not touch what is with the server already, and does not remove the app.
panic-do = Destroy the keys
panic-done = Done
panic-done-keys = The keys are gone. This phone opens nothing any more.
panic-done-keep-on = What is missing goes out by itself as soon as there is network, while the app is open.
panic-discard = Erase also what has not gone out
panic-discard-lost =
    { $n ->
        [one] One record has not gone out yet.
       *[other] { $n } records have not gone out yet.
    }
panic-discard-nobody = What you erase is lost for good: nobody can bring it back.
panic-discard-keep = Keep everything
panic-discard-do =
    { $n ->
        [one] Erase { $n } record
       *[other] Erase { $n } records
    }
kept-received =
    { $n ->
        [one] { $n } record is with the server
       *[other] { $n } records are with the server
    }
kept-unsent =
    { $n ->
        [one] { $n } has still to go out
       *[other] { $n } have still to go out
    }
kept-all = Nothing is missing
forgotten-what = Nobody can read or find the code: not the coordinator, not those who made the app.
forgotten-safe = What is safe
forgotten-safe-text = Everything you saved. It is sealed, and goes out by itself as soon as there is network and the app is open, even without the code. Whoever reviews opens it, or whoever has the recovery words.
forgotten-now = What to do
forgotten-first = If the code comes back to you, go back and type it.
forgotten-ask = Ask the coordinator for a new code for this phone.
forgotten-aside = When you have it, begin anew: the notebook of before is put aside, closed, and the phone starts as a new one.
forgotten-anew = The phone starts as a new one: type the address and the code.
forgotten-nobody = Cards that were not saved cannot be opened again.
forgotten-restart = Begin anew
forgotten-hold = Hold
forgotten-key-title = The key of this phone does not answer
forgotten-key-what = The code may be right: the part of the phone that keeps the key does not answer. This try does not count.
forgotten-key-first = Switch the phone off and on, then try again. If the key comes back, it opens as before.
forgotten-key-retry = Try again
forgotten-spent-title = Ten wrong codes
forgotten-spent-what = After ten wrong codes in a row the keys are destroyed, so that nobody can guess the code.
duress-page = Under threat
duress-row = A code that opens the stock only
duress-title = Code under threat
duress-what = A second code, unlike yours. If somebody forces you to open the app type that one: a plain stock list opens, with tonight’s supplies.
duress-deletes = It erases nothing, it only hides. With your code everything is there.
duress-not = It does not protect from those who know already what this app is. Your safety comes before the data.
duress-hidden = Nothing shows whether it is set, not even here.
duress-panic = On the code screen, or at the end of More: hold the lock for 2 seconds, then confirm. It destroys the keys of this phone. What you saved stays sealed and goes out by itself; after that you need a new code from the coordinator.
duress-set = Set
duress-remove = Take away
duress-unlock = Your code
duress-choose = Code under threat
duress-choose-note = At least six digits, unlike yours.
duress-weak = Too easy, or too much like yours. Choose another.
duress-done = Done.
inventory-title = Inventory
inventory-saved = Saved

## First start of a phone
enrol-title = New phone
enrol-intro = Your coordinator shows you a code to point the camera at: it lasts 15 minutes and works once.
enrol-no-picture = The coordinator’s code is not in the photo. Try again from closer, or type it.
enrol-otherwise = Or type what you are told.
enrol-link = Link
enrol-link-hint = If you were sent one, paste it here: it is enough.
enrol-server = Server address
enrol-code = 10-character code
enrol-code-hint = Letters and digits, without I, L, O and U.
enrol-pin-choose = Choose this phone’s code
enrol-pin-note = 6 to 14 digits, then OK. Not a date, not digits in a row.
enrol-pin-again = Repeat the code
enrol-pin-mismatch = The two codes differed. Choose again.
enrol-words = Read the words aloud
enrol-words-check = They must be the same on the coordinator’s screen. If one differs, stop.
enrol-words-same = The words are the same
enrol-words-differ = One differs: stop
enrol-stopped = Stop: do not use this code
enrol-stopped-stored = Nothing of the team was stored on this phone.
enrol-stopped-next = Tell your coordinator at once: this phone must not be confirmed. Ask for a new code.
enrol-restart = Use a new code
enrol-waiting = Waiting for the coordinator to confirm
enrol-check = Check now

## Start (Stanotte)
start-title = Tonight
start-type = Type
start-type-night = Night
start-type-day = Day
start-type-mapping = Mapping
start-type-indoor = Indoor
start-type-labour = Labour
start-type-joint = Joint
start-crew = Crew
start-crew-add = Add person
start-crew-short = Outings need two people: add who comes.
start-crew-why = Two people go out. Why alone?
short-absent = Absent at short notice
short-joins_later = Joins later
short-other_org = With another organisation
short-other = Another reason
start-crew-remove = Remove { $code }
start-crew-code = Code
start-crew-role = Role
start-bag = This phone’s bag
start-bag-more =
    { $n ->
        [one] { $n } more item
       *[other] { $n } more items
    }
start-zones = Planned zones
start-go = Start outing
start-offline = Works without network until you close.
start-recent = To finish
start-recent-count =
    { $n ->
        [one] { $n } outing to finish
       *[other] { $n } outings to finish
    }
start-missing = To be chosen
start-bag-said =
    { $n ->
        [one] { $list } and one other item
       *[other] { $list } and { $n } other items
    }
start-bag-empty = Empty
start-recent-review = to be reviewed
start-recent-send = to be sent
start-recent-amend = to amend
start-partner = The other phone has already started
start-partner-code = The 4 characters on the other phone
start-bag-load = How many { $item }
start-zone-first = Starting at { $zone }.
start-needs = Choose who goes out and at least one zone.

## State of the records
sync-local =
    On this phone only, { $n ->
        [one] { $n } record
       *[other] { $n } records
    }
sync-waiting = Waiting to send, { $n }
sync-sending = Sending, { $a } of { $b }
sync-received = { $b } of { $b } received at { $t }
sync-attention =
    { $n ->
        [one] { $n } needs a look
       *[other] { $n } need a look
    }
sync-forgotten = Details forgotten on { $d }

## Contacts
contact-title = Tonight, { $zone }
contact-tally = Tonight and bag
contact-zones-more = Others
contact-zones-all = All zones
contact-zone = Zone
contact-woman = Woman
contact-trans = Trans
contact-man = Man
contact-known = known
contact-known-m = known
contact-first = first time
contact-unknown-kind = not known if met before
contact-group = Group
contact-group-of = Group of { $n }
contact-seen = Seen
contact-seen-count = { $n } tonight
contact-saved = Saved
contact-undo = Undo
contact-undone = Undone
contact-more = More
contact-unsaved = Card not saved
contact-unsaved-ref = Referral not saved
contact-dropped = Card left
contact-resume = Resume
contact-split = Split one off
contact-todo-count = { $n } to complete
contact-empty = Nobody yet tonight
contact-people =
    { $n ->
        [one] person
       *[other] people
    }
contact-kit = kit { $kit }
contact-low = { $list } left
contact-loaded = Loaded { $list }

## Emergency
em-button = Emergency
em-hold = press and hold
em-open = { $zone }. Opened now.
em-what = What is happening
em-leave = Wants out now
em-minor = Minor
em-ill = Injured or unwell
em-call = Call
em-112 = immediate danger
em-helpline = helpline, 24 hours
em-coord = Coordinator
em-coord-on-call = on call tonight
em-coord-none = number not set
em-note = The person first. An immediate referral is open: complete it later.
em-minor-done = Already started
em-minor-ask = Child protection: tell the coordinator and 112.
em-close = Close the card
minor-card = With this person’s record
minor-open = Urgent referral to child protection already open
minor-do = What to do
minor-refer = Open the referral to child protection
minor-write = Write the record

## Kit
kit-title = What left the bag
kit-group = Kit
kit-base = Basic
kit-double = Double
kit-trans = Trans
kit-hot = Hot drink only
kit-none = Nothing
kit-other = Other items
kit-other-hint = drinks, tests, wipes…
kit-line = { $list } going out. { $left } left.
kit-line-nothing = Nothing goes out.
kit-line-low =
    { $n ->
        [one] { $list } leaves the bag
       *[other] { $list } leave the bag
    }. Running out: { $left } left.
kit-over = More out than loaded: correct the load at closing.
kit-save = Save
kit-save-none = Save without items
kit-details = Add details if you like
kit-leaflet-topic = Subject
kit-leaflet-language = Language

## Details
det-optional = All optional. Save any time.
det-back = Back to kit
det-alias = Person code
det-alias-none = None
det-alias-others = Others
det-alias-search = First letters
det-alias-new = New code
det-alias-new-choose = Choose the new code
det-age = Estimated age
det-age-minor = Minor?
det-age-45 = 45+
det-who = Who it is
det-origin = Origin
det-origin-more = Others
det-language = Language
det-language-none = None shared
det-language-other = Another
language-pcm = Nigerian Pidgin
det-depth = Encounter
det-topics = What you talked about
det-concern = Concern, in your view
det-flags = Marks
det-notice = Privacy notice given aloud
det-referral = Open a referral
det-referral-hint = family clinic, STI clinic, desk…
det-minor-title = Presumed minor

## Group
group-howmany = How many people
group-more = 10 or more
group-kit = Kit for each
group-line = { $n } × { $kit }: { $list } going out.
group-line-none = { $n } people, without items.
group-save = Save { $n } people
group-later = Who they were: later, or never.

## Seen
seen-why = Seen, why?
seen-with = With someone
seen-busy = Busy
seen-refused = Did not want to
seen-unsafe = Unsafe to stop
seen-others = Others present
seen-language = No shared language
seen-mapping = Mapping only
seen-again = Another one
seen-line = One tap saves 1 sighting. Tonight: { $n }.
seen-saved =
    Saved { $n ->
        [one] { $n } sighting
       *[other] { $n } sightings
    }: { $reason }. Tonight: { $total }.
seen-done = Done

## More (Altro)
more-date = { $date }, { $type }
more-referrals = Referrals
more-stock = Stock
more-stock-left = { $list } in the bag
more-zone = Correct zone
more-zone-detail = of the last records
more-code = Code for the other phone
more-incident = Note an incident
more-incident-detail = no names, no plates
more-directory-detail = hours, numbers, documents
more-show-detail = cards in five languages
more-month-detail = the month on one page
more-copy-detail = encrypted, until the receipt
more-nights-detail = review, signature, amendments
more-close = Close outing
more-back = Back to contacts
more-settings = Settings
more-settings-detail = hand, text, language, lock

## Settings (Impostazioni)
set-title = Settings
set-hand = Hand that holds the phone
set-hand-right = Right
set-hand-left = Left
set-text = Text
set-text-normal = Normal
set-text-large = Large
set-language = Language of the app
set-language-it = Italiano
set-language-en = English
set-theme = Colours
set-theme-night = Night
set-theme-day = Day
set-lock = Locks when untouched for
set-lock-seconds = { $n } seconds
set-lock-minutes =
    { $n ->
        [one] { $n } minute
       *[other] { $n } minutes
    }
set-entry = Name and icon on the phone
set-entry-note = The name changes in the list of apps. It deceives a glance, not somebody who looks for it.
set-entry-notes = Note
set-entry-shifts = Turni
set-entry-stock = Inventario
set-entry-uscita = Uscita
set-note = They hold on this phone. They change nothing that is saved.
pin-title = Change the code
pin-row = The present one is needed
pin-which = Which one?
pin-unlock = The code of the phone
pin-unlock-row = The one that opens it every time
pin-review = The review code
pin-review-row = The one that opens the whole night
pin-now = The present code
pin-now-phone = First the code of the phone
pin-now-review = The present review code
pin-new = The new code
pin-note = 6 to 14 digits. Not a date, not digits in a row.
pin-note-review = 8 to 14 digits. Not a date, not a run, not the phone’s code.
pin-wrong = Wrong code. Begin again here.
pin-weak = Too easy, or near another code of yours. Choose another.
pin-done = Done. From now on the new code holds, and the old one opens nothing.
train-name = Training
train-band = Fake data: nothing is sent.
train-pin = The PIN is { $pin }
train-row = try everything with fake data
train-fake = Everything works as on a real night, with made-up zones, codes and supplies.
train-apart = The real notebook closes. What it still has to send goes on.
train-lead = You are the lead: you can try the review and the signature too.
train-gone = Nothing is sent and nothing stays. Each time begins from nothing.
train-pin-unlock = Practice PIN
train-pin-review = Practice PIN for the review
train-night-open = An outing is open. It stays saved: you find it again when you leave and enter your PIN. If you are working, now is not the moment.
train-begin = Start the training
train-again = Begin again from nothing
train-leave = Leave the training
train-leave-note = On leaving, the phone locks and asks for your real PIN.
train-send = In training nothing is sent: here the records stay on the phone.

## Directory (Rubrica)
dir-title = Directory
dir-numbers = Numbers to call at once
dir-antiviolence = violence and stalking
dir-filters = Filters
dir-open-now = Open now
dir-papers = STP or ENI is enough
dir-free = Free
dir-language = Language
dir-language-which = Which language
dir-count =
    { $n ->
        [one] { $n } service
       *[other] { $n } services
    }
dir-none = No service with these filters.
dir-empty = The directory is still empty: the coordinator fills it in.
dir-every-day = every day
dir-all-day = 24 hours
dir-open = Open now.
dir-open-minutes =
    Open now, closes in { $n ->
        [one] { $n } minute
       *[other] { $n } minutes
    }.
dir-open-hours =
    Open now, closes in { $n ->
        [one] { $n } hour
       *[other] { $n } hours
    }.
dir-opens-minutes =
    Opens in { $n ->
        [one] { $n } minute
       *[other] { $n } minutes
    }.
dir-opens-hours =
    Opens in { $n ->
        [one] { $n } hour
       *[other] { $n } hours
    }.
dir-opens-day = Opens on { $day } at { $time }.
dir-closed = Closed.
dir-unknown = Hours not known: call first.
dir-doc-none = no documents needed
dir-doc-stp = STP or ENI is enough
dir-doc-id = identity document needed
dir-doc-permit = residence permit needed
dir-cost-free = free of charge
dir-cost-ticket = with a fee
dir-walk-in = no appointment
dir-appointment = by appointment
dir-women = women only
dir-verified = Checked on { $date }.
dir-stale =
    To be checked again: last check { $n ->
        [one] { $n } day
       *[other] { $n } days
    } ago.
dir-accompany = Better to go along.
dir-call = Call
dir-call-name = Call { $name }, { $number }
dir-show = Show

## Cards held out to somebody (Mostra)
show-title = Show
show-papers = See a doctor without papers
show-helpline = Helpline
show-condom = How to use a condom
show-service = Hours of a service
show-service-detail = from the directory
show-note = In five languages. Nothing stays: close the card and you are back where you were.
show-language = Language of the card

## One month (Cosa abbiamo fatto)
month-title = What we did
month-lead =
    In { $month } you went out { $n ->
        [one] { $n } time
       *[other] { $n } times
    }, { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    } in all.
month-lead-none = In { $month } there is no outing to tell of.
month-met = meetings with people
month-seen = seen
month-accompanied =
    { $n ->
        [one] accompaniment
       *[other] accompaniments
    }
month-supplies = From the bag into hands
month-referrals = Referrals
month-opened = { $n } opened
month-accepted = { $n } accepted
month-attended = { $n } reached the service
month-thanks = Thanks to everyone who was there.
month-note-unit = Counts the unit’s signed outings. Somebody you met more than once counts every time: these are meetings, not different people.
month-note-phone = Counts what this phone wrote. Somebody you met more than once counts every time: these are meetings, not different people.

## Zone correction
zone-howmany = How many records, from the last
zone-which = Right zone
zone-save =
    { $n ->
        [one] Correct { $n } record
       *[other] Correct { $n } records
    }

## Incident
inc-title = Incident
inc-what = What happened
inc-severity = How serious
inc-action = What you did
inc-debrief = We need to talk about it
inc-note = No names, plates or faces.
inc-zone = Zone, stays on this phone
inc-zone-other = Another zone
inc-third_party_control = Third-party control
inc-aggressive_client = Aggressive client
inc-aggression_team = Aggression to the team
inc-violence_reported = Violence reported
inc-robbery = Robbery
inc-police_check = Police check
inc-medical_emergency = Medical emergency
inc-vehicle = Vehicle
inc-device_lost = Device lost
inc-data_breach_suspected = Data perhaps seen
inc-near_miss = Near miss
inc-low = Low
inc-medium = Medium
inc-high = High
inc-left_zone = Left the zone
inc-called_112 = Called 112
inc-called_coordinator = Called the coordinator
inc-none = Nothing

## To complete
todo-title = To complete
todo-under =
    { $n ->
        [0] All done.
        [one] 1 card. You can leave it as it is.
       *[other] { $n } cards. You can leave it as it is.
    }
todo-leave-all = You can leave it as it is
todo-empty = Nothing to complete.
todo-unsaved = Open card
todo-card = Card { $number }
todo-where = Card { $number }. { $place }
todo-not-saved = Not saved yet.
todo-save = Save as it is
todo-leave = Let it go
todo-left = Left
todo-missing-composition = Who they were is missing.
todo-missing-origin = Origin is missing.
todo-missing-age = Age is missing.
todo-all-known =
    { $gender ->
        [trans_woman] Trans, all known
        [trans_man] Trans men, all known
        [man] Men, all known
        [other] Others, all known
       *[woman] Women, all known
    }
todo-all-first =
    { $gender ->
        [trans_woman] Trans, all new
        [trans_man] Trans men, all new
        [man] Men, all new
        [other] Others, all new
       *[woman] Women, all new
    }
todo-mixed = Mixed
todo-mixture =
    { $gender ->
        [trans_woman] Trans: { $known } known, { $first } new
        [trans_man] Trans men: { $known } known, { $first } new
        [man] Men: { $known } known, { $first } new
        [other] Others: { $known } known, { $first } new
       *[woman] Women: { $known } known, { $first } new
    }
todo-count = { $n } × { $who }
todo-rest =
    { $n ->
        [0] That is everybody.
       *[other] Don’t know: { $n }
    }
todo-groups = Tonight’s groups
todo-confirm = Confirm
todo-split = Split one person off
todo-all = Answer “don’t know” to all

## Stock
stock-title = Stock
stock-this-bag = This phone’s bag
stock-cols = Loaded, out, expected, counted
stock-item = Item
stock-loaded = loaded
stock-out = out
stock-expected = expected
stock-counted = counted
stock-ask = Expected { $n }. How many are there?
stock-diff = { $n } missing. Why?
stock-surplus = { $n } extra. The load will be corrected.
stock-over = More out than loaded: correct the load.
stock-waste = Broken or lost
stock-load = Loading mistake
stock-next = Confirm and continue
stock-task = What are you doing
stock-task-count = Count
stock-task-load = Load more
stock-ask-load = How many are you loading?
stock-load-save = Load { $n }
stock-others = Other items
stock-step =
    { $dir ->
        [plus] plus { $n }
       *[minus] minus { $n }
    }
stock-keypad = { $n }, open the keypad
stock-keypad-ok = Done
stock-empty = No items loaded.

## Referrals
ref-title = Referrals
ref-summary = { $tonight } tonight, { $open } to follow.
ref-summary-unit = The whole team: { $open } to follow.
ref-empty = No referrals tonight.
ref-empty-unit = No referrals to follow.
ref-all = All the team’s referrals
ref-pinned = No place found
ref-new = New referral
ref-now = Now
ref-72 = Within 72 hours
ref-72-short = 72 hours
ref-routine = Routine
ref-routines = Routine
ref-when = When
ref-where = Where
ref-more-services = Other services
ref-consent = Consent to pass on
ref-consent-verbal = Spoken
ref-consent-written = Written
ref-consent-not-yet = Not now
ref-consent-refused = Refused
ref-needs = Needed
ref-accompany = Go along
ref-mediator = Mediator
ref-path = Path
ref-now-word = Now
ref-next-short = what happened?
ref-outcome = How did it end?
ref-minutes = How many minutes
ref-mode = How
ref-arrived = Accompanied and arrived
ref-answer = What she said
ref-answer-yes = Accepts
ref-answer-no = Does not want
ref-answer-later = Thinks about it
ref-one = Referral code
ref-one-word = Referral
mode-car = Car
mode-public_transport = Public transport
mode-on_foot = On foot
mode-meet_there = Meeting there
ref-dateonly = Date only, never the time.
ref-service-local = The service’s name stays on the phone.
ref-no-alias = Without code
ref-alias = Choose the person’s code
ref-correct = Correct the referral
ref-correct-stays = Its path stays as it is.
ref-over = The path has ended.
ref-follow-up = { $service }, { $state } on the { $day }
ref-follow-up-code = To see more follow-ups, enter the code again.
ref-follow-up-title =
    { $n ->
        [one] Open referral
       *[other] { $n } open referrals
    }
ref-line-minutes = { $n } min together
ref-line-seen = seen tonight
ref-line-tell = tell the coordinator
ref-line-by = by { $day }
ref-line-late = past 72 hours
ref-line-accompany = to go along
ref-line-mediator = with a mediator
ref-line-lost =
    { $n ->
        [0] to close or to call back
        [one] lost in { $n } day
       *[other] lost in { $n } days
    }
ref-line-age =
    { $n ->
        [one] for { $n } day
       *[other] for { $n } days
    }
ref-opened = Opened
ref-step-gave-up = Gave up
ref-step-rebooked = New appointment
ref-step-arrived = Arrived
ref-step-alone = Went alone
ref-step-tonight = to be saved
ref-step-back = Take the last step back
ref-min = { $n } min
ref-staff = Who went
ref-staff-one = One of us
ref-staff-two = Two of us
ref-went = How it went
ref-reason = Whose idea
ref-reason-asked = They asked
ref-reason-proposed = We proposed it
went-done = Done
went-person_absent = Not there
went-service_closed = Service closed
went-cancelled = Did not happen

## Close
close-title = Close outing
close-range = { $type }, { $from } – { $to }
close-seen = seen
close-referrals =
    { $n ->
        [one] referral
       *[other] referrals
    }
close-records = Records
close-records-done = { $n }, none open
close-records-open =
    { $open ->
        [one] { $n }, one still open
       *[other] { $n }, { $open } still open
    }
close-stock = Stock
close-stock-open =
    { $n ->
        [one] { $n } item to count
       *[other] { $n } items to count
    }
close-stock-done = counted, all adds up
close-stock-wasted = counted: { $list } lost or broken
close-urgent = Urgent
close-urgent-none = none open
close-urgent-open =
    { $n ->
        [one] { $n } immediate without follow-up: tell the coordinator
       *[other] { $n } immediate without follow-up: tell the coordinator
    }
close-urgent-told = The coordinator knows
close-told = I told the coordinator
close-phones = Phones
close-phones-detail = Join the nights, even without network
close-incidents = Incidents
close-incidents-none = none noted
close-incidents-some = { $n }: { $list }
close-incident-add = note an incident
close-weather = What was the weather
weather-clear = Clear
weather-rain = Rain
weather-cold = Cold
weather-fog = Fog
weather-heat = Heat
weather-not_recorded = Not recorded
close-km = Kilometres
close-km-ask = write them if you know
close-how = How are you two?
close-how-note = Who answers is not saved
close-fine = Fine, heading home
close-talk = We need to talk
close-talk-note = Call the coordinator before you go to sleep.
close-after = After closing, changes become signed corrections.
close-go = Close and prepare to send
close-done = done
close-todo = to do

## Review
review-title = Review
review-of = outing of { $date }
review-decide =
    { $n ->
        [one] { $n } thing to decide
       *[other] { $n } things to decide
    }.
review-clear = Nothing to decide.
review-notes-count =
    { $n ->
        [one] { $n } note does not block
       *[other] { $n } notes do not block
    }.
review-same = Same code on two phones
review-alike = Maybe the same person, two phones
review-repeat = She came back that night
review-two = Two different people
review-repeat-effect =
    { $n ->
        [one] counts { $n } person
       *[other] counts { $n } people
    }, items stay
review-two-effect =
    { $n ->
        [one] counts { $n } person
       *[other] counts { $n } people
    }, one loses the code
review-two-effect-plain =
    { $n ->
        [one] counts { $n } person
       *[other] counts { $n } people
    }
review-merge-effect =
    { $n ->
        [one] counts { $n } person
       *[other] counts { $n } people
    }, adds the items
review-merge = Written twice
review-confirm = Confirm the choice
review-notes = Notes of the night
review-no-notes = No notes.
review-sign = Sign and send the review
review-differs = differs
review-phone = phone { $n }
review-phone-stop = phone { $n }, stop { $stop }
review-blocking = To settle
review-accept = Fine as it is
review-finding = { $text } Zone { $zone }.
review-finding-alone = { $text } Reason given: { $reason }.
review-finding-count = { $text } { $n } times.
review-split-before = Split off before her group was marked “Came back”: had she come back too?
review-refused =
    { $n ->
        [one] Phone { $phone }: one record without effect, { $why }
       *[other] Phone { $phone }: { $n } records without effect, { $why }
    }
review-refused-lead = it is up to whoever reviews.
review-refused-owner = about cards of another phone.
review-refused-gone = about cards that are not there.
review-conflicts =
    { $n ->
        [one] One change made on two phones: the later one stands.
       *[other] { $n } changes made on two phones: the later ones stand.
    }
review-who = Who signs
review-late =
    { $n ->
        [one] { $n } record came after signing
       *[other] { $n } records came after signing
    }
review-signed = Review signed
review-together = together: { $list }
review-phones = Phones
review-phone-this = Phone { $n }, this one
review-phone-other = Phone { $n }
review-phone-records =
    { $n ->
        [one] { $n } record
       *[other] { $n } records
    }
review-phone-closed = has closed
review-phone-open = has not closed yet
review-phone-late = After signing: { $list }.
review-one-phone = Only this phone is here. If there was another one that night, you can sign all the same: its records will come as an amendment.
review-phone-missing = One phone has not closed yet. You can sign all the same: what is missing will come as an amendment.
review-missing-not_arrived =
    { $n ->
        [one] Phone { $phone }: { $n } record has not arrived yet.
       *[other] Phone { $phone }: { $n } records have not arrived yet.
    }
review-missing-waits_for_desk =
    { $n ->
        [one] Phone { $phone }: { $n } record waits for the office, because that phone is revoked.
       *[other] Phone { $phone }: { $n } records wait for the office, because that phone is revoked.
    }
review-missing-too_new =
    { $n ->
        [one] Phone { $phone }: { $n } record is of a newer version. Update the app, then it opens.
       *[other] Phone { $phone }: { $n } records are of a newer version. Update the app, then they open.
    }
review-missing-refused =
    { $n ->
        [one] Phone { $phone }: the server did not take { $n } record. It is still on that phone.
       *[other] Phone { $phone }: the server did not take { $n } records. They are still on that phone.
    }
review-missing-unreadable =
    { $n ->
        [one] Phone { $phone }: { $n } record came and does not open. It is kept aside, whole.
       *[other] Phone { $phone }: { $n } records came and do not open. They are kept aside, whole.
    }
review-missing-why = You can sign all the same: the signature stands without them, and says so. If they come later, an amendment counts them.
review-sign-without = Sign without what is missing
review-amend-without = Sign the amendment without what is missing
review-all = See the whole night
review-open-record = Open the record
review-open-night = Open the night
review-finding-item = { $text } Item: { $item }.
review-not-closed = Nobody has closed this outing. Its last record is of { $time }.
review-close-lost = Close it at { $time }
review-under-way = This phone is still out: close its outing first, then sign.
review-cancelled = A cancelled outing without records: nothing to sign.
review-amend-title = Amendment { $n }
review-amend-why = What came after signing counts only if you sign the amendment.
review-amend-change = { $what }: { $before } → { $after }
review-amend-same = The numbers stay the same.
review-amend-new = { $n } new
review-amend-changed = { $n } corrected or removed
review-amend-other =
    { $n ->
        [one] { $n } other change
       *[other] { $n } other changes
    }
review-amend-reason = Why
review-amend-who = Who amends
review-amend-sign = Sign the amendment
review-seen = seen
review-incidents = incidents
amend-late_device = The second phone came later
amend-recording_mistake = Recording mistake
amend-duplicate_found = Duplicate found later
amend-stock_recount = Stock counted again

## The lead's second code
step-title = Review code
step-once = It is chosen once.
step-why = It opens what only you see on this phone: the whole night, the review and the signature. Whoever grabs the phone does not get there.
step-how = It has at least 8 digits, unlike the phone’s code. You type it for each review, and it closes by itself after five minutes.
step-lost = Nobody can look it up or change it for you, not even the coordinator. If you forget it, the other lead reviews the night, or the phone is enrolled again.
step-begin = Choose the code
step-what = At least eight digits. Only you know them.
step-unlock = First the phone’s code
step-unlock-why = The one you open it with every time.
step-choose = Choose the review code
step-repeat = Repeat the review code
step-rule = At least eight digits. Not a date, not a run, not the phone’s code.
step-weak = Too easy, or too close to the phone’s code.

## The nights (lead)
nights-title = The nights
nights-under = All outings of the unit
nights-waiting = To look at
nights-done = Finished
nights-empty = No outing yet.
nights-open = open
nights-closed = closed, to review
nights-signed = signed
nights-amended = amended
nights-frozen = published
nights-cancelled = cancelled
nights-phones =
    { $n ->
        [one] { $n } phone
       *[other] { $n } phones
    }
nights-received = received
nights-not-received = to be sent
nights-forgotten = details forgotten on { $d }
nights-late =
    { $n ->
        [one] { $n } came after signing
       *[other] { $n } came after signing
    }

## The night, record by record (lead)
night-title = The night
night-note = Note of the night
night-note-drop = Remove the note
night-seen =
    { $n ->
        [one] Seen { $n } person
       *[other] Seen { $n } people
    }
night-went =
    { $n ->
        [one] Accompaniment, { $n } minute
       *[other] Accompaniment, { $n } minutes
    }
night-referral = referral
night-incident = incident
night-nothing = no items
night-late = after signing

## Correction (lead)
fix-title = Correct
fix-signed = The night is signed already: the correction counts once you sign the amendment.
fix-who = Who
fix-people = How many people
fix-gender = Gender
fix-kind = Known
fix-zone = Zone
fix-aliases = Codes
fix-alias-search = Search by letter
fix-cells = Who they were
fix-cell = { $n } × { $words }
fix-cell-add = Add who it was
fix-cell-done = Done
fix-supplies = Out of the bag
fix-leaflets = Leaflets: { $topic }, { $language }
fix-leaflet-add = Add leaflets
fix-repeat = Came back that night
fix-save = Save the correction
fix-take-back = Remove this record
fix-take-back-sure = Removed, it counts no more. Really remove it?
fix-take-back-yes = Yes, remove
fix-take-back-no = No, keep it
fix-only-take-back = This one is not corrected: if it is wrong, it is removed.
fix-gone = This record is no longer there.
target-person = Person
target-client = Client
target-resident = Resident or passer-by
target-third_party = Third person
kind-first = First time
kind-returning = Known
kind-unknown = Don’t know
kind-not_applicable = Not said

## Sending
send-title = Sending
send-stopped = Sending stopped
send-of = of { $n }
send-progress = Records received
send-rule = Counts only what the server has confirmed.
send-confirmed = { $n } confirmed
send-waiting = { $n } waiting
send-attention =
    { $n ->
        [one] { $n } needs a look
       *[other] { $n } need a look
    }
send-resume = You can close or lose the network: it resumes here, with no duplicates.
send-copies = The copies stay on this phone.
send-safe = Yes. Already with the server: { $there }. Encrypted here: { $here }.
send-stop = Stop and resume later
send-refused =
    { $n ->
        [one] { $n } record not accepted
       *[other] { $n } records not accepted
    }
send-refused-safe =
    { $n ->
        [0] Yes, it stays encrypted on this phone
        [one] Yes, it stays encrypted here; { $n } has arrived
       *[other] Yes, it stays encrypted here; { $n } have arrived
    }
send-phone = Phone { $n }
send-phone-own = Phone { $n }, this one
send-phone-records =
    { $n ->
        [one] { $n } record
       *[other] { $n } records
    }

## Records that the server refused
attention-title = To look at
attention-open =
    { $n ->
        [one] Open the one to look at
       *[other] Open the { $n } to look at
    }
attention-row = { $kind }, no. { $n }
attention-too-large = Too large for the server.
attention-device = The server does not know this phone.
attention-version = The server is of another version.
attention-other = The server did not take it.
attention-safe = They stay encrypted on this phone. Read the number to the coordinator: nothing else is needed.
attention-none = Nothing to look at.
kind-contact = Record
kind-observation = Seen
kind-referral = Referral
kind-incident = Incident
kind-stock = Stock
kind-outing = Outing

## Receipt
receipt-title = All received
receipt-figure = { $n } of { $total }
receipt-at = received at
receipt-print = Fingerprint
receipt-print-equal = same on phone and server
receipt-records =
    { $n ->
        [one] { $n } record
       *[other] { $n } records
    }
receipt-seen =
    { $n ->
        [one] { $n } row of seen
       *[other] { $n } rows of seen
    }
receipt-referrals =
    { $n ->
        [one] { $n } referral
       *[other] { $n } referrals
    }
receipt-incidents =
    { $n ->
        [one] { $n } incident
       *[other] { $n } incidents
    }
receipt-forget = This phone will forget the details on { $d }.
receipt-forget-pending = This phone will forget the details after review.
receipt-forget-backup = This phone will forget the details once the backup is made.
receipt-forget-rest = Only the totals and the codes stay.
receipt-forgotten = Details forgotten on { $d }.
receipt-review-missing = The lead’s review is still missing.
receipt-good-night = Good night

## Pairing
pair-title = Link the phones
pair-how = On the other phone: Tonight, then “Use the camera”.
pair-picture = Code for the other phone’s camera
pair-or-code = Or type
pair-word = Say the same word aloud
pair-mismatch = Different word: stop and do it again.
pair-once = No network. Only once: during the night the phones do not talk to each other.
pair-done = Same word: let’s go
pair-single = I go out with one phone
pair-both = The other phone has started too
pair-both-how = Choose which outing stays. Nothing is recorded here yet: this phone can go over to the other one, with its own bag.
pair-both-same = That is this phone’s own code: you are in the same outing already.
pair-both-records = There are records here already: they stay where they are. If nothing is recorded on the other phone yet, let that one go over to this outing. Otherwise there are two outings, and whoever reviews sees both.
pair-both-stays = This outing stays, { $code }: its code comes first. Let the other phone come over. If something is recorded there already, go over yourself.
pair-join-recorded = Something is recorded there: I go over
pair-join = Same word: go over to the other outing
pair-show = Show this phone’s code
pair-look = Use the camera
pair-stop = Turn the camera off
pair-camera = What the camera sees
pair-photo = Take a photo of the code
pair-no-code = This code is not right: one character differs. Check it together.
pair-no-picture = There is no code in the photo. Try again, or type the four characters.
pair-other-word = Different word
pair-same-word = If the word is the same, go on.

## Union of two nights
union-title = Join the nights
union-this = This phone
union-other = Other phone
union-missing = not here yet
union-cards =
    { $n ->
        [one] card
       *[other] cards
    }
union-sealed =
    { $n ->
        [one] sealed record
       *[other] sealed records
    }
union-together =
    { $n ->
        [one] { $n } card together
       *[other] { $n } cards together
    }
union-kept = The other phone’s night is here
union-sealed-here = It is sealed: this phone does not open it.
union-copy = Each phone keeps a sealed copy of the other’s night.
union-pairs =
    { $n ->
        [one] { $n } possible duplicate
       *[other] { $n } possible duplicates
    }
union-pairs-who = Whoever reviews decides, tomorrow.
union-safe = If one phone is lost tonight, the other has everything.
union-half = The other phone’s night is here, up to its last file. For the other to have yours, send it your file.
union-skip = You can go on: with network the server does it. With the file it is done at once, and each phone keeps a copy of the other.
union-save = Save the file for the other phone
union-saved = is ready: send it to the other phone. It is sealed.
union-open = Open the other phone’s file
union-next = Next: close the outing
copy-title = Copy to the other phone
copy-done = Done
union-taken =
    { $n ->
        [one] { $n } record taken in.
       *[other] { $n } records taken in.
    }
union-nothing-new = Everything was here already.
union-own-file = This is this phone’s own file. Open the other one’s.
union-other-outing = This is the file of another outing: it is safe, and whoever reviews sees it.
union-aside =
    { $n ->
        [one] { $n } record set aside: this phone cannot open it, or it waits for the office. It is kept.
       *[other] { $n } records set aside: this phone cannot open them, or they wait for the office. They are kept.
    }

## Desk
desk-promise = Here are counts, never persons.
desk-internal = internal use – not for release
desk-np = n.p. = not published: small numbers, or numbers that would reveal them.
desk-missing = What is missing
desk-unique = Unique people, { $a } to { $b }. Not additive across weeks.
desk-nobed = No bed found
desk-nonews = no news
desk-revoke = Revoke: reads nothing, may still hand in
desk-wipe = Order wipe: anything not handed in is lost

## Items, kinds and answers: shared with exports
item-condom_ext =
    { $n ->
        [one] condom
       *[other] condoms
    }
item-condom_ext_xl =
    { $n ->
        [one] large condom
       *[other] large condoms
    }
item-condom_int =
    { $n ->
        [one] internal condom
       *[other] internal condoms
    }
item-lubricant =
    { $n ->
        [one] lubricant
       *[other] lubricants
    }
item-dental_dam =
    { $n ->
        [one] dental dam
       *[other] dental dams
    }
item-sponge =
    { $n ->
        [one] sponge
       *[other] sponges
    }
item-wipes =
    { $n ->
        [one] wipe
       *[other] wipes
    }
item-pads =
    { $n ->
        [one] sanitary pad
       *[other] sanitary pads
    }
item-hygiene_kit =
    { $n ->
        [one] hygiene kit
       *[other] hygiene kits
    }
item-pregnancy_test =
    { $n ->
        [one] pregnancy test
       *[other] pregnancy tests
    }
item-hiv_self_test =
    { $n ->
        [one] HIV self-test
       *[other] HIV self-tests
    }
item-syringe_kit =
    { $n ->
        [one] syringe kit
       *[other] syringe kits
    }
item-naloxone = naloxone
item-personal_alarm =
    { $n ->
        [one] personal alarm
       *[other] personal alarms
    }
item-thermal =
    { $n ->
        [one] blanket
       *[other] blankets
    }
item-hot_drink =
    { $n ->
        [one] hot drink
       *[other] hot drinks
    }
item-snack =
    { $n ->
        [one] snack
       *[other] snacks
    }
item-leaflet =
    { $n ->
        [one] leaflet
       *[other] leaflets
    }
item-short-hot_drink =
    { $n ->
        [one] drink
       *[other] drinks
    }
role-operator = operator
role-mediator = mediator
role-health = health worker
role-peer = peer worker
role-driver = driver
role-volunteer = volunteer
role-civil_service = civil service
role-trainee = trainee
gender-woman = Woman
gender-trans_woman = Trans woman
gender-trans_man = Trans man
gender-man = Man
gender-other = Other
gender-not_recorded = Not recorded
age-18_24 = 18–24
age-25_34 = 25–34
age-35_44 = 35–44
depth-supplies_only = Items only
depth-brief = Brief
depth-talk = Talk
depth-private_talk = Private talk
depth-interrupted = Interrupted
depth-not_recorded = Don’t know
service-unit_intro = Introduction
service-hr_info = Harm reduction
service-condom_demo = Condom use
service-sti_info = Infections
service-contraception_info = Contraception
service-pregnancy_info = Pregnancy
service-substance_talk = Substances and alcohol
service-rights_info = Rights and documents
service-antitrafficking_info = Protections
service-services_info = Services
service-job_info = Work
service-psych_support = Listening
service-rapid_test_offered = Test offered
service-first_aid = First aid
service-emergency_handling = Emergency handled
service-mediation = Mediation
concern-not_assessed = Not assessed
concern-none_noted = None
concern-possible = Possible
concern-probable = Probable
concern-declared = She said so
flag-exit_request = Wants out
flag-minor_protocol = Minor card
flag-health_urgency = Health urgency
flag-violence_disclosed = Violence disclosed
flag-follow_up = Follow up
dest-sti_clinic = STI clinic
dest-infectious_disease = Infectious diseases
dest-family_clinic = Family clinic
dest-pregnancy_termination = Pregnancy termination
dest-emergency_dept = Emergency department
dest-migrant_clinic = Migrant clinic
dest-mental_health = Mental health
dest-serd = Addiction service
dest-emergency_shelter = Emergency shelter
dest-escape_house = Escape house
dest-semi_autonomy = Semi-autonomy
dest-antitrafficking_desk = Desk, assessment
dest-helpline = Helpline
dest-antiviolence_centre = Anti-violence centre
dest-law_enforcement = Police
dest-minor_protection = Child protection
dest-assisted_return = Assisted return
dest-legal_advice = Legal advice
dest-asylum_commission = Asylum commission
dest-cas = Reception centre
dest-questura_permit = Residence permit office
dest-court = Court
dest-social_services = Social services
dest-desk = Unit’s desk
dest-employment_centre = Job centre
dest-career_orientation = Career guidance
dest-school_cpia = Adult school
dest-training = Training
dest-internship = Internship
dest-housing_low_threshold = Night shelter
dest-other = Other
state-proposed = Proposed
state-accepted = Accepted
state-declined = Not wanted
state-booked = Booked
state-requested = Requested
state-accompanied = Accompanied
state-attended = Attended
state-no_show = Did not go
state-handed_over = Handed over
state-placed = Place found
state-no_place = No place
state-closed = Closed
state-cancelled = Cancelled
state-lost = Lost touch
outcome-service_received = Service received
outcome-taken_in_charge = Taken in charge
outcome-follow_up_planned = Follow-up planned
outcome-placed_elsewhere = Placed elsewhere
outcome-refused_by_service = Refused by the service
outcome-documents_missing = Documents missing
outcome-language_barrier = Language barrier
outcome-cost = Cost
outcome-person_withdrew = Person withdrew
outcome-authority_informed = Authority informed
outcome-unknown = Don’t know
topic-hiv_sti = HIV and infections
topic-contraception_pregnancy = Contraception and pregnancy
topic-rights_documents = Rights and documents
topic-helpline_card = Helpline
topic-services_map = Map of services
topic-substances = Substances
topic-safety = Safety
topic-health_access = Health access
origin-not_recorded = Don’t know
origin-oth_eu_east = Other, EU East
origin-oth_europe = Other, Europe
origin-oth_africa_west = Other, West Africa
origin-oth_africa = Other, Africa
origin-oth_latam = Other, Latin America
origin-oth_asia = Other, Asia

## Errors
err-what = What is wrong
err-safe = Is my data safe?
err-do = What to do
err-code = Code for support: { $code }
error-CODICE-01-what = The code is wrong.
error-CODICE-01-safe = Yes, nothing is lost.
error-CODICE-01-do = Try again.
error-CODICE-02-what = Too many tries in a row.
error-CODICE-02-safe = Yes, nothing is lost.
error-CODICE-02-do = Wait and try again.
error-CODICE-03-what = This code is too easy to guess.
error-CODICE-03-safe = Yes, nothing has been written yet.
error-CODICE-03-do = Choose at least six digits that are not a date, a run or a repeat.
error-CODICE-04-what = The notebook is locked.
error-CODICE-04-safe = Yes, nothing is lost.
error-CODICE-04-do = Open it with the code.
error-CODICE-05-what = This needs the review code.
error-CODICE-05-safe = Yes, nothing is lost.
error-CODICE-05-do = Open “The nights” and type the review code.
error-CODICE-06-what = Ten wrong PINs in a row: this phone no longer opens with its PIN.
error-CODICE-06-safe = Yes. What you saved is in the sealed journal, which is sent all the same.
error-CODICE-06-do = Ask the coordinator for a new code for this phone.
error-TACCUINO-01-what = This phone has no notebook yet.
error-TACCUINO-01-safe = Yes. If there was a notebook here, what was saved is sealed and goes out by itself.
error-TACCUINO-01-do = Enrol the phone with the coordinator.
error-TACCUINO-02-what = The notebook is open in another window.
error-TACCUINO-02-safe = Yes, it is intact.
error-TACCUINO-02-do = Close the other window and try again.
error-TACCUINO-03-what = A file of the notebook is damaged.
error-TACCUINO-03-safe = The file stays as it is; what was sent is with the server.
error-TACCUINO-03-do = Do not reinstall. Take the phone to the coordinator.
error-TACCUINO-04-what = The notebook is of a newer version.
error-TACCUINO-04-safe = Yes, it was not touched.
error-TACCUINO-04-do = Update the app.
error-TACCUINO-05-what = The phone does not let the notebook be read or written.
error-TACCUINO-05-safe = Yes, what was saved stays.
error-TACCUINO-05-do = Restart the phone. If it goes on, take it to the coordinator.
error-TACCUINO-06-what = This phone already has a notebook.
error-TACCUINO-06-safe = Yes, it was not touched.
error-TACCUINO-06-do = Open it with its code, or ask the coordinator.
error-TACCUINO-07-what = The notebook is locked with another key.
error-TACCUINO-07-safe = Yes, it was not touched.
error-TACCUINO-07-do = Take the phone to the coordinator.
error-TACCUINO-08-what = A part of this phone’s journal is missing.
error-TACCUINO-08-safe = What was sent is with the server; the rest is not touched.
error-TACCUINO-08-do = Use the other phone and take this one to the coordinator.
error-TACCUINO-09-what = A line of this phone’s journal is damaged.
error-TACCUINO-09-safe = Yes, what you saved is whole.
error-TACCUINO-09-do = Open the notebook with the code: the line is written again.
error-TACCUINO-10-what = This phone’s journal was damaged and has been made anew from the notebook.
error-TACCUINO-10-safe = Yes, nothing was lost.
error-TACCUINO-10-do = You need do nothing: sending goes on by itself. If it happens again, take the phone to the coordinator.
error-SPAZIO-01-what = The phone’s storage is full.
error-SPAZIO-01-safe = Yes, what was saved stays. This is not saved yet.
error-SPAZIO-01-do = Remove photos or apps, then try again.
error-CHIAVE-01-what = This phone belongs to another team.
error-CHIAVE-01-safe = Yes, nothing was written.
error-CHIAVE-01-do = Enrol again with the coordinator.
error-CHIAVE-02-what = The phone’s key does not answer.
error-CHIAVE-02-safe = Yes, the notebook is intact.
error-CHIAVE-02-do = Restart the phone. If it goes on, ask the coordinator.
error-CHIAVE-03-what = The key file is damaged.
error-CHIAVE-03-safe = What was sent is with the server; the rest is not touched.
error-CHIAVE-03-do = Take the phone to the coordinator.
error-ABBINAMENTO-01-what = The coordinator has not signed for this phone yet.
error-ABBINAMENTO-01-safe = Yes, nothing is lost.
error-ABBINAMENTO-01-do = Read the six words together, then check again.
error-ABBINAMENTO-02-what = The code has expired or was used.
error-ABBINAMENTO-02-safe = Yes, nothing was written.
error-ABBINAMENTO-02-do = Ask the coordinator for a new code.
error-ABBINAMENTO-03-what = The address or the code cannot be read.
error-ABBINAMENTO-03-safe = Yes, nothing was written.
error-ABBINAMENTO-03-do = Check again: ten characters, or the whole link.
error-MANIFESTO-01-what = The list of devices is not signed by the admin.
error-MANIFESTO-01-safe = Yes, the former one stays.
error-MANIFESTO-01-do = Tell the coordinator before sending.
error-MANIFESTO-02-what = The server offers an old list.
error-MANIFESTO-02-safe = Yes, the new one stays.
error-MANIFESTO-02-do = Tell the coordinator.
error-REG-01-what = A record was not accepted.
error-REG-01-safe = Yes, it stays encrypted here; the others arrived.
error-REG-01-do = Show the phone to the coordinator.
error-REG-02-what = The record is too large.
error-REG-02-safe = The others are. This one is not saved.
error-REG-02-do = Remove something and save again.
error-REG-03-what = This record is no longer here.
error-REG-03-safe = Yes, the others stay.
error-REG-03-do = Go back and open the list again.
error-REG-04-what = It cannot be recorded like this.
error-REG-04-safe = Yes, the rest is saved.
error-REG-04-do = Go back and correct it.
error-REG-05-what = The details of this night are no longer on this phone: it forgot them, as agreed.
error-REG-05-safe = Yes: they are at the desk, encrypted.
error-REG-05-do = It is fetching them. Stay online for a minute, then open the review again.
error-RUOLO-01-what = Only the lead can do this.
error-RUOLO-01-safe = Yes, nothing has changed.
error-RUOLO-01-do = Use the lead’s phone.
error-STATO-01-what = This step is not possible now.
error-STATO-01-safe = Yes, nothing has changed.
error-STATO-01-do = Go back and see where the outing stands.
error-STATO-02-what = A referral was opened from this card: the card stays.
error-STATO-02-safe = Yes, card and referral are here.
error-STATO-02-do = Save it as it is.
error-RILASCIO-01-what = This period was already given to this recipient.
error-RILASCIO-01-safe = Yes, what went out stays as it is.
error-RILASCIO-01-do = Choose the next period; to correct activity make a correction.
error-RILASCIO-02-what = This recipient gets these tables in another rhythm.
error-RILASCIO-02-safe = Yes, nothing went out.
error-RILASCIO-02-do = Choose the agreed rhythm: week, month or quarter.
error-RILASCIO-03-what = The period is not over yet.
error-RILASCIO-03-safe = Yes, nothing went out.
error-RILASCIO-03-do = Wait for the day after its last one.
error-RILASCIO-04-what = The same weeks went out with another threshold or other definitions.
error-RILASCIO-04-safe = Yes, what went out stays as it is.
error-RILASCIO-04-do = Choose a period that does not overlap.
error-RILASCIO-05-what = Another desk has already published a release with this number.
error-RILASCIO-05-safe = Yes, your release is kept and was not published.
error-RILASCIO-05-do = Make the same release again: it takes the next number. Then publish it.
error-RILASCIO-06-what = This release was withdrawn for good.
error-RILASCIO-06-safe = Yes, the document stays in the ledger as it is.
error-RILASCIO-06-do = If it is still needed, hand over its file.
error-RILASCIO-07-what = Nights of this period are still to come.
error-RILASCIO-07-safe = Yes, nothing went out.
error-RILASCIO-07-do = Wait until they have come and are signed. If they never will, mark the outings as cancelled, or say that the document goes out all the same.
error-RICEVUTA-01-what = The receipt is not signed by our server.
error-RICEVUTA-01-safe = Yes, the copies stay here.
error-RICEVUTA-01-do = Try another network and tell the coordinator.
error-RICEVUTA-02-what = The receipt does not match what is here.
error-RICEVUTA-02-safe = Yes, the copies stay here.
error-RICEVUTA-02-do = Try again. If it goes on, tell the coordinator.
error-SERVER-01-what = The programme has no server yet.
error-SERVER-01-safe = Yes, everything stays on this computer, encrypted.
error-SERVER-01-do = Add it from Devices.
error-FOGLIO-01-what = The words are not those of a recovery sheet.
error-FOGLIO-01-safe = Yes, nothing was touched.
error-FOGLIO-01-do = Check the 24 words and their order again.
error-FOGLIO-02-what = These words do not open these copies.
error-FOGLIO-02-safe = Yes, nothing was touched.
error-FOGLIO-02-do = See whether the sheet is of this programme, and whether there is a newer one.
error-FOGLIO-03-what = There are no copies to open in this folder.
error-FOGLIO-03-safe = Yes, nothing was touched.
error-FOGLIO-03-do = Put mailbox.db, a copy uscita-….age, journal.db files or .uscita files into it.
error-FOGLIO-04-what = The sheet opens the records, but the key to sign with is not in these copies.
error-FOGLIO-04-safe = Yes, nothing was touched.
error-FOGLIO-04-do = Add a recent copy of the server: it holds the manifest. If there is none, follow recupero.md.
error-RETE-01-what = The server does not answer.
error-RETE-01-safe = Yes, everything stays encrypted here.
error-RETE-01-do = Find a network and try again: it resumes where it was.
error-RETE-02-what = This network asks you to sign in first.
error-RETE-02-safe = Yes, everything stays encrypted here.
error-RETE-02-do = Use mobile data, or wait and try again.
error-RETE-03-what = This is not the right server.
error-RETE-03-safe = Yes, nothing was sent.
error-RETE-03-do = Change network and tell the coordinator.
error-RETE-04-what = The server is busy.
error-RETE-04-safe = Yes, everything stays encrypted here.
error-RETE-04-do = Try again in a few minutes.
error-RETE-05-what = The server and the app are of different versions.
error-RETE-05-safe = Yes, everything stays encrypted here.
error-RETE-05-do = Update the app.
error-RETE-06-what = The server was set back to an older state.
error-RETE-06-safe = Yes. What the server no longer has is sent again.
error-RETE-06-do = Nothing to do. Tell the desk, unless it knows.
error-FILE-01-what = This is not a file of Uscita, or it is damaged.
error-FILE-01-safe = Yes. Nothing was taken from the file.
error-FILE-01-do = Save the file on the other phone again and retry.
error-FILE-02-what = The file is another unit’s, or of a phone that this one does not know yet.
error-FILE-02-safe = Yes. Nothing was taken from the file.
error-FILE-02-do = Check that it is the right file. If the phone is new, connect to the network and retry.
error-FILE-03-what = The file comes from a newer version of the app.
error-FILE-03-safe = Yes. Nothing was taken from the file.
error-FILE-03-do = Update the app, then open it again.
error-ORA-01-what = The phone’s date is wrong.
error-ORA-01-safe = Yes. Times will be approximate.
error-ORA-01-do = Correct date and time, then try again.
error-REV-01-what = This phone has been revoked.
error-REV-01-safe = Yes, it can still hand in.
error-REV-01-do = Take it to the coordinator.
error-REV-02-what = The server has another journal of this phone.
error-REV-02-safe = Yes, this one stays here and the other there.
error-REV-02-do = Do not use it. Take it to the coordinator.
error-INTERNO-01-what = The app found a fault of its own.
error-INTERNO-01-safe = Yes, what was saved stays.
error-INTERNO-01-do = Try again. If it goes on, read the code to the coordinator.

## What the rules say in the review
finding-V01 = Duration of the outing: under 15 minutes or over 12 hours.
finding-V02 = Two outings open at once.
finding-V03 = A crew of one.
finding-V04 = A zone that is not on the list.
finding-V05 = Number of people out of range.
finding-V06 = Group: the composition does not add up.
finding-V07 = Codes: more than people, or misspelt.
finding-V08 = Same code on two records.
finding-V09 = Not a person met, yet with a person’s details.
finding-V10 = “First time” with a known code.
finding-V11 = Presumed minor: the minor card is missing.
finding-V12 = Wants out or said so: the emergency card is needed.
finding-V13 = Concern on a group: split the person.
finding-V14 = Items only, yet topics were noted.
finding-V15 = Condom use: not with this audience.
finding-V16 = “Came back” without a code.
finding-V17 = Stock: the figures do not balance.
finding-V18 = Items: many, or leaflets without language.
finding-V19 = More out than loaded.
finding-V20 = Referral: a step off the path.
finding-V21 = Referral closed without an outcome.
finding-V22 = Immediate without follow-up: tell the coordinator.
finding-V29 = Event: figures out of range.
finding-V30 = Note: something may identify.
finding-V31 = Not ready to be signed yet.
finding-V32 = Frozen: only an amendment corrects it.
finding-V33 = Wrong clock: approximate times.
finding-V34 = Maybe the same person.
finding-V35 = More minors than people seen.
finding-V36 = Accompaniment without a referral that allows it.
item-minus = { $item }, minus 1
item-plus = { $item }, plus 1
more-referrals-detail = of tonight
err-title = Something is wrong
review-contacts =
    { $n ->
        [one] record
       *[other] records
    }

## Desk: frame and access
shell-skip = Skip to content
shell-sections = Sections
shell-leave = Leave
shell-open-referrals =
    { $n ->
        [one] { $n } open referral
       *[other] { $n } open referrals
    }
shell-open-outings =
    { $n ->
        [one] { $n } outing without news
       *[other] { $n } outings without news
    }
shell-open-depot =
    { $n ->
        [one] { $n } item to order
       *[other] { $n } items to order
    }
shell-open-devices =
    { $n ->
        [one] { $n } thing waits
       *[other] { $n } things wait
    }
shell-open-lists =
    { $n ->
        [one] { $n } open question
       *[other] { $n } open questions
    }
shell-units =
    { $n ->
        [one] { $n } unit
       *[other] { $n } units
    }
access-title = Access
access-whose = The server belongs to the association; no outside service.
access-passphrase = Passphrase
access-enter = Enter
access-opening = Opening…
access-help = Can’t get in? An administrator can help. No data are lost.
access-change = Change the passphrase
access-change-back = Back to signing in
access-now = Present passphrase
access-new = New passphrase
access-again = New passphrase again
access-change-note = At least twelve characters: any four words will do. Write it on paper, and keep that away from the computer.
access-change-do = Change and enter
access-mismatch = The two new passphrases differ.
access-weak = Too easy to guess. Choose a longer one.

## Desk: week
week-nav = Week
week-title = Week { $n }
week-days = { $from } – { $to }.
week-previous = Previous period
week-next = Next period
week-print = Print
week-face = View
week-internal = Internal
week-external = External
week-external-note = As the municipality sees it. Threshold k = { $k }. The explanations stay here: the file only says “n.p.”
week-np = n.p.
week-empty = No outing in this period.
week-lead-contacts =
    { $n ->
        [one] { $n } contact
       *[other] { $n } contacts
    }
week-lead-outings =
    { $n ->
        [one] in one outing
       *[other] in { $n } outings
    }
week-lead-with = with
week-lead-persons = { $range } different
week-lead-different = people
week-adds-up = each table adds up to { $n }
week-section-people = Whom we met
week-section-work = What we did
week-section-referrals = Referrals and desk
week-why-small = A number under { $k } is not published.
week-why-complement = Another is hidden because that one could be worked out from the total.
week-why-small-total = The whole week is under { $k }: it will be published with the next one.
week-why-few-outings = Fewer than three outings: the table goes out with the next week.
week-why-audit = With what was released before, a small one could be worked out.
week-why-sensitive = Sensitive: not in a weekly release.
week-unique = Unique people
week-at-least = at least
week-not-additive = Not additive across periods.
week-nights = Outings counted
week-amended =
    { $n ->
        [one] { $n } amendment
       *[other] { $n } amendments
    }
week-mailbox = Server
week-updated = Updated at { $t }.
week-never-updated = Not updated yet.
week-set-aside =
    { $n ->
        [one] { $n } envelope set aside: not lost, but not counted.
       *[other] { $n } envelopes set aside: not lost, but not counted.
    }
week-update = Update
week-updating = Updating…
week-pulled =
    { $n ->
        [one] { $n } envelope has come
       *[other] { $n } envelopes have come
    }
week-pulled-until = nights up to { $day }
week-pulled-kept = What has come stays: if you break off, the next time goes on from here.
desk-counting = Counting what has come: { $n } of { $of }. If you close, the next time goes on from here.
desk-counting-bar = How much is counted
week-error-code = Code { $code }
figure-contacts = Contacts
figure-presences = Presences
figure-minutes = Outing time
figure-staff = Staff time
figure-km = Km
figure-condoms = Condoms

## Desk: tables
table-category = Category
table-number = Number
table-bar = Bar
table-gender = Gender
table-age = Age
table-origin = Origin
table-zone = Zone
table-kind = First time
table-depth = Encounter
table-language = Language
table-services = Services given
table-supplies = Supplies handed out
table-leaflets = Leaflets, by language
table-observed = Seen without contact
table-concern = Signs of concern
table-referrals = Referrals opened
table-referral-events = Steps of referrals
table-desk-topics = Desk accesses
table-outing-type = Outings by type
table-events = Events
table-incidents = Incidents
table-not-recorded = Not recorded
table-other-not-recorded = Other or not recorded
table-other-languages = Other languages
table-age-35 = 35 and over
table-age-45 = 45 and over
table-kind-first = First time
table-kind-returning = Known
table-kind-returning-or-unknown = Known or not sure
macro-italy = Italy
macro-eu_east = Eastern EU
macro-europe_non_eu = Europe outside the EU
macro-africa_west = West Africa
macro-africa_other = Rest of Africa
macro-latin_america = Latin America
macro-asia = Asia
service-macro-health = Health
service-macro-protection = Protection
service-macro-legal_asylum = Legal and asylum
service-macro-social_work_training = Social, work, training
desk-topic-medical = Medical
desk-topic-legal = Legal
desk-topic-psychological = Psychological
desk-topic-orientation = Guidance
desk-topic-work = Work
desk-topic-documents = Documents
desk-topic-other = Other
event-citizens = Citizens
event-institutions = Institutions
event-school = Schools
event-training_operators = Training of operators
event-network_cas = Reception centre teams
event-network_table = Network meeting
event-residents_mediation = Mediation with residents
event-press = Press
incident-third_party_control = Control by third parties
incident-aggressive_client = Aggressive client
incident-aggression_team = Aggression against the team
incident-violence_reported = Violence reported
incident-robbery = Robbery
incident-police_check = Police check
incident-medical_emergency = Medical emergency
incident-vehicle = Vehicle
incident-device_lost = Device lost
incident-data_breach_suspected = Data breach suspected
incident-near_miss = Near miss

## Devices (desk)
devices-title = Devices
devices-sub = No position, no list of contents.
devices-table = Devices of the programme
devices-name = Name
devices-assigned = Assigned
devices-seen = Last arrival
devices-status = Status
devices-acts-column = Acts
devices-role-member = phone
devices-role-lead = lead’s phone
devices-role-desk_worker = desk, day staff
devices-role-case_worker = accredited body
devices-role-coordinator = desk
devices-role-admin = signing desk
devices-own = this desk
devices-never-sent = nothing ever arrived
devices-all-received = all copied
devices-not-copied =
    { $n ->
        [one] one record not copied here yet
       *[other] { $n } records not copied here yet
    }
devices-silent =
    { $n ->
        [one] not seen for a day
       *[other] not seen for { $n } days
    }
devices-revoked = revoked
devices-revoked-on = revoked on { $day }
devices-forked = a copy of it exists, or it was set back
devices-wipe-ordered = wipe ordered
devices-wipe-confirmed = wipe confirmed
devices-wipe-never-seen = wipe ordered, never seen again
devices-quarantine =
    { $n ->
        [one] one record in quarantine
       *[other] { $n } records in quarantine
    }
devices-waiting =
    { $n ->
        [one] one record waiting for the office
       *[other] { $n } records waiting for the office
    }
devices-open = Acts for { $name }
devices-two-acts = { $name }: two different acts
devices-revoke = Revoke
devices-revoke-what = From its next contact { $name } receives nothing more. What it has still opens with its code.
devices-act-failed = Nothing was sent: this is why.
devices-revoke-keeps = What it collected may still be handed in, sealed, to quarantine.
devices-revoke-do = Revoke { $name }
devices-revoked-already = { $name } is revoked already.
devices-wipe = Order wipe
devices-wipe-what = Only for a lost phone. At its next contact, which may take some minutes, { $name } hands in what it can, then destroys its keys.
devices-wipe-loses = What does not reach the server stays sealed on the phone: nobody reads it.
devices-wipe-code = The desk’s passphrase, again
devices-wipe-do = Order the wipe of { $name }
devices-wipe-sure = An order once given is not taken back.
devices-law = A request by a court does not come through here: it follows the procedure with the lawyer.
devices-reason = Why
devices-reason-lost = lost
devices-reason-stolen = stolen or taken
devices-reason-replaced = replaced by another
devices-reason-left = who used it does not go out any more
devices-quarantine-title = { $name } handed in
devices-quarantine-what = What you release reaches the lead as late: a signed night changes only by an amendment.
devices-waiting-what = Nobody reads what waits until you release it: this desk had not seen it before the device was revoked.
devices-quarantine-fork = What comes from a copy of the phone and does not continue its log cannot be released: it stays here, and only the recovery words open it.
devices-release-elsewhere = Only the desk that signs can release.
devices-release-do = Release
devices-drop-do = Drop…
devices-drop-sure =
    { $n ->
        [one] One record of { $name } is dropped. It can be taken back for thirty days; then nobody will be able to read it.
       *[other] { $n } records of { $name } are dropped. They can be taken back for thirty days; then nobody will be able to read them.
    }
devices-drop-yes = Yes, drop
devices-dropped-title = Dropped of { $name }
devices-dropped-what =
    { $n ->
        [one] One record. The server keeps it until { $day } at least.
       *[other] { $n } records. The server keeps them until { $day } at least.
    }
devices-take-back-do = Take back
devices-cancel = Cancel
devices-history = Acts
devices-act-revoke = revoked
devices-act-wipe = wipe ordered
devices-act-release = released from quarantine
devices-act-drop = dropped from quarantine
devices-act-take_back = taken back after dropping
devices-act-change_keys = change of the programme’s keys
devices-act-operations =
    { $n ->
        [0] nothing new
        [one] one record
       *[other] { $n } records
    }
devices-unpublished = The server does not know the last decision yet: until it does, it has no effect.
devices-look = Update
devices-looking = Updating…

## Devices: changing the keys
keys-title = Keys of the programme
keys-since = In force since { $day }.
keys-old = More than a year has passed: it is time to change them.
keys-known =
    { $n ->
        [one] { $names } was revoked and knows them: change them.
       *[other] { $names } were revoked and know them: change them.
    }
keys-what = When they are changed, phones seal for new keys and a new recovery sheet is made. What has been saved opens as before: this desk keeps the old keys, and the old sheet opens what came before.
keys-signer = Change the key that signs, too
keys-signer-when = If somebody who is not one of you any more may know it: a desk that was stolen, or revoked.
keys-passphrase = Passphrase of the desk
keys-begin = Prepare the new keys
keys-begun = A change of keys has been ready since { $day } and is not in force yet: it is not proved that the new sheet is on paper.
keys-again = Back to the new sheet
keys-later = Later: the sheet stays here
keys-keep = Leave the keys as they are
keys-kept = The keys stayed as they were. The sheet that you printed opens nothing: destroy it.
keys-failed = The keys were not changed: this is why.
keys-done = The new keys are in force.
keys-done-old = Keep the old sheet too, closed and with its date: nothing else opens the journals of before.
keys-done-server = Whoever runs the server puts these lines into its settings, in the place of those of before: backups are to be sealed for the new sheet.
manifest-expires =
    { $n ->
        [0] The manifest expires today.
        [one] The manifest expires tomorrow.
       *[other] The manifest expires in { $n } days.
    }
manifest-expired = The manifest has expired: phones still record, the desk must renew it.
manifest-renew = Renew for thirty days
standing-expires =
    { $n ->
        [0] This phone’s lists hold until today.
        [one] This phone’s lists hold for one more day.
       *[other] This phone’s lists hold for { $n } more days.
    }
standing-expired = This phone’s lists are out of date. Recording goes on: tell the coordinator.
more-revoked = This phone has been revoked: it receives nothing more. What you record stays sealed and can be handed in. Take it to the coordinator.

## Desk: releases (Rilasci)

releases-title = Releases
releases-new = New release
releases-sub = What goes out stays in the ledger, identical, for good.
releases-correct-title = Correction of release no. { $n }
releases-correct-sub = Activity is counted anew. What is about people stays as it went out: the difference of two versions would say how many people were added. Those who came late count in the inside figures only; the recipient may be told that there are some, not how many.
releases-correct-not = Leave the correction
releases-recipient-label = Recipient
releases-recipient-new = Another recipient…
releases-recipient = { $kind }, { $name }
releases-rules = Step: { $step }, threshold k = { $k }.
releases-rules-k = Threshold k = { $k }.
releases-kind-label = What it is
releases-kind-municipality = Municipality
releases-kind-funder = Funder
releases-kind-network = Anti-trafficking network
releases-kind-press = Press
releases-name-label = Name of the body or office
releases-step-label = How often
releases-step-week = weekly
releases-step-month = monthly
releases-step-quarter = quarterly
releases-step-half-year = every half-year
releases-step-stays = After the first release the step stays this one, with k = { $k }.
releases-step-note-week = Whole weeks only: that is the step agreed with this recipient. In a month only sensitive data go out, in a half-year the crossed tables.
releases-step-note-month = Whole months only: that is the step agreed with this recipient.
releases-step-note-quarter = Whole quarters only: that is the step agreed with this recipient.
releases-step-note-half-year = Whole half-years only: that is the step agreed with this recipient.
releases-period-label = Period
releases-weeks = Weeks
releases-months = Months
releases-quarters = Quarters
releases-half-years = Half-years: crossed tables too
releases-no-period = This recipient has every period that is over.
releases-quarter = Quarter { $n }, { $year }
releases-half-year = Half { $n }, { $year }
releases-days = { $from }–{ $to } { $year }
releases-days-apart = { $from } – { $to } { $year }
releases-format-label = Format
releases-format-page = Page
releases-format-page-note = to read and print
releases-format-xlsx = XLSX
releases-format-xlsx-note = one table per sheet
releases-format-csv = CSV
releases-format-csv-note = hidden = *
releases-format-json = JSON
releases-format-json-note = the signed document
releases-check-overlap = No overlap with earlier releases
releases-check-subtraction = Subtraction check passed
releases-to-come = Still to come: { $which }. What goes out now stays as it is: they are not added when they come.
releases-to-come-unit = records of { $unit } (to be signed)
releases-to-come-more = { $n } more
releases-incomplete = It goes out all the same, without them
releases-make = Create and write in the ledger
releases-making = Signing and writing…
releases-no-granularity = This recipient gets these tables at another step: it has { $clash }.
releases-no-overlap = Period { $period }: overlaps { $clash }. Choose the next period.
releases-no-frozen = Period { $period }: it went out to this recipient and stays as it is. To correct activity, open that release and make a correction.
releases-no-rules = Period { $period }: the same weeks went out under another threshold or other definitions, in { $clash }.
releases-no-short = Sensitive data go out by the month or longer.
releases-no-threshold = The threshold is lower than this recipient’s.
releases-no-open = The period is not over yet.
releases-no-open-until = Period { $period }: not over yet. It can be released from { $day }.
releases-preview = Preview: what goes out
releases-preview-stays = the third column stays here
releases-preview-none = Choose recipient and period.
releases-few-outings = There are fewer than three outings, and whoever saw one would know the others: the contacts wait, and go out with the next ones as soon as there are three. Activity goes out now.
releases-preview-busy = Working it out, you can stay.
releases-preview-refused = Nothing goes out.
releases-column-table = Table
releases-column-visible = Visible cells
releases-column-why = Why the rest is n.p.
releases-visible = { $n } of { $all }
releases-none-out = not out
releases-activity = Activity
releases-contacts = Contacts and presences
releases-sensitive = Sensitive data
releases-unique-out = lower bound not under { $k }
releases-unique-in = lower bound under { $k }, or contacts not published
releases-table-accompaniments = Accompaniments
releases-table-exit = Exit requests
releases-table-emergency = Emergency placements
releases-table-minors = Presumed minors
releases-table-sensitive-supplies = Sensitive supplies
releases-table-gender-age = Gender and age together
releases-table-gender-macro = Gender and origin together
releases-cat-requested = Requested
releases-cat-placed = Placed
releases-cat-no-place = No place
releases-cat-contacts = Contacted
releases-cat-observed = Seen
releases-why-small = { $names }: under { $k }
releases-why-complement = { $names }: could be worked out from the total
releases-why-audit = { $names }: could be worked out from what went out before
releases-why-cells-small =
    { $n ->
        [one] one cell: fewer than { $k }
       *[other] { $n } cells: fewer than { $k }
    }
releases-why-cells-complement =
    { $n ->
        [one] one more could be worked out from the totals
       *[other] { $n } more could be worked out from the totals
    }
releases-why-cells-audit =
    { $n ->
        [one] one more could be worked out from the totals or from what was released before
       *[other] { $n } more could be worked out from the totals or from what was released before
    }
releases-why-granularity = gets it at another step
releases-why-sensitive = never in a week
releases-why-merged = goes out for { $period }
releases-wait-small =
    { $n ->
        [one] { $n }: passes to the next period
       *[other] { $n }: they pass to the next period
    }
releases-wait-together =
    { $n ->
        [one] { $n }: waits for the other tables of contacts
       *[other] { $n }: they wait for the other tables of contacts
    }
releases-wait-outings =
    { $n ->
        [one] { $n }: fewer than three outings, passes to the next period
       *[other] { $n }: fewer than three outings, they pass to the next period
    }
releases-wait-audit =
    { $n ->
        [one] { $n }: with what went out before a small number could be worked out
       *[other] { $n }: with what went out before a small number could be worked out
    }
releases-ledger = Ledger of releases
releases-ledger-empty = Nothing has gone out yet.
releases-row = No. { $n } · { $who }, { $period }
releases-row-note = { $day }, k = { $k }, def. { $version }
releases-print = fingerprint { $print }
releases-all = All releases ({ $n })
releases-corrects = Corrects no. { $n }
releases-corrected-by = Corrected by no. { $n }
releases-withdrawn-on = Withdrawn: { $day }
releases-published-on = Published: { $day }
releases-contested = Another desk gave the same number to its own: make it again, it takes the next number.
releases-back = Back to the releases
releases-acts = What to do with it
releases-made = Release no. { $n } signed and written in the ledger.
releases-print-page = Print
releases-save = Save { $format }
releases-saved = Saved: { $name }
releases-publish = Publish on the server
releases-address = Show the address
releases-new-password = New password
releases-withdraw = Withdraw…
releases-withdraw-sure = The content of release no. { $n } disappears from the server for good and cannot be published again. It stays in the ledger.
releases-withdraw-do = Yes, withdraw
releases-withdraw-not = No, leave it
releases-correct = Correction…
releases-again = Make it again under another number…
releases-address-label = Address for the recipient
releases-password-label = Password
releases-password-same = The one that the recipient has.
releases-password-once = Seen only now: hand it over by voice or on paper, not together with the address.
releases-not-told = The other desks will know at their next look.

## Desk: periods
week-kind = Period
week-kind-week = Week
week-kind-month = Month, in whole weeks
week-kind-calendar = Calendar month
week-kind-quarter = Quarter
week-kind-year = Year
week-kind-project = The whole project
week-title-quarter = Quarter { $n } of { $year }
week-title-year = Year { $year }
week-title-project = The whole project
week-whole-weeks = The weeks whose Thursday falls in the period.
week-calendar-only = Calendar month: for internal use only.
week-running = The period is not over.
week-plan =
    { $planned ->
        [0] No outing planned.
        [one] { $done } of one planned outing.
       *[other] { $done } of { $planned } planned outings.
    }
week-plan-more =
    { $n ->
        [one] One outside the plan.
       *[other] { $n } outside the plan.
    }
week-plan-ahead =
    { $n ->
        [one] One is still to come.
       *[other] { $n } are still to come.
    }
week-plan-cancelled =
    { $n ->
        [one] One cancelled.
       *[other] { $n } cancelled.
    }
week-reviewed-all = All reviewed within 48 hours.
week-reviewed-some = { $n } of { $of } reviewed within 48 hours.
week-lead-observed = Seen without contact, another
week-short-silent = Still no news of: { $days }.
week-short-unsigned = Received, but not signed yet: { $days }.
week-missing = missing
week-unsigned = not signed
week-short-waiting = Records have come that nobody has signed yet.
week-partial = So far: some nights of this week have not come or are not signed.
week-so-far = so far
week-only-inside = Outside, only weeks, months in whole weeks and quarters are published.
week-opens = every number opens
week-figures = In all
week-prepare = Prepare the release
week-nights-n =
    { $n ->
        [one] { $n } outing counted.
       *[other] { $n } outings counted.
    }
week-linked =
    { $linked ->
        [one] { $linked } contact with a code, { $unlinked } without.
       *[other] { $linked } contacts with a code, { $unlinked } without.
    }
week-unique-how = How it is counted
week-section-hours = Hours and outings
week-section-quality = Data quality
week-print-foot = Definitions { $version }, k = { $k }. { $programme }, { $period }.
week-completion-later = Measured from { $date }.
figure-contact-events = Contact events
figure-groups = Groups
figure-first = First contacts
figure-returning = Known already
figure-observed = Seen without contact
figure-clients = Clients
figure-outings = Outings
figure-condoms-per-contact = Condoms per contact
figure-open-start = Open at the start
figure-opened = Opened
figure-ended = Ended
figure-open-end = Open at the end
figure-accompaniments = Accompaniments
figure-accompaniment-time = Time of accompaniment
figure-desk-accesses = Desk visits
figure-event-count = Events
figure-event-people = People at events
figure-exit-requests = Exit requests
figure-minor-cards = Minor cards
figure-minors = Presumed minors, contacted
figure-minors-seen = Presumed minors, only seen
figure-emergency-requested = Emergency beds asked for
figure-emergency-placed = Beds found
figure-emergency-none = Without a bed
figure-reviewed = Outings reviewed within 48 hours
figure-amendments = Amendments made in the period
figure-completion = Referrals completed
figure-continuity = Meetings per person with a code
figure-reached = People reached twice
figure-no-origin = Origin not recorded
figure-no-age = Age not recorded
figure-no-gender = Gender not recorded
figure-no-kind = Unknown whether first time
figure-sign-off = From the end to the signature, on average
table-district = District
table-slot-band = Time of day
table-leaflet-topics = Leaflets, by topic
table-outcomes = Referrals closed, by outcome
table-referral-services = Referrals opened, by service
table-unit = Outings by unit
table-cancelled = Cancelled outings
table-type-minutes = Outing hours by type
table-org-minutes = Staff hours by organisation
table-role-minutes = Staff hours by role
table-severity = Incidents by severity
table-no-district = Without a district
table-no-org = Organisation not listed
band-day = Day
band-evening = Evening
band-late_evening = Late evening
band-night = Night
band-late_night = Late night
cancelled-weather = Weather
cancelled-staff = Staff
cancelled-vehicle = Vehicle
cancelled-safety = Safety
cancelled-holiday = Holiday
cancelled-other = Other
gap-no-place =
    { $n ->
        [0] Nobody without a bed.
        [one] One person without a bed.
       *[other] { $n } people without a bed.
    }
gap-urgent =
    { $n ->
        [one] One urgent referral stands still.
       *[other] { $n } urgent referrals stand still.
    }
gap-silent =
    { $n ->
        [one] One referral has stood still for long.
       *[other] { $n } referrals have stood still for long.
    }
gap-no-news =
    { $n ->
        [one] One night without news.
       *[other] { $n } nights without news.
    }
gap-unsigned =
    { $n ->
        [one] { $unit }: one record received, to be signed.
       *[other] { $unit }: { $n } records received, to be signed.
    }
gap-amended-late =
    { $n ->
        [one] One night amended after the period had ended.
       *[other] { $n } nights amended after the period had ended.
    }
gap-waiting-steps =
    { $n ->
        [one] One step of a referral that has not arrived here yet.
       *[other] { $n } steps of referrals that have not arrived here yet.
    }
gap-set-aside =
    { $n ->
        [one] One envelope set aside, not counted.
       *[other] { $n } envelopes set aside, not counted.
    }
gap-open = Open
trend-title = Thirteen weeks
trend-note = own scale from zero, × no outing, ? no news, ○ not signed
trend-scale = { $from }–{ $to }, maximum { $max }
trend-alt = { $name }, thirteen weeks: { $values }
trend-table = The numbers as a table
trend-week = Week
trend-none = no outing
trend-silent = no news
trend-partial = incomplete
trend-referrals = Referrals opened

## Desk: definitions
explain-open = { $name }, { $value }: where it comes from
explain-indicator = Indicator { $id }
explain-close = Close
explain-nights = Counted from these outings
explain-weeks = Counted from these weeks
explain-date = Date
explain-outing = Outing
explain-week = Week
explain-desk = Written at the desk
explain-sum = Total
explain-no-sum = The rows do not add up: the number of the period is counted anew.
explain-persons = Each row has its contacts: different persons do not add up.
explain-no-parts = No outing counted.
explain-outside = Outside, only the published number is seen.
explain-three = Zero means counted, and nobody. “Missing” means that nothing has arrived. “Not signed” means arrived, and not reviewed by the lead yet.
def-i01 = Outings that took place and that the team’s lead has signed. Cancelled ones stand apart.
def-i02 = From setting out to coming back, in minutes that really passed: the change of the clock adds none and takes none.
def-i03 = The length of each outing times the number of those who were there. The organisation is that for which a person works, else that of the unit.
def-i04 = The kilometres written at closing, added up.
def-i05 = People met. A group counts as many as they were. Who comes again the same night does not count again; clients, residents and others do not count. The same person on two nights counts twice.
def-i06 = Meetings with people: also who comes again the same night, and a group counts one.
def-i07 = People whom the team met for the first time, as those who were there say.
def-i08 = People whom the team knew already.
def-kind-unknown = People of whom it is not known whether it was the first time.
def-i09 = Different persons: at least as many as there are different codes, or as on the fullest night; at most the codes and all contacts without one. Over several years: codes change every year, the least is that of the largest year.
def-linked = Contacts with a code of the team, and without. Together they are the contacts.
def-i10 = Contacts and people seen without contact. They are presences, not different persons.
def-clients = Contacts with clients. They are not among the contacts.
def-i11 = Pieces handed out to anybody, clients included.
def-i12 = Leaflets handed out, in pieces.
def-i13 = How often a service was given during a contact with a person. A contact may have several.
def-i14 = Condoms handed out to persons, divided by the contacts.
def-i15 = Referrals whose first step falls in the period.
def-i15-stock = Referrals not ended on that day. Open at the start, plus opened, minus ended, makes open at the end.
def-i16 = Steps of referrals dated in the period, also of referrals opened before.
def-i16b = Of the referrals opened in the period, those that reached their end within thirty days of its end. Shown only if there are enough.
def-i17 = Accompaniments done, and their time.
def-i18 = Emergency beds: how many asked for, how many found, how often there was none.
def-i19 = Contacts in which the person asked for help to leave.
def-i20 = Contacts with elements of exploitation, by degree, as those who were there say.
def-i25 = Public events and trainings, and the people who came.
def-i27 = People who looked under age: contacted, and apart from them only seen.
def-minor-protocol = Contacts in which the minor card was opened.
def-i28 = Contacts by origin, from the project’s list.
def-i29 = Contacts by gender.
def-i30 = Contacts by zone. The district gathers its zones.
def-i31 = Contacts by estimated age.
def-i32 = Contacts by language; a group counts one.
def-i33 = Visits to the desk as written by those who were there, by topic.
def-i35 = Incidents reported, by type and by severity.
def-i36 = How often something was not recorded, how many outings are signed within 48 hours of their end, and how long it takes on average.
def-i37 = How often on average a person with a code was met. Who has no code is left out.
def-i38 = People with a code reached by at least two of three kinds of help: supplies, information, a health referral. Who has no code is left out.
def-slot = Contacts by time of day.
def-depth = Contacts by how long one talked; a group counts one.
def-amendments = Corrections made in the period to outings signed before, of any date.

## Desk: outings
outings-title = Outings
outings-sub = A night counts for the day on which it begins, even after midnight.
outings-plan = Plan
outings-earlier = Earlier weeks
outings-later = Later weeks
outings-today = Today
outings-now = today
outings-unit = Unit
outings-unit-all = all
outings-table = Outings by week and day
outings-week = Week
outings-legend = What the edges say
outings-done = receipt complete
outings-planned = planned
outings-unsigned = to be signed
outings-no-news = no news
outings-cancelled = cancelled
outings-cancelled-why = cancelled, { $why }
outings-records = { $n } of { $of }
outings-people =
    { $n ->
        [one] { $n } person
       *[other] { $n } people
    }
outings-moved = moved from { $from }
outings-moved-why = Moved from { $from }: { $why }.
outings-unplanned = not planned
outings-unplanned-long = It was not planned.
outings-reason-weather = bad weather
outings-reason-staff = staff
outings-reason-vehicle = vehicle
outings-reason-safety = safety
outings-reason-holiday = holiday
outings-reason-other = other
outings-planned-done = In these weeks: planned { $planned }, done { $done } (as planned { $as_planned }), cancelled { $cancelled }.
outings-silent = planned, neither closed nor cancelled. Ask the team, or
outings-silent-do = mark it cancelled or move it
outings-unsigned-note =
    { $n ->
        [one] since the last signed night { $n } record has come. It is not counted until the lead signs.
       *[other] since the last signed night { $n } records have come. They are not counted until the lead signs.
    }
outings-one = { $type }, { $day }, { $unit }
outings-close = Close
outings-first = First time
outings-returning = Known already
outings-referrals = Referrals opened
outings-incidents = Incidents
outings-hours = From { $from } to { $to }.
outings-received = { $n } of { $of } records received, in one envelope.
outings-signed-after =
    { $n ->
        [one] Signed after { $n } hour.
       *[other] Signed after { $n } hours.
    }
outings-versions = Signatures and amendments
outings-version = Version
outings-signed-by = Who, phone
outings-signed-on = Day
outings-why = Why
outings-counts = Counts
outings-counts-yes = counts
outings-counts-no = not any more
outings-signature = Signature
outings-amendment = Amendment { $n }
outings-contested = Two phones signed the same version without knowing of each other: the one signed first counts. The other stays here.
outings-reason = Reason
outings-choose = choose
outings-cancel = It did not take place
outings-cancel-do = Mark as cancelled
outings-move = It is on another day
outings-move-to = New day
outings-move-do = Move
outings-restore = It takes place after all
outings-withdraw-what = Planned by mistake?
outings-withdraw = Take it off the plan
outings-plan-title = New outings
outings-type = Type
outings-first-day = Day
outings-every-week = every week, on the same day
outings-weeks = For how many weeks
outings-plan-once = One outing, { $day }.
outings-plan-many = { $n } outings, one a week, from { $day }. None is planned outside the project.

## Desk: depot
depot-title = Supplies
depot-sub = How many weeks they last, at the rhythm of the last four.
depot-count = Count the depot
depot-delivery = Note a delivery
depot-table = Supplies and cover
depot-item = Item
depot-stock = In the depot
depot-out = Out { $week }
depot-mean = Mean of { $n } w.
depot-mean-none = Mean
depot-cover = Cover, weeks
depot-cover-label = { $cover } weeks, threshold { $threshold }
depot-uncounted = to be counted
depot-recount = count again
depot-short = below the threshold
depot-unused = not used
depot-ordered = ordered { $n }
depot-sensitive = sensitive
depot-leaflet = Leaflets, { $language }
depot-foot = The vertical line is the threshold: { $threshold } weeks. The depot is the last count, plus deliveries, minus what the bags do not bring back. The mean counts what was lost too. There are no quantities by zone.
depot-foot-weeks =
    { $n ->
        [0] None of the last four weeks has a signed night: the rhythm is not known.
        [one] Of the last four weeks { $n } has signed nights: the mean is of that one.
       *[other] Of the last four weeks { $n } have signed nights: the mean is of those.
    }
depot-foot-sensitive = Sensitive: it leaves only by month, and never below the threshold.
depot-orders = To be ordered
depot-orders-none = Nothing to order.
depot-order-leaflets =
    { $n ->
        [one] { $n } leaflet, { $language }
       *[other] { $n } leaflets, { $language }
    }
depot-order-covers =
    { $n ->
        [one] covers { $n } week
       *[other] covers { $n } weeks
    }
depot-order-least = least that is printed
depot-order-print = Print the order
depot-order-do = Mark as ordered
depot-order-title = Order of supplies
depot-balance = Balance of the week
depot-balance-rule = loaded = out + returned + lost
depot-balance-none = No signed outing in this week.
depot-loaded = loaded
depot-handed-out = out
depot-returned = returned
depot-lost = lost
depot-adjusted = adjusted
depot-difference = difference
depot-night = { $day }, { $type }
depot-counts = Differences at the count
depot-counted-on = Count of
depot-counted = counted
depot-against = against what was expected
depot-week-previous = Previous week
depot-week-next = Next week
depot-count-title = Count of the depot
depot-count-what = Count what is there, without looking at what was expected. Empty lines stay as they are. A count also mends a delivery that was written wrongly.
depot-delivery-title = Delivery
depot-delivery-what = Write the pieces that came. It closes the order of that item.
depot-add-language = Add a language
depot-save = Save
depot-save-none = Write at least one quantity.

## Referrals at the desk
board-title = Referrals
board-tabs = What to show
board-sub =
    { $n ->
        [0] No referral is open. Today is { $day }. No person's code ever comes here.
        [one] One referral is open. Today is { $day }. No person's code ever comes here.
       *[other] { $n } open, the oldest first; what is urgent before them. Today is { $day }. No person's code ever comes here.
    }
board-filter = Which referrals
board-open = Open
board-ended = Ended
board-all = All
board-new = New referral
board-new-after = New referral that follows { $code }
board-new-note = No names and no person's codes: team and desk speak of a referral by its four characters.
board-written = Saved: { $code }.
board-no-place =
    { $n ->
        [0] Without a place: none
        [one] Without a place: 1 person
       *[other] Without a place: { $n } persons
    }
board-no-place-one = { $service }, without a place since { $day }. It stays here until somebody closes it by hand.
board-no-place-never = Nobody waits for an emergency place.
board-placed =
    { $n ->
        [0] The emergency place asked for on { $day } was found the same night.
        [one] The emergency place asked for on { $day } was found the day after.
       *[other] The emergency place asked for on { $day } was found after { $n } days.
    }
board-take = Take it on
board-urgent =
    { $n ->
        [one] One urgent referral still waits for an answer.
       *[other] { $n } urgent referrals still wait for an answer.
    }
board-silent =
    { $n ->
        [one] Of one referral nothing has been heard for two weeks.
       *[other] Of { $n } referrals nothing has been heard for two weeks.
    }
board-overdue-no-place = without a place
board-overdue-urgent = late
board-overdue-silent = no news
board-none-open = No referral is open.
board-none-ended = No referral has ended.
board-more =
    { $n ->
        [one] There is one more than are listed here.
       *[other] There are { $n } more than are listed here.
    }
board-events-waiting =
    { $n ->
        [one] One step waits for its referral, which has not come yet.
       *[other] { $n } steps wait for their referrals, which have not come yet.
    }
board-updated = Updated at { $at }.
board-table = Referrals with their paths
board-axis = Path, from { $from } to { $to }
board-today = today
board-state = State
board-days = Days
board-act = Action
board-immediate = at once
board-72h = within 72 hours
board-routine = routine
board-from-desk = from the desk
board-follows = follows { $code }
board-followed-by = then { $codes }
board-lost-by-itself = lost of view
board-lost-why = Lost of view because nobody heard of it any more. If news comes, note it: the referral is open again.
board-lost-on = Without news it is lost of view on { $day }.
board-lost-rule = after { $n } days without news a referral is lost of view
board-do = Note
board-see = Open
board-do-answer = Note the answer
board-do-book = Book
board-do-accompany = Accompany
board-do-new-date = New date
board-do-retry = Close or try again
board-what-now = { $code }: what happened?
board-happened = What happened
board-then = And then, on the same day
board-nothing-else = Nothing else
board-day = Day
board-together = Somebody went with her
board-staff = How many of us
board-consent = Consent and needs
board-chain = Chain
board-company = Together
board-open-next = Open one that follows
board-language = Language needed
board-language-none = None in particular
board-reason-emergency = Emergency
board-take-back = Take the last step back
board-take-back-stays = The step no longer counts; it stays written in the register of corrections.
board-why = Why
board-why-mistyped = a slip of the hand
board-why-twice = noted twice
board-why-misplaced = wrong day or referral
board-why-learnt-later = learnt later
board-cancel = Cancel
board-week = { $from } to { $to }
board-flow-start =
    { $n ->
        [one] 1 open at the start
       *[other] { $n } open at the start
    }
board-flow-new =
    { $n ->
        [one] new
       *[other] new
    }
board-flow-ended =
    { $n ->
        [one] ended
       *[other] ended
    }
board-flow-end =
    { $n ->
        [one] open at the end
       *[other] open at the end
    }
board-completion-later =
    { $n ->
        [one] Whether the new one was completed is measured after { $day }.
       *[other] How many of the { $n } new ones were completed is measured after { $day }.
    }
board-completion =
    { $n ->
        [one] Completed by { $day }: { $done } of 1.
       *[other] Completed by { $day }: { $done } of { $n }.
    }
board-completion-share = Completed by { $day }: { $done } of { $n }, that is { $share } %.
office-title = Accesses and meetings
office-sub = What happens away from the street. These are counts: no names, no plates.
office-new = What to note
office-access = Access
office-event = Meeting
office-incident = Incident
office-accesses = Desk accesses
office-events = Meetings
office-incidents = Incidents, those of the nights too
office-severity = How grave they are
office-severity-line = how grave: { $severity }
office-total = Total
office-topic = What for
office-who = Who came
office-how-long = How long it took
office-under-15 = under 15 minutes
office-15-45 = 15 to 45 minutes
office-over-45 = over 45 minutes
office-for-whom = With whom
office-participants = How many people
office-people =
    { $n ->
        [one] 1 person
       *[other] { $n } people
    }
office-saved = Saved.
office-none = Nothing is noted for this week.
office-rows = What is noted for the week
office-kind = What
office-what = In short
office-of-night = of a night, { $unit }
office-corrected =
    { $n ->
        [one] corrected once
       *[other] corrected { $n } times
    }
office-correct = Correct
office-take-away = It should not be there: take it away
office-stays = What was written stays in the register below, with what counts now.
office-do-correct = Correct
office-do-take-away = Take away
office-register = Register of corrections
office-taken-away = taken away
office-referral = Referral { $code }
office-company = Accompaniment of { $code }
office-events-sum =
    { $n ->
        [one] At meetings: 1 person, { $minutes } minutes.
       *[other] At meetings: { $n } people, { $minutes } minutes.
    }
office-debriefs =
    { $n ->
        [one] One incident is to be talked about.
       *[other] { $n } incidents are to be talked about.
    }

## Rubrica e liste (sportello)

lists-title = Directory and lists
lists-sub = They reach the phones at their next contact with the server. Entries are added and retired, never deleted.
lists-tab-services = Services
lists-tab-zones = Zones
lists-tab-origins = Origins
lists-tab-kits = Kits
lists-tab-team = Team
lists-tab-rules = Rules
lists-services-sub = what the phones offer
lists-zones-sub = quarters, never streets
lists-origins-sub =
    { $n ->
        [one] { $n } country of 12 at most
       *[other] { $n } countries of 12 at most
    }
lists-kits-sub = what goes out with one tap
lists-team-sub = codes, never names
lists-rules-sub = thresholds, times, limits
lists-acts = Actions
lists-code = Code
lists-name = Name
lists-district = District
lists-inside = In the municipality
lists-expected = Usually present
lists-at-least = at least { $n }
lists-yes = yes
lists-no = no
lists-nothing = nothing
lists-service = Service
lists-hours = Hours
lists-hours-unknown = not known
lists-hours-add = Add hours
lists-every-day = every day
lists-all-day = all day
lists-days-of-week = Days
lists-from = From
lists-to = To
lists-languages = Languages
lists-document = Document
lists-doc-none = none
lists-doc-stp_eni = STP/ENI
lists-doc-id = identity card
lists-doc-permit = permit
lists-verified = Verified on
lists-verify = Verified today
lists-verify-of = { $name }: verified today
lists-days = { $n ->
    [one] one day
   *[other] { $n } days
  }
lists-protected = kind only, never an address
lists-services-none = No services. The phones offer every kind of referral.
lists-service-add = Add service
lists-service-name-what = A name, never an address. Of a protected house the phones show the kind alone.
lists-kind = Kind
lists-phone = Telephone
lists-free = free of charge
lists-walk-in = no appointment
lists-accompany = better accompanied
lists-women = women only
lists-country = Country
lists-country-code = Code of the country, two letters
lists-area = Area
lists-origin-add = Add country
lists-origins-rest = These always stay: { $names }.
lists-kit-add = Add kit
lists-kit-code = Short name, small letters
lists-contents = Contents
lists-item = Item
lists-pieces = Pieces
lists-item-add = Add item
lists-item-away = Remove
lists-item-away-of = Remove { $name }
lists-units = Units
lists-operators = Operators
lists-org = Organisation
lists-org-of-unit = the unit’s organisation
lists-works-for = Works for
lists-works-for-of = { $name } works for
lists-unit-in-use = has active devices
lists-unit-add = Add unit
lists-operator-add = Add operator
lists-operator-what = An assigned code, never initials. Who is who stays on paper, in the office.
lists-org-add = Add organisation
lists-zone-add = Add zone
lists-zone-name = Name of the quarter
lists-edit = Change
lists-edit-of = Change { $name }
lists-retire = Retire
lists-retire-of = Retire { $name }
lists-restore = Use again
lists-restore-of = Use { $name } again
lists-out = { $n ->
    [one] One retired entry
   *[other] { $n } retired entries
  }
lists-put = Put among the changes
lists-cancel = Cancel
lists-merge = Merge…
lists-merge-of = Merge { $name } with another zone
lists-merge-title = { $name }: merge with another zone
lists-merge-what = The zone is retired. What was counted in it stays there; from now on it is counted in the other one.
lists-merge-into = Merge with
lists-merged-name = { $one } and { $other }
lists-merge-go = Go to the zones
lists-proposals = Proposals
lists-proposals-none = No proposals.
lists-rare = has fewer than 5 contacts in twelve months. Retire it, and count only the area “{ $area }”?
lists-thin = has fewer than 5 present: a person alone is recognised.
lists-move = Retire
lists-move-of = Proposal: retire { $name }
lists-keep = Leave
lists-keep-of = Leave { $name } as it is
lists-elsewhere = To be read only: the lists are signed by the desk that has the programme’s key.
lists-unpublished = The server does not have these lists yet: the phones use the earlier ones.
lists-publish = Send to the server
lists-sent = Signed: manifest number { $n }. The phones take it at their next contact.
lists-changes = { $n ->
    [0] Changes to sign
    [one] One change to sign
   *[other] { $n } changes to sign
  }
lists-faults = This cannot be signed:
lists-sign-what = It holds for all phones, and stays written in the Register.
lists-sign = Sign and send
lists-drop = Leave all as it was
lists-added = new entry
lists-changed = entry changed
lists-retired = entry retired
lists-restored = entry in use again
lists-removed = entry deleted
lists-field-changed = { $field } changes
lists-of-setting = Rule
lists-of-org = Organisation
lists-of-unit = Unit
lists-of-operator = Operator
lists-of-zone = Zone
lists-of-nationality = Origin
lists-of-kit = Kit
lists-of-service = Service
lists-fault-removed = an entry is retired, not deleted.
lists-fault-twice = the code is there already, perhaps among the retired entries. A code never changes its meaning.
lists-fault-code = the code does not do. Letters, digits and hyphens, few characters.
lists-fault-label = the name is missing, or too long.
lists-fault-street = this is the name of a street. Write the quarter; of a protected house, only what it is.
lists-fault-thin = fewer than 5 people are usually there: a person alone is recognised. Merge the zone with another one.
lists-fault-in_use = active devices belong to it. Revoke them first.
lists-fault-empty = this leaves the list empty. At least one unit, one zone and two operators are needed.
lists-fault-countries = more than 12 countries. Retire one: its area stays.
lists-fault-area = the area of a country does not change, or the counts of earlier years would not add up.
lists-fault-residual = this entry must stay: it takes in what has no place of its own.
lists-fault-org = the organisation is not on the list.
lists-fault-contents = items of the list are needed, each of them once, 1 to 100 pieces.
lists-fault-phone = this is not a telephone number.
lists-fault-opening = hours without days.
lists-fault-date = the date does not do: it is in the future, or before the beginning.
lists-fault-range = outside the limits.
lists-set-name = Name of the programme
lists-set-end = Last day, extensions included
lists-set-k = Threshold of the tables that leave
lists-set-period = Period of the municipality’s tables
lists-set-phone = Telephone of who coordinates
lists-set-minor = Steps for a presumed minor
lists-set-visible = Records shown on the phone
lists-set-lock = Lock after
lists-set-forget = Phones forget after
lists-set-lost = A referral without news is lost after
lists-set-order-below = To be ordered when less is left than
lists-set-order-for = An order is to last for
lists-k-what = 3 to 20. Smaller numbers do not leave.
lists-minor-what = One step a line, as the project has agreed.
lists-began = The programme began on { $day }.
lists-range = { $unit }, { $from } to { $to }
lists-unit-records = records
lists-unit-seconds = seconds
lists-unit-days = days
lists-unit-weeks = weeks
lists-period-week = week
lists-period-month = month
lists-period-quarter = quarter
lists-period-half-year = half-year
lists-words = Words for codes
lists-words-what = { $n } neutral words. They are not changed from here.

## Aggiungi un dispositivo (sportello)

devices-add = Add a device
devices-add-role = What it will do
devices-add-unit = Unit
devices-add-signs = A second desk that signs has the same keys as this one: it enrols, revokes, releases, and reads what came before, too.
devices-add-reads = It reads everything that you read, what came before too. It does not sign.
devices-add-typed = code to read aloud, in the place of a picture
devices-add-draw = Make a code
devices-add-picture = Picture for the new phone’s camera
devices-add-server = Address of the server:
devices-add-spoken = Then read this code aloud:
devices-add-until = once only, until { $time }
devices-add-useless = A photograph of the code is not enough: without the six words compared aloud it opens nothing.
devices-add-look = Has anybody come?
devices-add-nobody = Nobody is waiting.
devices-add-close = Take the code off the screen
devices-add-waits = A device waits for the signature:
devices-add-compare = Read the six words aloud: they must be the same on both screens.
devices-add-same = They are the same: sign
devices-add-differ = They differ: stop

## Registro (sportello)

register-title = Register
register-sub = Who did what, without contents: fingerprints only. It cannot be changed.
register-parts = Which lines
register-part-all = All
register-part-reviews = Reviews
register-part-releases = Releases
register-part-devices = Devices
register-part-lists = Lists
register-day = Day
register-who = Who
register-act = Act
register-about = About what
register-before = Before
register-after = After
register-line = Line
register-none = No lines.
register-more = Show earlier lines
register-whole = { $n ->
    [0] chain whole
    [one] chain whole, one line, { $head }
   *[other] chain whole, { $lines } lines, { $head }
  }
register-broken = The chain breaks at line { $n }: a line was changed or taken away. Tell who looks after security.
register-foot = The day, not the hour. Codes of the staff are never added up nor compared.
register-enrolled = signed for
register-revoked = revoked
register-wipe-ordered = ordered the wipe of
register-let-in = released from quarantine
register-dropped = dropped from quarantine
register-taken-back = took back what was dropped
register-keys-changed = changed the programme’s keys
register-signed = reviewed
register-amended = amended
register-corrected = corrected
register-released = made
register-published = published
register-withdrawn = withdrew
register-exported = exported
register-changed = changed
register-night = outing { $unit }, { $day }
register-night-amended = outing { $unit }, { $day }, amendment { $n }
register-day-entry = an entry of day staff
register-release = release { $n }
register-release-to = release { $n }, { $period }, { $recipient }
register-release-file = release { $n }, { $format } file
register-tally-file = inside numbers { $first } – { $last }, { $format } file
register-register-file =
    { $n ->
        [one] the register, { $n } line
       *[other] the register, { $n } lines
    }
register-export = Export, signed
register-export-done =
    { $n ->
        [one] Signed register, { $n } line: { $path }
       *[other] Signed register, { $n } lines: { $path }
    }
register-export-by-programme = Whoever gets it sees whether a line was changed, taken away or added. The key printed on the recovery sheet proves it:
register-export-by-desk = Whoever gets it sees whether a line was changed, taken away or added. This desk’s key proves it:

## Desk: first start
found-doors = What do you want to do on this computer?
found-new = New programme
found-new-what = The keys, the recovery sheet and the first list of zones are made here. A quarter of an hour.
found-join = Join a programme
found-join-what = The programme is there already and somebody else coordinates it. You need a code, made now at their desk.
found-again = Begin again from a recovery sheet
found-again-what = The desk is lost: you need the 24 words and a copy of the server or of the phones.
found-back = Back to the three ways
found-kept = Every step stays on this computer, encrypted. You can close and go on from here.
found-steps = Steps
found-step-key = Passphrase
found-step-programme = Programme
found-step-server = Server
found-step-sheet = Recovery sheet
found-step-lists = Zones and team
found-step-publish = Sending
found-step-done = done
found-next = Next
found-working = One moment…
found-pass-title = A passphrase for this computer
found-pass-what = It opens the desk, and no other place knows it. Twelve characters at least; any five words make a good one.
found-pass = Passphrase
found-pass-again = The same passphrase, again
found-pass-differ = The two passphrases differ.
found-pass-refused = Too easy to guess.
found-pass-fair = All right. One word more makes it strong.
found-pass-good = Strong.
found-pass-make = Make the keys
found-pass-making = Making the keys…
found-pass-again-help = If you forget it, the desk is begun again with the recovery sheet.
found-prog-title = The programme
found-prog-name = Name, as it stands on reports
found-prog-orgs = Organisations, one a line. The first one is the unit’s.
found-prog-unit = Code of the first unit
found-prog-unit-hint = Letters and digits, for example BS-U1.
found-server-title = The server
found-server-what = It is the mailbox that brings the nights from the phones to here. It cannot read them.
found-server-give = Whoever sets up the server needs these lines:
found-server-paste = Paste the two lines that it wrote: the address with its prints, and the key
found-server-file = Or choose the file that holds them
found-server-check = Try and save
found-server-checking = Trying…
found-server-there = The server answers, and it is the right one: { $server }
found-server-away = The address is saved. It does not answer now: you can go on, what is to be sent waits here.
found-server-none = Go on without a server for now
found-server-none-what = It is added later, from Devices. Without a server no phone can be enrolled.
found-server-unread = There is no address and no key in this. Copy the whole lines.
found-server-add = Add the server
found-server-missing = The programme has no server yet. Phones are enrolled once there is one.
found-sheet-title = Recovery sheet
found-sheet-head = Uscita · recovery sheet
found-sheet-programme = Programme
found-sheet-date = Made on
found-sheet-what = These 24 words open everything that phones and desk have sealed, even if phones, codes and computers are lost. Whoever has them reads every night.
found-sheet-keep = In a safe, in two places. Never in a picture, never in a computer, never with the phones.
found-sheet-follows = This sheet opens what is sealed from this date on. What came before is opened by the sheet before it: keep that one, locked away, with its date.
found-sheet-words = The words, in the order of the numbers
found-sheet-key = The same key for the program age
found-sheet-picture = The key, as a picture
found-sheet-admin = Key of the programme (it is no secret)
found-sheet-how = How to use it: open Uscita on a new computer and choose “Begin again from a recovery sheet”. Without Uscita: the page recupero.md, with common programs only.
found-sheet-once = It is shown until you confirm it, then never again. Print it, or copy it by hand.
found-sheet-print = Print
found-sheet-have = I have it on paper
found-sheet-ask = Read from the sheet
found-sheet-ask-what = Write these three words as they stand on the paper. If they are right, the words are erased here.
found-sheet-word = Word { $n }
found-sheet-check = Check
found-sheet-wrong = These are not the ones on the sheet. Look at the numbers and try again; nothing is lost.
found-sheet-show = Show the sheet again
found-lists-title = Zones and team
found-lists-what = Zones as large as a quarter, never a street, with { $n } people usually present at least. Everything can be changed later in Directory and lists.
found-lists-zone = Zone
found-lists-expected = Usually present
found-lists-inside = in the municipality
found-lists-add = Add a zone
found-lists-drop = Take out { $name }
found-lists-crew = Codes of those who go out, with a space between them. Never names.
found-lists-phone = Telephone of the coordinator, for the emergency page (optional)
found-lists-k = Threshold of tables for the outside
found-lists-period = Period of the tables for the municipality
found-lists-rest = Supplies, kits, origins and limits begin with the common lists. The directory of services is empty: each is written down after somebody has checked it.
found-lists-faults = Not yet like this:
found-end-title = Sign and send
found-end-what = The first manifest is signed. The server receives it now, and knows the programme from here on.
found-end-none = There is no server yet: the manifest waits here, signed.
found-end-send = Send to the server
found-end-sending = Sending…
found-end-finish = Go to the devices
found-end-unknown = The server does not know this programme yet. Whoever sets it up has to write these lines into its settings and start it anew:
found-end-other = The server has another key, or is another programme’s. Go back to the step Server and paste the right lines.
found-end-stale = The server has a newer list than this copy. Begin again with a newer copy, or ask whoever coordinates with you.
found-end-later = Finish now, send later
found-end-again = Try again
found-end-recovered = Now go in, wait until everything has come from the server, and then revoke the lost desk in Devices.
found-join-title = Join a programme
found-join-how = Whoever coordinates opens Devices, “Add a device”, chooses the role and makes a code to read aloud.
found-join-server = Address of the server, with its prints if it has any
found-join-code = Code of ten characters, or the text of the picture
found-join-go = Enrol this computer
found-join-words = Six words to compare
found-join-words-what = Read them aloud, on the telephone or in person: they must be the same on both screens. If they differ, stop.
found-join-same = They are the same
found-join-differ = They differ: begin anew
found-join-wait = Waiting for the other desk’s signature…
found-join-look = See whether it has signed
found-again-title = Begin again from a recovery sheet
found-again-words = The 24 words, in the order of the numbers
found-again-folder = Folder of the copies on this computer
found-again-folder-hint = In it: mailbox.db of the server or a copy uscita-….age of it, journal.db of the phones, .uscita files. Whatever there is helps.
found-again-pass = Passphrase for this desk
found-again-go = Open the copies
found-again-going = Opening the copies…
found-again-word = Word number { $n } is on no sheet. Check that line again.
found-again-came = { $n ->
    [one] One record opened.
   *[other] { $n } records opened.
  }
found-again-missing = { $n ->
    [one] Of one, the copies are not enough.
   *[other] Of { $n }, the copies are not enough.
  }
found-again-unread = Cannot be read: { $files }
found-again-on = Go on
found-again-new-sheet = The old sheet opens what was sealed until now. For what comes there is a new sheet: that is the next step.
found-minor-stay = Stay near her, in safety. No question about age or papers: the doubt is enough.
found-minor-danger = If there is danger now, call 112.
found-minor-call = Tell the coordinator, at any hour: she calls child protection.
found-minor-ask = Tell her what happens now. Stay until whoever follows her arrives.
