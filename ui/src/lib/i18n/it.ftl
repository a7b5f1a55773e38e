## App
app-name = Uscita
app-back = Indietro
app-close = Chiudi
app-hide = Nascondi
app-save = Salva
app-next = Avanti
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
lock-dots =
    { $n ->
        [one] { $n } cifra inserita
       *[other] { $n } cifre inserite
    } su { $total }
lock-delete = Cancella
lock-ok = OK

## Panic, a code that is forgotten, the code under threat
panic-title = Cancella il telefono
panic-hold = Tieni premuto 2 secondi
panic-keys = Le chiavi di questo telefono vengono distrutte: il taccuino non si apre più, con nessun codice.
panic-records = Quello che hai salvato non va perso: resta qui, sigillato, e parte da solo appena c’è rete e l’app è aperta. Lo riapre chi verifica.
panic-again = Per usare ancora il telefono serve un codice nuovo da chi coordina.
panic-not = Non tocca quello che è già al server, e non toglie l’app dal telefono.
panic-do = Distruggi le chiavi
panic-done = Fatto
panic-done-keys = Le chiavi non ci sono più. Questo telefono non apre più niente.
panic-done-keep-on = Quello che manca parte da solo appena c’è rete, finché l’app è aperta.
panic-discard = Cancella anche ciò che non è partito
panic-discard-lost =
    { $n ->
        [one] Una registrazione non è ancora partita.
       *[other] { $n } registrazioni non sono ancora partite.
    }
panic-discard-nobody = Ciò che cancelli è perso per sempre: nessuno potrà riaverlo.
panic-discard-keep = Tieni tutto
panic-discard-do =
    { $n ->
        [one] Cancella { $n } registrazione
       *[other] Cancella { $n } registrazioni
    }
kept-received =
    { $n ->
        [one] { $n } registrazione è al server
       *[other] { $n } registrazioni sono al server
    }
kept-unsent =
    { $n ->
        [one] { $n } deve ancora partire
       *[other] { $n } devono ancora partire
    }
kept-all = Non manca niente
forgotten-what = Nessuno può leggere o ritrovare il codice: né chi coordina, né chi ha fatto l’app.
forgotten-safe = Che cosa è al sicuro
forgotten-safe-text = Tutto quello che hai salvato. È sigillato, e parte da solo appena c’è rete e l’app è aperta, anche senza codice. Lo riapre chi verifica, o chi ha le parole di recupero.
forgotten-now = Che cosa fare
forgotten-first = Se il codice ti torna in mente, torna indietro e scrivilo.
forgotten-ask = Chiedi a chi coordina un codice nuovo per questo telefono.
forgotten-aside = Quando ce l’hai, ricomincia: il taccuino di prima viene messo da parte, chiuso, e il telefono riparte come nuovo.
forgotten-anew = Il telefono riparte come nuovo: scrivi l’indirizzo e il codice.
forgotten-nobody = Le schede non salvate non si riaprono più.
forgotten-restart = Ricomincia
forgotten-hold = Tieni premuto
forgotten-key-title = La chiave di questo telefono non risponde
forgotten-key-what = Il codice può essere giusto: è la parte del telefono che custodisce la chiave a non rispondere. Questo tentativo non conta.
forgotten-key-first = Spegni e riaccendi il telefono, poi riprova. Se la chiave torna, si apre come prima.
forgotten-key-retry = Riprova
forgotten-spent-title = Dieci codici sbagliati
forgotten-spent-what = Dopo dieci codici sbagliati di seguito le chiavi vengono distrutte, perché nessuno possa indovinare il codice.
duress-page = Sotto minaccia
duress-row = Un codice che apre solo le scorte
duress-title = Codice sotto minaccia
duress-what = Un secondo codice, diverso dal tuo. Se qualcuno ti obbliga ad aprire l’app scrivi quello: si apre un semplice inventario, con le scorte di stanotte.
duress-deletes = Non cancella niente, nasconde soltanto. Con il tuo codice ritrovi tutto.
duress-not = Non protegge da chi sa già che cos’è questa app. La tua sicurezza viene prima dei dati.
duress-hidden = Da nessuna parte si vede se è impostato, nemmeno qui.
duress-panic = Nella schermata del codice, o in fondo ad Altro: tieni premuto il lucchetto 2 secondi, poi conferma. Distrugge le chiavi di questo telefono. Quello che hai salvato resta sigillato e parte da solo; poi serve un codice nuovo da chi coordina.
duress-set = Imposta
duress-remove = Togli
duress-unlock = Il tuo codice
duress-choose = Codice sotto minaccia
duress-choose-note = Almeno sei cifre, diverso dal tuo.
duress-weak = Troppo facile, o troppo simile al tuo. Scegline un altro.
duress-done = Fatto.
inventory-title = Inventario
inventory-saved = Salvato

## First start of a phone
enrol-title = Nuovo telefono
enrol-intro = Chi coordina ti mostra un codice da inquadrare: vale 15 minuti e una volta sola.
enrol-no-picture = Nella foto non c’è il codice di chi coordina. Riprova più da vicino, o scrivilo.
enrol-otherwise = Oppure scrivi ciò che ti detta.
enrol-link = Collegamento
enrol-link-hint = Se l’hai ricevuto, incollalo qui: basta questo.
enrol-server = Indirizzo del server
enrol-code = Codice di 10 caratteri
enrol-code-hint = Lettere e cifre, senza I, L, O e U.
enrol-pin-choose = Scegli il codice di questo telefono
enrol-pin-note = Da 6 a 14 cifre, poi OK. Non una data, non cifre in fila.
enrol-pin-again = Ripeti il codice
enrol-pin-mismatch = I due codici erano diversi. Scegli di nuovo.
enrol-words = Leggete le parole ad alta voce
enrol-words-check = Devono essere le stesse sullo schermo di chi coordina. Se una è diversa, fermatevi.
enrol-words-same = Le parole sono uguali
enrol-words-differ = Una è diversa: fermatevi
enrol-stopped = Fermi: non usate questo codice
enrol-stopped-stored = Su questo telefono non è stato salvato nulla della squadra.
enrol-stopped-next = Ditelo subito a chi coordina: questo telefono non va confermato. Chiedete un codice nuovo.
enrol-restart = Usa un codice nuovo
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
start-crew = Equipaggio
start-crew-add = Aggiungi persona
start-crew-short = Si esce in due: aggiungi chi viene.
start-crew-why = Si esce in due. Motivo?
short-absent = Assenza all’ultimo
short-joins_later = Arriva dopo
short-other_org = Con un altro ente
short-other = Altro motivo
start-crew-remove = Togli { $code }
start-crew-code = Codice
start-crew-role = Ruolo
start-bag = Borsa di questo telefono
start-bag-more =
    { $n ->
        [one] Altro { $n } materiale
       *[other] Altri { $n } materiali
    }
start-zones = Zone previste
start-go = Inizia l’uscita
start-offline = Funziona senza rete fino alla chiusura.
start-recent = Da finire
start-recent-count =
    { $n ->
        [one] { $n } uscita da finire
       *[other] { $n } uscite da finire
    }
start-missing = Da scegliere
start-bag-said =
    { $n ->
        [one] { $list } e un altro materiale
       *[other] { $list } e altri { $n } materiali
    }
start-bag-empty = Vuota
start-recent-review = da verificare
start-recent-send = da inviare
start-recent-amend = da rettificare
start-partner = L’altro telefono è già partito
start-partner-code = Le 4 lettere sull’altro telefono
start-bag-load = Quanti { $item }
start-zone-first = Si comincia da { $zone }.
start-needs = Scegli chi esce e almeno una zona.

## State of the records
sync-local =
    Solo su questo telefono, { $n ->
        [one] { $n } registrazione
       *[other] { $n } registrazioni
    }
sync-waiting = In attesa di invio, { $n }
sync-sending = Invio, { $a } di { $b }
sync-received =
    { $b } di { $b } { $b ->
        [one] ricevuto
       *[other] ricevuti
    } alle { $t }
sync-attention = { $n } da guardare
sync-forgotten = Dettagli dimenticati il { $d }

## Contacts
contact-title = Stanotte, { $zone }
contact-tally = Stanotte e borsa
contact-zones-more = Altre
contact-zones-all = Tutte le zone
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
contact-unsaved = Scheda non salvata
contact-unsaved-ref = Invio non salvato
contact-dropped = Scheda lasciata
contact-resume = Riprendi
contact-split = Separa una
contact-todo-count = { $n } da completare
contact-empty = Ancora nessuno stanotte
contact-people =
    { $n ->
        [one] persona
       *[other] persone
    }
contact-kit = kit { $kit }
contact-low = restano { $list }
contact-loaded = Caricati { $list }

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
minor-card = Con la scheda di questa persona
minor-open = Invio «subito» a Tutela minori già aperto
minor-do = Che cosa fare
minor-refer = Apri l’invio a Tutela minori
minor-write = Scrivi la sua scheda

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
    }. { $left ->
        [one] Ne resta { $left }
       *[other] Ne restano { $left }
    }.
kit-line-nothing = Non esce niente.
kit-line-low =
    { $n ->
        [one] Esce { $list }
       *[other] Escono { $list }
    }. Stanno finendo: ne restano { $left }.
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
det-who = Chi è
det-origin = Origine
det-origin-more = Altre
det-language = Lingua
det-language-none = Nessuna in comune
det-language-other = Un’altra
language-pcm = pidgin nigeriano
det-depth = Incontro
det-topics = Di che cosa si è parlato
det-concern = Preoccupazione, secondo te
det-flags = Segni
det-notice = Informativa detta a voce
det-referral = Apri un invio
det-referral-hint = consultorio, centro MTS, sportello…
det-minor-title = Minore presunta

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
more-referrals = Invii
more-stock = Scorte
more-stock-left = { $list } in borsa
more-zone = Correggi zona
more-zone-detail = delle ultime schede
more-code = Codice per l’altro telefono
more-incident = Segna un episodio
more-incident-detail = senza nomi né targhe
more-directory-detail = orari, numeri, documenti
more-show-detail = schede in cinque lingue
more-month-detail = il mese in una pagina
more-copy-detail = cifrata, fino alla ricevuta
more-nights-detail = verifica, firma, rettifiche
more-close = Chiudi l’uscita
more-back = Torna ai contatti
more-settings = Impostazioni
more-settings-detail = mano, testo, lingua, blocco

## Settings (Impostazioni)
set-title = Impostazioni
set-hand = Mano che tiene il telefono
set-hand-right = Destra
set-hand-left = Sinistra
set-text = Testo
set-text-normal = Normale
set-text-large = Grande
set-language = Lingua dell’app
set-language-it = Italiano
set-language-en = English
set-theme = Colori
set-theme-night = Notte
set-theme-day = Giorno
set-lock = Si blocca se non la tocchi per
set-lock-seconds = { $n } secondi
set-lock-minutes =
    { $n ->
        [one] { $n } minuto
       *[other] { $n } minuti
    }
set-entry = Nome e icona sul telefono
set-entry-note = Il nome cambia nell’elenco delle app. Inganna un’occhiata, non chi cerca.
set-entry-notes = Note
set-entry-shifts = Turni
set-entry-stock = Inventario
set-entry-uscita = Uscita
set-note = Valgono su questo telefono. Non cambiano niente di ciò che è salvato.
pin-title = Cambia il codice
pin-row = Serve quello di adesso
pin-which = Quale?
pin-unlock = Il codice del telefono
pin-unlock-row = Quello con cui lo apri ogni volta
pin-review = Il codice di verifica
pin-review-row = Quello che apre la notte intera
pin-now = Il codice di adesso
pin-now-phone = Prima il codice del telefono
pin-now-review = Il codice di verifica di adesso
pin-new = Il codice nuovo
pin-note = Da 6 a 14 cifre. Non una data, non cifre in fila.
pin-note-review = Da 8 a 14 cifre. Non una data, non cifre in fila, non il codice del telefono.
pin-wrong = Codice errato. Ricomincia da qui.
pin-weak = Troppo facile, o simile a un altro tuo codice. Scegline un altro.
pin-done = Fatto. Da adesso vale il codice nuovo, quello di prima non apre più.
train-name = Esercitazione
train-band = Dati finti: niente parte.
train-pin = Il PIN è { $pin }
train-row = provare tutto con dati finti
train-fake = Tutto funziona come in una notte vera, con zone, codici e scorte inventati.
train-apart = Il taccuino vero si chiude. Ciò che ha già da mandare continua a partire.
train-lead = Sei responsabile: puoi provare anche la verifica e la firma.
train-gone = Niente parte e niente resta. Ogni volta si ricomincia da zero.
train-pin-unlock = PIN di prova
train-pin-review = PIN di prova per la verifica
train-night-open = C’è un’uscita aperta. Resta salvata: la ritrovi quando esci e scrivi il tuo PIN. Se state lavorando, non è il momento.
train-begin = Inizia l’esercitazione
train-again = Ricomincia da zero
train-leave = Esci dall’esercitazione
train-leave-note = All’uscita il telefono si blocca e chiede il tuo PIN vero.
train-send = In esercitazione niente parte: qui le registrazioni restano sul telefono.

## Directory (Rubrica)
dir-title = Rubrica
dir-numbers = Numeri da chiamare subito
dir-antiviolence = antiviolenza e stalking
dir-filters = Filtri
dir-open-now = Aperti ora
dir-papers = Basta STP o ENI
dir-free = Gratis
dir-language = Lingua
dir-language-which = Quale lingua
dir-count =
    { $n ->
        [one] { $n } servizio
       *[other] { $n } servizi
    }
dir-none = Nessun servizio con questi filtri.
dir-empty = La rubrica è ancora vuota: la compila chi coordina.
dir-every-day = tutti i giorni
dir-all-day = 24 ore su 24
dir-open = Aperto ora.
dir-open-minutes =
    Aperto ora, chiude tra { $n ->
        [one] { $n } minuto
       *[other] { $n } minuti
    }.
dir-open-hours =
    Aperto ora, chiude tra { $n ->
        [one] { $n } ora
       *[other] { $n } ore
    }.
dir-opens-minutes =
    Apre tra { $n ->
        [one] { $n } minuto
       *[other] { $n } minuti
    }.
dir-opens-hours =
    Apre tra { $n ->
        [one] { $n } ora
       *[other] { $n } ore
    }.
dir-opens-day = Apre { $day }, ore { $time }.
dir-closed = Chiuso.
dir-unknown = Orari non noti: chiama prima.
dir-doc-none = non servono documenti
dir-doc-stp = basta STP o ENI
dir-doc-id = serve un documento d’identità
dir-doc-permit = serve il permesso di soggiorno
dir-cost-free = gratuito
dir-cost-ticket = con ticket
dir-walk-in = senza appuntamento
dir-appointment = su appuntamento
dir-women = solo donne
dir-verified = Verificato il { $date }.
dir-stale =
    Da riverificare: ultimo controllo { $n ->
        [one] { $n } giorno
       *[other] { $n } giorni
    } fa.
dir-accompany = Meglio accompagnare.
dir-call = Chiama
dir-call-name = Chiama { $name }, { $number }
dir-show = Mostra

## Cards held out to somebody (Mostra)
show-title = Mostra
show-papers = Dal medico senza documenti
show-helpline = Numero Verde
show-condom = Come si usa il preservativo
show-service = Orari di un servizio
show-service-detail = dalla Rubrica
show-note = In cinque lingue. Non resta traccia: chiusa la scheda, torni dov’eri.
show-language = Lingua della scheda

