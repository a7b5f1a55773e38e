## App
app-name = Uscita
app-back = Indietro
app-close = Chiudi
app-hide = Nascondi
app-save = Salva
app-next = Avanti
app-cancel = Annulla
app-retry = Riprova ora
app-later = Più tardi
app-loading = Un momento…
app-unknown = Non so
app-leave = Lascia senza salvare

## Lock (Codice)
lock-title = Codice
lock-wrong = Codice errato.
lock-safe = Nulla è andato perso.
lock-wait =
    Riprova tra { $n ->
        [one] { $n } secondo
       *[other] { $n } secondi
    }.
lock-wait-minutes =
    Riprova tra { $n ->
        [one] { $n } minuto
       *[other] { $n } minuti
    }.
lock-forgot = Codice dimenticato
lock-forgot-help = Chiedi a chi coordina. Le registrazioni restano al sicuro.
lock-dots =
    { $n ->
        [one] { $n } cifra inserita
       *[other] { $n } cifre inserite
    } su { $total }
lock-delete = Cancella

## First start of a phone
enrol-title = Nuovo telefono
enrol-intro = Chi coordina ti dà un indirizzo e un codice che vale 15 minuti.
enrol-link = Collegamento
enrol-link-hint = Se l’hai ricevuto, incollalo qui: basta questo.
enrol-server = Indirizzo del server
enrol-code = Codice di 10 caratteri
enrol-code-hint = Lettere e cifre, senza I, L, O e U.
enrol-pin-choose = Scegli il codice di questo telefono
enrol-pin-note = Sei cifre. Non una data, non cifre in fila.
enrol-pin-again = Ripeti il codice
enrol-pin-mismatch = I due codici erano diversi. Scegli di nuovo.
enrol-words = Leggete le parole ad alta voce
enrol-words-check = Devono essere le stesse sullo schermo di chi coordina. Se una è diversa, fermatevi.
enrol-waiting = Aspetto la conferma di chi coordina
enrol-check = Controlla ora

## Start (Stanotte)
start-title = Stanotte
start-type = Tipo
start-type-night = Notturna
start-type-day = Diurna
start-type-mapping = Mappatura
start-type-indoor = Indoor
start-type-labour = Sfruttamento lavorativo
start-type-joint = Congiunta
start-type-other = Altro tipo
start-crew = Equipaggio
start-crew-choose = da scegliere
start-crew-add = Aggiungi persona
start-crew-remove = Togli { $code }
start-crew-short = Si esce in due. Motivo?
start-crew-code = Codice
start-crew-role = Ruolo
start-this-phone = questo telefono
start-bag = Borsa di questo telefono
start-bag-more =
    { $n ->
        [one] Altro { $n } materiale
       *[other] Altri { $n } materiali
    }
start-bag-last = ultima volta { $n }
start-zones = Zone previste
start-go = Inizia l’uscita
start-offline = Funziona senza rete fino alla chiusura.

## State of the records
sync-local =
    Solo su questo telefono, { $n ->
        [one] { $n } registrazione
       *[other] { $n } registrazioni
    }
sync-waiting = In attesa di invio, { $n }
sync-sending = Invio, { $a } di { $b }
sync-received = { $b } di { $b } ricevuti alle { $t }
sync-attention = { $n } da guardare
sync-forgotten = Dettagli dimenticati il { $d }

## Contacts
contact-title = Stanotte, { $zone }
contact-tally = Stanotte e borsa
contact-zone = Zona
contact-woman = Donna
contact-trans = Trans
contact-man = Uomo
contact-known = già nota
contact-known-m = già noto
contact-first = prima volta
contact-unknown-kind = non so se già nota
contact-group = Gruppo
contact-group-of = Gruppo di { $n }
contact-seen = Vista
contact-seen-count = { $n } stanotte
contact-saved = Salvata
contact-undo = Annulla
contact-undone = Annullata
contact-more = Altro
contact-todo-count = { $n } da completare
contact-empty = Ancora nessuno stanotte
contact-people =
    { $n ->
        [one] persona
       *[other] persone
    }
contact-kit = kit { $kit }
contact-no-kit = senza materiali

