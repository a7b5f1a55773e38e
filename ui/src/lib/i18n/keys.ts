// Written by `npm run keys` from the catalogues. Do not edit.

/** What a message may be given. */
export type MessageValue = string | number
/** Of a message without arguments. */
export type NoArguments = Record<never, never>

/** Every message with its arguments. */
export interface Messages {
  'app-name': NoArguments
  'app-back': NoArguments
  'app-close': NoArguments
  'app-hide': NoArguments
  'app-save': NoArguments
  'app-next': NoArguments
  'app-retry': NoArguments
  'app-later': NoArguments
  'app-loading': NoArguments
  'app-unknown': NoArguments
  'app-leave': NoArguments
  'lock-title': NoArguments
  'lock-wrong': NoArguments
  'lock-safe': NoArguments
  'lock-wait': { n: MessageValue }
  'lock-wait-minutes': { n: MessageValue }
  'lock-forgot': NoArguments
  'lock-dots': { n: MessageValue; total: MessageValue }
  'lock-delete': NoArguments
  'lock-ok': NoArguments
  'panic-title': NoArguments
  'panic-hold': NoArguments
  'panic-keys': NoArguments
  'panic-records': NoArguments
  'panic-again': NoArguments
  'panic-not': NoArguments
  'panic-do': NoArguments
  'panic-done': NoArguments
  'panic-done-keys': NoArguments
  'panic-done-keep-on': NoArguments
  'panic-discard': NoArguments
  'panic-discard-lost': { n: MessageValue }
  'panic-discard-nobody': NoArguments
  'panic-discard-keep': NoArguments
  'panic-discard-do': { n: MessageValue }
  'kept-received': { n: MessageValue }
  'kept-unsent': { n: MessageValue }
  'kept-all': NoArguments
  'forgotten-what': NoArguments
  'forgotten-safe': NoArguments
  'forgotten-safe-text': NoArguments
  'forgotten-now': NoArguments
  'forgotten-first': NoArguments
  'forgotten-ask': NoArguments
  'forgotten-aside': NoArguments
  'forgotten-anew': NoArguments
  'forgotten-nobody': NoArguments
  'forgotten-restart': NoArguments
  'forgotten-hold': NoArguments
  'forgotten-key-title': NoArguments
  'forgotten-key-what': NoArguments
  'forgotten-key-first': NoArguments
  'forgotten-key-retry': NoArguments
  'forgotten-spent-title': NoArguments
  'forgotten-spent-what': NoArguments
  'duress-page': NoArguments
  'duress-row': NoArguments
  'duress-title': NoArguments
  'duress-what': NoArguments
  'duress-deletes': NoArguments
  'duress-not': NoArguments
  'duress-hidden': NoArguments
  'duress-panic': NoArguments
  'duress-set': NoArguments
  'duress-remove': NoArguments
  'duress-unlock': NoArguments
  'duress-choose': NoArguments
  'duress-choose-note': NoArguments
  'duress-weak': NoArguments
  'duress-done': NoArguments
  'inventory-title': NoArguments
  'inventory-saved': NoArguments
  'enrol-title': NoArguments
  'enrol-intro': NoArguments
  'enrol-no-picture': NoArguments
  'enrol-otherwise': NoArguments
  'enrol-link': NoArguments
  'enrol-link-hint': NoArguments
  'enrol-server': NoArguments
  'enrol-code': NoArguments
  'enrol-code-hint': NoArguments
  'enrol-pin-choose': NoArguments
  'enrol-pin-note': NoArguments
  'enrol-pin-again': NoArguments
  'enrol-pin-mismatch': NoArguments
  'enrol-words': NoArguments
  'enrol-words-check': NoArguments
  'enrol-words-same': NoArguments
  'enrol-words-differ': NoArguments
  'enrol-stopped': NoArguments
  'enrol-stopped-stored': NoArguments
  'enrol-stopped-next': NoArguments
  'enrol-restart': NoArguments
  'enrol-waiting': NoArguments
  'enrol-check': NoArguments
  'start-title': NoArguments
  'start-type': NoArguments
  'start-type-night': NoArguments
  'start-type-day': NoArguments
  'start-type-mapping': NoArguments
  'start-type-indoor': NoArguments
  'start-type-labour': NoArguments
  'start-type-joint': NoArguments
  'start-crew': NoArguments
  'start-crew-add': NoArguments
  'start-crew-short': NoArguments
  'start-crew-why': NoArguments
  'short-absent': NoArguments
  'short-joins_later': NoArguments
  'short-other_org': NoArguments
  'short-other': NoArguments
  'start-crew-remove': { code: MessageValue }
  'start-crew-code': NoArguments
  'start-crew-role': NoArguments
  'start-bag': NoArguments
  'start-bag-more': { n: MessageValue }
  'start-zones': NoArguments
  'start-go': NoArguments
  'start-offline': NoArguments
  'start-recent': NoArguments
  'start-recent-count': { n: MessageValue }
  'start-missing': NoArguments
  'start-bag-said': { n: MessageValue; list: MessageValue }
  'start-bag-empty': NoArguments
  'start-recent-review': NoArguments
  'start-recent-send': NoArguments
  'start-recent-amend': NoArguments
  'start-partner': NoArguments
  'start-partner-code': NoArguments
  'start-bag-load': { item: MessageValue }
  'start-zone-first': { zone: MessageValue }
  'start-needs': NoArguments
  'sync-local': { n: MessageValue }
  'sync-waiting': { n: MessageValue }
  'sync-sending': { a: MessageValue; b: MessageValue }
  'sync-received': { b: MessageValue; t: MessageValue }
  'sync-attention': { n: MessageValue }
  'sync-forgotten': { d: MessageValue }
  'contact-title': { zone: MessageValue }
  'contact-tally': NoArguments
  'contact-zones-more': NoArguments
  'contact-zones-all': NoArguments
  'contact-zone': NoArguments
  'contact-woman': NoArguments
  'contact-trans': NoArguments
  'contact-man': NoArguments
  'contact-known': NoArguments
  'contact-known-m': NoArguments
  'contact-first': NoArguments
  'contact-unknown-kind': NoArguments
  'contact-group': NoArguments
  'contact-group-of': { n: MessageValue }
  'contact-seen': NoArguments
  'contact-seen-count': { n: MessageValue }
  'contact-saved': NoArguments
  'contact-undo': NoArguments
  'contact-undone': NoArguments
  'contact-more': NoArguments
  'contact-unsaved': NoArguments
  'contact-unsaved-ref': NoArguments
  'contact-dropped': NoArguments
  'contact-resume': NoArguments
  'contact-split': NoArguments
  'contact-todo-count': { n: MessageValue }
  'contact-empty': NoArguments
  'contact-people': { n: MessageValue }
  'contact-kit': { kit: MessageValue }
  'contact-low': { list: MessageValue }
  'contact-loaded': { list: MessageValue }
  'em-button': NoArguments
  'em-hold': NoArguments
  'em-open': { zone: MessageValue }
  'em-what': NoArguments
  'em-leave': NoArguments
  'em-minor': NoArguments
  'em-ill': NoArguments
  'em-call': NoArguments
  'em-112': NoArguments
  'em-helpline': NoArguments
  'em-coord': NoArguments
  'em-coord-on-call': NoArguments
  'em-coord-none': NoArguments
  'em-note': NoArguments
  'em-minor-done': NoArguments
  'em-minor-ask': NoArguments
  'em-close': NoArguments
  'minor-card': NoArguments
  'minor-open': NoArguments
  'minor-do': NoArguments
  'minor-refer': NoArguments
  'minor-write': NoArguments
  'kit-title': NoArguments
  'kit-group': NoArguments
  'kit-base': NoArguments
  'kit-double': NoArguments
  'kit-trans': NoArguments
  'kit-hot': NoArguments
  'kit-none': NoArguments
  'kit-other': NoArguments
  'kit-other-hint': NoArguments
  'kit-line': { n: MessageValue; list: MessageValue; left: MessageValue }
  'kit-line-nothing': NoArguments
  'kit-line-low': { n: MessageValue; list: MessageValue; left: MessageValue }
  'kit-over': NoArguments
  'kit-save': NoArguments
  'kit-save-none': NoArguments
  'kit-details': NoArguments
  'kit-leaflet-topic': NoArguments
  'kit-leaflet-language': NoArguments
  'det-optional': NoArguments
  'det-back': NoArguments
  'det-alias': NoArguments
  'det-alias-none': NoArguments
  'det-alias-others': NoArguments
  'det-alias-search': NoArguments
  'det-alias-new': NoArguments
  'det-alias-new-choose': NoArguments
  'det-age': NoArguments
  'det-age-minor': NoArguments
  'det-age-45': NoArguments
  'det-who': NoArguments
  'det-origin': NoArguments
  'det-origin-more': NoArguments
  'det-language': NoArguments
  'det-language-none': NoArguments
  'det-language-other': NoArguments
  'language-pcm': NoArguments
  'det-depth': NoArguments
  'det-topics': NoArguments
  'det-concern': NoArguments
  'det-flags': NoArguments
  'det-notice': NoArguments
  'det-referral': NoArguments
  'det-referral-hint': NoArguments
  'det-minor-title': NoArguments
  'group-howmany': NoArguments
  'group-more': NoArguments
  'group-kit': NoArguments
  'group-line': { n: MessageValue; kit: MessageValue; pieces: MessageValue; list: MessageValue }
  'group-line-none': { n: MessageValue }
  'group-save': { n: MessageValue }
  'group-later': NoArguments
  'seen-why': NoArguments
  'seen-with': NoArguments
  'seen-busy': NoArguments
  'seen-refused': NoArguments
  'seen-unsafe': NoArguments
  'seen-others': NoArguments
  'seen-language': NoArguments
  'seen-mapping': NoArguments
  'seen-again': NoArguments
  'seen-line': { n: MessageValue }
  'seen-saved': { n: MessageValue; reason: MessageValue; total: MessageValue }
  'seen-done': NoArguments
  'more-date': { date: MessageValue; type: MessageValue }
  'more-referrals': NoArguments
  'more-stock': NoArguments
  'more-stock-left': { list: MessageValue }
  'more-zone': NoArguments
  'more-zone-detail': NoArguments
  'more-code': NoArguments
  'more-incident': NoArguments
  'more-incident-detail': NoArguments
  'more-directory-detail': NoArguments
  'more-show-detail': NoArguments
  'more-month-detail': NoArguments
  'more-copy-detail': NoArguments
  'more-nights-detail': NoArguments
  'more-close': NoArguments
  'more-back': NoArguments
  'more-settings': NoArguments
  'more-settings-detail': NoArguments
  'set-title': NoArguments
  'set-hand': NoArguments
  'set-hand-right': NoArguments
  'set-hand-left': NoArguments
  'set-text': NoArguments
  'set-text-normal': NoArguments
  'set-text-large': NoArguments
  'set-language': NoArguments
  'set-language-it': NoArguments
  'set-language-en': NoArguments
  'set-theme': NoArguments
  'set-theme-night': NoArguments
  'set-theme-day': NoArguments
  'set-lock': NoArguments
  'set-lock-seconds': { n: MessageValue }
  'set-lock-minutes': { n: MessageValue }
  'set-entry': NoArguments
  'set-entry-note': NoArguments
  'set-entry-notes': NoArguments
  'set-entry-shifts': NoArguments
  'set-entry-stock': NoArguments
  'set-entry-uscita': NoArguments
  'set-note': NoArguments
  'pin-title': NoArguments
  'pin-row': NoArguments
  'pin-which': NoArguments
  'pin-unlock': NoArguments
  'pin-unlock-row': NoArguments
  'pin-review': NoArguments
  'pin-review-row': NoArguments
  'pin-now': NoArguments
  'pin-now-phone': NoArguments
  'pin-now-review': NoArguments
  'pin-new': NoArguments
  'pin-note': NoArguments
  'pin-note-review': NoArguments
  'pin-wrong': NoArguments
  'pin-weak': NoArguments
  'pin-done': NoArguments
  'train-name': NoArguments
  'train-band': NoArguments
  'train-pin': { pin: MessageValue }
  'train-row': NoArguments
  'train-fake': NoArguments
  'train-apart': NoArguments
  'train-lead': NoArguments
  'train-gone': NoArguments
  'train-pin-unlock': NoArguments
  'train-pin-review': NoArguments
  'train-night-open': NoArguments
  'train-begin': NoArguments
  'train-again': NoArguments
  'train-leave': NoArguments
  'train-leave-note': NoArguments
  'train-send': NoArguments
  'dir-title': NoArguments
  'dir-numbers': NoArguments
  'dir-antiviolence': NoArguments
  'dir-filters': NoArguments
  'dir-open-now': NoArguments
  'dir-papers': NoArguments
  'dir-free': NoArguments
  'dir-language': NoArguments
  'dir-language-which': NoArguments
  'dir-count': { n: MessageValue }
  'dir-none': NoArguments
  'dir-empty': NoArguments
  'dir-every-day': NoArguments
  'dir-all-day': NoArguments
  'dir-open': NoArguments
  'dir-open-minutes': { n: MessageValue }
  'dir-open-hours': { n: MessageValue }
  'dir-opens-minutes': { n: MessageValue }
  'dir-opens-hours': { n: MessageValue }
  'dir-opens-day': { day: MessageValue; time: MessageValue }
  'dir-closed': NoArguments
  'dir-unknown': NoArguments
  'dir-doc-none': NoArguments
  'dir-doc-stp': NoArguments
  'dir-doc-id': NoArguments
  'dir-doc-permit': NoArguments
  'dir-cost-free': NoArguments
  'dir-cost-ticket': NoArguments
  'dir-walk-in': NoArguments
  'dir-appointment': NoArguments
  'dir-women': NoArguments
  'dir-verified': { date: MessageValue }
  'dir-stale': { n: MessageValue }
  'dir-accompany': NoArguments
  'dir-call': NoArguments
  'dir-call-name': { name: MessageValue; number: MessageValue }
  'dir-show': NoArguments
  'show-title': NoArguments
  'show-papers': NoArguments
  'show-helpline': NoArguments
  'show-condom': NoArguments
  'show-service': NoArguments
  'show-service-detail': NoArguments
  'show-note': NoArguments
  'show-language': NoArguments
  'month-title': NoArguments
  'month-lead': { month: MessageValue; n: MessageValue; hours: MessageValue }
  'month-lead-none': { month: MessageValue }
  'month-met': NoArguments
  'month-seen': NoArguments
  'month-accompanied': { n: MessageValue }
  'month-supplies': NoArguments
  'month-referrals': NoArguments
  'month-opened': { n: MessageValue }
  'month-accepted': { n: MessageValue }
  'month-attended': { n: MessageValue }
  'month-thanks': NoArguments
  'month-note-unit': NoArguments
  'month-note-phone': NoArguments
  'zone-howmany': NoArguments
  'zone-which': NoArguments
  'zone-save': { n: MessageValue }
  'inc-title': NoArguments
  'inc-what': NoArguments
  'inc-severity': NoArguments
  'inc-action': NoArguments
  'inc-debrief': NoArguments
  'inc-note': NoArguments
  'inc-zone': NoArguments
  'inc-zone-other': NoArguments
  'inc-third_party_control': NoArguments
  'inc-aggressive_client': NoArguments
  'inc-aggression_team': NoArguments
  'inc-violence_reported': NoArguments
  'inc-robbery': NoArguments
  'inc-police_check': NoArguments
  'inc-medical_emergency': NoArguments
  'inc-vehicle': NoArguments
  'inc-device_lost': NoArguments
  'inc-data_breach_suspected': NoArguments
  'inc-near_miss': NoArguments
  'inc-low': NoArguments
  'inc-medium': NoArguments
  'inc-high': NoArguments
  'inc-left_zone': NoArguments
  'inc-called_112': NoArguments
  'inc-called_coordinator': NoArguments
  'inc-none': NoArguments
  'todo-title': NoArguments
  'todo-under': { n: MessageValue }
  'todo-leave-all': NoArguments
  'todo-empty': NoArguments
  'todo-unsaved': NoArguments
  'todo-card': { number: MessageValue }
  'todo-where': { number: MessageValue; place: MessageValue }
  'todo-not-saved': NoArguments
  'todo-save': NoArguments
  'todo-leave': NoArguments
  'todo-left': NoArguments
  'todo-missing-composition': NoArguments
  'todo-missing-origin': NoArguments
  'todo-missing-age': NoArguments
  'todo-all-known': { gender: MessageValue }
  'todo-all-first': { gender: MessageValue }
  'todo-mixed': NoArguments
  'todo-mixture': { gender: MessageValue; known: MessageValue; first: MessageValue }
  'todo-count': { n: MessageValue; who: MessageValue }
  'todo-rest': { n: MessageValue }
  'todo-groups': NoArguments
  'todo-confirm': NoArguments
  'todo-split': NoArguments
  'todo-all': NoArguments
  'stock-title': NoArguments
  'stock-this-bag': NoArguments
  'stock-cols': NoArguments
  'stock-item': NoArguments
  'stock-loaded': NoArguments
  'stock-out': NoArguments
  'stock-expected': NoArguments
  'stock-counted': NoArguments
  'stock-ask': { n: MessageValue }
  'stock-diff': { n: MessageValue }
  'stock-surplus': { n: MessageValue }
  'stock-over': NoArguments
  'stock-waste': NoArguments
  'stock-load': NoArguments
  'stock-next': NoArguments
  'stock-task': NoArguments
  'stock-task-count': NoArguments
  'stock-task-load': NoArguments
  'stock-ask-load': NoArguments
  'stock-load-save': { n: MessageValue }
  'stock-others': NoArguments
  'stock-step': { dir: MessageValue; n: MessageValue }
  'stock-keypad': { n: MessageValue }
  'stock-keypad-ok': NoArguments
  'stock-empty': NoArguments
  'ref-title': NoArguments
  'ref-summary': { tonight: MessageValue; open: MessageValue }
  'ref-summary-unit': { open: MessageValue }
  'ref-empty': NoArguments
  'ref-empty-unit': NoArguments
  'ref-all': NoArguments
  'ref-pinned': NoArguments
  'ref-new': NoArguments
  'ref-now': NoArguments
  'ref-72': NoArguments
  'ref-72-short': NoArguments
  'ref-routine': NoArguments
  'ref-routines': NoArguments
  'ref-when': NoArguments
  'ref-where': NoArguments
  'ref-more-services': NoArguments
  'ref-consent': NoArguments
  'ref-consent-verbal': NoArguments
  'ref-consent-written': NoArguments
  'ref-consent-not-yet': NoArguments
  'ref-consent-refused': NoArguments
  'ref-needs': NoArguments
  'ref-accompany': NoArguments
  'ref-mediator': NoArguments
  'ref-path': NoArguments
  'ref-now-word': NoArguments
  'ref-next-short': NoArguments
  'ref-outcome': NoArguments
  'ref-minutes': NoArguments
  'ref-mode': NoArguments
  'ref-arrived': NoArguments
  'ref-answer': NoArguments
  'ref-answer-yes': NoArguments
  'ref-answer-no': NoArguments
  'ref-answer-later': NoArguments
  'ref-one': NoArguments
  'ref-one-word': NoArguments
  'mode-car': NoArguments
  'mode-public_transport': NoArguments
  'mode-on_foot': NoArguments
  'mode-meet_there': NoArguments
  'ref-dateonly': NoArguments
  'ref-service-local': NoArguments
  'ref-no-alias': NoArguments
  'ref-alias': NoArguments
  'ref-correct': NoArguments
  'ref-correct-stays': NoArguments
  'ref-over': NoArguments
  'ref-follow-up': { service: MessageValue; state: MessageValue; day: MessageValue }
  'ref-follow-up-code': NoArguments
  'ref-follow-up-title': { n: MessageValue }
  'ref-line-minutes': { n: MessageValue }
  'ref-line-seen': NoArguments
  'ref-line-tell': NoArguments
  'ref-line-by': { day: MessageValue }
  'ref-line-late': NoArguments
  'ref-line-accompany': NoArguments
  'ref-line-mediator': NoArguments
  'ref-line-lost': { n: MessageValue }
  'ref-line-age': { n: MessageValue }
  'ref-opened': NoArguments
  'ref-step-gave-up': NoArguments
  'ref-step-rebooked': NoArguments
  'ref-step-arrived': NoArguments
  'ref-step-alone': NoArguments
  'ref-step-tonight': NoArguments
  'ref-step-back': NoArguments
  'ref-min': { n: MessageValue }
  'ref-staff': NoArguments
  'ref-staff-one': NoArguments
  'ref-staff-two': NoArguments
  'ref-went': NoArguments
  'ref-reason': NoArguments
  'ref-reason-asked': NoArguments
  'ref-reason-proposed': NoArguments
  'went-done': NoArguments
  'went-person_absent': NoArguments
  'went-service_closed': NoArguments
  'went-cancelled': NoArguments
  'close-title': NoArguments
  'close-range': { type: MessageValue; from: MessageValue; to: MessageValue }
  'close-seen': NoArguments
  'close-referrals': { n: MessageValue }
  'close-records': NoArguments
  'close-records-done': { n: MessageValue }
  'close-records-open': { open: MessageValue; n: MessageValue }
  'close-stock': NoArguments
  'close-stock-open': { n: MessageValue }
  'close-stock-done': NoArguments
  'close-stock-wasted': { list: MessageValue }
  'close-urgent': NoArguments
  'close-urgent-none': NoArguments
  'close-urgent-open': { n: MessageValue }
  'close-urgent-told': NoArguments
  'close-told': NoArguments
  'close-phones': NoArguments
  'close-phones-detail': NoArguments
  'close-incidents': NoArguments
  'close-incidents-none': NoArguments
  'close-incidents-some': { n: MessageValue; list: MessageValue }
  'close-incident-add': NoArguments
  'close-weather': NoArguments
  'weather-clear': NoArguments
  'weather-rain': NoArguments
  'weather-cold': NoArguments
  'weather-fog': NoArguments
  'weather-heat': NoArguments
  'weather-not_recorded': NoArguments
  'close-km': NoArguments
  'close-km-ask': NoArguments
  'close-how': NoArguments
  'close-how-note': NoArguments
  'close-fine': NoArguments
  'close-talk': NoArguments
  'close-talk-note': NoArguments
  'close-after': NoArguments
  'close-go': NoArguments
  'close-done': NoArguments
  'close-todo': NoArguments
  'review-title': NoArguments
  'review-of': { date: MessageValue }
  'review-decide': { n: MessageValue }
  'review-clear': NoArguments
  'review-notes-count': { n: MessageValue }
  'review-same': NoArguments
  'review-alike': NoArguments
  'review-repeat': NoArguments
  'review-two': NoArguments
  'review-repeat-effect': { n: MessageValue }
  'review-two-effect': { n: MessageValue }
  'review-two-effect-plain': { n: MessageValue }
  'review-merge-effect': { n: MessageValue }
  'review-merge': NoArguments
  'review-confirm': NoArguments
  'review-notes': NoArguments
  'review-no-notes': NoArguments
  'review-sign': NoArguments
  'review-differs': NoArguments
  'review-phone': { n: MessageValue }
  'review-phone-stop': { n: MessageValue; stop: MessageValue }
  'review-blocking': NoArguments
  'review-accept': NoArguments
  'review-finding': { text: MessageValue; zone: MessageValue }
  'review-finding-alone': { text: MessageValue; reason: MessageValue }
  'review-finding-count': { text: MessageValue; n: MessageValue }
  'review-split-before': NoArguments
  'review-refused': { n: MessageValue; phone: MessageValue; why: MessageValue }
  'review-refused-lead': NoArguments
  'review-refused-owner': NoArguments
  'review-refused-gone': NoArguments
  'review-conflicts': { n: MessageValue }
  'review-who': NoArguments
  'review-late': { n: MessageValue }
  'review-signed': NoArguments
  'review-together': { list: MessageValue }
  'review-phones': NoArguments
  'review-phone-this': { n: MessageValue }
  'review-phone-other': { n: MessageValue }
  'review-phone-records': { n: MessageValue }
  'review-phone-closed': NoArguments
  'review-phone-open': NoArguments
  'review-phone-late': { list: MessageValue }
  'review-one-phone': NoArguments
  'review-phone-missing': NoArguments
  'review-missing-not_arrived': { n: MessageValue; phone: MessageValue }
  'review-missing-waits_for_desk': { n: MessageValue; phone: MessageValue }
  'review-missing-too_new': { n: MessageValue; phone: MessageValue }
  'review-missing-refused': { n: MessageValue; phone: MessageValue }
  'review-missing-unreadable': { n: MessageValue; phone: MessageValue }
  'review-missing-why': NoArguments
  'review-sign-without': NoArguments
  'review-amend-without': NoArguments
  'review-all': NoArguments
  'review-open-record': NoArguments
  'review-open-night': NoArguments
  'review-finding-item': { text: MessageValue; item: MessageValue }
  'review-not-closed': { time: MessageValue }
  'review-close-lost': { time: MessageValue }
  'review-under-way': NoArguments
  'review-cancelled': NoArguments
  'review-amend-title': { n: MessageValue }
  'review-amend-why': NoArguments
  'review-amend-change': { what: MessageValue; before: MessageValue; after: MessageValue }
  'review-amend-same': NoArguments
  'review-amend-new': { n: MessageValue }
  'review-amend-changed': { n: MessageValue }
  'review-amend-other': { n: MessageValue }
  'review-amend-reason': NoArguments
  'review-amend-who': NoArguments
  'review-amend-sign': NoArguments
  'review-seen': NoArguments
  'review-incidents': NoArguments
  'amend-late_device': NoArguments
  'amend-recording_mistake': NoArguments
  'amend-duplicate_found': NoArguments
  'amend-stock_recount': NoArguments
  'step-title': NoArguments
  'step-once': NoArguments
  'step-why': NoArguments
  'step-how': NoArguments
  'step-lost': NoArguments
  'step-begin': NoArguments
  'step-what': NoArguments
  'step-unlock': NoArguments
  'step-unlock-why': NoArguments
  'step-choose': NoArguments
  'step-repeat': NoArguments
  'step-rule': NoArguments
  'step-weak': NoArguments
  'nights-title': NoArguments
  'nights-under': NoArguments
  'nights-waiting': NoArguments
  'nights-done': NoArguments
  'nights-empty': NoArguments
  'nights-open': NoArguments
  'nights-closed': NoArguments
  'nights-signed': NoArguments
  'nights-amended': NoArguments
  'nights-frozen': NoArguments
  'nights-cancelled': NoArguments
  'nights-phones': { n: MessageValue }
  'nights-received': NoArguments
  'nights-not-received': NoArguments
  'nights-forgotten': { d: MessageValue }
  'nights-late': { n: MessageValue }
  'night-title': NoArguments
  'night-note': NoArguments
  'night-note-drop': NoArguments
  'night-seen': { n: MessageValue }
  'night-went': { n: MessageValue }
  'night-referral': NoArguments
  'night-incident': NoArguments
  'night-nothing': NoArguments
  'night-late': NoArguments
  'fix-title': NoArguments
  'fix-signed': NoArguments
  'fix-who': NoArguments
  'fix-people': NoArguments
  'fix-gender': NoArguments
  'fix-kind': NoArguments
  'fix-zone': NoArguments
  'fix-aliases': NoArguments
  'fix-alias-search': NoArguments
  'fix-cells': NoArguments
  'fix-cell': { n: MessageValue; words: MessageValue }
  'fix-cell-add': NoArguments
  'fix-cell-done': NoArguments
  'fix-supplies': NoArguments
  'fix-leaflets': { topic: MessageValue; language: MessageValue }
  'fix-leaflet-add': NoArguments
  'fix-repeat': NoArguments
  'fix-save': NoArguments
  'fix-take-back': NoArguments
  'fix-take-back-sure': NoArguments
  'fix-take-back-yes': NoArguments
  'fix-take-back-no': NoArguments
  'fix-only-take-back': NoArguments
  'fix-gone': NoArguments
  'target-person': NoArguments
  'target-client': NoArguments
  'target-resident': NoArguments
  'target-third_party': NoArguments
  'kind-first': NoArguments
  'kind-returning': NoArguments
  'kind-unknown': NoArguments
  'kind-not_applicable': NoArguments
  'send-title': NoArguments
  'send-stopped': NoArguments
  'send-of': { n: MessageValue }
  'send-progress': NoArguments
  'send-rule': NoArguments
  'send-confirmed': { n: MessageValue }
  'send-waiting': { n: MessageValue }
  'send-attention': { n: MessageValue }
  'send-resume': NoArguments
  'send-copies': NoArguments
  'send-safe': { there: MessageValue; here: MessageValue }
  'send-stop': NoArguments
  'send-refused': { n: MessageValue }
  'send-refused-safe': { n: MessageValue }
  'send-phone': { n: MessageValue }
  'send-phone-own': { n: MessageValue }
  'send-phone-records': { n: MessageValue }
  'attention-title': NoArguments
  'attention-open': { n: MessageValue }
  'attention-row': { kind: MessageValue; n: MessageValue }
  'attention-too-large': NoArguments
  'attention-device': NoArguments
  'attention-version': NoArguments
  'attention-other': NoArguments
  'attention-safe': NoArguments
  'attention-none': NoArguments
  'kind-contact': NoArguments
  'kind-observation': NoArguments
  'kind-referral': NoArguments
  'kind-incident': NoArguments
  'kind-stock': NoArguments
  'kind-outing': NoArguments
  'receipt-title': NoArguments
  'receipt-figure': { n: MessageValue; total: MessageValue }
  'receipt-at': NoArguments
  'receipt-print': NoArguments
  'receipt-print-equal': NoArguments
  'receipt-records': { n: MessageValue }
  'receipt-seen': { n: MessageValue }
  'receipt-referrals': { n: MessageValue }
  'receipt-incidents': { n: MessageValue }
  'receipt-forget': { d: MessageValue }
  'receipt-forget-pending': NoArguments
  'receipt-forget-backup': NoArguments
  'receipt-forget-rest': NoArguments
  'receipt-forgotten': { d: MessageValue }
  'receipt-review-missing': NoArguments
  'receipt-good-night': NoArguments
  'pair-title': NoArguments
  'pair-how': NoArguments
  'pair-picture': NoArguments
  'pair-or-code': NoArguments
  'pair-word': NoArguments
  'pair-mismatch': NoArguments
  'pair-once': NoArguments
  'pair-done': NoArguments
  'pair-single': NoArguments
  'pair-both': NoArguments
  'pair-both-how': NoArguments
  'pair-both-same': NoArguments
  'pair-both-records': NoArguments
  'pair-both-stays': { code: MessageValue }
  'pair-join-recorded': NoArguments
  'pair-join': NoArguments
  'pair-show': NoArguments
  'pair-look': NoArguments
  'pair-stop': NoArguments
  'pair-camera': NoArguments
  'pair-photo': NoArguments
  'pair-no-code': NoArguments
  'pair-no-picture': NoArguments
  'pair-other-word': NoArguments
  'pair-same-word': NoArguments
  'union-title': NoArguments
  'union-this': NoArguments
  'union-other': NoArguments
  'union-missing': NoArguments
  'union-cards': { n: MessageValue }
  'union-sealed': { n: MessageValue }
  'union-together': { n: MessageValue }
  'union-kept': NoArguments
  'union-sealed-here': NoArguments
  'union-copy': NoArguments
  'union-pairs': { n: MessageValue }
  'union-pairs-who': NoArguments
  'union-safe': NoArguments
  'union-half': NoArguments
  'union-skip': NoArguments
  'union-save': NoArguments
  'union-saved': NoArguments
  'union-open': NoArguments
  'union-next': NoArguments
  'copy-title': NoArguments
  'copy-done': NoArguments
  'union-taken': { n: MessageValue }
  'union-nothing-new': NoArguments
  'union-own-file': NoArguments
  'union-other-outing': NoArguments
  'union-aside': { n: MessageValue }
  'desk-promise': NoArguments
  'desk-internal': NoArguments
  'desk-np': NoArguments
  'desk-missing': NoArguments
  'desk-unique': { a: MessageValue; b: MessageValue }
  'desk-nobed': NoArguments
  'desk-nonews': NoArguments
  'desk-revoke': NoArguments
  'desk-wipe': NoArguments
  'item-condom_ext': { n: MessageValue }
  'item-condom_ext_xl': { n: MessageValue }
  'item-condom_int': { n: MessageValue }
  'item-lubricant': { n: MessageValue }
  'item-dental_dam': { n: MessageValue }
  'item-sponge': { n: MessageValue }
  'item-wipes': { n: MessageValue }
  'item-pads': { n: MessageValue }
  'item-hygiene_kit': { n: MessageValue }
  'item-pregnancy_test': { n: MessageValue }
  'item-hiv_self_test': { n: MessageValue }
  'item-syringe_kit': { n: MessageValue }
  'item-naloxone': NoArguments
  'item-personal_alarm': { n: MessageValue }
  'item-thermal': { n: MessageValue }
  'item-hot_drink': { n: MessageValue }
  'item-snack': { n: MessageValue }
  'item-leaflet': { n: MessageValue }
  'item-short-hot_drink': { n: MessageValue }
  'role-operator': NoArguments
  'role-mediator': NoArguments
  'role-health': NoArguments
  'role-peer': NoArguments
  'role-driver': NoArguments
  'role-volunteer': NoArguments
  'role-civil_service': NoArguments
  'role-trainee': NoArguments
  'gender-woman': NoArguments
  'gender-trans_woman': NoArguments
  'gender-trans_man': NoArguments
  'gender-man': NoArguments
  'gender-other': NoArguments
  'gender-not_recorded': NoArguments
  'age-18_24': NoArguments
  'age-25_34': NoArguments
  'age-35_44': NoArguments
  'depth-supplies_only': NoArguments
  'depth-brief': NoArguments
  'depth-talk': NoArguments
  'depth-private_talk': NoArguments
  'depth-interrupted': NoArguments
  'depth-not_recorded': NoArguments
  'service-unit_intro': NoArguments
  'service-hr_info': NoArguments
  'service-condom_demo': NoArguments
  'service-sti_info': NoArguments
  'service-contraception_info': NoArguments
  'service-pregnancy_info': NoArguments
  'service-substance_talk': NoArguments
  'service-rights_info': NoArguments
  'service-antitrafficking_info': NoArguments
  'service-services_info': NoArguments
  'service-job_info': NoArguments
  'service-psych_support': NoArguments
  'service-rapid_test_offered': NoArguments
  'service-first_aid': NoArguments
  'service-emergency_handling': NoArguments
  'service-mediation': NoArguments
  'concern-not_assessed': NoArguments
  'concern-none_noted': NoArguments
  'concern-possible': NoArguments
  'concern-probable': NoArguments
  'concern-declared': NoArguments
  'flag-exit_request': NoArguments
  'flag-minor_protocol': NoArguments
  'flag-health_urgency': NoArguments
  'flag-violence_disclosed': NoArguments
  'flag-follow_up': NoArguments
  'dest-sti_clinic': NoArguments
  'dest-infectious_disease': NoArguments
  'dest-family_clinic': NoArguments
  'dest-pregnancy_termination': NoArguments
  'dest-emergency_dept': NoArguments
  'dest-migrant_clinic': NoArguments
  'dest-mental_health': NoArguments
  'dest-serd': NoArguments
  'dest-emergency_shelter': NoArguments
  'dest-escape_house': NoArguments
  'dest-semi_autonomy': NoArguments
  'dest-antitrafficking_desk': NoArguments
  'dest-helpline': NoArguments
  'dest-antiviolence_centre': NoArguments
  'dest-law_enforcement': NoArguments
  'dest-minor_protection': NoArguments
  'dest-assisted_return': NoArguments
  'dest-legal_advice': NoArguments
  'dest-asylum_commission': NoArguments
  'dest-cas': NoArguments
  'dest-questura_permit': NoArguments
  'dest-court': NoArguments
  'dest-social_services': NoArguments
  'dest-desk': NoArguments
  'dest-employment_centre': NoArguments
  'dest-career_orientation': NoArguments
  'dest-school_cpia': NoArguments
  'dest-training': NoArguments
  'dest-internship': NoArguments
  'dest-housing_low_threshold': NoArguments
  'dest-other': NoArguments
  'state-proposed': NoArguments
  'state-accepted': NoArguments
  'state-declined': NoArguments
  'state-booked': NoArguments
  'state-requested': NoArguments
  'state-accompanied': NoArguments
  'state-attended': NoArguments
  'state-no_show': NoArguments
  'state-handed_over': NoArguments
  'state-placed': NoArguments
  'state-no_place': NoArguments
  'state-closed': NoArguments
  'state-cancelled': NoArguments
  'state-lost': NoArguments
  'outcome-service_received': NoArguments
  'outcome-taken_in_charge': NoArguments
  'outcome-follow_up_planned': NoArguments
  'outcome-placed_elsewhere': NoArguments
  'outcome-refused_by_service': NoArguments
  'outcome-documents_missing': NoArguments
  'outcome-language_barrier': NoArguments
  'outcome-cost': NoArguments
  'outcome-person_withdrew': NoArguments
  'outcome-authority_informed': NoArguments
  'outcome-unknown': NoArguments
  'topic-hiv_sti': NoArguments
  'topic-contraception_pregnancy': NoArguments
  'topic-rights_documents': NoArguments
  'topic-helpline_card': NoArguments
  'topic-services_map': NoArguments
  'topic-substances': NoArguments
  'topic-safety': NoArguments
  'topic-health_access': NoArguments
  'origin-not_recorded': NoArguments
  'origin-oth_eu_east': NoArguments
  'origin-oth_europe': NoArguments
  'origin-oth_africa_west': NoArguments
  'origin-oth_africa': NoArguments
  'origin-oth_latam': NoArguments
  'origin-oth_asia': NoArguments
  'err-what': NoArguments
  'err-safe': NoArguments
  'err-do': NoArguments
  'err-code': { code: MessageValue }
  'error-CODICE-01-what': NoArguments
  'error-CODICE-01-safe': NoArguments
  'error-CODICE-01-do': NoArguments
  'error-CODICE-02-what': NoArguments
  'error-CODICE-02-safe': NoArguments
  'error-CODICE-02-do': NoArguments
  'error-CODICE-03-what': NoArguments
  'error-CODICE-03-safe': NoArguments
  'error-CODICE-03-do': NoArguments
  'error-CODICE-04-what': NoArguments
  'error-CODICE-04-safe': NoArguments
  'error-CODICE-04-do': NoArguments
  'error-CODICE-05-what': NoArguments
  'error-CODICE-05-safe': NoArguments
  'error-CODICE-05-do': NoArguments
  'error-CODICE-06-what': NoArguments
  'error-CODICE-06-safe': NoArguments
  'error-CODICE-06-do': NoArguments
  'error-TACCUINO-01-what': NoArguments
  'error-TACCUINO-01-safe': NoArguments
  'error-TACCUINO-01-do': NoArguments
  'error-TACCUINO-02-what': NoArguments
  'error-TACCUINO-02-safe': NoArguments
  'error-TACCUINO-02-do': NoArguments
  'error-TACCUINO-03-what': NoArguments
  'error-TACCUINO-03-safe': NoArguments
  'error-TACCUINO-03-do': NoArguments
  'error-TACCUINO-04-what': NoArguments
  'error-TACCUINO-04-safe': NoArguments
  'error-TACCUINO-04-do': NoArguments
  'error-TACCUINO-05-what': NoArguments
  'error-TACCUINO-05-safe': NoArguments
  'error-TACCUINO-05-do': NoArguments
  'error-TACCUINO-06-what': NoArguments
  'error-TACCUINO-06-safe': NoArguments
  'error-TACCUINO-06-do': NoArguments
  'error-TACCUINO-07-what': NoArguments
  'error-TACCUINO-07-safe': NoArguments
  'error-TACCUINO-07-do': NoArguments
  'error-TACCUINO-08-what': NoArguments
  'error-TACCUINO-08-safe': NoArguments
  'error-TACCUINO-08-do': NoArguments
  'error-TACCUINO-09-what': NoArguments
  'error-TACCUINO-09-safe': NoArguments
  'error-TACCUINO-09-do': NoArguments
  'error-TACCUINO-10-what': NoArguments
  'error-TACCUINO-10-safe': NoArguments
  'error-TACCUINO-10-do': NoArguments
  'error-SPAZIO-01-what': NoArguments
  'error-SPAZIO-01-safe': NoArguments
  'error-SPAZIO-01-do': NoArguments
  'error-CHIAVE-01-what': NoArguments
  'error-CHIAVE-01-safe': NoArguments
  'error-CHIAVE-01-do': NoArguments
  'error-CHIAVE-02-what': NoArguments
  'error-CHIAVE-02-safe': NoArguments
  'error-CHIAVE-02-do': NoArguments
  'error-CHIAVE-03-what': NoArguments
  'error-CHIAVE-03-safe': NoArguments
  'error-CHIAVE-03-do': NoArguments
  'error-ABBINAMENTO-01-what': NoArguments
  'error-ABBINAMENTO-01-safe': NoArguments
  'error-ABBINAMENTO-01-do': NoArguments
  'error-ABBINAMENTO-02-what': NoArguments
  'error-ABBINAMENTO-02-safe': NoArguments
  'error-ABBINAMENTO-02-do': NoArguments
  'error-ABBINAMENTO-03-what': NoArguments
  'error-ABBINAMENTO-03-safe': NoArguments
  'error-ABBINAMENTO-03-do': NoArguments
  'error-MANIFESTO-01-what': NoArguments
  'error-MANIFESTO-01-safe': NoArguments
  'error-MANIFESTO-01-do': NoArguments
  'error-MANIFESTO-02-what': NoArguments
  'error-MANIFESTO-02-safe': NoArguments
  'error-MANIFESTO-02-do': NoArguments
  'error-REG-01-what': NoArguments
  'error-REG-01-safe': NoArguments
  'error-REG-01-do': NoArguments
  'error-REG-02-what': NoArguments
  'error-REG-02-safe': NoArguments
  'error-REG-02-do': NoArguments
  'error-REG-03-what': NoArguments
  'error-REG-03-safe': NoArguments
  'error-REG-03-do': NoArguments
  'error-REG-04-what': NoArguments
  'error-REG-04-safe': NoArguments
  'error-REG-04-do': NoArguments
  'error-REG-05-what': NoArguments
  'error-REG-05-safe': NoArguments
  'error-REG-05-do': NoArguments
  'error-RUOLO-01-what': NoArguments
  'error-RUOLO-01-safe': NoArguments
  'error-RUOLO-01-do': NoArguments
  'error-STATO-01-what': NoArguments
  'error-STATO-01-safe': NoArguments
  'error-STATO-01-do': NoArguments
  'error-STATO-02-what': NoArguments
  'error-STATO-02-safe': NoArguments
  'error-STATO-02-do': NoArguments
  'error-RILASCIO-01-what': NoArguments
  'error-RILASCIO-01-safe': NoArguments
  'error-RILASCIO-01-do': NoArguments
  'error-RILASCIO-02-what': NoArguments
  'error-RILASCIO-02-safe': NoArguments
  'error-RILASCIO-02-do': NoArguments
  'error-RILASCIO-03-what': NoArguments
  'error-RILASCIO-03-safe': NoArguments
  'error-RILASCIO-03-do': NoArguments
  'error-RILASCIO-04-what': NoArguments
  'error-RILASCIO-04-safe': NoArguments
  'error-RILASCIO-04-do': NoArguments
  'error-RILASCIO-05-what': NoArguments
  'error-RILASCIO-05-safe': NoArguments
  'error-RILASCIO-05-do': NoArguments
  'error-RILASCIO-06-what': NoArguments
  'error-RILASCIO-06-safe': NoArguments
  'error-RILASCIO-06-do': NoArguments
  'error-RILASCIO-07-what': NoArguments
  'error-RILASCIO-07-safe': NoArguments
  'error-RILASCIO-07-do': NoArguments
  'error-RICEVUTA-01-what': NoArguments
  'error-RICEVUTA-01-safe': NoArguments
  'error-RICEVUTA-01-do': NoArguments
  'error-RICEVUTA-02-what': NoArguments
  'error-RICEVUTA-02-safe': NoArguments
  'error-RICEVUTA-02-do': NoArguments
  'error-SERVER-01-what': NoArguments
  'error-SERVER-01-safe': NoArguments
  'error-SERVER-01-do': NoArguments
  'error-FOGLIO-01-what': NoArguments
  'error-FOGLIO-01-safe': NoArguments
  'error-FOGLIO-01-do': NoArguments
  'error-FOGLIO-02-what': NoArguments
  'error-FOGLIO-02-safe': NoArguments
  'error-FOGLIO-02-do': NoArguments
  'error-FOGLIO-03-what': NoArguments
  'error-FOGLIO-03-safe': NoArguments
  'error-FOGLIO-03-do': NoArguments
  'error-FOGLIO-04-what': NoArguments
  'error-FOGLIO-04-safe': NoArguments
  'error-FOGLIO-04-do': NoArguments
  'error-RETE-01-what': NoArguments
  'error-RETE-01-safe': NoArguments
  'error-RETE-01-do': NoArguments
  'error-RETE-02-what': NoArguments
  'error-RETE-02-safe': NoArguments
  'error-RETE-02-do': NoArguments
  'error-RETE-03-what': NoArguments
  'error-RETE-03-safe': NoArguments
  'error-RETE-03-do': NoArguments
  'error-RETE-04-what': NoArguments
  'error-RETE-04-safe': NoArguments
  'error-RETE-04-do': NoArguments
  'error-RETE-05-what': NoArguments
  'error-RETE-05-safe': NoArguments
  'error-RETE-05-do': NoArguments
  'error-RETE-06-what': NoArguments
  'error-RETE-06-safe': NoArguments
  'error-RETE-06-do': NoArguments
  'error-FILE-01-what': NoArguments
  'error-FILE-01-safe': NoArguments
  'error-FILE-01-do': NoArguments
  'error-FILE-02-what': NoArguments
  'error-FILE-02-safe': NoArguments
  'error-FILE-02-do': NoArguments
  'error-FILE-03-what': NoArguments
  'error-FILE-03-safe': NoArguments
  'error-FILE-03-do': NoArguments
  'error-ORA-01-what': NoArguments
  'error-ORA-01-safe': NoArguments
  'error-ORA-01-do': NoArguments
  'error-REV-01-what': NoArguments
  'error-REV-01-safe': NoArguments
  'error-REV-01-do': NoArguments
  'error-REV-02-what': NoArguments
  'error-REV-02-safe': NoArguments
  'error-REV-02-do': NoArguments
  'error-INTERNO-01-what': NoArguments
  'error-INTERNO-01-safe': NoArguments
  'error-INTERNO-01-do': NoArguments
  'finding-V01': NoArguments
  'finding-V02': NoArguments
  'finding-V03': NoArguments
  'finding-V04': NoArguments
  'finding-V05': NoArguments
  'finding-V06': NoArguments
  'finding-V07': NoArguments
  'finding-V08': NoArguments
  'finding-V09': NoArguments
  'finding-V10': NoArguments
  'finding-V11': NoArguments
  'finding-V12': NoArguments
  'finding-V13': NoArguments
  'finding-V14': NoArguments
  'finding-V15': NoArguments
  'finding-V16': NoArguments
  'finding-V17': NoArguments
  'finding-V18': NoArguments
  'finding-V19': NoArguments
  'finding-V20': NoArguments
  'finding-V21': NoArguments
  'finding-V22': NoArguments
  'finding-V29': NoArguments
  'finding-V30': NoArguments
  'finding-V31': NoArguments
  'finding-V32': NoArguments
  'finding-V33': NoArguments
  'finding-V34': NoArguments
  'finding-V35': NoArguments
  'finding-V36': NoArguments
  'item-minus': { item: MessageValue }
  'item-plus': { item: MessageValue }
  'more-referrals-detail': NoArguments
  'err-title': NoArguments
  'review-contacts': { n: MessageValue }
  'shell-skip': NoArguments
  'shell-sections': NoArguments
  'shell-leave': NoArguments
  'shell-open-referrals': { n: MessageValue }
  'shell-open-outings': { n: MessageValue }
  'shell-open-depot': { n: MessageValue }
  'shell-open-devices': { n: MessageValue }
  'shell-open-lists': { n: MessageValue }
  'shell-units': { n: MessageValue }
  'access-title': NoArguments
  'access-whose': NoArguments
  'access-passphrase': NoArguments
  'access-enter': NoArguments
  'access-opening': NoArguments
  'access-help': NoArguments
  'access-change': NoArguments
  'access-change-back': NoArguments
  'access-now': NoArguments
  'access-new': NoArguments
  'access-again': NoArguments
  'access-change-note': NoArguments
  'access-change-do': NoArguments
  'access-mismatch': NoArguments
  'access-weak': NoArguments
  'week-nav': NoArguments
  'week-title': { n: MessageValue }
  'week-days': { from: MessageValue; to: MessageValue }
  'week-previous': NoArguments
  'week-next': NoArguments
  'week-print': NoArguments
  'week-face': NoArguments
  'week-internal': NoArguments
  'week-external': NoArguments
  'week-external-note': { k: MessageValue }
  'week-np': NoArguments
  'week-empty': NoArguments
  'week-lead-contacts': { n: MessageValue }
  'week-lead-outings': { n: MessageValue }
  'week-lead-with': NoArguments
  'week-lead-persons': { range: MessageValue }
  'week-lead-different': NoArguments
  'week-adds-up': { n: MessageValue }
  'week-section-people': NoArguments
  'week-section-work': NoArguments
  'week-section-referrals': NoArguments
  'week-why-small': { k: MessageValue }
  'week-why-complement': NoArguments
  'week-why-small-total': { k: MessageValue }
  'week-why-few-outings': NoArguments
  'week-why-audit': NoArguments
  'week-why-sensitive': NoArguments
  'week-unique': NoArguments
  'week-at-least': NoArguments
  'week-not-additive': NoArguments
  'week-nights': NoArguments
  'week-amended': { n: MessageValue }
  'week-mailbox': NoArguments
  'week-updated': { t: MessageValue }
  'week-never-updated': NoArguments
  'week-set-aside': { n: MessageValue }
  'week-update': NoArguments
  'week-updating': NoArguments
  'week-pulled': { n: MessageValue }
  'week-pulled-until': { day: MessageValue }
  'week-pulled-kept': NoArguments
  'desk-counting': { n: MessageValue; of: MessageValue }
  'desk-counting-bar': NoArguments
  'week-error-code': { code: MessageValue }
  'figure-contacts': NoArguments
  'figure-presences': NoArguments
  'figure-minutes': NoArguments
  'figure-staff': NoArguments
  'figure-km': NoArguments
  'figure-condoms': NoArguments
  'table-category': NoArguments
  'table-number': NoArguments
  'table-bar': NoArguments
  'table-gender': NoArguments
  'table-age': NoArguments
  'table-origin': NoArguments
  'table-zone': NoArguments
  'table-kind': NoArguments
  'table-depth': NoArguments
  'table-language': NoArguments
  'table-services': NoArguments
  'table-supplies': NoArguments
  'table-leaflets': NoArguments
  'table-observed': NoArguments
  'table-concern': NoArguments
  'table-referrals': NoArguments
  'table-referral-events': NoArguments
  'table-desk-topics': NoArguments
  'table-outing-type': NoArguments
  'table-events': NoArguments
  'table-incidents': NoArguments
  'table-not-recorded': NoArguments
  'table-other-not-recorded': NoArguments
  'table-other-languages': NoArguments
  'table-age-35': NoArguments
  'table-age-45': NoArguments
  'table-kind-first': NoArguments
  'table-kind-returning': NoArguments
  'table-kind-returning-or-unknown': NoArguments
  'macro-italy': NoArguments
  'macro-eu_east': NoArguments
  'macro-europe_non_eu': NoArguments
  'macro-africa_west': NoArguments
  'macro-africa_other': NoArguments
  'macro-latin_america': NoArguments
  'macro-asia': NoArguments
  'service-macro-health': NoArguments
  'service-macro-protection': NoArguments
  'service-macro-legal_asylum': NoArguments
  'service-macro-social_work_training': NoArguments
  'desk-topic-medical': NoArguments
  'desk-topic-legal': NoArguments
  'desk-topic-psychological': NoArguments
  'desk-topic-orientation': NoArguments
  'desk-topic-work': NoArguments
  'desk-topic-documents': NoArguments
  'desk-topic-other': NoArguments
  'event-citizens': NoArguments
  'event-institutions': NoArguments
  'event-school': NoArguments
  'event-training_operators': NoArguments
  'event-network_cas': NoArguments
  'event-network_table': NoArguments
  'event-residents_mediation': NoArguments
  'event-press': NoArguments
  'incident-third_party_control': NoArguments
  'incident-aggressive_client': NoArguments
  'incident-aggression_team': NoArguments
  'incident-violence_reported': NoArguments
  'incident-robbery': NoArguments
  'incident-police_check': NoArguments
  'incident-medical_emergency': NoArguments
  'incident-vehicle': NoArguments
  'incident-device_lost': NoArguments
  'incident-data_breach_suspected': NoArguments
  'incident-near_miss': NoArguments
  'devices-title': NoArguments
  'devices-sub': NoArguments
  'devices-table': NoArguments
  'devices-name': NoArguments
  'devices-assigned': NoArguments
  'devices-seen': NoArguments
  'devices-status': NoArguments
  'devices-acts-column': NoArguments
  'devices-role-member': NoArguments
  'devices-role-lead': NoArguments
  'devices-role-desk_worker': NoArguments
  'devices-role-case_worker': NoArguments
  'devices-role-coordinator': NoArguments
  'devices-role-admin': NoArguments
  'devices-own': NoArguments
  'devices-never-sent': NoArguments
  'devices-all-received': NoArguments
  'devices-not-copied': { n: MessageValue }
  'devices-silent': { n: MessageValue }
  'devices-revoked': NoArguments
  'devices-revoked-on': { day: MessageValue }
  'devices-forked': NoArguments
  'devices-wipe-ordered': NoArguments
  'devices-wipe-confirmed': NoArguments
  'devices-wipe-never-seen': NoArguments
  'devices-quarantine': { n: MessageValue }
  'devices-waiting': { n: MessageValue }
  'devices-open': { name: MessageValue }
  'devices-two-acts': { name: MessageValue }
  'devices-revoke': NoArguments
  'devices-revoke-what': { name: MessageValue }
  'devices-act-failed': NoArguments
  'devices-revoke-keeps': NoArguments
  'devices-revoke-do': { name: MessageValue }
  'devices-revoked-already': { name: MessageValue }
  'devices-wipe': NoArguments
  'devices-wipe-what': { name: MessageValue }
  'devices-wipe-loses': NoArguments
  'devices-wipe-code': NoArguments
  'devices-wipe-do': { name: MessageValue }
  'devices-wipe-sure': NoArguments
  'devices-law': NoArguments
  'devices-reason': NoArguments
  'devices-reason-lost': NoArguments
  'devices-reason-stolen': NoArguments
  'devices-reason-replaced': NoArguments
  'devices-reason-left': NoArguments
  'devices-quarantine-title': { name: MessageValue }
  'devices-quarantine-what': NoArguments
  'devices-waiting-what': NoArguments
  'devices-quarantine-fork': NoArguments
  'devices-release-elsewhere': NoArguments
  'devices-release-do': NoArguments
  'devices-drop-do': NoArguments
  'devices-drop-sure': { n: MessageValue; name: MessageValue }
  'devices-drop-yes': NoArguments
  'devices-dropped-title': { name: MessageValue }
  'devices-dropped-what': { n: MessageValue; day: MessageValue }
  'devices-take-back-do': NoArguments
  'devices-cancel': NoArguments
  'devices-history': NoArguments
  'devices-act-revoke': NoArguments
  'devices-act-wipe': NoArguments
  'devices-act-release': NoArguments
  'devices-act-drop': NoArguments
  'devices-act-take_back': NoArguments
  'devices-act-change_keys': NoArguments
  'devices-act-operations': { n: MessageValue }
  'devices-unpublished': NoArguments
  'devices-look': NoArguments
  'devices-looking': NoArguments
  'keys-title': NoArguments
  'keys-since': { day: MessageValue }
  'keys-old': NoArguments
  'keys-known': { n: MessageValue; names: MessageValue }
  'keys-what': NoArguments
  'keys-signer': NoArguments
  'keys-signer-when': NoArguments
  'keys-passphrase': NoArguments
  'keys-begin': NoArguments
  'keys-begun': { day: MessageValue }
  'keys-again': NoArguments
  'keys-later': NoArguments
  'keys-keep': NoArguments
  'keys-kept': NoArguments
  'keys-failed': NoArguments
  'keys-done': NoArguments
  'keys-done-old': NoArguments
  'keys-done-server': NoArguments
  'manifest-expires': { n: MessageValue }
  'manifest-expired': NoArguments
  'manifest-renew': NoArguments
  'standing-expires': { n: MessageValue }
  'standing-expired': NoArguments
  'more-revoked': NoArguments
  'releases-title': NoArguments
  'releases-new': NoArguments
  'releases-sub': NoArguments
  'releases-correct-title': { n: MessageValue }
  'releases-correct-sub': NoArguments
  'releases-correct-not': NoArguments
  'releases-recipient-label': NoArguments
  'releases-recipient-new': NoArguments
  'releases-recipient': { kind: MessageValue; name: MessageValue }
  'releases-rules': { step: MessageValue; k: MessageValue }
  'releases-rules-k': { k: MessageValue }
  'releases-kind-label': NoArguments
  'releases-kind-municipality': NoArguments
  'releases-kind-funder': NoArguments
  'releases-kind-network': NoArguments
  'releases-kind-press': NoArguments
  'releases-name-label': NoArguments
  'releases-step-label': NoArguments
  'releases-step-week': NoArguments
  'releases-step-month': NoArguments
  'releases-step-quarter': NoArguments
  'releases-step-half-year': NoArguments
  'releases-step-stays': { k: MessageValue }
  'releases-step-note-week': NoArguments
  'releases-step-note-month': NoArguments
  'releases-step-note-quarter': NoArguments
  'releases-step-note-half-year': NoArguments
  'releases-period-label': NoArguments
  'releases-weeks': NoArguments
  'releases-months': NoArguments
  'releases-quarters': NoArguments
  'releases-half-years': NoArguments
  'releases-no-period': NoArguments
  'releases-quarter': { n: MessageValue; year: MessageValue }
  'releases-half-year': { n: MessageValue; year: MessageValue }
  'releases-days': { from: MessageValue; to: MessageValue; year: MessageValue }
  'releases-days-apart': { from: MessageValue; to: MessageValue; year: MessageValue }
  'releases-format-label': NoArguments
  'releases-format-page': NoArguments
  'releases-format-page-note': NoArguments
  'releases-format-xlsx': NoArguments
  'releases-format-xlsx-note': NoArguments
  'releases-format-csv': NoArguments
  'releases-format-csv-note': NoArguments
  'releases-format-json': NoArguments
  'releases-format-json-note': NoArguments
  'releases-check-overlap': NoArguments
  'releases-check-subtraction': NoArguments
  'releases-to-come': { which: MessageValue }
  'releases-to-come-unit': { unit: MessageValue }
  'releases-to-come-more': { n: MessageValue }
  'releases-incomplete': NoArguments
  'releases-make': NoArguments
  'releases-making': NoArguments
  'releases-no-granularity': { clash: MessageValue }
  'releases-no-overlap': { period: MessageValue; clash: MessageValue }
  'releases-no-frozen': { period: MessageValue }
  'releases-no-rules': { period: MessageValue; clash: MessageValue }
  'releases-no-short': NoArguments
  'releases-no-threshold': NoArguments
  'releases-no-open': NoArguments
  'releases-no-open-until': { period: MessageValue; day: MessageValue }
  'releases-preview': NoArguments
  'releases-preview-stays': NoArguments
  'releases-preview-none': NoArguments
  'releases-few-outings': NoArguments
  'releases-preview-busy': NoArguments
  'releases-preview-refused': NoArguments
  'releases-column-table': NoArguments
  'releases-column-visible': NoArguments
  'releases-column-why': NoArguments
  'releases-visible': { n: MessageValue; all: MessageValue }
  'releases-none-out': NoArguments
  'releases-activity': NoArguments
  'releases-contacts': NoArguments
  'releases-sensitive': NoArguments
  'releases-unique-out': { k: MessageValue }
  'releases-unique-in': { k: MessageValue }
  'releases-table-accompaniments': NoArguments
  'releases-table-exit': NoArguments
  'releases-table-emergency': NoArguments
  'releases-table-minors': NoArguments
  'releases-table-sensitive-supplies': NoArguments
  'releases-table-gender-age': NoArguments
  'releases-table-gender-macro': NoArguments
  'releases-cat-requested': NoArguments
  'releases-cat-placed': NoArguments
  'releases-cat-no-place': NoArguments
  'releases-cat-contacts': NoArguments
  'releases-cat-observed': NoArguments
  'releases-why-small': { names: MessageValue; k: MessageValue }
  'releases-why-complement': { names: MessageValue }
  'releases-why-audit': { names: MessageValue }
  'releases-why-cells-small': { n: MessageValue; k: MessageValue }
  'releases-why-cells-complement': { n: MessageValue }
  'releases-why-cells-audit': { n: MessageValue }
  'releases-why-granularity': NoArguments
  'releases-why-sensitive': NoArguments
  'releases-why-merged': { period: MessageValue }
  'releases-wait-small': { n: MessageValue }
  'releases-wait-together': { n: MessageValue }
  'releases-wait-outings': { n: MessageValue }
  'releases-wait-audit': { n: MessageValue }
  'releases-ledger': NoArguments
  'releases-ledger-empty': NoArguments
  'releases-row': { n: MessageValue; who: MessageValue; period: MessageValue }
  'releases-row-note': { day: MessageValue; k: MessageValue; version: MessageValue }
  'releases-print': { print: MessageValue }
  'releases-all': { n: MessageValue }
  'releases-corrects': { n: MessageValue }
  'releases-corrected-by': { n: MessageValue }
  'releases-withdrawn-on': { day: MessageValue }
  'releases-published-on': { day: MessageValue }
  'releases-contested': NoArguments
  'releases-back': NoArguments
  'releases-acts': NoArguments
  'releases-made': { n: MessageValue }
  'releases-print-page': NoArguments
  'releases-save': { format: MessageValue }
  'releases-saved': { name: MessageValue }
  'releases-publish': NoArguments
  'releases-address': NoArguments
  'releases-new-password': NoArguments
  'releases-withdraw': NoArguments
  'releases-withdraw-sure': { n: MessageValue }
  'releases-withdraw-do': NoArguments
  'releases-withdraw-not': NoArguments
  'releases-correct': NoArguments
  'releases-again': NoArguments
  'releases-address-label': NoArguments
  'releases-password-label': NoArguments
  'releases-password-same': NoArguments
  'releases-password-once': NoArguments
  'releases-not-told': NoArguments
  'week-kind': NoArguments
  'week-kind-week': NoArguments
  'week-kind-month': NoArguments
  'week-kind-calendar': NoArguments
  'week-kind-quarter': NoArguments
  'week-kind-year': NoArguments
  'week-kind-project': NoArguments
  'week-title-quarter': { n: MessageValue; year: MessageValue }
  'week-title-year': { year: MessageValue }
  'week-title-project': NoArguments
  'week-whole-weeks': NoArguments
  'week-calendar-only': NoArguments
  'week-running': NoArguments
  'week-plan': { planned: MessageValue; done: MessageValue }
  'week-plan-more': { n: MessageValue }
  'week-plan-ahead': { n: MessageValue }
  'week-plan-cancelled': { n: MessageValue }
  'week-reviewed-all': NoArguments
  'week-reviewed-some': { n: MessageValue; of: MessageValue }
  'week-lead-observed': NoArguments
  'week-short-silent': { days: MessageValue }
  'week-short-unsigned': { days: MessageValue }
  'week-missing': NoArguments
  'week-unsigned': NoArguments
  'week-short-waiting': NoArguments
  'week-partial': NoArguments
  'week-so-far': NoArguments
  'week-only-inside': NoArguments
  'week-opens': NoArguments
  'week-figures': NoArguments
  'week-prepare': NoArguments
  'week-nights-n': { n: MessageValue }
  'week-linked': { linked: MessageValue; unlinked: MessageValue }
  'week-unique-how': NoArguments
  'week-section-hours': NoArguments
  'week-section-quality': NoArguments
  'week-print-foot': { version: MessageValue; k: MessageValue; programme: MessageValue; period: MessageValue }
  'week-completion-later': { date: MessageValue }
  'figure-contact-events': NoArguments
  'figure-groups': NoArguments
  'figure-first': NoArguments
  'figure-returning': NoArguments
  'figure-observed': NoArguments
  'figure-clients': NoArguments
  'figure-outings': NoArguments
  'figure-condoms-per-contact': NoArguments
  'figure-open-start': NoArguments
  'figure-opened': NoArguments
  'figure-ended': NoArguments
  'figure-open-end': NoArguments
  'figure-accompaniments': NoArguments
  'figure-accompaniment-time': NoArguments
  'figure-desk-accesses': NoArguments
  'figure-event-count': NoArguments
  'figure-event-people': NoArguments
  'figure-exit-requests': NoArguments
  'figure-minor-cards': NoArguments
  'figure-minors': NoArguments
  'figure-minors-seen': NoArguments
  'figure-emergency-requested': NoArguments
  'figure-emergency-placed': NoArguments
  'figure-emergency-none': NoArguments
  'figure-reviewed': NoArguments
  'figure-amendments': NoArguments
  'figure-completion': NoArguments
  'figure-continuity': NoArguments
  'figure-reached': NoArguments
  'figure-no-origin': NoArguments
  'figure-no-age': NoArguments
  'figure-no-gender': NoArguments
  'figure-no-kind': NoArguments
  'figure-sign-off': NoArguments
  'table-district': NoArguments
  'table-slot-band': NoArguments
  'table-leaflet-topics': NoArguments
  'table-outcomes': NoArguments
  'table-referral-services': NoArguments
  'table-unit': NoArguments
  'table-cancelled': NoArguments
  'table-type-minutes': NoArguments
  'table-org-minutes': NoArguments
  'table-role-minutes': NoArguments
  'table-severity': NoArguments
  'table-no-district': NoArguments
  'table-no-org': NoArguments
  'band-day': NoArguments
  'band-evening': NoArguments
  'band-late_evening': NoArguments
  'band-night': NoArguments
  'band-late_night': NoArguments
  'cancelled-weather': NoArguments
  'cancelled-staff': NoArguments
  'cancelled-vehicle': NoArguments
  'cancelled-safety': NoArguments
  'cancelled-holiday': NoArguments
  'cancelled-other': NoArguments
  'gap-no-place': { n: MessageValue }
  'gap-urgent': { n: MessageValue }
  'gap-silent': { n: MessageValue }
  'gap-no-news': { n: MessageValue }
  'gap-unsigned': { n: MessageValue; unit: MessageValue }
  'gap-amended-late': { n: MessageValue }
  'gap-waiting-steps': { n: MessageValue }
  'gap-set-aside': { n: MessageValue }
  'gap-open': NoArguments
  'trend-title': NoArguments
  'trend-note': NoArguments
  'trend-scale': { from: MessageValue; to: MessageValue; max: MessageValue }
  'trend-alt': { name: MessageValue; values: MessageValue }
  'trend-table': NoArguments
  'trend-week': NoArguments
  'trend-none': NoArguments
  'trend-silent': NoArguments
  'trend-partial': NoArguments
  'trend-referrals': NoArguments
  'explain-open': { name: MessageValue; value: MessageValue }
  'explain-indicator': { id: MessageValue }
  'explain-close': NoArguments
  'explain-nights': NoArguments
  'explain-weeks': NoArguments
  'explain-date': NoArguments
  'explain-outing': NoArguments
  'explain-week': NoArguments
  'explain-desk': NoArguments
  'explain-sum': NoArguments
  'explain-no-sum': NoArguments
  'explain-persons': NoArguments
  'explain-no-parts': NoArguments
  'explain-outside': NoArguments
  'explain-three': NoArguments
  'def-i01': NoArguments
  'def-i02': NoArguments
  'def-i03': NoArguments
  'def-i04': NoArguments
  'def-i05': NoArguments
  'def-i06': NoArguments
  'def-i07': NoArguments
  'def-i08': NoArguments
  'def-kind-unknown': NoArguments
  'def-i09': NoArguments
  'def-linked': NoArguments
  'def-i10': NoArguments
  'def-clients': NoArguments
  'def-i11': NoArguments
  'def-i12': NoArguments
  'def-i13': NoArguments
  'def-i14': NoArguments
  'def-i15': NoArguments
  'def-i15-stock': NoArguments
  'def-i16': NoArguments
  'def-i16b': NoArguments
  'def-i17': NoArguments
  'def-i18': NoArguments
  'def-i19': NoArguments
  'def-i20': NoArguments
  'def-i25': NoArguments
  'def-i27': NoArguments
  'def-minor-protocol': NoArguments
  'def-i28': NoArguments
  'def-i29': NoArguments
  'def-i30': NoArguments
  'def-i31': NoArguments
  'def-i32': NoArguments
  'def-i33': NoArguments
  'def-i35': NoArguments
  'def-i36': NoArguments
  'def-i37': NoArguments
  'def-i38': NoArguments
  'def-slot': NoArguments
  'def-depth': NoArguments
  'def-amendments': NoArguments
  'outings-title': NoArguments
  'outings-sub': NoArguments
  'outings-plan': NoArguments
  'outings-earlier': NoArguments
  'outings-later': NoArguments
  'outings-today': NoArguments
  'outings-now': NoArguments
  'outings-unit': NoArguments
  'outings-unit-all': NoArguments
  'outings-table': NoArguments
  'outings-week': NoArguments
  'outings-legend': NoArguments
  'outings-done': NoArguments
  'outings-planned': NoArguments
  'outings-unsigned': NoArguments
  'outings-no-news': NoArguments
  'outings-cancelled': NoArguments
  'outings-cancelled-why': { why: MessageValue }
  'outings-records': { n: MessageValue; of: MessageValue }
  'outings-people': { n: MessageValue }
  'outings-moved': { from: MessageValue }
  'outings-moved-why': { from: MessageValue; why: MessageValue }
  'outings-unplanned': NoArguments
  'outings-unplanned-long': NoArguments
  'outings-reason-weather': NoArguments
  'outings-reason-staff': NoArguments
  'outings-reason-vehicle': NoArguments
  'outings-reason-safety': NoArguments
  'outings-reason-holiday': NoArguments
  'outings-reason-other': NoArguments
  'outings-planned-done': { planned: MessageValue; done: MessageValue; as_planned: MessageValue; cancelled: MessageValue }
  'outings-silent': NoArguments
  'outings-silent-do': NoArguments
  'outings-unsigned-note': { n: MessageValue }
  'outings-one': { type: MessageValue; day: MessageValue; unit: MessageValue }
  'outings-close': NoArguments
  'outings-first': NoArguments
  'outings-returning': NoArguments
  'outings-referrals': NoArguments
  'outings-incidents': NoArguments
  'outings-hours': { from: MessageValue; to: MessageValue }
  'outings-received': { n: MessageValue; of: MessageValue }
  'outings-signed-after': { n: MessageValue }
  'outings-versions': NoArguments
  'outings-version': NoArguments
  'outings-signed-by': NoArguments
  'outings-signed-on': NoArguments
  'outings-why': NoArguments
  'outings-counts': NoArguments
  'outings-counts-yes': NoArguments
  'outings-counts-no': NoArguments
  'outings-signature': NoArguments
  'outings-amendment': { n: MessageValue }
  'outings-contested': NoArguments
  'outings-reason': NoArguments
  'outings-choose': NoArguments
  'outings-cancel': NoArguments
  'outings-cancel-do': NoArguments
  'outings-move': NoArguments
  'outings-move-to': NoArguments
  'outings-move-do': NoArguments
  'outings-restore': NoArguments
  'outings-withdraw-what': NoArguments
  'outings-withdraw': NoArguments
  'outings-plan-title': NoArguments
  'outings-type': NoArguments
  'outings-first-day': NoArguments
  'outings-every-week': NoArguments
  'outings-weeks': NoArguments
  'outings-plan-once': { day: MessageValue }
  'outings-plan-many': { n: MessageValue; day: MessageValue }
  'depot-title': NoArguments
  'depot-sub': NoArguments
  'depot-count': NoArguments
  'depot-delivery': NoArguments
  'depot-table': NoArguments
  'depot-item': NoArguments
  'depot-stock': NoArguments
  'depot-out': { week: MessageValue }
  'depot-mean': { n: MessageValue }
  'depot-mean-none': NoArguments
  'depot-cover': NoArguments
  'depot-cover-label': { cover: MessageValue; threshold: MessageValue }
  'depot-uncounted': NoArguments
  'depot-recount': NoArguments
  'depot-short': NoArguments
  'depot-unused': NoArguments
  'depot-ordered': { n: MessageValue }
  'depot-sensitive': NoArguments
  'depot-leaflet': { language: MessageValue }
  'depot-foot': { threshold: MessageValue }
  'depot-foot-weeks': { n: MessageValue }
  'depot-foot-sensitive': NoArguments
  'depot-orders': NoArguments
  'depot-orders-none': NoArguments
  'depot-order-leaflets': { n: MessageValue; language: MessageValue }
  'depot-order-covers': { n: MessageValue }
  'depot-order-least': NoArguments
  'depot-order-print': NoArguments
  'depot-order-do': NoArguments
  'depot-order-title': NoArguments
  'depot-balance': NoArguments
  'depot-balance-rule': NoArguments
  'depot-balance-none': NoArguments
  'depot-loaded': NoArguments
  'depot-handed-out': NoArguments
  'depot-returned': NoArguments
  'depot-lost': NoArguments
  'depot-adjusted': NoArguments
  'depot-difference': NoArguments
  'depot-night': { day: MessageValue; type: MessageValue }
  'depot-counts': NoArguments
  'depot-counted-on': NoArguments
  'depot-counted': NoArguments
  'depot-against': NoArguments
  'depot-week-previous': NoArguments
  'depot-week-next': NoArguments
  'depot-count-title': NoArguments
  'depot-count-what': NoArguments
  'depot-delivery-title': NoArguments
  'depot-delivery-what': NoArguments
  'depot-add-language': NoArguments
  'depot-save': NoArguments
  'depot-save-none': NoArguments
  'board-title': NoArguments
  'board-tabs': NoArguments
  'board-sub': { n: MessageValue; day: MessageValue }
  'board-filter': NoArguments
  'board-open': NoArguments
  'board-ended': NoArguments
  'board-all': NoArguments
  'board-new': NoArguments
  'board-new-after': { code: MessageValue }
  'board-new-note': NoArguments
  'board-written': { code: MessageValue }
  'board-no-place': { n: MessageValue }
  'board-no-place-one': { service: MessageValue; day: MessageValue }
  'board-no-place-never': NoArguments
  'board-placed': { n: MessageValue; day: MessageValue }
  'board-take': NoArguments
  'board-urgent': { n: MessageValue }
  'board-silent': { n: MessageValue }
  'board-overdue-no-place': NoArguments
  'board-overdue-urgent': NoArguments
  'board-overdue-silent': NoArguments
  'board-none-open': NoArguments
  'board-none-ended': NoArguments
  'board-more': { n: MessageValue }
  'board-events-waiting': { n: MessageValue }
  'board-updated': { at: MessageValue }
  'board-table': NoArguments
  'board-axis': { from: MessageValue; to: MessageValue }
  'board-today': NoArguments
  'board-state': NoArguments
  'board-days': NoArguments
  'board-act': NoArguments
  'board-immediate': NoArguments
  'board-72h': NoArguments
  'board-routine': NoArguments
  'board-from-desk': NoArguments
  'board-follows': { code: MessageValue }
  'board-followed-by': { codes: MessageValue }
  'board-lost-by-itself': NoArguments
  'board-lost-why': NoArguments
  'board-lost-on': { day: MessageValue }
  'board-lost-rule': { n: MessageValue }
  'board-do': NoArguments
  'board-see': NoArguments
  'board-do-answer': NoArguments
  'board-do-book': NoArguments
  'board-do-accompany': NoArguments
  'board-do-new-date': NoArguments
  'board-do-retry': NoArguments
  'board-what-now': { code: MessageValue }
  'board-happened': NoArguments
  'board-then': NoArguments
  'board-nothing-else': NoArguments
  'board-day': NoArguments
  'board-together': NoArguments
  'board-staff': NoArguments
  'board-consent': NoArguments
  'board-chain': NoArguments
  'board-company': NoArguments
  'board-open-next': NoArguments
  'board-language': NoArguments
  'board-language-none': NoArguments
  'board-reason-emergency': NoArguments
  'board-take-back': NoArguments
  'board-take-back-stays': NoArguments
  'board-why': NoArguments
  'board-why-mistyped': NoArguments
  'board-why-twice': NoArguments
  'board-why-misplaced': NoArguments
  'board-why-learnt-later': NoArguments
  'board-cancel': NoArguments
  'board-week': { from: MessageValue; to: MessageValue }
  'board-flow-start': { n: MessageValue }
  'board-flow-new': { n: MessageValue }
  'board-flow-ended': { n: MessageValue }
  'board-flow-end': { n: MessageValue }
  'board-completion-later': { n: MessageValue; day: MessageValue }
  'board-completion': { n: MessageValue; day: MessageValue; done: MessageValue }
  'board-completion-share': { day: MessageValue; done: MessageValue; n: MessageValue; share: MessageValue }
  'office-title': NoArguments
  'office-sub': NoArguments
  'office-new': NoArguments
  'office-access': NoArguments
  'office-event': NoArguments
  'office-incident': NoArguments
  'office-accesses': NoArguments
  'office-events': NoArguments
  'office-incidents': NoArguments
  'office-severity': NoArguments
  'office-severity-line': { severity: MessageValue }
  'office-total': NoArguments
  'office-topic': NoArguments
  'office-who': NoArguments
  'office-how-long': NoArguments
  'office-under-15': NoArguments
  'office-15-45': NoArguments
  'office-over-45': NoArguments
  'office-for-whom': NoArguments
  'office-participants': NoArguments
  'office-people': { n: MessageValue }
  'office-saved': NoArguments
  'office-none': NoArguments
  'office-rows': NoArguments
  'office-kind': NoArguments
  'office-what': NoArguments
  'office-of-night': { unit: MessageValue }
  'office-corrected': { n: MessageValue }
  'office-correct': NoArguments
  'office-take-away': NoArguments
  'office-stays': NoArguments
  'office-do-correct': NoArguments
  'office-do-take-away': NoArguments
  'office-register': NoArguments
  'office-taken-away': NoArguments
  'office-referral': { code: MessageValue }
  'office-company': { code: MessageValue }
  'office-events-sum': { n: MessageValue; minutes: MessageValue }
  'office-debriefs': { n: MessageValue }
  'lists-title': NoArguments
  'lists-sub': NoArguments
  'lists-tab-services': NoArguments
  'lists-tab-zones': NoArguments
  'lists-tab-origins': NoArguments
  'lists-tab-kits': NoArguments
  'lists-tab-team': NoArguments
  'lists-tab-rules': NoArguments
  'lists-services-sub': NoArguments
  'lists-zones-sub': NoArguments
  'lists-origins-sub': { n: MessageValue }
  'lists-kits-sub': NoArguments
  'lists-team-sub': NoArguments
  'lists-rules-sub': NoArguments
  'lists-acts': NoArguments
  'lists-code': NoArguments
  'lists-name': NoArguments
  'lists-district': NoArguments
  'lists-inside': NoArguments
  'lists-expected': NoArguments
  'lists-at-least': { n: MessageValue }
  'lists-yes': NoArguments
  'lists-no': NoArguments
  'lists-nothing': NoArguments
  'lists-service': NoArguments
  'lists-hours': NoArguments
  'lists-hours-unknown': NoArguments
  'lists-hours-add': NoArguments
  'lists-every-day': NoArguments
  'lists-all-day': NoArguments
  'lists-days-of-week': NoArguments
  'lists-from': NoArguments
  'lists-to': NoArguments
  'lists-languages': NoArguments
  'lists-document': NoArguments
  'lists-doc-none': NoArguments
  'lists-doc-stp_eni': NoArguments
  'lists-doc-id': NoArguments
  'lists-doc-permit': NoArguments
  'lists-verified': NoArguments
  'lists-verify': NoArguments
  'lists-verify-of': { name: MessageValue }
  'lists-days': { n: MessageValue }
  'lists-protected': NoArguments
  'lists-services-none': NoArguments
  'lists-service-add': NoArguments
  'lists-service-name-what': NoArguments
  'lists-kind': NoArguments
  'lists-phone': NoArguments
  'lists-free': NoArguments
  'lists-walk-in': NoArguments
  'lists-accompany': NoArguments
  'lists-women': NoArguments
  'lists-country': NoArguments
  'lists-country-code': NoArguments
  'lists-area': NoArguments
  'lists-origin-add': NoArguments
  'lists-origins-rest': { names: MessageValue }
  'lists-kit-add': NoArguments
  'lists-kit-code': NoArguments
  'lists-contents': NoArguments
  'lists-item': NoArguments
  'lists-pieces': NoArguments
  'lists-item-add': NoArguments
  'lists-item-away': NoArguments
  'lists-item-away-of': { name: MessageValue }
  'lists-units': NoArguments
  'lists-operators': NoArguments
  'lists-org': NoArguments
  'lists-org-of-unit': NoArguments
  'lists-works-for': NoArguments
  'lists-works-for-of': { name: MessageValue }
  'lists-unit-in-use': NoArguments
  'lists-unit-add': NoArguments
  'lists-operator-add': NoArguments
  'lists-operator-what': NoArguments
  'lists-org-add': NoArguments
  'lists-zone-add': NoArguments
  'lists-zone-name': NoArguments
  'lists-edit': NoArguments
  'lists-edit-of': { name: MessageValue }
  'lists-retire': NoArguments
  'lists-retire-of': { name: MessageValue }
  'lists-restore': NoArguments
  'lists-restore-of': { name: MessageValue }
  'lists-out': { n: MessageValue }
  'lists-put': NoArguments
  'lists-cancel': NoArguments
  'lists-merge': NoArguments
  'lists-merge-of': { name: MessageValue }
  'lists-merge-title': { name: MessageValue }
  'lists-merge-what': NoArguments
  'lists-merge-into': NoArguments
  'lists-merged-name': { one: MessageValue; other: MessageValue }
  'lists-merge-go': NoArguments
  'lists-proposals': NoArguments
  'lists-proposals-none': NoArguments
  'lists-rare': { area: MessageValue }
  'lists-thin': NoArguments
  'lists-move': NoArguments
  'lists-move-of': { name: MessageValue }
  'lists-keep': NoArguments
  'lists-keep-of': { name: MessageValue }
  'lists-elsewhere': NoArguments
  'lists-unpublished': NoArguments
  'lists-publish': NoArguments
  'lists-sent': { n: MessageValue }
  'lists-changes': { n: MessageValue }
  'lists-faults': NoArguments
  'lists-sign-what': NoArguments
  'lists-sign': NoArguments
  'lists-drop': NoArguments
  'lists-added': NoArguments
  'lists-changed': NoArguments
  'lists-retired': NoArguments
  'lists-restored': NoArguments
  'lists-removed': NoArguments
  'lists-field-changed': { field: MessageValue }
  'lists-of-setting': NoArguments
  'lists-of-org': NoArguments
  'lists-of-unit': NoArguments
  'lists-of-operator': NoArguments
  'lists-of-zone': NoArguments
  'lists-of-nationality': NoArguments
  'lists-of-kit': NoArguments
  'lists-of-service': NoArguments
  'lists-fault-removed': NoArguments
  'lists-fault-twice': NoArguments
  'lists-fault-code': NoArguments
  'lists-fault-label': NoArguments
  'lists-fault-street': NoArguments
  'lists-fault-thin': NoArguments
  'lists-fault-in_use': NoArguments
  'lists-fault-empty': NoArguments
  'lists-fault-countries': NoArguments
  'lists-fault-area': NoArguments
  'lists-fault-residual': NoArguments
  'lists-fault-org': NoArguments
  'lists-fault-contents': NoArguments
  'lists-fault-phone': NoArguments
  'lists-fault-opening': NoArguments
  'lists-fault-date': NoArguments
  'lists-fault-range': NoArguments
  'lists-set-name': NoArguments
  'lists-set-end': NoArguments
  'lists-set-k': NoArguments
  'lists-set-period': NoArguments
  'lists-set-phone': NoArguments
  'lists-set-minor': NoArguments
  'lists-set-visible': NoArguments
  'lists-set-lock': NoArguments
  'lists-set-forget': NoArguments
  'lists-set-lost': NoArguments
  'lists-set-order-below': NoArguments
  'lists-set-order-for': NoArguments
  'lists-k-what': NoArguments
  'lists-minor-what': NoArguments
  'lists-began': { day: MessageValue }
  'lists-range': { unit: MessageValue; from: MessageValue; to: MessageValue }
  'lists-unit-records': NoArguments
  'lists-unit-seconds': NoArguments
  'lists-unit-days': NoArguments
  'lists-unit-weeks': NoArguments
  'lists-period-week': NoArguments
  'lists-period-month': NoArguments
  'lists-period-quarter': NoArguments
  'lists-period-half-year': NoArguments
  'lists-words': NoArguments
  'lists-words-what': { n: MessageValue }
  'devices-add': NoArguments
  'devices-add-role': NoArguments
  'devices-add-unit': NoArguments
  'devices-add-signs': NoArguments
  'devices-add-reads': NoArguments
  'devices-add-typed': NoArguments
  'devices-add-draw': NoArguments
  'devices-add-picture': NoArguments
  'devices-add-server': NoArguments
  'devices-add-spoken': NoArguments
  'devices-add-until': { time: MessageValue }
  'devices-add-useless': NoArguments
  'devices-add-look': NoArguments
  'devices-add-nobody': NoArguments
  'devices-add-close': NoArguments
  'devices-add-waits': NoArguments
  'devices-add-compare': NoArguments
  'devices-add-same': NoArguments
  'devices-add-differ': NoArguments
  'register-title': NoArguments
  'register-sub': NoArguments
  'register-parts': NoArguments
  'register-part-all': NoArguments
  'register-part-reviews': NoArguments
  'register-part-releases': NoArguments
  'register-part-devices': NoArguments
  'register-part-lists': NoArguments
  'register-day': NoArguments
  'register-who': NoArguments
  'register-act': NoArguments
  'register-about': NoArguments
  'register-before': NoArguments
  'register-after': NoArguments
  'register-line': NoArguments
  'register-none': NoArguments
  'register-more': NoArguments
  'register-whole': { n: MessageValue; head: MessageValue; lines: MessageValue }
  'register-broken': { n: MessageValue }
  'register-foot': NoArguments
  'register-enrolled': NoArguments
  'register-revoked': NoArguments
  'register-wipe-ordered': NoArguments
  'register-let-in': NoArguments
  'register-dropped': NoArguments
  'register-taken-back': NoArguments
  'register-keys-changed': NoArguments
  'register-signed': NoArguments
  'register-amended': NoArguments
  'register-corrected': NoArguments
  'register-released': NoArguments
  'register-published': NoArguments
  'register-withdrawn': NoArguments
  'register-exported': NoArguments
  'register-changed': NoArguments
  'register-night': { unit: MessageValue; day: MessageValue }
  'register-night-amended': { unit: MessageValue; day: MessageValue; n: MessageValue }
  'register-day-entry': NoArguments
  'register-release': { n: MessageValue }
  'register-release-to': { n: MessageValue; period: MessageValue; recipient: MessageValue }
  'register-release-file': { n: MessageValue; format: MessageValue }
  'register-tally-file': { first: MessageValue; last: MessageValue; format: MessageValue }
  'register-register-file': { n: MessageValue }
  'register-export': NoArguments
  'register-export-done': { n: MessageValue; path: MessageValue }
  'register-export-by-programme': NoArguments
  'register-export-by-desk': NoArguments
  'found-doors': NoArguments
  'found-new': NoArguments
  'found-new-what': NoArguments
  'found-join': NoArguments
  'found-join-what': NoArguments
  'found-again': NoArguments
  'found-again-what': NoArguments
  'found-back': NoArguments
  'found-kept': NoArguments
  'found-steps': NoArguments
  'found-step-key': NoArguments
  'found-step-programme': NoArguments
  'found-step-server': NoArguments
  'found-step-sheet': NoArguments
  'found-step-lists': NoArguments
  'found-step-publish': NoArguments
  'found-step-done': NoArguments
  'found-next': NoArguments
  'found-working': NoArguments
  'found-pass-title': NoArguments
  'found-pass-what': NoArguments
  'found-pass': NoArguments
  'found-pass-again': NoArguments
  'found-pass-differ': NoArguments
  'found-pass-refused': NoArguments
  'found-pass-fair': NoArguments
  'found-pass-good': NoArguments
  'found-pass-make': NoArguments
  'found-pass-making': NoArguments
  'found-pass-again-help': NoArguments
  'found-prog-title': NoArguments
  'found-prog-name': NoArguments
  'found-prog-orgs': NoArguments
  'found-prog-unit': NoArguments
  'found-prog-unit-hint': NoArguments
  'found-server-title': NoArguments
  'found-server-what': NoArguments
  'found-server-give': NoArguments
  'found-server-paste': NoArguments
  'found-server-file': NoArguments
  'found-server-check': NoArguments
  'found-server-checking': NoArguments
  'found-server-there': { server: MessageValue }
  'found-server-away': NoArguments
  'found-server-none': NoArguments
  'found-server-none-what': NoArguments
  'found-server-unread': NoArguments
  'found-server-add': NoArguments
  'found-server-missing': NoArguments
  'found-sheet-title': NoArguments
  'found-sheet-head': NoArguments
  'found-sheet-programme': NoArguments
  'found-sheet-date': NoArguments
  'found-sheet-what': NoArguments
  'found-sheet-keep': NoArguments
  'found-sheet-follows': NoArguments
  'found-sheet-words': NoArguments
  'found-sheet-key': NoArguments
  'found-sheet-picture': NoArguments
  'found-sheet-admin': NoArguments
  'found-sheet-how': NoArguments
  'found-sheet-once': NoArguments
  'found-sheet-print': NoArguments
  'found-sheet-have': NoArguments
  'found-sheet-ask': NoArguments
  'found-sheet-ask-what': NoArguments
  'found-sheet-word': { n: MessageValue }
  'found-sheet-check': NoArguments
  'found-sheet-wrong': NoArguments
  'found-sheet-show': NoArguments
  'found-lists-title': NoArguments
  'found-lists-what': { n: MessageValue }
  'found-lists-zone': NoArguments
  'found-lists-expected': NoArguments
  'found-lists-inside': NoArguments
  'found-lists-add': NoArguments
  'found-lists-drop': { name: MessageValue }
  'found-lists-crew': NoArguments
  'found-lists-phone': NoArguments
  'found-lists-k': NoArguments
  'found-lists-period': NoArguments
  'found-lists-rest': NoArguments
  'found-lists-faults': NoArguments
  'found-end-title': NoArguments
  'found-end-what': NoArguments
  'found-end-none': NoArguments
  'found-end-send': NoArguments
  'found-end-sending': NoArguments
  'found-end-finish': NoArguments
  'found-end-unknown': NoArguments
  'found-end-other': NoArguments
  'found-end-stale': NoArguments
  'found-end-later': NoArguments
  'found-end-again': NoArguments
  'found-end-recovered': NoArguments
  'found-join-title': NoArguments
  'found-join-how': NoArguments
  'found-join-server': NoArguments
  'found-join-code': NoArguments
  'found-join-go': NoArguments
  'found-join-words': NoArguments
  'found-join-words-what': NoArguments
  'found-join-same': NoArguments
  'found-join-differ': NoArguments
  'found-join-wait': NoArguments
  'found-join-look': NoArguments
  'found-again-title': NoArguments
  'found-again-words': NoArguments
  'found-again-folder': NoArguments
  'found-again-folder-hint': NoArguments
  'found-again-pass': NoArguments
  'found-again-go': NoArguments
  'found-again-going': NoArguments
  'found-again-word': { n: MessageValue }
  'found-again-came': { n: MessageValue }
  'found-again-missing': { n: MessageValue }
  'found-again-unread': { files: MessageValue }
  'found-again-on': NoArguments
  'found-again-new-sheet': NoArguments
  'found-minor-stay': NoArguments
  'found-minor-danger': NoArguments
  'found-minor-call': NoArguments
  'found-minor-ask': NoArguments
}

/** Key of a message. */
export type MessageKey = keyof Messages
/** Key of a message that needs no arguments, such as the label of an answer. */
export type PlainKey = { [K in MessageKey]: keyof Messages[K] extends never ? K : never }[MessageKey]