## One month (Cosa abbiamo fatto)
month-title = Cosa abbiamo fatto
month-lead =
    { $month ->
        [aprile] Ad aprile
        [agosto] Ad agosto
       *[other] A { $month }
    } siete usciti { $n ->
        [one] { $n } volta
       *[other] { $n } volte
    }, per { $hours ->
        [one] { $hours } ora
       *[other] { $hours } ore
    } in tutto.
month-lead-none =
    { $month ->
        [aprile] Ad aprile
        [agosto] Ad agosto
       *[other] A { $month }
    } nessuna uscita da raccontare.
month-met = incontri con persone
month-seen = viste
month-accompanied =
    { $n ->
        [one] accompagnamento
       *[other] accompagnamenti
    }
month-supplies = Dalla borsa alle mani
month-referrals = Invii
month-opened =
    { $n ->
        [one] { $n } aperto
       *[other] { $n } aperti
    }
month-accepted =
    { $n ->
        [one] { $n } accettato
       *[other] { $n } accettati
    }
month-attended =
    { $n ->
        [one] { $n } arrivato al servizio
       *[other] { $n } arrivati al servizio
    }
month-thanks = Grazie a chi c’era.
month-note-unit = Conta le uscite firmate dell’unità. Chi avete incontrato più volte conta ogni volta: sono incontri, non persone diverse.
month-note-phone = Conta ciò che ha scritto questo telefono. Chi avete incontrato più volte conta ogni volta: sono incontri, non persone diverse.

## Zone correction
zone-howmany = Quante schede, dall’ultima
zone-which = Zona giusta
zone-save =
    { $n ->
        [one] Correggi { $n } scheda
       *[other] Correggi { $n } schede
    }

## Incident
inc-title = Episodio
inc-what = Che cosa è successo
inc-severity = Quanto pesa
inc-action = Che cosa avete fatto
inc-debrief = Serve parlarne
inc-note = Senza nomi, targhe o volti.
inc-zone = Zona, resta su questo telefono
inc-zone-other = Altra zona
inc-third_party_control = Controllo di terzi
inc-aggressive_client = Cliente aggressivo
inc-aggression_team = Aggressione alla squadra
inc-violence_reported = Violenza riferita
inc-robbery = Rapina
inc-police_check = Controllo di polizia
inc-medical_emergency = Emergenza sanitaria
inc-vehicle = Mezzo
inc-device_lost = Telefono perso
inc-data_breach_suspected = Dati forse visti
inc-near_miss = Mancato incidente
inc-low = Poco
inc-medium = Medio
inc-high = Molto
inc-left_zone = Zona lasciata
inc-called_112 = Chiamato il 112
inc-called_coordinator = Chiamato chi coordina
inc-none = Niente

## To complete
todo-title = Da completare
todo-under =
    { $n ->
        [0] Tutto a posto.
        [one] 1 scheda. Si può lasciare tutto così.
       *[other] { $n } schede. Si può lasciare tutto così.
    }
todo-leave-all = Si può lasciare tutto così
todo-empty = Niente da completare.
todo-unsaved = Scheda aperta
todo-card = Scheda { $number }
todo-where = Scheda { $number }. { $place }
todo-not-saved = Non ancora salvata.
todo-save = Salva così
todo-leave = Lascia stare
todo-left = Lasciata
todo-missing-composition = Manca chi erano.
todo-missing-origin = Manca l’origine.
todo-missing-age = Manca l’età.
todo-all-known =
    { $gender ->
        [trans_woman] Trans, tutte già note
        [trans_man] Uomini trans, tutti già noti
        [man] Uomini, tutti già noti
        [other] Altre persone, tutte già note
       *[woman] Donne, tutte già note
    }
todo-all-first =
    { $gender ->
        [trans_woman] Trans, tutte nuove
        [trans_man] Uomini trans, tutti nuovi
        [man] Uomini, tutti nuovi
        [other] Altre persone, tutte nuove
       *[woman] Donne, tutte nuove
    }
todo-mixed = Miste
todo-mixture =
    { $gender ->
        [trans_woman] Trans: { $known ->
            [one] 1 già nota
           *[other] { $known } già note
        }, { $first ->
            [one] 1 nuova
           *[other] { $first } nuove
        }
        [trans_man] Uomini trans: { $known ->
            [one] 1 già noto
           *[other] { $known } già noti
        }, { $first ->
            [one] 1 nuovo
           *[other] { $first } nuovi
        }
        [man] Uomini: { $known ->
            [one] 1 già noto
           *[other] { $known } già noti
        }, { $first ->
            [one] 1 nuovo
           *[other] { $first } nuovi
        }
        [other] Altre persone: { $known ->
            [one] 1 già nota
           *[other] { $known } già note
        }, { $first ->
            [one] 1 nuova
           *[other] { $first } nuove
        }
       *[woman] Donne: { $known ->
            [one] 1 già nota
           *[other] { $known } già note
        }, { $first ->
            [one] 1 nuova
           *[other] { $first } nuove
        }
    }
todo-count = { $n } × { $who }
todo-rest =
    { $n ->
        [0] Ci sono tutte.
       *[other] Non so: { $n }
    }
todo-groups = Gruppi di stanotte
todo-confirm = Conferma
todo-split = Separa una persona
todo-all = Rispondi «non so» a tutto

## Stock
stock-title = Scorte
stock-this-bag = Borsa di questo telefono
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
stock-task = Che cosa fai
stock-task-count = Conto
stock-task-load = Carico altro
stock-ask-load = Quanti ne carichi?
stock-load-save = Carica { $n }
stock-others = Altro materiale
stock-step =
    { $dir ->
        [plus] più { $n }
       *[minus] meno { $n }
    }
stock-keypad = { $n }, apri la tastiera
stock-keypad-ok = Fatto
stock-empty = Nessun materiale caricato.

## Referrals
ref-title = Invii
ref-summary = { $tonight } stanotte, { $open } da seguire.
ref-summary-unit = Tutta la squadra: { $open } da seguire.
ref-empty = Nessun invio stanotte.
ref-empty-unit = Nessun invio da seguire.
ref-all = Tutti gli invii della squadra
ref-pinned = Senza posto
ref-new = Nuovo invio
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
ref-next-short = che cosa è successo?
ref-outcome = Com’è finita?
ref-minutes = Quanti minuti
ref-mode = Come
ref-arrived = Accompagnata e arrivata
ref-answer = Che cosa ha detto
ref-answer-yes = Accetta
ref-answer-no = Non vuole
ref-answer-later = Ci pensa
ref-one = Codice dell’invio
ref-one-word = Invio
mode-car = Auto
mode-public_transport = Mezzi pubblici
mode-on_foot = A piedi
mode-meet_there = Appuntamento là
ref-dateonly = Solo la data, mai l’ora.
ref-service-local = Il nome del servizio resta sul telefono.
ref-no-alias = Senza codice
ref-alias = Scegli il codice della persona
ref-correct = Correggi l’invio
ref-correct-stays = Il percorso resta com’è.
ref-over = Percorso finito.
ref-follow-up = { $service }, { $state } il { $day }
ref-follow-up-code = Per vedere altri seguiti inserisci di nuovo il codice.
ref-follow-up-title =
    { $n ->
        [one] Invio aperto
       *[other] { $n } invii aperti
    }
ref-line-minutes = insieme { $n } min
ref-line-seen = vista stanotte
ref-line-tell = avvisa chi coordina
ref-line-by = entro { $day }
ref-line-late = oltre le 72 ore
ref-line-accompany = da accompagnare
ref-line-mediator = con mediatrice
ref-line-lost =
    { $n ->
        [0] da chiudere o richiamare
        [one] si perde fra { $n } giorno
       *[other] si perde fra { $n } giorni
    }
ref-line-age =
    { $n ->
        [one] da { $n } giorno
       *[other] da { $n } giorni
    }
ref-opened = Aperto
ref-step-gave-up = Rinuncia
ref-step-rebooked = Nuovo appuntamento
ref-step-arrived = È arrivata
ref-step-alone = È andata da sola
ref-step-tonight = da salvare
ref-step-back = Togli l’ultimo passo
ref-min = { $n } min
ref-staff = Chi è andato
ref-staff-one = Una di noi
ref-staff-two = In due
ref-went = Com’è andata
ref-reason = Di chi è l’idea
ref-reason-asked = Lo chiede lei
ref-reason-proposed = L’abbiamo proposto
went-done = Fatto
went-person_absent = Non c’era
went-service_closed = Servizio chiuso
went-cancelled = Non si è fatto

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
close-records-open =
    { $open ->
        [one] { $n }, una ancora aperta
       *[other] { $n }, { $open } ancora aperte
    }
close-stock = Scorte
close-stock-open =
    { $n ->
        [one] { $n } materiale da contare
       *[other] { $n } materiali da contare
    }
close-stock-done = contate, tutto torna
close-stock-wasted = contate: { $list } da scartare
close-urgent = Urgenze
close-urgent-none = nessuna aperta
close-urgent-open =
    { $n ->
        [one] { $n } «subito» senza seguito: avvisa chi coordina
       *[other] { $n } «subito» senza seguito: avvisa chi coordina
    }
close-urgent-told = Chi coordina è avvisata
close-told = Ho avvisato chi coordina
close-phones = Telefoni
close-phones-detail = Unisci le notti, anche senza rete
close-incidents = Episodi
close-incidents-none = nessuno segnato
close-incidents-some = { $n }: { $list }
close-incident-add = segna un episodio
close-weather = Che tempo ha fatto
weather-clear = Sereno
weather-rain = Pioggia
weather-cold = Freddo
weather-fog = Nebbia
weather-heat = Caldo
weather-not_recorded = Non rilevato
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
review-two = Due persone diverse
review-repeat-effect =
    { $n ->
        [one] conta { $n } persona
       *[other] conta { $n } persone
    }, i materiali restano
review-two-effect =
    { $n ->
        [one] conta { $n } persona
       *[other] conta { $n } persone
    }, una perde il codice
review-two-effect-plain =
    { $n ->
        [one] conta { $n } persona
       *[other] conta { $n } persone
    }
review-merge-effect =
    { $n ->
        [one] conta { $n } persona
       *[other] conta { $n } persone
    }, somma i materiali
review-merge = Scritta due volte
review-confirm = Conferma la scelta
review-notes = Note della notte
review-no-notes = Nessuna nota.
review-sign = Firma e manda la verifica
review-differs = diverso
review-phone = telefono { $n }
review-phone-stop = telefono { $n }, sosta { $stop }
review-blocking = Da sistemare
review-accept = Va bene così
review-finding = { $text } Zona { $zone }.
review-finding-alone = { $text } Motivo detto: { $reason }.
review-finding-count = { $text } { $n } volte.
review-split-before = Separata prima che il gruppo fosse segnato «È tornata»: era tornata anche lei?
review-refused =
    { $n ->
        [one] Telefono { $phone }: una registrazione senza effetto, { $why }
       *[other] Telefono { $phone }: { $n } registrazioni senza effetto, { $why }
    }
review-refused-lead = compito di chi verifica.
review-refused-owner = su schede di un altro telefono.
review-refused-gone = su schede che non ci sono.
review-conflicts =
    { $n ->
        [one] Una modifica fatta su due telefoni: vale l’ultima.
       *[other] { $n } modifiche fatte su due telefoni: vale l’ultima.
    }
review-who = Chi firma
review-late =
    { $n ->
        [one] { $n } registrazione arrivata dopo la firma
       *[other] { $n } registrazioni arrivate dopo la firma
    }
review-signed = Verifica firmata
review-together = insieme: { $list }
review-phones = Telefoni
review-phone-this = Telefono { $n }, questo
review-phone-other = Telefono { $n }
review-phone-records =
    { $n ->
        [one] { $n } registrazione
       *[other] { $n } registrazioni
    }
review-phone-closed = ha chiuso
review-phone-open = non ha ancora chiuso
review-phone-late = Dopo la firma: { $list }.
review-one-phone = C’è solo questo telefono. Se stanotte ce n’era un altro, si può firmare lo stesso: le sue registrazioni arriveranno come rettifica.
review-phone-missing = Un telefono non ha ancora chiuso. Si può firmare lo stesso: quello che manca arriverà come rettifica.
review-missing-not_arrived =
    { $n ->
        [one] Telefono { $phone }: { $n } registrazione non è ancora arrivata.
       *[other] Telefono { $phone }: { $n } registrazioni non sono ancora arrivate.
    }
review-missing-waits_for_desk =
    { $n ->
        [one] Telefono { $phone }: { $n } registrazione aspetta l’ufficio, perché quel telefono è revocato.
       *[other] Telefono { $phone }: { $n } registrazioni aspettano l’ufficio, perché quel telefono è revocato.
    }
review-missing-too_new =
    { $n ->
        [one] Telefono { $phone }: { $n } registrazione è di una versione più nuova. Aggiorna l’app, poi si apre.
       *[other] Telefono { $phone }: { $n } registrazioni sono di una versione più nuova. Aggiorna l’app, poi si aprono.
    }
review-missing-refused =
    { $n ->
        [one] Telefono { $phone }: { $n } registrazione non è stata presa dal server. È ancora su quel telefono.
       *[other] Telefono { $phone }: { $n } registrazioni non sono state prese dal server. Sono ancora su quel telefono.
    }
review-missing-unreadable =
    { $n ->
        [one] Telefono { $phone }: { $n } registrazione è arrivata e non si apre. Resta da parte, intera.
       *[other] Telefono { $phone }: { $n } registrazioni sono arrivate e non si aprono. Restano da parte, intere.
    }
review-missing-why = Si può firmare lo stesso: la firma vale senza, e lo dice. Se arrivano dopo, contano con una rettifica.
review-sign-without = Firma senza quello che manca
review-amend-without = Firma la rettifica senza quello che manca
review-all = Vedi tutta la notte
review-open-record = Apri la scheda
review-open-night = Apri la notte
review-finding-item = { $text } Materiale: { $item }.
review-not-closed = Nessuno ha chiuso questa uscita. L’ultima registrazione è delle { $time }.
review-close-lost = Chiudila alle { $time }
review-under-way = Questo telefono è ancora in uscita: chiudila prima, poi si firma.
review-cancelled = Uscita annullata, senza registrazioni: non si firma.
review-amend-title = Rettifica { $n }
review-amend-why = Quello che è arrivato dopo la firma conta solo se firmi la rettifica.
review-amend-change = { $what }: { $before } → { $after }
review-amend-same = I numeri restano uguali.
review-amend-new =
    { $n ->
        [one] { $n } nuova
       *[other] { $n } nuove
    }
review-amend-changed =
    { $n ->
        [one] { $n } corretta o tolta
       *[other] { $n } corrette o tolte
    }
review-amend-other =
    { $n ->
        [one] { $n } altra modifica
       *[other] { $n } altre modifiche
    }
review-amend-reason = Perché
review-amend-who = Chi rettifica
review-amend-sign = Firma la rettifica
review-seen = viste
review-incidents = episodi
amend-late_device = Il secondo telefono è arrivato dopo
amend-recording_mistake = Errore di registrazione
amend-duplicate_found = Doppione scoperto dopo
amend-stock_recount = Scorte ricontate