## Emergency
em-button = Emergenza
em-hold = tieni premuto
em-open = { $zone }. Aperta adesso.
em-what = Che cosa succede
em-leave = Vuole uscire ora
em-minor = Minore
em-ill = Ferita o malore
em-call = Chiama
em-112 = pericolo immediato
em-helpline = numero verde, 24 ore su 24
em-coord = Chi coordina
em-coord-on-call = reperibile stanotte
em-coord-none = numero non impostato
em-note = Prima la persona. Invio «subito» già aperto: lo completi dopo.
em-minor-done = Già attivato
em-minor-ask = Tutela minori: avvisa chi coordina e il 112.
em-close = Chiudi la scheda

## Kit
kit-title = Che cosa è uscito dalla borsa
kit-group = Kit
kit-base = Base
kit-double = Doppio
kit-trans = Trans
kit-hot = Solo caldo
kit-none = Niente
kit-other = Altri materiali
kit-other-hint = bevande, test, salviette…
kit-line =
    { $n ->
        [one] Esce { $list }
       *[other] Escono { $list }
    }. Ne restano { $left }.
kit-line-nothing = Non esce niente.
kit-over = Usciti più dei caricati: correggi il carico alla chiusura.
kit-save = Salva
kit-save-none = Salva senza materiali
kit-details = Aggiungi dettagli, se vuoi
kit-leaflet-topic = Argomento
kit-leaflet-language = Lingua

## Details
det-optional = Tutto facoltativo. Salva quando vuoi.
det-back = Torna al kit
det-alias = Codice della persona
det-alias-none = Nessuno
det-alias-others = Altri
det-alias-search = Prime lettere
det-alias-new = Nuovo codice
det-alias-new-choose = Scegli il nuovo codice
det-age = Età stimata
det-age-minor = Minore?
det-age-45 = 45+
det-origin = Origine
det-origin-more = Altre
det-language = Lingua
det-language-none = Nessuna in comune
det-language-other = Un’altra
det-depth = Incontro
det-topics = Di che cosa si è parlato
det-concern = Preoccupazione, secondo te
det-flags = Segni
det-gender = Come la registri
det-notice = Informativa detta a voce
det-referral = Apri un invio
det-referral-hint = consultorio, centro MTS, sportello…
det-minor-title = Minore presunta
det-known = Già incontrata?

## Group
group-howmany = Quante persone
group-more = 10 o più
group-kit = Kit per ciascuna
group-line =
    { $n } × { $kit }: { $pieces ->
        [one] esce { $list }
       *[other] escono { $list }
    }.
group-line-none = { $n } persone, senza materiali.
group-save = Salva { $n } persone
group-later = Chi erano: si completa dopo, o mai.

## Seen
seen-why = Vista, perché?
seen-with = Con qualcuno
seen-busy = Occupata
seen-refused = Non voleva
seen-unsafe = Sosta non sicura
seen-others = C’erano altri
seen-language = Nessuna lingua
seen-mapping = Solo mappatura
seen-again = Un’altra
seen-line = Un tocco salva 1 presenza. Stanotte: { $n }.
seen-saved =
    { $n ->
        [one] Salvata { $n } presenza
       *[other] Salvate { $n } presenze
    }: { $reason }. Stanotte: { $total }.
seen-done = Fatto

## More (Altro)
more-date = { $date }, { $type }
more-todo = Da completare
more-referrals = Invii
more-referrals-count = { $n } stanotte
more-stock = Scorte
more-stock-left = { $list } in borsa
more-zone = Correggi zona
more-zone-detail = delle ultime schede
more-close = Chiudi l’uscita
more-back = Torna ai contatti

## Zone correction
zone-howmany = Quante schede, dall’ultima
zone-which = Zona giusta
zone-save =
    { $n ->
        [one] Correggi { $n } scheda
       *[other] Correggi { $n } schede
    }

## To complete
todo-title = Da completare
todo-leave = Si può lasciare tutto così.
todo-all = Rispondi «non so» a tutto
todo-empty = Niente da completare.

## Stock
stock-title = Scorte
stock-this-bag = Borsa di questo telefono
stock-closing = Conteggio di chiusura
stock-cols = Caricati, usciti, attesi, contati
stock-item = Materiale
stock-loaded = caricati
stock-out = usciti
stock-expected = attesi
stock-counted = contati
stock-ask = Attesi { $n }. Quanti ce ne sono?
stock-diff =
    { $n ->
        [one] Manca { $n }
       *[other] Mancano { $n }
    }. Perché?
