## App
app-name = Uscita
app-back = Back
app-close = Close
app-hide = Hide
app-save = Save
app-next = Next
app-cancel = Cancel
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
lock-forgot-help = Ask your coordinator. The records stay safe.
lock-dots =
    { $n ->
        [one] { $n } digit
       *[other] { $n } digits
    } of { $total } entered
lock-delete = Delete

## First start of a phone
enrol-title = New phone
enrol-intro = Your coordinator gives you an address and a code that lasts 15 minutes.
enrol-link = Link
enrol-link-hint = If you were sent one, paste it here: it is enough.
enrol-server = Server address
enrol-code = 10-character code
enrol-code-hint = Letters and digits, without I, L, O and U.
enrol-pin-choose = Choose this phone’s code
enrol-pin-note = Six digits. Not a date, not digits in a row.
enrol-pin-again = Repeat the code
enrol-pin-mismatch = The two codes differed. Choose again.
enrol-words = Read the words aloud
enrol-words-check = They must be the same on the coordinator’s screen. If one differs, stop.
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
start-type-other = Other type
start-crew = Crew
start-crew-choose = to be chosen
start-crew-add = Add person
start-crew-remove = Remove { $code }
start-crew-short = Outings need two people. Reason?
start-crew-code = Code
start-crew-role = Role
start-this-phone = this phone
start-bag = This phone’s bag
start-bag-more =
    { $n ->
        [one] { $n } more item
       *[other] { $n } more items
    }
start-bag-last = last time { $n }
start-zones = Planned zones
start-go = Start outing
start-offline = Works without network until you close.

## State of the records
sync-local =
    On this phone only, { $n ->
        [one] { $n } record
       *[other] { $n } records
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
contact-todo-count = { $n } to complete
contact-empty = Nobody yet tonight
contact-people =
    { $n ->
        [one] person
       *[other] people
    }
contact-kit = kit { $kit }
contact-no-kit = without items

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
det-origin = Origin
det-origin-more = Others
det-language = Language
det-language-none = None shared
det-language-other = Another
det-depth = Encounter
det-topics = What you talked about
det-concern = Concern, in your view
det-flags = Marks
det-gender = How you record
det-notice = Privacy notice given aloud
det-referral = Open a referral
det-referral-hint = family clinic, STI clinic, desk…
det-minor-title = Presumed minor
det-known = Met before?

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
more-todo = To complete
more-referrals = Referrals
more-referrals-count = { $n } tonight
more-stock = Stock
more-stock-left = { $list } in the bag
more-zone = Correct zone
more-zone-detail = of the last records
more-close = Close outing
more-back = Back to contacts

## Zone correction
zone-howmany = How many records, from the last
zone-which = Right zone
zone-save =
    { $n ->
        [one] Correct { $n } record
       *[other] Correct { $n } records
    }

## To complete
todo-title = To complete
todo-leave = You can leave it as it is.
todo-all = Answer “don’t know” to all
todo-empty = Nothing to complete.

## Stock
stock-title = Stock
stock-this-bag = This phone’s bag
stock-closing = Closing count
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
stock-done = Stock counted
stock-step =
    { $dir ->
        [plus] plus { $n }
       *[minus] minus { $n }
    }
stock-keypad = { $n }, open the keypad
stock-keypad-ok = Done
stock-empty = No items loaded.
stock-add-load = Load more

## Referrals
ref-title = Referrals
ref-summary = { $tonight } tonight, { $open } to follow.
ref-empty = No referrals tonight.
ref-new = New referral
ref-one = Referral
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
ref-next = Now: what happened?
ref-next-short = what happened?
ref-outcome = How did it end?
ref-dateonly = Date only, never the time.
ref-service-local = The service’s name stays on the phone.
ref-no-alias = Without code
ref-over = The path has ended.
ref-line = { $alias }. { $state }
ref-open = Open the referral

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
close-records-open = { $n }, { $open } to complete
close-phones = Phones
close-stock = Stock
close-stock-open =
    { $n ->
        [one] { $n } item to count
       *[other] { $n } items to count
    }
close-stock-done = counted, all adds up
close-urgent = Urgent
close-urgent-none = none open
close-urgent-open =
    { $n ->
        [one] { $n } immediate without follow-up: tell the coordinator
       *[other] { $n } immediate without follow-up: tell the coordinator
    }
close-urgent-told = The coordinator knows
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
review-repeat-effect = counts 1 person, items stay
review-two = Two different people
review-two-effect = counts 2, one loses the code
review-two-effect-plain = counts 2 people
review-merge = Written twice
review-merge-effect = merges, adds the items
review-confirm = Confirm the choice
review-notes = Notes of the night
review-no-notes = No notes.
review-sign = Sign and send the review
review-partner = Fetching the other phone’s records…
review-differs = differs

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
send-stop = Stop and resume later

## Receipt
receipt-title = All received
receipt-figure = { $n } of { $total }
receipt-at = received at
receipt-code = Receipt
receipt-print = Fingerprint
receipt-print-equal = same on phone and server
receipt-records =
    { $n ->
        [one] { $n } record
       *[other] { $n } records
    }
receipt-seen =
    { $n ->
        [one] { $n } row of seen
       *[other] { $n } rows of seen
    }
receipt-referrals =
    { $n ->
        [one] { $n } referral
       *[other] { $n } referrals
    }
receipt-incidents =
    { $n ->
        [one] { $n } incident
       *[other] { $n } incidents
    }
receipt-forget = This phone will forget the details on { $d }.
receipt-forget-pending = This phone will forget the details after review.
receipt-forget-rest = Only the totals and the codes stay.
receipt-review-missing = The lead’s review is still missing.
receipt-good-night = Good night

## Pairing
pair-title = Pair the phones
pair-word = Say the same word aloud
pair-mismatch = Different word: stop and start again.
pair-single = Going out with one phone

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

## Training
train-band = Training. Fake data: nothing is sent.

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
age-under_18_presumed = Presumed minor
age-18_24 = 18–24
age-25_34 = 25–34
age-35_44 = 35–44
age-45_plus = 45 and over
age-not_recorded = Not recorded
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