## The lead's second code
step-title = Codice di verifica
step-once = Si sceglie una volta.
step-why = Apre quello che su questo telefono vedi solo tu: tutta la notte, la verifica e la firma. Chi ti prende il telefono di mano non ci arriva.
step-how = Sono almeno 8 cifre, diverse dal codice del telefono. Si scrive a ogni verifica e si chiude da solo dopo cinque minuti.
step-lost = Nessuno può leggerlo o cambiarlo per te, nemmeno chi coordina. Se lo dimentichi, la notte la verifica l’altra responsabile, oppure il telefono si abbina di nuovo.
step-begin = Scegli il codice
step-what = Almeno otto cifre. Solo tu le sai.
step-unlock = Prima il codice del telefono
step-unlock-why = Quello con cui lo apri ogni volta.
step-choose = Scegli il codice di verifica
step-repeat = Ripeti il codice di verifica
step-rule = Almeno otto cifre. Non una data, non cifre in fila, non il codice del telefono.
step-weak = Troppo facile, o simile al codice del telefono.

## The nights (lead)
nights-title = Le notti
nights-under = Tutte le uscite dell’unità
nights-waiting = Da vedere
nights-done = Finite
nights-empty = Ancora nessuna uscita.
nights-open = aperta
nights-closed = chiusa, da verificare
nights-signed = firmata
nights-amended = rettificata
nights-frozen = pubblicata
nights-cancelled = annullata
nights-phones =
    { $n ->
        [one] { $n } telefono
       *[other] { $n } telefoni
    }
nights-received = ricevuta
nights-not-received = da inviare
nights-forgotten = dettagli dimenticati il { $d }
nights-late =
    { $n ->
        [one] { $n } arrivata dopo la firma
       *[other] { $n } arrivate dopo la firma
    }

## The night, record by record (lead)
night-title = La notte
night-note = Nota della notte
night-note-drop = Togli la nota
night-seen =
    { $n ->
        [one] Vista { $n } persona
       *[other] Viste { $n } persone
    }
night-went =
    { $n ->
        [one] Accompagnamento, { $n } minuto
       *[other] Accompagnamento, { $n } minuti
    }
night-referral = invio
night-incident = episodio
night-nothing = niente materiali
night-late = dopo la firma

## Correction (lead)
fix-title = Correggi
fix-signed = La notte è già firmata: la correzione conta quando firmi la rettifica.
fix-who = Chi
fix-people = Quante persone
fix-gender = Genere
fix-kind = Conosciuta
fix-zone = Zona
fix-aliases = Codici
fix-alias-search = Cerca per lettera
fix-cells = Chi erano
fix-cell = { $n } × { $words }
fix-cell-add = Aggiungi chi era
fix-cell-done = Fatto
fix-supplies = Usciti dalla borsa
fix-leaflets = Opuscoli: { $topic }, { $language }
fix-leaflet-add = Aggiungi opuscoli
fix-repeat = È tornata nella notte
fix-save = Salva la correzione
fix-take-back = Togli questa scheda
fix-take-back-sure = Tolta, non conta più. Togliere davvero?
fix-take-back-yes = Sì, togli
fix-take-back-no = No, tienila
fix-only-take-back = Questa non si corregge: se è sbagliata, si toglie.
fix-gone = Questa scheda non c’è più.
target-person = Persona
target-client = Cliente
target-resident = Residente o passante
target-third_party = Terza persona
kind-first = Prima volta
kind-returning = Già nota
kind-unknown = Non so
kind-not_applicable = Non si dice

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
send-safe = Sì. Già al server: { $there }. Cifrate qui: { $here }.
send-stop = Ferma e riprendi più tardi
send-refused =
    { $n ->
        [one] { $n } registrazione non accettata
       *[other] { $n } registrazioni non accettate
    }
send-refused-safe =
    { $n ->
        [0] Sì, resta cifrata su questo telefono
        [one] Sì, resta cifrata qui; { $n } è arrivata
       *[other] Sì, resta cifrata qui; { $n } sono arrivate
    }
send-phone = Telefono { $n }
send-phone-own = Telefono { $n }, questo
send-phone-records =
    { $n ->
        [one] { $n } registrazione
       *[other] { $n } registrazioni
    }

## Records that the server refused
attention-title = Da guardare
attention-open =
    { $n ->
        [one] Apri quella da guardare
       *[other] Apri le { $n } da guardare
    }
attention-row = { $kind }, n. { $n }
attention-too-large = Troppo grande per il server.
attention-device = Il server non riconosce questo telefono.
attention-version = Il server è di un’altra versione.
attention-other = Il server non l’ha presa.
attention-safe = Restano cifrate su questo telefono. Leggi il numero a chi coordina: non serve dire altro.
attention-none = Niente da guardare.
kind-contact = Scheda
kind-observation = Viste
kind-referral = Invio
kind-incident = Episodio
kind-stock = Scorte
kind-outing = Uscita

## Receipt
receipt-title = Tutto ricevuto
receipt-figure = { $n } di { $total }
receipt-at = ricevuti alle
receipt-print = Impronta
receipt-print-equal = uguale su telefono e server
receipt-records =
    { $n ->
        [one] { $n } scheda
       *[other] { $n } schede
    }
receipt-seen =
    { $n ->
        [one] { $n } riga di viste
       *[other] { $n } righe di viste
    }
receipt-referrals =
    { $n ->
        [one] { $n } invio
       *[other] { $n } invii
    }
receipt-incidents =
    { $n ->
        [one] { $n } episodio
       *[other] { $n } episodi
    }
receipt-forget = Questo telefono dimenticherà i dettagli il { $d }.
receipt-forget-pending = Questo telefono dimenticherà i dettagli dopo la verifica.
receipt-forget-backup = Questo telefono dimenticherà i dettagli dopo la copia di sicurezza.
receipt-forget-rest = Restano solo i totali e i codici.
receipt-forgotten = Dettagli dimenticati il { $d }.
receipt-review-missing = Manca la verifica della responsabile.
receipt-good-night = Buona notte

## Pairing
pair-title = Collega i telefoni
pair-how = Sull’altro telefono: Stanotte, poi «Inquadra».
pair-picture = Codice da inquadrare con l’altro telefono
pair-or-code = Oppure scrivi
pair-word = Dite la stessa parola ad alta voce
pair-mismatch = Parola diversa: fermatevi e rifate.
pair-once = Senza rete. Serve una volta sola: durante la notte i telefoni non si parlano.
pair-done = Parola uguale: si parte
pair-single = Esco con un telefono solo
pair-both = Anche l’altro telefono è già partito
pair-both-how = Scegliete quale uscita resta. Qui non c’è ancora nulla: questo telefono può passare all’altra, con la sua borsa.
pair-both-same = È il codice di questo telefono: siete già nella stessa uscita.
pair-both-records = Qui ci sono già registrazioni: restano dove sono. Se sull’altro telefono non c’è ancora nulla, passi quello a questa uscita. Altrimenti restano due uscite: chi verifica le vede entrambe.
pair-both-stays = Resta questa uscita, { $code }: il suo codice viene prima. Passi l’altro telefono. Se là c’è già qualcosa, passa tu.
pair-join-recorded = Là c’è già qualcosa: passo io
pair-join = Parola uguale: passo all’altra uscita
pair-show = Mostra il codice di questo telefono
pair-look = Inquadra
pair-stop = Spegni la fotocamera
pair-camera = Quello che vede la fotocamera
pair-photo = Fotografa il codice
pair-no-code = Questo codice non va: una lettera è diversa. Controllatele insieme.
pair-no-picture = Nella foto non c’è il codice. Riprova, o scrivi le quattro lettere.
pair-other-word = Parola diversa
pair-same-word = Se la parola è la stessa, vai avanti.

## Union of two nights
union-title = Unisci le notti
union-this = Questo telefono
union-other = Altro telefono
union-missing = non ancora qui
union-cards =
    { $n ->
        [one] scheda
       *[other] schede
    }
union-sealed =
    { $n ->
        [one] registrazione cifrata
       *[other] registrazioni cifrate
    }
union-together =
    { $n ->
        [one] { $n } scheda insieme
       *[other] { $n } schede insieme
    }
union-kept = La notte dell’altro è qui
union-sealed-here = È cifrata: su questo telefono non si apre.
union-copy = Ogni telefono tiene una copia cifrata della notte dell’altro.
union-pairs =
    { $n ->
        [one] { $n } possibile doppione
       *[other] { $n } possibili doppioni
    }
union-pairs-who = Lo decide chi verifica, domani.
union-safe = Se un telefono si perde stanotte, l’altro ha tutto.
union-half = Qui c’è la notte dell’altro telefono, fino al suo ultimo file. Perché l’altro abbia la tua, mandagli il file.
union-skip = Puoi andare avanti: con la rete lo fa il server. Con il file si fa subito, e ogni telefono tiene una copia dell’altro.
union-save = Salva il file per l’altro telefono
union-saved = è pronto: mandalo all’altro telefono. È cifrato.
union-open = Apri il file dell’altro telefono
union-next = Avanti: chiudi l’uscita
copy-title = Copia all’altro telefono
copy-done = Fatto
union-taken =
    { $n ->
        [one] Presa { $n } registrazione.
       *[other] Prese { $n } registrazioni.
    }