stock-surplus = { $n } in più. Il carico sarà corretto.
stock-over = Usciti più dei caricati: correggi il carico.
stock-waste = Rotti o persi
stock-load = Errore nel carico
stock-next = Conferma e avanti
stock-done = Scorte contate
stock-step =
    { $dir ->
        [plus] più { $n }
       *[minus] meno { $n }
    }
stock-keypad = { $n }, apri la tastiera
stock-keypad-ok = Fatto
stock-empty = Nessun materiale caricato.
stock-add-load = Carica ancora

## Referrals
ref-title = Invii
ref-summary = { $tonight } stanotte, { $open } da seguire.
ref-empty = Nessun invio stanotte.
ref-new = Nuovo invio
ref-one = Invio
ref-now = Subito
ref-72 = Entro 72 ore
ref-72-short = 72 ore
ref-routine = Ordinario
ref-routines = Ordinari
ref-when = Quando
ref-where = Dove
ref-more-services = Altri servizi
ref-consent = Consenso a trasmettere
ref-consent-verbal = A voce
ref-consent-written = Scritto
ref-consent-not-yet = Non ora
ref-consent-refused = Rifiutato
ref-needs = Serve
ref-accompany = Accompagnare
ref-mediator = Mediatrice
ref-path = Percorso
ref-now-word = Adesso
ref-next = Adesso: che cosa è successo?
ref-next-short = che cosa è successo?
ref-outcome = Com’è finita?
ref-dateonly = Solo la data, mai l’ora.
ref-service-local = Il nome del servizio resta sul telefono.
ref-no-alias = Senza codice
ref-over = Percorso finito.
ref-line = { $alias }. { $state }
ref-open = Apri l’invio

## Close
close-title = Chiudi l’uscita
close-range = { $type }, { $from } – { $to }
close-seen = viste
close-referrals =
    { $n ->
        [one] invio
       *[other] invii
    }
close-records = Schede
close-records-done = { $n }, nessuna aperta
close-records-open = { $n }, { $open } da completare
close-phones = Telefoni
close-stock = Scorte
close-stock-open =
    { $n ->
        [one] { $n } materiale da contare
       *[other] { $n } materiali da contare
    }
close-stock-done = contate, tutto torna
close-urgent = Urgenze
close-urgent-none = nessuna aperta
close-urgent-open =
    { $n ->
        [one] { $n } «subito» senza seguito: avvisa chi coordina
       *[other] { $n } «subito» senza seguito: avvisa chi coordina
    }
close-urgent-told = Chi coordina è avvisata
close-km = Chilometri
close-km-ask = da scrivere, se li sai
close-how = Come state?
close-how-note = Non viene salvato chi risponde
close-fine = Bene, si va a casa
close-talk = Serve parlarne
close-talk-note = Chiama chi coordina prima di andare a dormire.
close-after = Chiusa l’uscita, le modifiche diventano correzioni firmate.
close-go = Chiudi e prepara l’invio
close-done = fatto
close-todo = da fare

## Review
review-title = Verifica
review-of = uscita del { $date }
review-decide =
    { $n ->
        [one] { $n } cosa da decidere
       *[other] { $n } cose da decidere
    }.
review-clear = Niente da decidere.
review-notes-count =
    { $n ->
        [one] { $n } nota non blocca
       *[other] { $n } note non bloccano
    }.
review-same = Stesso codice su due telefoni
review-alike = Forse la stessa persona, due telefoni
review-repeat = È tornata nella notte
review-repeat-effect = conta 1 persona, i materiali restano
review-two = Due persone diverse
review-two-effect = conta 2, una perde il codice
review-two-effect-plain = conta 2 persone
review-merge = Scritta due volte
review-merge-effect = unisce, somma i materiali
review-confirm = Conferma la scelta
review-notes = Note della notte
review-no-notes = Nessuna nota.
review-sign = Firma e manda la verifica
review-partner = Prendo le schede dell’altro telefono…
review-differs = diverso

## Sending
send-title = Invio in corso
send-stopped = Invio fermo
send-of = di { $n }
send-progress = Registrazioni ricevute
send-rule = Conta solo ciò che il server ha confermato.
send-confirmed =
    { $n ->
        [one] { $n } confermata
       *[other] { $n } confermate
    }