union-nothing-new = Era già tutto qui.
union-own-file = È il file di questo telefono. Apri quello dell’altro.
union-other-outing = È il file di un’altra uscita: è al sicuro, e chi verifica la vede.
union-aside =
    { $n ->
        [one] { $n } registrazione messa da parte: questo telefono non può aprirla, o attende l’ufficio. È conservata.
       *[other] { $n } registrazioni messe da parte: questo telefono non può aprirle, o attendono l’ufficio. Sono conservate.
    }

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
age-18_24 = 18–24
age-25_34 = 25–34
age-35_44 = 35–44
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
error-CODICE-01-what = Il codice è errato.
error-CODICE-01-safe = Sì, nulla è andato perso.
error-CODICE-01-do = Riprova.
error-CODICE-02-what = Troppi tentativi di seguito.
error-CODICE-02-safe = Sì, nulla è andato perso.
error-CODICE-02-do = Aspetta e riprova.
error-CODICE-03-what = Questo codice è troppo facile da indovinare.
error-CODICE-03-safe = Sì, non è stato ancora scritto nulla.
error-CODICE-03-do = Scegli almeno sei cifre, che non siano una data, una fila o una ripetizione.
error-CODICE-04-what = Il taccuino è chiuso.
error-CODICE-04-safe = Sì, nulla è andato perso.
error-CODICE-04-do = Aprilo con il codice.
error-CODICE-05-what = Qui serve il codice di verifica.
error-CODICE-05-safe = Sì, nulla è andato perso.
error-CODICE-05-do = Apri «Le notti» e scrivi il codice di verifica.
error-CODICE-06-what = Dieci codici sbagliati di seguito: con il codice questo telefono non si apre più.
error-CODICE-06-safe = Sì. Quello che hai salvato è nel giornale sigillato, e si invia lo stesso.
error-CODICE-06-do = Chiedi al coordinatore un codice nuovo per questo telefono.
error-TACCUINO-01-what = Su questo telefono non c’è ancora un taccuino.
error-TACCUINO-01-safe = Sì. Se qui c’era un taccuino, ciò che era salvato è sigillato e parte da solo.
error-TACCUINO-01-do = Abbina il telefono con chi coordina.
error-TACCUINO-02-what = Il taccuino è aperto in un’altra finestra.
error-TACCUINO-02-safe = Sì, è intatto.
error-TACCUINO-02-do = Chiudi l’altra finestra e riprova.
error-TACCUINO-03-what = Un file del taccuino è rovinato.
error-TACCUINO-03-safe = Il file resta com’è; ciò che è partito è al server.
error-TACCUINO-03-do = Non reinstallare. Porta il telefono a chi coordina.
error-TACCUINO-04-what = Il taccuino è di una versione più nuova.
error-TACCUINO-04-safe = Sì, non è stato toccato.
error-TACCUINO-04-do = Aggiorna l’app.
error-TACCUINO-05-what = Il telefono non lascia leggere o scrivere il taccuino.
error-TACCUINO-05-safe = Sì, ciò che era salvato resta.
error-TACCUINO-05-do = Riavvia il telefono. Se continua, portalo a chi coordina.
error-TACCUINO-06-what = Su questo telefono c’è già un taccuino.
error-TACCUINO-06-safe = Sì, non è stato toccato.
error-TACCUINO-06-do = Aprilo con il suo codice, o chiedi a chi coordina.
error-TACCUINO-07-what = Il taccuino è chiuso con un’altra chiave.
error-TACCUINO-07-safe = Sì, non è stato toccato.
error-TACCUINO-07-do = Porta il telefono a chi coordina.
error-TACCUINO-08-what = A questo telefono manca una parte del suo giornale.
error-TACCUINO-08-safe = Ciò che è partito è al server; il resto non viene toccato.
error-TACCUINO-08-do = Usa l’altro telefono e porta questo a chi coordina.
error-TACCUINO-09-what = Una riga del giornale di questo telefono si è rovinata.
error-TACCUINO-09-safe = Sì, ciò che hai salvato è intero.
error-TACCUINO-09-do = Apri il taccuino con il codice: la riga viene riscritta.
error-TACCUINO-10-what = Il giornale di questo telefono era rovinato ed è stato rifatto dal taccuino.
error-TACCUINO-10-safe = Sì, non è andato perso nulla.
error-TACCUINO-10-do = Non devi fare nulla: l’invio riprende da solo. Se succede ancora, porta il telefono a chi coordina.
error-SPAZIO-01-what = Lo spazio del telefono è finito.
error-SPAZIO-01-safe = Sì, ciò che era salvato resta. Questo no, ancora.
error-SPAZIO-01-do = Svuota foto o app, poi riprova.
error-CHIAVE-01-what = Questo telefono appartiene a un’altra squadra.
error-CHIAVE-01-safe = Sì, nulla è stato scritto.
error-CHIAVE-01-do = Rifai l’abbinamento con chi coordina.
error-CHIAVE-02-what = La chiave del telefono non risponde.
error-CHIAVE-02-safe = Sì, il taccuino è intatto.
error-CHIAVE-02-do = Riavvia il telefono. Se continua, chiedi a chi coordina.
error-CHIAVE-03-what = Il file della chiave è rovinato.
error-CHIAVE-03-safe = Ciò che è partito è al server; il resto non viene toccato.
error-CHIAVE-03-do = Porta il telefono a chi coordina.
error-ABBINAMENTO-01-what = Chi coordina non ha ancora firmato per questo telefono.
error-ABBINAMENTO-01-safe = Sì, nulla è andato perso.
error-ABBINAMENTO-01-do = Leggete insieme le sei parole, poi controlla di nuovo.
error-ABBINAMENTO-02-what = Il codice è scaduto o già usato.
error-ABBINAMENTO-02-safe = Sì, non è stato scritto nulla.
error-ABBINAMENTO-02-do = Chiedi un codice nuovo a chi coordina.
error-ABBINAMENTO-03-what = L’indirizzo o il codice non si leggono.
error-ABBINAMENTO-03-safe = Sì, non è stato scritto nulla.
error-ABBINAMENTO-03-do = Ricontrolla: dieci caratteri, oppure tutto il collegamento.
error-MANIFESTO-01-what = L’elenco dei telefoni non è firmato da chi amministra.
error-MANIFESTO-01-safe = Sì, resta quello di prima.
error-MANIFESTO-01-do = Avvisa chi coordina prima di inviare.
error-MANIFESTO-02-what = Il server offre un elenco vecchio.
error-MANIFESTO-02-safe = Sì, resta quello nuovo.
error-MANIFESTO-02-do = Avvisa chi coordina.
error-REG-01-what = Una registrazione non è stata accettata.
error-REG-01-safe = Sì, resta cifrata qui; le altre sono arrivate.
error-REG-01-do = Mostra il telefono a chi coordina.
error-REG-02-what = La scheda è troppo grande.
error-REG-02-safe = Le altre sì. Questa non è salvata.
error-REG-02-do = Togli qualcosa e salva di nuovo.
error-REG-03-what = Questa scheda non c’è più.
error-REG-03-safe = Sì, le altre restano.
error-REG-03-do = Torna indietro e riapri l’elenco.
error-REG-04-what = Così non si può registrare.
error-REG-04-safe = Sì, il resto è salvato.
error-REG-04-do = Torna indietro e correggi.
error-REG-05-what = I dettagli di questa notte non sono più su questo telefono: li ha dimenticati come previsto.
error-REG-05-safe = Sì: sono allo sportello, cifrati.
error-REG-05-do = Li sta riprendendo. Resta in rete un minuto, poi riapri la verifica.
error-RUOLO-01-what = Lo può fare solo la responsabile.
error-RUOLO-01-safe = Sì, nulla è cambiato.
error-RUOLO-01-do = Usa il telefono della responsabile.
error-STATO-01-what = Adesso questo passo non è possibile.
error-STATO-01-safe = Sì, nulla è cambiato.
error-STATO-01-do = Torna indietro e guarda a che punto è l’uscita.
error-STATO-02-what = Da questa scheda è partito un invio: la scheda resta.
error-STATO-02-safe = Sì, la scheda e l’invio sono qui.
error-STATO-02-do = Salvala così com’è.
error-RILASCIO-01-what = Questo periodo è già stato dato a questo destinatario.
error-RILASCIO-01-safe = Sì, ciò che è uscito resta com’è.
error-RILASCIO-01-do = Scegli il periodo dopo; per correggere le attività fai una rettifica.
error-RILASCIO-02-what = Questo destinatario riceve queste tabelle con un altro passo.
error-RILASCIO-02-safe = Sì, non è uscito nulla.
error-RILASCIO-02-do = Scegli il passo concordato: settimana, mese o trimestre.
error-RILASCIO-03-what = Il periodo non è ancora finito.
error-RILASCIO-03-safe = Sì, non è uscito nulla.
error-RILASCIO-03-do = Aspetta il giorno dopo l’ultimo del periodo.
error-RILASCIO-04-what = Le stesse settimane sono uscite con un’altra soglia o altre definizioni.
error-RILASCIO-04-safe = Sì, ciò che è uscito resta com’è.
error-RILASCIO-04-do = Scegli un periodo che non si sovrappone.
error-RILASCIO-05-what = Un altro sportello ha già pubblicato un rilascio con questo numero.
error-RILASCIO-05-safe = Sì, il tuo rilascio è conservato e non è stato pubblicato.
error-RILASCIO-05-do = Fai di nuovo lo stesso rilascio: prende il numero dopo. Poi pubblicalo.
error-RILASCIO-06-what = Questo rilascio è stato ritirato per sempre.
error-RILASCIO-06-safe = Sì, il documento resta nel registro com’è.
error-RILASCIO-06-do = Se serve ancora, consegnane il file.
error-RILASCIO-07-what = Mancano ancora delle notti di questo periodo.
error-RILASCIO-07-safe = Sì, non è uscito nulla.
error-RILASCIO-07-do = Aspetta che arrivino e siano firmate. Se non arriveranno, segna annullate le uscite, o di’ che il documento esce lo stesso.
error-RICEVUTA-01-what = La ricevuta non è firmata dal nostro server.
error-RICEVUTA-01-safe = Sì, le copie restano qui.
error-RICEVUTA-01-do = Prova con un’altra rete e avvisa chi coordina.
error-RICEVUTA-02-what = La ricevuta non corrisponde a ciò che è qui.
error-RICEVUTA-02-safe = Sì, le copie restano qui.
error-RICEVUTA-02-do = Riprova. Se continua, avvisa chi coordina.
error-SERVER-01-what = Il progetto non ha ancora un server.
error-SERVER-01-safe = Sì, tutto resta su questo computer, cifrato.
error-SERVER-01-do = Aggiungilo da Dispositivi.
error-FOGLIO-01-what = Le parole non sono quelle di un foglio di recupero.
error-FOGLIO-01-safe = Sì, non è stato toccato nulla.
error-FOGLIO-01-do = Ricontrolla le 24 parole e il loro ordine.
error-FOGLIO-02-what = Queste parole non aprono queste copie.
error-FOGLIO-02-safe = Sì, non è stato toccato nulla.
error-FOGLIO-02-do = Guarda se il foglio è di questo progetto, e se ce n’è uno più nuovo.
error-FOGLIO-03-what = In questa cartella non ci sono copie da aprire.
error-FOGLIO-03-safe = Sì, non è stato toccato nulla.
error-FOGLIO-03-do = Mettici mailbox.db, una copia uscita-….age, i journal.db o i file .uscita.
error-FOGLIO-04-what = Il foglio apre le registrazioni, ma in queste copie non c’è la chiave per firmare.
error-FOGLIO-04-safe = Sì, non è stato toccato nulla.
error-FOGLIO-04-do = Aggiungi una copia recente del server: contiene il manifesto. Se non c’è, segui recupero.md.
error-RETE-01-what = Il server non risponde.
error-RETE-01-safe = Sì, tutto resta cifrato qui.
error-RETE-01-do = Cerca rete e riprova: riparte da dove era.
error-RETE-02-what = Questa rete chiede un accesso prima di funzionare.
error-RETE-02-safe = Sì, tutto resta cifrato qui.
error-RETE-02-do = Usa i dati del telefono, oppure aspetta e riprova.
error-RETE-03-what = Il server non è quello giusto.
error-RETE-03-safe = Sì, non è partito nulla.
error-RETE-03-do = Cambia rete e avvisa chi coordina.
error-RETE-04-what = Il server è occupato.
error-RETE-04-safe = Sì, tutto resta cifrato qui.
error-RETE-04-do = Riprova tra qualche minuto.
error-RETE-05-what = Il server e l’app non sono della stessa epoca.
error-RETE-05-safe = Sì, tutto resta cifrato qui.
error-RETE-05-do = Aggiorna l’app.
error-RETE-06-what = Il server è stato riportato indietro.
error-RETE-06-safe = Sì. Ciò che il server non ha più viene inviato di nuovo.
error-RETE-06-do = Niente da fare. Avvisa l’ufficio, se non lo sa già.
error-FILE-01-what = Questo non è un file di Uscita, o è danneggiato.
error-FILE-01-safe = Sì. Dal file non è stato preso nulla.
error-FILE-01-do = Salva di nuovo il file sull’altro telefono e riprova.
error-FILE-02-what = Il file è di un’altra unità, o di un telefono che questo non conosce ancora.
error-FILE-02-safe = Sì. Dal file non è stato preso nulla.
error-FILE-02-do = Controlla di aver scelto il file giusto. Se il telefono è nuovo, collegati alla rete e riprova.
error-FILE-03-what = Il file viene da una versione più nuova dell’app.
error-FILE-03-safe = Sì. Dal file non è stato preso nulla.
error-FILE-03-do = Aggiorna l’app, poi riaprilo.
error-ORA-01-what = La data del telefono è sbagliata.
error-ORA-01-safe = Sì. Gli orari saranno «circa».
error-ORA-01-do = Correggi data e ora, poi riprova.
error-REV-01-what = Questo telefono è stato revocato.
error-REV-01-safe = Sì, può ancora consegnare.
error-REV-01-do = Portalo a chi coordina.
error-REV-02-what = Il server ha un altro giornale di questo telefono.
error-REV-02-safe = Sì, questo resta qui e il suo resta là.
error-REV-02-do = Non usarlo. Portalo a chi coordina.
error-INTERNO-01-what = L’app ha trovato un suo errore.
error-INTERNO-01-safe = Sì, ciò che era salvato resta.
error-INTERNO-01-do = Riprova. Se continua, leggi il codice a chi coordina.

## What the rules say in the review
finding-V01 = Durata dell’uscita: sotto 15 minuti o sopra 12 ore.
finding-V02 = Due uscite aperte insieme.
finding-V03 = Equipaggio di una sola persona.
finding-V04 = Zona fuori elenco.
finding-V05 = Numero di persone fuori misura.
finding-V06 = Gruppo: la composizione non torna.
finding-V07 = Codici: più dei presenti o scritti male.
finding-V08 = Stesso codice su due schede.
finding-V09 = Non è una persona incontrata, ma ha dettagli di persona.
finding-V10 = «Prima volta» con un codice già noto.
finding-V11 = Minore presunta: manca la scheda minori.
finding-V12 = Vuole uscire o l’ha detto lei: serve la scheda emergenza.
finding-V13 = Preoccupazione su un gruppo: va divisa la persona.
finding-V14 = Solo materiali, ma si è parlato.
finding-V15 = Uso del preservativo: non con questo pubblico.
finding-V16 = «È tornata» senza codice.
finding-V17 = Scorte: i conti non tornano.
finding-V18 = Materiali: molti, o opuscoli senza lingua.
finding-V19 = Usciti più dei caricati.
finding-V20 = Invio: passo fuori percorso.
finding-V21 = Invio chiuso senza esito.
finding-V22 = «Subito» senza seguito: avvisa chi coordina.
finding-V29 = Incontro: numeri fuori misura.
finding-V30 = Nota: qualcosa può far riconoscere.
finding-V31 = Non ancora pronta da firmare.
finding-V32 = Consolidata: si corregge solo con rettifica.
finding-V33 = Orologio sbagliato: orari «circa».
finding-V34 = Forse la stessa persona.
finding-V35 = Più minori che presenze.
finding-V36 = Accompagnamento senza un invio che lo permetta.
item-minus = { $item }, meno 1
item-plus = { $item }, più 1
more-referrals-detail = di stanotte
err-title = Qualcosa non va
review-contacts =
    { $n ->
        [one] scheda
       *[other] schede
    }

## Desk: frame and access
shell-skip = Vai al contenuto
shell-sections = Sezioni
shell-leave = Esci
shell-open-referrals =
    { $n ->
        [one] { $n } invio aperto
       *[other] { $n } invii aperti
    }
shell-open-outings =
    { $n ->
        [one] { $n } uscita senza notizie
       *[other] { $n } uscite senza notizie
    }
shell-open-depot =
    { $n ->
        [one] { $n } materiale da ordinare
       *[other] { $n } materiali da ordinare
    }
shell-open-devices =
    { $n ->
        [one] { $n } cosa aspetta
       *[other] { $n } cose aspettano
    }
shell-open-lists =
    { $n ->
        [one] { $n } domanda aperta
       *[other] { $n } domande aperte
    }
shell-units =
    { $n ->
        [one] { $n } unità
       *[other] { $n } unità
    }
access-title = Accesso
access-whose = Il server è dell’associazione, nessun servizio esterno.
access-passphrase = Frase d’accesso
access-enter = Entra
access-opening = Apro…
access-help = Non riesci a entrare? Un amministratore può aiutarti. I dati non si perdono.
access-change = Cambia la frase d’accesso
access-change-back = Torna all’accesso
access-now = Frase di adesso
access-new = Frase nuova
access-again = Frase nuova, di nuovo
access-change-note = Almeno dodici caratteri: quattro parole qualsiasi vanno bene. Scrivila su carta e tienila lontano dal computer.
access-change-do = Cambia ed entra
access-mismatch = Le due frasi nuove sono diverse.
access-weak = Troppo facile da indovinare. Scegline una più lunga.

## Desk: week
week-nav = Settimana
week-title = Settimana { $n }
week-days = { $from } – { $to }.
week-previous = Periodo precedente
week-next = Periodo successivo
week-print = Stampa
week-face = Vista
week-internal = Interno
week-external = Esterno
week-external-note = Come la vede il Comune. Soglia k = { $k }. Le spiegazioni restano qui: nel file c’è solo «n.p.»
week-np = n.p.
week-empty = Nessuna uscita in questo periodo.
week-lead-contacts =
    { $n ->
        [one] { $n } contatto
       *[other] { $n } contatti
    }
week-lead-outings =
    { $n ->
        [one] in una uscita
       *[other] in { $n } uscite
    }
week-lead-with = con
week-lead-persons = { $range } persone
week-lead-different = diverse
week-adds-up = ogni tabella somma a { $n }
week-section-people = Chi abbiamo incontrato
week-section-work = Che cosa abbiamo fatto
week-section-referrals = Invii e sportello
week-why-small = Un numero sotto { $k } non si pubblica.
week-why-complement = Un altro è nascosto perché quello si ricaverebbe dal totale.
week-why-small-total = La settimana intera è sotto { $k }: uscirà insieme alla prossima.
week-why-few-outings = Meno di tre uscite: la tabella esce insieme alla prossima settimana.
week-why-audit = Con ciò che è già uscito se ne ricaverebbe uno piccolo.
week-why-sensitive = Tema delicato: non esce in un rilascio settimanale.
week-unique = Persone uniche
week-at-least = almeno
week-not-additive = Non si somma tra periodi.
week-nights = Uscite contate
week-amended =
    { $n ->
        [one] { $n } rettifica
       *[other] { $n } rettifiche
    }
week-mailbox = Server
week-updated = Aggiornato alle { $t }.
week-never-updated = Non ancora aggiornato.
week-set-aside =
    { $n ->
        [one] { $n } busta messa da parte: non si perde, ma non è contata.
       *[other] { $n } buste messe da parte: non si perdono, ma non sono contate.
    }
week-update = Aggiorna
week-updating = Aggiorno…
week-pulled =
    { $n ->
        [one] Arrivata { $n } busta
       *[other] Arrivate { $n } buste
    }
week-pulled-until = notti fino al { $day }
week-pulled-kept = Quello che è arrivato resta: se interrompi, la prossima volta si continua da qui.
desk-counting = Conto quello che è arrivato: { $n } di { $of }. Se chiudi, la prossima volta si continua da qui.
desk-counting-bar = Quanto è contato
week-error-code = Codice { $code }
figure-contacts = Contatti
figure-presences = Presenze
figure-minutes = Ore di uscita
figure-staff = Ore operatore
figure-km = Km
figure-condoms = Preservativi

## Desk: tables
table-category = Categoria
table-number = Numero
table-bar = Barra
table-gender = Genere
table-age = Età
table-origin = Origine
table-zone = Zona
table-kind = Prima volta
table-depth = Incontro
table-language = Lingua
table-services = Prestazioni
table-supplies = Materiali consegnati
table-leaflets = Materiale informativo, per lingua
table-observed = Viste senza contatto
table-concern = Elementi di preoccupazione
table-referrals = Invii aperti
table-referral-events = Passi degli invii
table-desk-topics = Accessi allo sportello
table-outing-type = Uscite per tipo
table-events = Incontri
table-incidents = Episodi
table-not-recorded = Non rilevata
table-other-not-recorded = Altro o non rilevato
table-other-languages = Altre lingue
table-age-35 = 35 e oltre
table-age-45 = 45 e oltre
table-kind-first = Prima volta
table-kind-returning = Già note
table-kind-returning-or-unknown = Già note o non so
macro-italy = Italia
macro-eu_east = UE orientale
macro-europe_non_eu = Europa non UE
macro-africa_west = Africa occidentale
macro-africa_other = Altra Africa
macro-latin_america = America Latina
macro-asia = Asia
service-macro-health = Salute
service-macro-protection = Protezione
service-macro-legal_asylum = Legale e asilo
service-macro-social_work_training = Sociale, lavoro, formazione
desk-topic-medical = Medico
desk-topic-legal = Legale
desk-topic-psychological = Psicologico
desk-topic-orientation = Orientamento
desk-topic-work = Lavoro
desk-topic-documents = Documenti
desk-topic-other = Altro
event-citizens = Cittadinanza
event-institutions = Istituzioni
event-school = Scuole
event-training_operators = Formazione operatori
event-network_cas = Équipe dei CAS
event-network_table = Tavolo di rete
event-residents_mediation = Mediazione con residenti
event-press = Stampa
incident-third_party_control = Controllo di terzi
incident-aggressive_client = Cliente aggressivo
incident-aggression_team = Aggressione alla squadra
incident-violence_reported = Violenza riferita
incident-robbery = Rapina
incident-police_check = Controllo delle forze dell’ordine
incident-medical_emergency = Emergenza medica
incident-vehicle = Mezzo
incident-device_lost = Dispositivo smarrito
incident-data_breach_suspected = Sospetta fuga di dati
incident-near_miss = Quasi incidente

## Dispositivi (sportello)
devices-title = Dispositivi
devices-sub = Nessuna posizione, nessun elenco di contenuti.
devices-table = Dispositivi del progetto
devices-name = Nome
devices-assigned = Assegnato
devices-seen = Ultimo arrivo
devices-status = Stato
devices-acts-column = Azioni
devices-role-member = telefono
devices-role-lead = telefono della responsabile
devices-role-desk_worker = sportello, operatrice
devices-role-case_worker = ente accreditato
devices-role-coordinator = sportello
devices-role-admin = sportello che firma
devices-own = questo sportello
devices-never-sent = mai arrivato niente
devices-all-received = tutto copiato
devices-not-copied =
    { $n ->
        [one] una registrazione non ancora copiata qui
       *[other] { $n } registrazioni non ancora copiate qui
    }
devices-silent =
    { $n ->
        [one] non si vede da un giorno
       *[other] non si vede da { $n } giorni
    }
devices-revoked = revocato
devices-revoked-on = revocato il { $day }
devices-forked = ne esiste una copia, o è tornato indietro
devices-wipe-ordered = cancellazione ordinata
devices-wipe-confirmed = cancellazione confermata
devices-wipe-never-seen = cancellazione ordinata, mai più vista
devices-quarantine =
    { $n ->
        [one] una registrazione in quarantena
       *[other] { $n } registrazioni in quarantena
    }
devices-waiting =
    { $n ->
        [one] una registrazione in attesa dell’ufficio
       *[other] { $n } registrazioni in attesa dell’ufficio
    }
devices-open = Azioni per { $name }
devices-two-acts = { $name }: due azioni diverse
devices-revoke = Revoca
devices-revoke-what = Dal prossimo contatto { $name } non riceve più nulla. Ciò che ha già si apre ancora con il suo codice.
devices-act-failed = Non è partito niente: ecco perché.
devices-revoke-keeps = Ciò che ha raccolto può ancora consegnarlo, cifrato, in quarantena.
devices-revoke-do = Revoca { $name }
devices-revoked-already = { $name } è già revocato.
devices-wipe = Ordina la cancellazione
devices-wipe-what = Solo per un telefono perso. Al primo contatto, e può volerci qualche minuto, { $name } consegna ciò che può, poi distrugge le sue chiavi.
devices-wipe-loses = Ciò che non arriva al server resta cifrato sul telefono: nessuno lo legge.
devices-wipe-code = Frase d’accesso dello sportello, di nuovo
devices-wipe-do = Ordina la cancellazione di { $name }
devices-wipe-sure = Un ordine dato non si ritira.
devices-law = Una richiesta dell’autorità giudiziaria non passa da qui: segue la procedura con l’avvocato.
devices-reason = Perché
devices-reason-lost = smarrito
devices-reason-stolen = rubato o portato via
devices-reason-replaced = sostituito da un altro
devices-reason-left = chi lo usava non esce più
devices-quarantine-title = { $name } ha consegnato
devices-quarantine-what = Ciò che rilasci arriva alla responsabile come tardivo: una notte firmata cambia solo con una rettifica.
devices-waiting-what = Nessuno legge ciò che è in attesa finché non lo rilasci: questo sportello non l’aveva visto prima della revoca.
devices-quarantine-fork = Ciò che viene da una copia del telefono e non continua il suo registro non si può rilasciare: resta qui, e lo aprono solo le parole di recupero.
devices-release-elsewhere = Rilascia solo lo sportello che firma.
devices-release-do = Rilascia
devices-drop-do = Scarta…
devices-drop-sure =
    { $n ->
        [one] Scarto una registrazione di { $name }. Per trenta giorni si può riprendere, poi nessuno potrà più leggerla.
       *[other] Scarto { $n } registrazioni di { $name }. Per trenta giorni si possono riprendere, poi nessuno potrà più leggerle.
    }
devices-drop-yes = Sì, scarta
devices-dropped-title = Scartato di { $name }
devices-dropped-what =
    { $n ->
        [one] Una registrazione. Il server la conserva almeno fino al { $day }.
       *[other] { $n } registrazioni. Il server le conserva almeno fino al { $day }.
    }
devices-take-back-do = Riprendi
devices-cancel = Annulla
devices-history = Registro
devices-act-revoke = revoca
devices-act-wipe = cancellazione ordinata
devices-act-release = rilascio dalla quarantena
devices-act-drop = scarto dalla quarantena
devices-act-take_back = ripreso ciò che era scartato
devices-act-change_keys = cambio delle chiavi del programma
devices-act-operations =
    { $n ->
        [0] niente di nuovo
        [one] una registrazione
       *[other] { $n } registrazioni
    }
devices-unpublished = Il server non conosce ancora l’ultima decisione: finché non la riceve non ha effetto.
devices-look = Aggiorna
devices-looking = Aggiorno…

## Devices: changing the keys
keys-title = Chiavi del programma
keys-since = In vigore da { $day }.
keys-old = È passato più di un anno: è ora di cambiarle.
keys-known =
    { $n ->
        [one] { $names } è stato revocato e le conosce: cambiale.
       *[other] { $names } sono stati revocati e le conoscono: cambiale.
    }
keys-what = Quando si cambiano, i telefoni sigillano per chiavi nuove e nasce un nuovo foglio di recupero. Ciò che è già stato salvato si apre come prima: questo sportello tiene le chiavi vecchie, e il foglio vecchio apre ciò che è venuto prima.
keys-signer = Cambia anche la chiave che firma
keys-signer-when = Se qualcuno che non è più dei vostri può conoscerla: uno sportello rubato, o revocato.
keys-passphrase = Frase d’accesso dello sportello
keys-begin = Prepara le chiavi nuove
keys-begun = Un cambio delle chiavi è pronto da { $day } e non è ancora in vigore: manca la prova che il foglio nuovo è sulla carta.
keys-again = Torna al foglio nuovo
keys-later = Più tardi: il foglio resta qui
keys-keep = Lascia le chiavi come sono
keys-kept = Le chiavi sono rimaste come erano. Il foglio che hai stampato non apre nulla: distruggilo.
keys-failed = Le chiavi non sono cambiate: ecco perché.
keys-done = Le chiavi nuove sono in vigore.
keys-done-old = Tieni anche il foglio vecchio, chiuso e con la sua data: i giornali di prima li apre solo quello.
keys-done-server = Chi tiene il server metta queste righe nelle sue impostazioni, al posto di quelle di prima: le copie di sicurezza vanno sigillate per il foglio nuovo.
manifest-expires =
    { $n ->
        [0] Il manifesto scade oggi.
        [one] Il manifesto scade domani.
       *[other] Il manifesto scade fra { $n } giorni.
    }
manifest-expired = Il manifesto è scaduto: i telefoni registrano ancora, lo sportello deve rinnovarlo.
manifest-renew = Rinnova per trenta giorni
standing-expires =
    { $n ->
        [0] Le liste di questo telefono valgono fino a oggi.
        [one] Le liste di questo telefono valgono ancora un giorno.
       *[other] Le liste di questo telefono valgono ancora { $n } giorni.
    }
standing-expired = Le liste di questo telefono non sono più aggiornate. Si registra lo stesso: avvisa chi coordina.
more-revoked = Questo telefono è stato revocato: non riceve più nulla. Ciò che registri resta cifrato e si può consegnare. Portalo a chi coordina.

## Desk: releases (Rilasci)

releases-title = Rilasci
releases-new = Nuovo rilascio
releases-sub = Quello che esce resta scritto nel registro, identico, per sempre.
releases-correct-title = Rettifica del rilascio n. { $n }
releases-correct-sub = Le attività si contano di nuovo. Ciò che riguarda persone resta com’è uscito: la differenza fra due versioni direbbe quante persone si sono aggiunte. Quelle arrivate dopo contano solo nei numeri interni; al destinatario si può dire che ce ne sono, non quante.
releases-correct-not = Lascia perdere la rettifica
releases-recipient-label = Destinatario
releases-recipient-new = Un altro destinatario…
releases-recipient = { $kind }, { $name }
releases-rules = Passo { $step }, soglia k = { $k }.
releases-rules-k = Soglia k = { $k }.
releases-kind-label = Che cos’è
releases-kind-municipality = Comune
releases-kind-funder = Ente finanziatore
releases-kind-network = Rete antitratta
releases-kind-press = Stampa
releases-name-label = Nome dell’ente o dell’ufficio
releases-step-label = Ogni quanto
releases-step-week = settimanale
releases-step-month = mensile
releases-step-quarter = trimestrale
releases-step-half-year = semestrale
releases-step-stays = Dopo il primo rilascio il passo resta questo, con k = { $k }.
releases-step-note-week = Solo settimane intere: è il passo concordato con questo destinatario. In un mese escono solo i dati sensibili, in un semestre le tabelle incrociate.
releases-step-note-month = Solo mesi interi: è il passo concordato con questo destinatario.
releases-step-note-quarter = Solo trimestri interi: è il passo concordato con questo destinatario.
releases-step-note-half-year = Solo semestri interi: è il passo concordato con questo destinatario.
releases-period-label = Periodo
releases-weeks = Settimane
releases-months = Mesi
releases-quarters = Trimestri
releases-half-years = Semestri: anche le tabelle incrociate
releases-no-period = Questo destinatario ha già tutti i periodi finiti.
releases-quarter = { $n }º trimestre { $year }
releases-half-year = { $n }º semestre { $year }
releases-days = { $from }–{ $to } { $year }
releases-days-apart = { $from } – { $to } { $year }
releases-format-label = Formato
releases-format-page = Pagina
releases-format-page-note = da leggere e stampare
releases-format-xlsx = XLSX
releases-format-xlsx-note = una tabella per foglio
releases-format-csv = CSV
releases-format-csv-note = nascosto = *
releases-format-json = JSON
releases-format-json-note = il documento firmato
releases-check-overlap = Nessuna sovrapposizione con rilasci precedenti
releases-check-subtraction = Verifica di sottrazione superata
releases-to-come = Mancano ancora: { $which }. Ciò che esce ora resta com’è: quando arrivano non si aggiungono.
releases-to-come-unit = registrazioni di { $unit } (da firmare)
releases-to-come-more = altre { $n }
releases-incomplete = Esce lo stesso, senza
releases-make = Crea e scrivi nel registro
releases-making = Firmo e scrivo…
releases-no-granularity = Questo destinatario riceve queste tabelle con un altro passo: ha già { $clash }.
releases-no-overlap = Periodo { $period }: si sovrappone a { $clash }. Scegli il periodo dopo.
releases-no-frozen = Periodo { $period }: è già uscito per questo destinatario e resta com’è. Per correggere le attività apri quel rilascio e fai una rettifica.
releases-no-rules = Periodo { $period }: le stesse settimane sono uscite con un’altra soglia o altre definizioni, in { $clash }.
releases-no-short = I dati sensibili escono al mese o più.
releases-no-threshold = La soglia è più bassa di quella di questo destinatario.
releases-no-open = Il periodo non è ancora finito.
releases-no-open-until = Periodo { $period }: non è ancora finito. Si può rilasciare dal { $day }.
releases-preview = Anteprima: che cosa esce
releases-preview-stays = la terza colonna resta qui
releases-preview-none = Scegli destinatario e periodo.
releases-few-outings = Le uscite sono meno di tre, e chi ne ha vista una saprebbe le altre: i contatti aspettano, ed escono insieme ai prossimi appena ci sono tre uscite. Le attività escono subito.
releases-preview-busy = Sto calcolando, puoi restare.
releases-preview-refused = Non esce nulla.
releases-column-table = Tabella
releases-column-visible = Celle visibili
releases-column-why = Perché il resto è n.p.
releases-visible = { $n } di { $all }
releases-none-out = non escono
releases-activity = Attività
releases-contacts = Contatti e presenze
releases-sensitive = Dati sensibili
releases-unique-out = minimo non sotto { $k }
releases-unique-in = minimo sotto { $k }, o contatti non pubblicati
releases-table-accompaniments = Accompagnamenti
releases-table-exit = Richieste di uscita
releases-table-emergency = Pronte accoglienze
releases-table-minors = Minori presunti
releases-table-sensitive-supplies = Materiali sensibili
releases-table-gender-age = Genere ed età insieme
releases-table-gender-macro = Genere e origine insieme
releases-cat-requested = Richieste
releases-cat-placed = Accolte
releases-cat-no-place = Nessun posto
releases-cat-contacts = Contattate
releases-cat-observed = Viste
releases-why-small = { $names }: meno di { $k }
releases-why-complement = { $names }: si ricaverebbe dal totale
releases-why-audit = { $names }: si ricaverebbe da ciò che è già uscito
releases-why-cells-small =
    { $n ->
        [one] una cella: meno di { $k }
       *[other] { $n } celle: meno di { $k }
    }
releases-why-cells-complement =
    { $n ->
        [one] un’altra si ricaverebbe dai totali
       *[other] altre { $n } si ricaverebbero dai totali
    }
releases-why-cells-audit =
    { $n ->
        [one] un’altra si ricaverebbe dai totali o da ciò che è già uscito
       *[other] altre { $n } si ricaverebbero dai totali o da ciò che è già uscito
    }
releases-why-granularity = la riceve con un altro passo
releases-why-sensitive = mai in una settimana
releases-why-merged = esce per { $period }
releases-wait-small =
    { $n ->
        [one] è { $n }: passa al periodo dopo
       *[other] sono { $n }: passano al periodo dopo
    }
releases-wait-together =
    { $n ->
        [one] è { $n }: aspetta le altre tabelle dei contatti
       *[other] sono { $n }: aspettano le altre tabelle dei contatti
    }
releases-wait-outings =
    { $n ->
        [one] è { $n }: meno di tre uscite, passa al periodo dopo
       *[other] sono { $n }: meno di tre uscite, passano al periodo dopo
    }