send-waiting = { $n } in attesa
send-attention = { $n } da guardare
send-resume = Puoi chiudere o perdere la rete: riparte da qui, senza doppioni.
send-copies = Le copie restano su questo telefono.
send-stop = Ferma e riprendi più tardi

## Receipt
receipt-title = Tutto ricevuto
receipt-figure = { $n } di { $total }
receipt-at = ricevuti alle
receipt-code = Ricevuta
receipt-print = Impronta
receipt-print-equal = uguale su telefono e server
receipt-records =
    { $n ->
        [one] { $n } scheda
       *[other] { $n } schede
    }
receipt-seen =
    { $n ->
        [one] { $n } riga di viste
       *[other] { $n } righe di viste
    }
receipt-referrals =
    { $n ->
        [one] { $n } invio
       *[other] { $n } invii
    }
receipt-incidents =
    { $n ->
        [one] { $n } episodio
       *[other] { $n } episodi
    }
receipt-forget = Questo telefono dimenticherà i dettagli il { $d }.
receipt-forget-pending = Questo telefono dimenticherà i dettagli dopo la verifica.
receipt-forget-rest = Restano solo i totali e i codici.
receipt-review-missing = Manca la verifica della responsabile.
receipt-good-night = Buona notte

## Pairing
pair-title = Collega i telefoni
pair-word = Dite la stessa parola ad alta voce
pair-mismatch = Parola diversa: fermatevi e rifate.
pair-single = Esco con un telefono solo

## Desk
desk-promise = Qui ci sono conteggi, mai persone.
desk-internal = uso interno – non pubblicabile
desk-np = n.p. = non pubblicabile: numeri piccoli, o numeri da cui si ricaverebbero.
desk-missing = Cosa manca
desk-unique = Persone uniche, da { $a } a { $b }. Non si somma tra settimane.
desk-nobed = Senza posto
desk-nonews = nessuna notizia
desk-revoke = Revoca: non legge più, può ancora consegnare
desk-wipe = Ordina la cancellazione: ciò che non è consegnato si perde

## Training
train-band = Esercitazione. Dati finti: niente parte.

## Items, kinds and answers: shared with exports
item-condom_ext =
    { $n ->
        [one] preservativo
       *[other] preservativi
    }
item-condom_ext_xl =
    { $n ->
        [one] preservativo XL
       *[other] preservativi XL
    }
item-condom_int =
    { $n ->
        [one] preservativo interno
       *[other] preservativi interni
    }
item-lubricant =
    { $n ->
        [one] lubrificante
       *[other] lubrificanti
    }
item-dental_dam = dental dam
item-sponge =
    { $n ->
        [one] spugnetta
       *[other] spugnette
    }
item-wipes =
    { $n ->
        [one] salvietta
       *[other] salviette
    }
item-pads =
    { $n ->
        [one] assorbente
       *[other] assorbenti
    }
item-hygiene_kit = kit igiene
item-pregnancy_test = test di gravidanza
item-hiv_self_test = autotest HIV
item-syringe_kit = kit siringhe
item-naloxone = naloxone
item-personal_alarm =
    { $n ->
        [one] allarme personale
       *[other] allarmi personali
    }
item-thermal =
    { $n ->
        [one] coperta
       *[other] coperte
    }
item-hot_drink =
    { $n ->
        [one] bevanda calda
       *[other] bevande calde
    }
item-snack = snack
item-leaflet =
    { $n ->
        [one] opuscolo
       *[other] opuscoli
    }
item-short-hot_drink =
    { $n ->
        [one] bevanda
       *[other] bevande
    }