releases-wait-audit =
    { $n ->
        [one] è { $n }: con ciò che è già uscito si ricaverebbe un numero piccolo
       *[other] sono { $n }: con ciò che è già uscito si ricaverebbe un numero piccolo
    }
releases-ledger = Registro dei rilasci
releases-ledger-empty = Non è ancora uscito nulla.
releases-row = n. { $n } · { $who }, { $period }
releases-row-note = { $day }, k = { $k }, def. { $version }
releases-print = impronta { $print }
releases-all = Tutti i rilasci ({ $n })
releases-corrects = Rettifica il n. { $n }
releases-corrected-by = Rettificato dal n. { $n }
releases-withdrawn-on = Ritirato: { $day }
releases-published-on = Pubblicato: { $day }
releases-contested = Un altro sportello ha dato lo stesso numero al suo: rifallo, prende il numero dopo.
releases-back = Torna ai rilasci
releases-acts = Che cosa farne
releases-made = Rilascio n. { $n } firmato e scritto nel registro.
releases-print-page = Stampa
releases-save = Salva { $format }
releases-saved = Salvato: { $name }
releases-publish = Pubblica sul server
releases-address = Mostra l’indirizzo
releases-new-password = Nuova password
releases-withdraw = Ritira…
releases-withdraw-sure = Il contenuto del rilascio n. { $n } sparisce dal server per sempre e non si può ripubblicare. Nel registro resta.
releases-withdraw-do = Sì, ritira
releases-withdraw-not = No, lascia
releases-correct = Rettifica…
releases-again = Rifai con un altro numero…
releases-address-label = Indirizzo per il destinatario
releases-password-label = Password
releases-password-same = Quella che il destinatario ha già.
releases-password-once = Si vede solo ora: consegnala a voce o su carta, non insieme all’indirizzo.
releases-not-told = Gli altri sportelli lo sapranno al prossimo scarico.

## Desk: periods
week-kind = Periodo
week-kind-week = Settimana
week-kind-month = Mese, a settimane intere
week-kind-calendar = Mese di calendario
week-kind-quarter = Trimestre
week-kind-year = Anno
week-kind-project = Tutto il progetto
week-title-quarter = { $n }º trimestre { $year }
week-title-year = Anno { $year }
week-title-project = Tutto il progetto
week-whole-weeks = Le settimane il cui giovedì cade nel periodo.
week-calendar-only = Mese di calendario: solo per uso interno.
week-running = Il periodo è in corso.
week-plan =
    { $planned ->
        [0] Nessuna uscita pianificata.
        [one] { $done } su una uscita pianificata.
       *[other] { $done } su { $planned } uscite pianificate.
    }
week-plan-more =
    { $n ->
        [one] Una fuori piano.
       *[other] { $n } fuori piano.
    }
week-plan-ahead =
    { $n ->
        [one] Una deve ancora venire.
       *[other] { $n } devono ancora venire.
    }
week-plan-cancelled =
    { $n ->
        [one] Una annullata.
       *[other] { $n } annullate.
    }
week-reviewed-all = Tutte verificate entro 48 ore.
week-reviewed-some = { $n } su { $of } verificate entro 48 ore.
week-lead-observed = Viste senza contatto altre
week-short-silent = Mancano ancora notizie da: { $days }.
week-short-unsigned = Arrivate, ma non ancora firmate: { $days }.
week-missing = manca
week-unsigned = da firmare
week-short-waiting = Ci sono registrazioni arrivate che nessuno ha ancora firmato.
week-partial = Finora: alcune notti di questa settimana non sono arrivate o non sono firmate.
week-so-far = finora
week-only-inside = Fuori si pubblicano solo settimane, mesi a settimane intere e trimestri.
week-opens = ogni numero si apre
week-figures = In tutto
week-prepare = Prepara il rilascio
week-nights-n =
    { $n ->
        [one] { $n } uscita contata.
       *[other] { $n } uscite contate.
    }
week-linked =
    { $linked ->
        [one] { $linked } contatto con codice, { $unlinked } senza.
       *[other] { $linked } contatti con codice, { $unlinked } senza.
    }
week-unique-how = Come si conta
week-section-hours = Ore e uscite
week-section-quality = Qualità dei dati
week-print-foot = Definizioni { $version }, k = { $k }. { $programme }, { $period }.
week-completion-later = Si misura dal { $date }.
figure-contact-events = Episodi di contatto
figure-groups = Gruppi
figure-first = Prime volte
figure-returning = Già note
figure-observed = Viste senza contatto
figure-clients = Clienti
figure-outings = Uscite
figure-condoms-per-contact = Preservativi per contatto
figure-open-start = In corso all’inizio
figure-opened = Aperti
figure-ended = Conclusi
figure-open-end = In corso alla fine
figure-accompaniments = Accompagnamenti
figure-accompaniment-time = Tempo di accompagnamento
figure-desk-accesses = Accessi allo sportello
figure-event-count = Incontri
figure-event-people = Persone agli incontri
figure-exit-requests = Richieste di uscita
figure-minor-cards = Schede minori
figure-minors = Minori presunti, contattati
figure-minors-seen = Minori presunti, solo visti
figure-emergency-requested = Pronte accoglienze chieste
figure-emergency-placed = Posti trovati
figure-emergency-none = Senza posto
figure-reviewed = Uscite verificate entro 48 ore
figure-amendments = Rettifiche fatte nel periodo
figure-completion = Invii completati
figure-continuity = Incontri per persona con codice
figure-reached = Persone raggiunte due volte
figure-no-origin = Origine non rilevata
figure-no-age = Età non rilevata
figure-no-gender = Genere non rilevato
figure-no-kind = Non so se già nota
figure-sign-off = Dalla fine alla firma, in media
table-district = Distretto
table-slot-band = Fascia oraria
table-leaflet-topics = Materiale informativo, per tema
table-outcomes = Invii chiusi, per esito
table-referral-services = Invii aperti, per servizio
table-unit = Uscite per unità
table-cancelled = Uscite annullate
table-type-minutes = Ore di uscita per tipo
table-org-minutes = Ore operatore per ente
table-role-minutes = Ore operatore per ruolo
table-severity = Episodi per gravità
table-no-district = Senza distretto
table-no-org = Ente non in elenco
band-day = Giorno
band-evening = Sera
band-late_evening = Tarda sera
band-night = Notte
band-late_night = Notte fonda
cancelled-weather = Meteo
cancelled-staff = Organico
cancelled-vehicle = Mezzo
cancelled-safety = Sicurezza
cancelled-holiday = Festività
cancelled-other = Altro
gap-no-place =
    { $n ->
        [0] Nessuna persona senza posto.
        [one] Una persona senza posto.
       *[other] { $n } persone senza posto.
    }
gap-urgent =
    { $n ->
        [one] Un invio urgente fermo.
       *[other] { $n } invii urgenti fermi.
    }
gap-silent =
    { $n ->
        [one] Un invio fermo da tempo.
       *[other] { $n } invii fermi da tempo.
    }
gap-no-news =
    { $n ->
        [one] Una notte senza notizie.
       *[other] { $n } notti senza notizie.
    }
gap-unsigned =
    { $n ->
        [one] { $unit }: una registrazione arrivata, da firmare.
       *[other] { $unit }: { $n } registrazioni arrivate, da firmare.
    }
gap-amended-late =
    { $n ->
        [one] Una notte corretta dopo la fine del periodo.
       *[other] { $n } notti corrette dopo la fine del periodo.
    }
gap-waiting-steps =
    { $n ->
        [one] Un passo di un invio che qui non è ancora arrivato.
       *[other] { $n } passi di invii che qui non sono ancora arrivati.
    }
gap-set-aside =
    { $n ->
        [one] Una busta messa da parte, non contata.
       *[other] { $n } buste messe da parte, non contate.
    }
gap-open = Apri
trend-title = Tredici settimane
trend-note = scala propria da zero, × nessuna uscita, ? nessuna notizia, ○ da firmare
trend-scale = { $from }–{ $to }, massimo { $max }
trend-alt = { $name }, tredici settimane: { $values }
trend-table = I numeri in tabella
trend-week = Settimana
trend-none = nessuna uscita
trend-silent = nessuna notizia
trend-partial = incompleta
trend-referrals = Invii aperti

## Desk: definitions
explain-open = { $name }, { $value }: da dove viene
explain-indicator = Indicatore { $id }
explain-close = Chiudi
explain-nights = Contato da queste uscite
explain-weeks = Contato da queste settimane
explain-date = Data
explain-outing = Uscita
explain-week = Settimana
explain-desk = Segnato allo sportello
explain-sum = Totale
explain-no-sum = Le righe non si sommano: il numero del periodo si conta di nuovo.
explain-persons = Di ogni riga ci sono i contatti: le persone diverse non si sommano.
explain-no-parts = Nessuna uscita contata.
explain-outside = Fuori si vede soltanto il numero pubblicato.
explain-three = Zero vuol dire contato, e nessuno. «Manca» vuol dire che non è arrivato nulla. «Da firmare» vuol dire arrivato, non ancora verificato da chi guida.
def-i01 = Uscite fatte e firmate da chi guida la squadra. Le annullate stanno a parte.
def-i02 = Dalla partenza al rientro, in minuti trascorsi davvero: il cambio dell’ora non ne aggiunge e non ne toglie.
def-i03 = La durata di ogni uscita per il numero di chi c’era. L’ente è quello per cui la persona lavora, altrimenti quello dell’unità.
def-i04 = I chilometri scritti alla chiusura, sommati.
def-i05 = Persone incontrate. Un gruppo conta per quante persone erano. Chi torna nella stessa notte non conta di nuovo; clienti, residenti e altri non contano. La stessa persona in due notti conta due volte.
def-i06 = Incontri con persone: anche chi torna nella stessa notte, e un gruppo conta uno.
def-i07 = Persone che la squadra ha incontrato per la prima volta, secondo chi c’era.
def-i08 = Persone che la squadra conosceva già.
def-kind-unknown = Persone di cui non si sa se fosse la prima volta.
def-i09 = Persone diverse: almeno tante quanti i codici diversi, o quante nella notte più piena; al massimo i codici più tutti i contatti senza codice. Più anni: i codici cambiano ogni anno, il minimo è quello dell’anno più grande.
def-linked = Contatti con un codice della squadra, e senza. Insieme fanno i contatti.
def-i10 = Contatti più le persone viste senza contatto. Sono presenze, non persone diverse.
def-clients = Contatti con clienti. Non sono tra i contatti.
def-i11 = Pezzi consegnati a chiunque, clienti compresi.
def-i12 = Materiale informativo consegnato, in pezzi.
def-i13 = Quante volte una prestazione è stata data durante un contatto con una persona. Un contatto può averne più di una.
def-i14 = Preservativi consegnati a persone, diviso i contatti.
def-i15 = Invii il cui primo passo cade nel periodo.
def-i15-stock = Invii non ancora conclusi quel giorno. In corso all’inizio, più gli aperti, meno i conclusi, fa in corso alla fine.
def-i16 = Passi degli invii con la data nel periodo, anche di invii aperti prima.
def-i16b = Degli invii aperti nel periodo, quanti sono arrivati in fondo entro trenta giorni dalla sua fine. Si mostra solo se sono abbastanza.
def-i17 = Accompagnamenti fatti, e il loro tempo.
def-i18 = Pronte accoglienze: quante chieste, quanti posti trovati, quante volte non c’era posto.
def-i19 = Contatti in cui la persona ha chiesto aiuto per uscirne.
def-i20 = Contatti con elementi di sfruttamento, per grado, secondo chi c’era.
def-i25 = Incontri pubblici e formazioni, e le persone che c’erano.
def-i27 = Persone che sembravano minorenni: contattate, e a parte soltanto viste.
def-minor-protocol = Contatti in cui si è aperta la scheda minori.
def-i28 = Contatti per origine, dall’elenco del progetto.
def-i29 = Contatti per genere.
def-i30 = Contatti per zona. Il distretto raccoglie le sue zone.
def-i31 = Contatti per età stimata.
def-i32 = Contatti per lingua; un gruppo conta uno.
def-i33 = Accessi allo sportello segnati da chi c’era, per argomento.
def-i35 = Episodi segnalati, per tipo e per gravità.
def-i36 = Quanto spesso manca un dato, quante uscite sono firmate entro 48 ore dalla fine, e quanto passa in media.
def-i37 = Quante volte in media si è incontrata una persona con codice. Chi non ha codice è escluso.
def-i38 = Persone con codice raggiunte da almeno due aiuti diversi su tre: materiali, informazione, invio sanitario. Chi non ha codice è escluso.
def-slot = Contatti per fascia oraria.
def-depth = Incontri per quanto è durato il colloquio; un gruppo conta uno.
def-amendments = Correzioni fatte nel periodo a uscite già firmate, di qualunque data.

## Desk: outings
outings-title = Uscite
outings-sub = Una notte vale il giorno in cui comincia, anche dopo mezzanotte.
outings-plan = Pianifica
outings-earlier = Settimane prima
outings-later = Settimane dopo
outings-today = Oggi
outings-now = oggi
outings-unit = Unità
outings-unit-all = tutte
outings-table = Uscite per settimana e giorno
outings-week = Sett.
outings-legend = Che cosa dicono i bordi
outings-done = ricevuta completa
outings-planned = pianificata
outings-unsigned = da firmare
outings-no-news = nessuna notizia
outings-cancelled = annullata
outings-cancelled-why = annullata, { $why }
outings-records = { $n } di { $of }
outings-people =
    { $n ->
        [one] { $n } persona
       *[other] { $n } persone
    }
outings-moved = spostata dal { $from }
outings-moved-why = Spostata da { $from }: { $why }.
outings-unplanned = fuori piano
outings-unplanned-long = Non era pianificata.
outings-reason-weather = maltempo
outings-reason-staff = organico
outings-reason-vehicle = mezzo
outings-reason-safety = sicurezza
outings-reason-holiday = festività
outings-reason-other = altro
outings-planned-done = In queste settimane: pianificate { $planned }, fatte { $done } (come da piano { $as_planned }), annullate { $cancelled }.
outings-silent = pianificata, mai chiusa né annullata. Chiedi alla squadra oppure
outings-silent-do = segna annullata o sposta
outings-unsigned-note =
    { $n ->
        [one] dopo l’ultima notte firmata è arrivata { $n } registrazione. Non è contata finché chi guida non firma.
       *[other] dopo l’ultima notte firmata sono arrivate { $n } registrazioni. Non sono contate finché chi guida non firma.
    }
outings-one = { $type }, { $day }, { $unit }
outings-close = Chiudi
outings-first = Prima volta
outings-returning = Già note
outings-referrals = Invii aperti
outings-incidents = Episodi
outings-hours = Dalle { $from } alle { $to }.
outings-received = { $n } di { $of } registrazioni ricevute, in una busta sola.
outings-signed-after =
    { $n ->
        [one] Firmata dopo { $n } ora.
       *[other] Firmata dopo { $n } ore.
    }