role-operator = operatrice
role-mediator = mediatrice
role-health = sanitaria
role-peer = operatrice pari
role-driver = autista
role-volunteer = volontaria
role-civil_service = servizio civile
role-trainee = tirocinante
gender-woman = Donna
gender-trans_woman = Donna trans
gender-trans_man = Uomo trans
gender-man = Uomo
gender-other = Altro
gender-not_recorded = Non rilevato
age-under_18_presumed = Minore presunta
age-18_24 = 18–24
age-25_34 = 25–34
age-35_44 = 35–44
age-45_plus = 45 e oltre
age-not_recorded = Non rilevata
depth-supplies_only = Solo materiali
depth-brief = Breve
depth-talk = Colloquio
depth-private_talk = Colloquio riservato
depth-interrupted = Interrotto
depth-not_recorded = Non so
service-unit_intro = Presentazione
service-hr_info = Riduzione del danno
service-condom_demo = Uso del preservativo
service-sti_info = Malattie trasmissibili
service-contraception_info = Contraccezione
service-pregnancy_info = Gravidanza
service-substance_talk = Sostanze e alcol
service-rights_info = Diritti e documenti
service-antitrafficking_info = Tutele
service-services_info = Servizi
service-job_info = Lavoro
service-psych_support = Ascolto
service-rapid_test_offered = Test proposto
service-first_aid = Primo soccorso
service-emergency_handling = Emergenza gestita
service-mediation = Mediazione
concern-not_assessed = Non valutata
concern-none_noted = Nessuna
concern-possible = Possibile
concern-probable = Probabile
concern-declared = L’ha detto lei
flag-exit_request = Vuole uscire
flag-minor_protocol = Scheda minori
flag-health_urgency = Urgenza sanitaria
flag-violence_disclosed = Violenza riferita
flag-follow_up = Da richiamare
dest-sti_clinic = Centro MTS
dest-infectious_disease = Malattie infettive
dest-family_clinic = Consultorio
dest-pregnancy_termination = Percorso IVG
dest-emergency_dept = Pronto soccorso
dest-migrant_clinic = Ambulatorio STP/ENI
dest-mental_health = Psicologa
dest-serd = SerD
dest-emergency_shelter = Pronta accoglienza
dest-escape_house = Casa di fuga
dest-semi_autonomy = Semi-autonomia
dest-antitrafficking_desk = Sportello, valutazione
dest-helpline = Numero verde
dest-antiviolence_centre = Centro antiviolenza
dest-law_enforcement = Forze dell’ordine
dest-minor_protection = Tutela minori
dest-assisted_return = Rimpatrio assistito
dest-legal_advice = Consulenza legale
dest-asylum_commission = Commissione territoriale
dest-cas = CAS
dest-questura_permit = Questura, permesso
dest-court = Tribunale
dest-social_services = Servizio sociale
dest-desk = Sportello unità
dest-employment_centre = Centro per l’impiego
dest-career_orientation = Orientamento al lavoro
dest-school_cpia = CPIA, italiano
dest-training = Formazione
dest-internship = Tirocinio
dest-housing_low_threshold = Dormitorio
dest-other = Altro
state-proposed = Proposto
state-accepted = Accettato
state-declined = Non voluto
state-booked = Prenotato
state-requested = Richiesto
state-accompanied = Accompagnata
state-attended = È andata
state-no_show = Non si è presentata
state-handed_over = Passato al servizio
state-placed = Posto trovato
state-no_place = Senza posto
state-closed = Chiuso
state-cancelled = Annullato
state-lost = Perso di vista
outcome-service_received = Prestazione ricevuta
outcome-taken_in_charge = Presa in carico
outcome-follow_up_planned = Controllo fissato
outcome-placed_elsewhere = Accolta altrove
outcome-refused_by_service = Rifiutata dal servizio
outcome-documents_missing = Documenti mancanti
outcome-language_barrier = Ostacolo di lingua
outcome-cost = Costo
outcome-person_withdrew = Rinuncia
outcome-authority_informed = Autorità informata
outcome-unknown = Non so
topic-hiv_sti = HIV e infezioni
topic-contraception_pregnancy = Contraccezione e gravidanza
topic-rights_documents = Diritti e documenti
topic-helpline_card = Numero verde
topic-services_map = Mappa dei servizi
topic-substances = Sostanze
topic-safety = Sicurezza
topic-health_access = Salute, STP/ENI
origin-not_recorded = Non so
origin-oth_eu_east = Altro, Europa dell’Est UE
origin-oth_europe = Altro, Europa
origin-oth_africa_west = Altro, Africa occidentale
origin-oth_africa = Altro, Africa
origin-oth_latam = Altro, America latina
origin-oth_asia = Altro, Asia

## Errors
err-what = Che cosa non va
err-safe = I dati sono al sicuro?
err-do = Che cosa fare
err-code = Codice per l’assistenza: { $code }