outings-versions = Firme e rettifiche
outings-version = Versione
outings-signed-by = Chi, telefono
outings-signed-on = Giorno
outings-why = Perché
outings-counts = Conta
outings-counts-yes = conta
outings-counts-no = non più
outings-signature = Firma
outings-amendment = Rettifica { $n }
outings-contested = Due telefoni hanno firmato la stessa versione senza sapere l’uno dell’altro: conta quella firmata prima. L’altra resta qui.
outings-reason = Motivo
outings-choose = scegli
outings-cancel = Non si è fatta
outings-cancel-do = Segna annullata
outings-move = È in un altro giorno
outings-move-to = Nuovo giorno
outings-move-do = Sposta
outings-restore = Si fa comunque
outings-withdraw-what = Pianificata per sbaglio?
outings-withdraw = Toglila dal piano
outings-plan-title = Nuove uscite
outings-type = Tipo
outings-first-day = Giorno
outings-every-week = ogni settimana, lo stesso giorno
outings-weeks = Per quante settimane
outings-plan-once = Una uscita, { $day }.
outings-plan-many = { $n } uscite, una a settimana, da { $day }. Fuori dal progetto non se ne pianificano.

## Desk: depot
depot-title = Scorte
depot-sub = Quante settimane durano, al ritmo delle ultime quattro.
depot-count = Conta il magazzino
depot-delivery = Registra un arrivo
depot-table = Scorte e autonomia
depot-item = Materiale
depot-stock = In magazzino
depot-out = Usciti { $week }
depot-mean = Media { $n } sett.
depot-mean-none = Media
depot-cover = Autonomia, settimane
depot-cover-label = { $cover } settimane, soglia { $threshold }
depot-uncounted = da contare
depot-recount = ricontare
depot-short = sotto la soglia
depot-unused = nessun uso
depot-ordered = ordinati { $n }
depot-sensitive = delicato
depot-leaflet = Materiale, { $language }
depot-foot = La riga verticale è la soglia: { $threshold } settimane. Il magazzino è l’ultima conta, più gli arrivi, meno ciò che le borse non riportano. La media conta anche i persi. Le quantità per zona non esistono.
depot-foot-weeks =
    { $n ->
        [0] Nelle ultime quattro settimane non c’è nessuna notte firmata: il ritmo non si conosce.
        [one] Con notti firmate, delle ultime quattro settimane, ce n’è { $n }: la media è di quella.
       *[other] Con notti firmate, delle ultime quattro settimane, ce ne sono { $n }: la media è di quelle.
    }
depot-foot-sensitive = Delicato: fuori esce solo per mese e mai sotto la soglia.
depot-orders = Da ordinare
depot-orders-none = Niente da ordinare.
depot-order-leaflets =
    { $n ->
        [one] { $n } pieghevole, { $language }
       *[other] { $n } pieghevoli, { $language }
    }
depot-order-covers =
    { $n ->
        [one] copre { $n } settimana
       *[other] copre { $n } settimane
    }
depot-order-least = minimo di stampa
depot-order-print = Stampa l’ordine
depot-order-do = Segna ordinati
depot-order-title = Ordine di materiale
depot-balance = Quadratura della settimana
depot-balance-rule = caricati = usciti + rientrati + persi
depot-balance-none = Nessuna uscita firmata in questa settimana.
depot-loaded = caricati
depot-handed-out = usciti
depot-returned = rientrati
depot-lost = persi
depot-adjusted = rettificati
depot-difference = differenza
depot-night = { $day }, { $type }
depot-counts = Differenze alla conta
depot-counted-on = Conta del
depot-counted = contati
depot-against = rispetto al previsto
depot-week-previous = Periodo precedente
depot-week-next = Periodo successivo
depot-count-title = Conta del magazzino
depot-count-what = Conta ciò che c’è, senza guardare il previsto. Le righe vuote restano come sono. Una conta corregge anche un arrivo scritto male.
depot-delivery-title = Arrivo
depot-delivery-what = Scrivi i pezzi arrivati. Chiude l’ordine di quel materiale.
depot-add-language = Aggiungi una lingua
depot-save = Salva
depot-save-none = Scrivi almeno una quantità.

## Invii allo sportello
board-title = Invii
board-tabs = Che cosa mostrare
board-sub =
    { $n ->
        [0] Nessun invio aperto. È { $day }. Nessun codice di persona arriva qui.
        [one] Un invio aperto. È { $day }. Nessun codice di persona arriva qui.
       *[other] { $n } aperti, dal più vecchio; in cima chi aspetta con urgenza. È { $day }. Nessun codice di persona arriva qui.
    }
board-filter = Quali invii
board-open = Aperti
board-ended = Chiusi
board-all = Tutti
board-new = Nuovo invio
board-new-after = Nuovo invio che segue { $code }
board-new-note = Niente nomi e niente codici di persona: la squadra e lo sportello si parlano con i quattro caratteri dell’invio.
board-written = Salvato: { $code }.
board-no-place =
    { $n ->
        [0] Senza posto: nessuna
        [one] Senza posto: 1 persona
       *[other] Senza posto: { $n } persone
    }
board-no-place-one = { $service }, senza posto dal { $day }. Resta qui finché qualcuno la chiude a mano.
board-no-place-never = Nessuna accoglienza è in attesa di un posto.
board-placed =
    { $n ->
        [0] L’accoglienza chiesta il { $day } ha trovato posto la stessa notte.
        [one] L’accoglienza chiesta il { $day } ha trovato posto il giorno dopo.
       *[other] L’accoglienza chiesta il { $day } ha trovato posto dopo { $n } giorni.
    }
board-take = Prendi in mano
board-urgent =
    { $n ->
        [one] Un invio urgente aspetta ancora una risposta.
       *[other] { $n } invii urgenti aspettano ancora una risposta.
    }
board-silent =
    { $n ->
        [one] Di un invio non si sa nulla da due settimane.
       *[other] Di { $n } invii non si sa nulla da due settimane.
    }
board-overdue-no-place = senza posto
board-overdue-urgent = in ritardo
board-overdue-silent = senza notizie
board-none-open = Nessun invio aperto.
board-none-ended = Nessun invio chiuso.
board-more =
    { $n ->
        [one] C’è un altro invio, che qui non sta.
       *[other] Ci sono altri { $n } invii, che qui non stanno.
    }
board-events-waiting =
    { $n ->
        [one] Un passo aspetta il suo invio, che non è ancora arrivato.
       *[other] { $n } passi aspettano il loro invio, che non è ancora arrivato.
    }
board-updated = Aggiornato alle { $at }.
board-table = Invii con il loro percorso
board-axis = Percorso, dal { $from } al { $to }
board-today = oggi
board-state = Stato
board-days = Giorni
board-act = Azione
board-immediate = subito
board-72h = entro 72 ore
board-routine = ordinario
board-from-desk = dallo sportello
board-follows = segue { $code }
board-followed-by = poi { $codes }
board-lost-by-itself = perso di vista
board-lost-why = Perso di vista perché nessuno ne ha saputo più nulla. Se arriva una notizia, segnala: l’invio torna aperto.
board-lost-on = Senza notizie diventa «perso di vista» il { $day }.
board-lost-rule = dopo { $n } giorni senza notizie l’invio diventa «perso di vista»
board-do = Segna
board-see = Apri
board-do-answer = Segna risposta
board-do-book = Prenota
board-do-accompany = Accompagna
board-do-new-date = Nuova data
board-do-retry = Chiudi o riprova
board-what-now = { $code }: che cosa è successo?
board-happened = Che cosa è successo
board-then = E poi, lo stesso giorno
board-nothing-else = Nient’altro
board-day = Giorno
board-together = Qualcuno è andato con lei
board-staff = Quante di noi
board-consent = Consenso e bisogni
board-chain = Catena
board-company = Insieme
board-open-next = Apri un invio che segue
board-language = Lingua che serve
board-language-none = Nessuna in particolare
board-reason-emergency = Emergenza
board-take-back = Togli l’ultimo passo
board-take-back-stays = Il passo non conta più; nel registro delle correzioni resta scritto.
board-why = Perché
board-why-mistyped = errore di battitura
board-why-twice = segnato due volte
board-why-misplaced = giorno o invio sbagliato
board-why-learnt-later = saputo dopo
board-cancel = Annulla
board-week = dal { $from } al { $to }
board-flow-start =
    { $n ->
        [one] 1 aperto all’inizio
       *[other] { $n } aperti all’inizio
    }
board-flow-new =
    { $n ->
        [one] nuovo
       *[other] nuovi
    }
board-flow-ended =
    { $n ->
        [one] concluso
       *[other] conclusi
    }
board-flow-end =
    { $n ->
        [one] aperto alla fine
       *[other] aperti alla fine
    }
board-completion-later =
    { $n ->
        [one] Se l’invio nuovo è andato a buon fine si misura dopo il { $day }.
       *[other] Quanti dei { $n } nuovi sono andati a buon fine si misura dopo il { $day }.
    }
board-completion =
    { $n ->
        [one] Andati a buon fine entro il { $day }: { $done } di 1.
       *[other] Andati a buon fine entro il { $day }: { $done } di { $n }.
    }
board-completion-share = Andati a buon fine entro il { $day }: { $done } di { $n }, cioè il { $share } %.
office-title = Accessi e incontri
office-sub = Ciò che succede lontano dalla strada. Sono conteggi: niente nomi, niente targhe.
office-new = Che cosa segni
office-access = Accesso
office-event = Incontro
office-incident = Episodio
office-accesses = Accessi allo sportello
office-events = Incontri
office-incidents = Episodi, anche delle notti
office-severity = Quanto pesano
office-severity-line = pesa: { $severity }
office-total = Totale
office-topic = Per che cosa
office-who = Chi è venuto
office-how-long = Quanto è durato
office-under-15 = meno di 15 minuti
office-15-45 = da 15 a 45 minuti
office-over-45 = più di 45 minuti
office-for-whom = Con chi
office-participants = Quante persone
office-people =
    { $n ->
        [one] 1 persona
       *[other] { $n } persone
    }
office-saved = Salvato.
office-none = Niente è segnato per questa settimana.
office-rows = Ciò che è segnato per la settimana
office-kind = Che cosa
office-what = In breve
office-of-night = di una notte, { $unit }
office-corrected =
    { $n ->
        [one] corretto una volta
       *[other] corretto { $n } volte
    }
office-correct = Correggi
office-take-away = Non doveva esserci: toglilo
office-stays = Ciò che era scritto resta nel registro qui sotto, con ciò che vale adesso.
office-do-correct = Correggi
office-do-take-away = Togli
office-register = Registro delle correzioni
office-taken-away = tolto
office-referral = Invio { $code }
office-company = Accompagnamento di { $code }
office-events-sum =
    { $n ->
        [one] Agli incontri: 1 persona, { $minutes } minuti.
       *[other] Agli incontri: { $n } persone, { $minutes } minuti.
    }
office-debriefs =
    { $n ->
        [one] Di un episodio serve parlare.
       *[other] Di { $n } episodi serve parlare.
    }

## Rubrica e liste (sportello)

lists-title = Rubrica e liste
lists-sub = Arrivano ai telefoni al prossimo contatto con il server. Le voci si aggiungono e si ritirano, non si cancellano.
lists-tab-services = Servizi
lists-tab-zones = Zone
lists-tab-origins = Origini
lists-tab-kits = Kit
lists-tab-team = Squadra
lists-tab-rules = Regole
lists-services-sub = ciò che i telefoni propongono
lists-zones-sub = quartieri, mai strade
lists-origins-sub =
    { $n ->
        [one] { $n } paese su 12 al massimo
       *[other] { $n } paesi su 12 al massimo
    }
lists-kits-sub = ciò che esce con un tocco
lists-team-sub = codici, mai nomi
lists-rules-sub = soglie, tempi, limiti
lists-acts = Azioni
lists-code = Codice
lists-name = Nome
lists-district = Distretto
lists-inside = Nel Comune
lists-expected = Presenti di solito
lists-at-least = almeno { $n }
lists-yes = sì
lists-no = no
lists-nothing = niente
lists-service = Servizio
lists-hours = Orari
lists-hours-unknown = non si sa
lists-hours-add = Aggiungi un orario
lists-every-day = tutti i giorni
lists-all-day = tutto il giorno
lists-days-of-week = Giorni
lists-from = Dalle
lists-to = Alle
lists-languages = Lingue
lists-document = Documento
lists-doc-none = nessuno
lists-doc-stp_eni = STP/ENI
lists-doc-id = d’identità
lists-doc-permit = permesso
lists-verified = Verificato il
lists-verify = Verificato oggi
lists-verify-of = { $name }: verificato oggi
lists-days = { $n ->
    [one] un giorno
   *[other] { $n } giorni
  }
lists-protected = solo tipo, mai indirizzo
lists-services-none = Nessun servizio. I telefoni propongono tutti i tipi di invio.
lists-service-add = Aggiungi servizio
lists-service-name-what = Un nome, mai un indirizzo. Di una casa protetta i telefoni mostrano solo il tipo.
lists-kind = Tipo
lists-phone = Telefono
lists-free = gratuito
lists-walk-in = senza appuntamento
lists-accompany = meglio accompagnare
lists-women = solo donne
lists-country = Paese
lists-country-code = Codice del paese, due lettere
lists-area = Area
lists-origin-add = Aggiungi paese
lists-origins-rest = Restano sempre: { $names }.
lists-kit-add = Aggiungi kit
lists-kit-code = Nome breve, minuscolo
lists-contents = Contenuto
lists-item = Materiale
lists-pieces = Pezzi
lists-item-add = Aggiungi materiale
lists-item-away = Togli
lists-item-away-of = Togli { $name }
lists-units = Unità
lists-operators = Operatori
lists-org = Ente
lists-org-of-unit = l’ente dell’unità
lists-works-for = Lavora per
lists-works-for-of = { $name } lavora per
lists-unit-in-use = ha dispositivi attivi
lists-unit-add = Aggiungi unità
lists-operator-add = Aggiungi operatore
lists-operator-what = Un codice assegnato, mai le iniziali. Chi è chi resta su carta, in ufficio.
lists-org-add = Aggiungi ente
lists-zone-add = Aggiungi zona
lists-zone-name = Nome del quartiere
lists-edit = Modifica
lists-edit-of = Modifica { $name }
lists-retire = Ritira
lists-retire-of = Ritira { $name }
lists-restore = Rimetti in uso
lists-restore-of = Rimetti in uso { $name }
lists-out = { $n ->
    [one] Una voce ritirata
   *[other] { $n } voci ritirate
  }
lists-put = Metti tra le modifiche
lists-cancel = Annulla
lists-merge = Unisci…
lists-merge-of = Unisci { $name } a un’altra zona
lists-merge-title = { $name }: unisci a un’altra zona
lists-merge-what = La zona si ritira. Ciò che vi è stato contato resta suo; da qui in poi si conta nell’altra.
lists-merge-into = Unisci a
lists-merged-name = { $one } e { $other }
lists-merge-go = Vai alle zone
lists-proposals = Proposte
lists-proposals-none = Nessuna proposta.
lists-rare = ha meno di 5 contatti in dodici mesi. Ritirare la voce e contare solo l’area «{ $area }»?
lists-thin = è sotto 5 presenti: una persona sola si riconosce.
lists-move = Ritira
lists-move-of = Proposta: ritira { $name }
lists-keep = Lascia
lists-keep-of = Lascia { $name } com’è
lists-elsewhere = Si legge soltanto: le liste le firma lo sportello che ha la chiave del progetto.
lists-unpublished = Il server non ha ancora queste liste: i telefoni usano quelle di prima.
lists-publish = Manda al server
lists-sent = Firmato: manifesto numero { $n }. I telefoni lo prendono al prossimo contatto.
lists-changes = { $n ->
    [0] Modifiche da firmare
    [one] Una modifica da firmare
   *[other] { $n } modifiche da firmare
  }
lists-faults = Così non si può firmare:
lists-sign-what = Vale per tutti i telefoni e resta scritto nel Registro.
lists-sign = Firma e manda
lists-drop = Lascia tutto com’era
lists-added = nuova voce
lists-changed = voce cambiata
lists-retired = voce ritirata
lists-restored = voce di nuovo in uso
lists-removed = voce cancellata
lists-field-changed = { $field } cambia
lists-of-setting = Regola
lists-of-org = Ente
lists-of-unit = Unità
lists-of-operator = Operatore
lists-of-zone = Zona
lists-of-nationality = Origine
lists-of-kit = Kit
lists-of-service = Servizio
lists-fault-removed = una voce si ritira, non si cancella.
lists-fault-twice = il codice c’è già, anche tra le voci ritirate. Un codice non cambia mai significato.
lists-fault-code = il codice non va bene. Lettere, cifre e trattini, pochi caratteri.
lists-fault-label = manca il nome, o è troppo lungo.
lists-fault-street = questo è il nome di una strada. Scrivi il quartiere; di una casa protetta, solo che cos’è.
lists-fault-thin = meno di 5 persone presenti di solito: una persona sola si riconosce. Unisci la zona a un’altra.
lists-fault-in_use = dei dispositivi attivi le appartengono. Prima revocali.
lists-fault-empty = così la lista resta vuota. Servono almeno un’unità, una zona e due operatori.
lists-fault-countries = più di 12 paesi. Ritirane uno: la sua area resta.
lists-fault-area = l’area di un paese non cambia, o i conti degli anni prima non tornerebbero.
lists-fault-residual = questa voce deve restare: raccoglie ciò che non ha un posto suo.
lists-fault-org = l’ente non è nella lista.
lists-fault-contents = servono materiali della lista, ciascuno una volta, da 1 a 100 pezzi.
lists-fault-phone = non è un numero di telefono.
lists-fault-opening = un orario senza giorni.
lists-fault-date = la data non va bene: è nel futuro, o viene prima dell’inizio.
lists-fault-range = fuori dai limiti.
lists-set-name = Nome del progetto
lists-set-end = Ultimo giorno, proroghe comprese
lists-set-k = Soglia delle tabelle che escono
lists-set-period = Periodo delle tabelle del Comune
lists-set-phone = Telefono di chi coordina
lists-set-minor = Passi per una presunta minorenne
lists-set-visible = Registrazioni visibili sul telefono
lists-set-lock = Blocco dopo
lists-set-forget = I telefoni dimenticano dopo
lists-set-lost = Un invio senza notizie è perso dopo
lists-set-order-below = Da ordinare se restano meno di
lists-set-order-for = Un ordine deve bastare per
lists-k-what = Da 3 a 20. I numeri più piccoli non escono.
lists-minor-what = Un passo per riga, come concordato dal progetto.
lists-began = Il progetto è cominciato il { $day }.
lists-range = { $unit }, da { $from } a { $to }
lists-unit-records = registrazioni
lists-unit-seconds = secondi
lists-unit-days = giorni
lists-unit-weeks = settimane
lists-period-week = settimana
lists-period-month = mese
lists-period-quarter = trimestre
lists-period-half-year = semestre
lists-words = Parole per i codici
lists-words-what = { $n } parole neutre. Da qui non si cambiano.

## Aggiungi un dispositivo (sportello)

devices-add = Aggiungi un dispositivo
devices-add-role = Che cosa farà
devices-add-unit = Unità
devices-add-signs = Un secondo sportello che firma ha le stesse chiavi di questo: abbina, revoca, rilascia, e legge anche ciò che è arrivato prima.
devices-add-reads = Legge tutto ciò che leggi tu, anche ciò che è arrivato prima. Non firma.
devices-add-typed = codice da dettare, al posto dell’immagine
devices-add-draw = Fai un codice
devices-add-picture = Immagine da inquadrare con il telefono nuovo
devices-add-server = Indirizzo del server:
devices-add-spoken = Poi detta questo codice:
devices-add-until = una volta sola, fino alle { $time }
devices-add-useless = Una foto del codice non basta: senza le sei parole confrontate a voce non apre nulla.
devices-add-look = È arrivato qualcuno?
devices-add-nobody = Non aspetta nessuno.
devices-add-close = Togli il codice dallo schermo
devices-add-waits = Un dispositivo aspetta la firma:
devices-add-compare = Leggete le sei parole ad alta voce: devono essere le stesse sui due schermi.
devices-add-same = Sono uguali: firma
devices-add-differ = Sono diverse: fermati

## Registro (sportello)

register-title = Registro
register-sub = Chi ha fatto cosa, senza contenuti: solo impronte. Non si modifica.
register-parts = Quali righe
register-part-all = Tutto
register-part-reviews = Verifiche
register-part-releases = Rilasci
register-part-devices = Dispositivi
register-part-lists = Liste
register-day = Giorno
register-who = Chi
register-act = Azione
register-about = Su che cosa
register-before = Prima
register-after = Dopo
register-line = Riga
register-none = Nessuna riga.
register-more = Mostra le righe prima
register-whole = { $n ->
    [0] catena intatta
    [one] catena intatta, una riga, { $head }
   *[other] catena intatta, { $lines } righe, { $head }
  }
register-broken = La catena si rompe alla riga { $n }: una riga è stata cambiata o tolta. Avvisa chi segue la sicurezza.
register-foot = Giorno, non ora. I codici del personale non vengono mai sommati né confrontati.
register-enrolled = ha firmato per
register-revoked = ha revocato
register-wipe-ordered = ha ordinato la cancellazione di
register-let-in = ha rilasciato dalla quarantena
register-dropped = ha scartato dalla quarantena
register-taken-back = ha ripreso tra gli scarti
register-keys-changed = ha cambiato le chiavi del programma
register-signed = ha verificato
register-amended = ha rettificato
register-corrected = ha corretto
register-released = ha creato
register-published = ha pubblicato
register-withdrawn = ha ritirato
register-exported = ha esportato
register-changed = ha cambiato
register-night = uscita { $unit }, { $day }
register-night-amended = uscita { $unit }, { $day }, rettifica { $n }
register-day-entry = una registrazione dello sportello
register-release = rilascio { $n }
register-release-to = rilascio { $n }, { $period }, { $recipient }
register-release-file = rilascio { $n }, file { $format }
register-tally-file = numeri interni { $first } – { $last }, file { $format }
register-register-file =
    { $n ->
        [one] il registro, { $n } riga
       *[other] il registro, { $n } righe
    }
register-export = Esporta firmato
register-export-done =
    { $n ->
        [one] Registro firmato, { $n } riga: { $path }
       *[other] Registro firmato, { $n } righe: { $path }
    }
register-export-by-programme = Chi lo riceve vede se una riga è stata cambiata, tolta o aggiunta. Lo prova la chiave stampata sul foglio di recupero:
register-export-by-desk = Chi lo riceve vede se una riga è stata cambiata, tolta o aggiunta. Lo prova la chiave di questo sportello:

## Desk: first start
found-doors = Che cosa vuoi fare su questo computer?
found-new = Nuovo progetto
found-new-what = Nascono qui le chiavi, il foglio di recupero e il primo elenco delle zone. Un quarto d’ora.
found-join = Unisciti a un progetto
found-join-what = Il progetto c’è già e lo coordina qualcun altro. Serve un codice, fatto adesso dal suo sportello.
found-again = Riprendi da un foglio di recupero
found-again-what = Lo sportello è perduto: servono le 24 parole e una copia del server o dei telefoni.
found-back = Torna alle tre vie
found-kept = Ogni passo resta su questo computer, cifrato. Puoi chiudere e riprendere da qui.
found-steps = Passi
found-step-key = Frase
found-step-programme = Progetto
found-step-server = Server
found-step-sheet = Foglio di recupero
found-step-lists = Zone e squadra
found-step-publish = Invio
found-step-done = fatto
found-next = Avanti
found-working = Un momento…
found-pass-title = Una frase per questo computer
found-pass-what = Apre lo sportello, e nessun altro posto la conosce. Almeno dodici caratteri; cinque parole qualsiasi sono una buona frase.
found-pass = Frase d’accesso
found-pass-again = La stessa frase, di nuovo
found-pass-differ = Le due frasi sono diverse.
found-pass-refused = Troppo facile da indovinare.
found-pass-fair = Va bene. Con una parola in più è forte.
found-pass-good = Forte.
found-pass-make = Crea le chiavi
found-pass-making = Creo le chiavi…
found-pass-again-help = Se la dimentichi, lo sportello si riprende con il foglio di recupero.
found-prog-title = Il progetto
found-prog-name = Nome, come sta sui rapporti
found-prog-orgs = Enti, uno per riga. Il primo è quello dell’unità.
found-prog-unit = Codice della prima unità
found-prog-unit-hint = Lettere e cifre, per esempio BS-U1.
found-server-title = Il server
found-server-what = È la cassetta postale che porta le notti dai telefoni qui. Non può leggerle.
found-server-give = A chi prepara il server servono queste righe:
found-server-paste = Incolla le due righe che ha scritto: l’indirizzo con le impronte e la chiave
found-server-file = Oppure scegli il file che le contiene
found-server-check = Prova e salva
found-server-checking = Provo…
found-server-there = Il server risponde ed è quello giusto: { $server }
found-server-away = L’indirizzo è salvato. Adesso non risponde: puoi andare avanti, l’invio aspetta qui.
found-server-none = Avanti senza server, per ora
found-server-none-what = Si aggiunge più tardi, da Dispositivi. Senza server i telefoni non si possono abbinare.
found-server-unread = Qui non ci sono un indirizzo e una chiave. Copia le righe intere.
found-server-add = Aggiungi il server
found-server-missing = Il progetto non ha ancora un server. I telefoni si abbinano quando c’è.
found-sheet-title = Foglio di recupero
found-sheet-head = Uscita · foglio di recupero
found-sheet-programme = Progetto
found-sheet-date = Fatto il
found-sheet-what = Queste 24 parole aprono tutto ciò che i telefoni e lo sportello hanno sigillato, anche se telefoni, codici e computer sono perduti. Chi le ha legge ogni notte.
found-sheet-keep = In cassaforte, in due luoghi. Mai in foto, mai in un computer, mai insieme ai telefoni.
found-sheet-follows = Questo foglio apre ciò che viene sigillato da questa data. Ciò che è venuto prima lo apre il foglio di prima: conservatelo, chiuso, con la sua data.
found-sheet-words = Le parole, nell’ordine dei numeri
found-sheet-key = La stessa chiave per il programma age
found-sheet-picture = La chiave, da inquadrare
found-sheet-admin = Chiave del progetto (non è segreta)
found-sheet-how = Come si usa: apri Uscita su un computer nuovo e scegli «Riprendi da un foglio di recupero». Senza Uscita: la pagina recupero.md, con soli programmi comuni.
found-sheet-once = Si vede finché non lo confermi, poi mai più. Stampalo, o copialo a mano.
found-sheet-print = Stampa
found-sheet-have = Ce l’ho su carta
found-sheet-ask = Rileggi dal foglio
found-sheet-ask-what = Scrivi queste tre parole come stanno sulla carta. Se sono giuste, qui le parole si cancellano.
found-sheet-word = Parola { $n }
found-sheet-check = Controlla
found-sheet-wrong = Non sono quelle del foglio. Guarda i numeri e riprova; nulla è perduto.
found-sheet-show = Mostra di nuovo il foglio
found-lists-title = Zone e squadra
found-lists-what = Zone grandi come un quartiere, mai una strada, con almeno { $n } persone presenti di solito. Tutto si cambia dopo in Rubrica e liste.
found-lists-zone = Zona
found-lists-expected = Presenti di solito
found-lists-inside = nel comune
found-lists-add = Aggiungi una zona
found-lists-drop = Togli { $name }
found-lists-crew = Codici di chi esce, separati da uno spazio. Mai nomi.
found-lists-phone = Telefono di chi coordina, per la pagina d’emergenza (facoltativo)
found-lists-k = Soglia delle tabelle per l’esterno
found-lists-period = Periodo delle tabelle per il Comune
found-lists-rest = Materiali, kit, provenienze e limiti partono dalle liste comuni. La rubrica dei servizi è vuota: si scrive dopo aver verificato ogni servizio.
found-lists-faults = Così non va ancora:
found-end-title = Firma e manda
found-end-what = Il primo manifesto è firmato. Il server lo riceve adesso e da qui in poi conosce il progetto.
found-end-none = Non c’è ancora un server: il manifesto aspetta qui, firmato.
found-end-send = Manda al server
found-end-sending = Mando…
found-end-finish = Vai ai dispositivi
found-end-unknown = Il server non conosce ancora questo progetto. Chi lo prepara deve scrivere queste righe nelle sue impostazioni e riavviarlo:
found-end-other = Il server ha un’altra chiave, o è di un altro progetto. Torna al passo Server e incolla le righe giuste.
found-end-stale = Il server ha un elenco più nuovo di questa copia. Riprendi con una copia più recente, o chiedi a chi coordina con te.
found-end-later = Finisci ora, manda più tardi
found-end-again = Riprova
found-end-recovered = Ora entra, aspetta che arrivi tutto dal server, e poi revoca lo sportello perduto in Dispositivi.
found-join-title = Unisciti a un progetto
found-join-how = Chi coordina apre Dispositivi, «Aggiungi un dispositivo», sceglie il ruolo e fa un codice da dettare.
found-join-server = Indirizzo del server, con le impronte se ne ha
found-join-code = Codice di dieci caratteri, o il testo dell’immagine
found-join-go = Abbina questo computer
found-join-words = Sei parole da confrontare
found-join-words-what = Leggetele ad alta voce, al telefono o di persona: devono essere le stesse sui due schermi. Se sono diverse, fermatevi.
found-join-same = Sono uguali
found-join-differ = Sono diverse: ricomincia
found-join-wait = Aspetto la firma dell’altro sportello…
found-join-look = Guarda se ha firmato
found-again-title = Riprendi da un foglio di recupero
found-again-words = Le 24 parole, nell’ordine dei numeri
found-again-folder = Cartella delle copie su questo computer
found-again-folder-hint = Dentro: mailbox.db del server o una sua copia uscita-….age, journal.db dei telefoni, file .uscita. Tutto ciò che c’è aiuta.
found-again-pass = Frase d’accesso per questo sportello
found-again-go = Apri le copie
found-again-going = Apro le copie…
found-again-word = La parola numero { $n } non è in nessun foglio. Ricontrolla quella riga.
found-again-came = { $n ->
    [one] Una registrazione aperta.
   *[other] { $n } registrazioni aperte.
  }
found-again-missing = { $n ->
    [one] Di una, le copie non bastano.
   *[other] Di { $n }, le copie non bastano.
  }
found-again-unread = Non si leggono: { $files }
found-again-on = Continua
found-again-new-sheet = Il foglio vecchio apre ciò che è stato sigillato fin qui. Per il futuro nasce un foglio nuovo: è il prossimo passo.
found-minor-stay = Restatele vicino, al sicuro. Nessuna domanda su età o documenti: basta il dubbio.
found-minor-danger = Se c’è pericolo adesso, chiamate il 112.
found-minor-call = Avvisate chi coordina, a qualunque ora: chiama la tutela minori.
found-minor-ask = Ditele che cosa succede adesso. Restate finché arriva chi la segue.
