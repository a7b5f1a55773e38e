## Errori
failure = Errore { $code }: { $what }
failure-safe = Dati al sicuro? { $safe }
failure-do = Che cosa fare: { $todo }
failure-place = Dove: { $place }
failure-rule = Regola { $rule }: { $text }
failure-none-touched = Sì, non è stato toccato nulla.

## File di prova (copione)
scenario-wrong = Il file non si può leggere come settimana: { $why }
scenario-do = Correggi il file nel punto indicato e riprova.
scenario-syntax = non è JSON valido.
scenario-missing = qui manca un valore.
scenario-not-object = qui serve un oggetto con campi.
scenario-not-list = qui serve un elenco.
scenario-not-text = qui serve un testo, non vuoto.
scenario-not-flag = qui serve true oppure false.
scenario-not-whole = qui serve un numero intero da { $min } a { $max }.
scenario-not-code = codice non previsto. Previsti: { $allowed }.
scenario-not-date = qui serve una data come 2026-03-12.
scenario-not-instant = qui serve data e ora con fuso, come 2026-03-12T21:30:00+01:00.
scenario-not-slot = qui serve una mezz’ora come 21:30.
scenario-not-week = qui serve una settimana ISO che esista, come 2026-W11.
scenario-not-alias = qui serve un codice fatto di parola, trattino e due cifre, come AIRONE-12.
scenario-not-rome = il fuso orario dev’essere Europe/Rome.
scenario-twice = compare due volte.
scenario-unknown = nomina qualcosa che nel file non c’è.
scenario-order = viene prima di ciò che deve precederlo.
scenario-not-start-date = non è la data locale dell’inizio dell’uscita.
scenario-outside-outing = la mezz’ora è fuori dall’uscita.
scenario-leaflet = gli opuscoli si scrivono per lingua, in «leaflets».
scenario-rule = { $rule } non lo permette. { $text }
scenario-refused = il taccuino non lo registra.
file-unreadable-what = Il file non si apre.
file-unreadable-do = Controlla il nome e i permessi.
file-unwritable-what = Qui non si può scrivere.
file-unwritable-do = Controlla il percorso, i permessi e lo spazio.

## Server
server-missing-what = Il programma uscita-server non si trova accanto a questo.
server-missing-do = Compilalo, o indicalo con --server-bin.
server-silent-what = Il server non è partito.
server-silent-do = Guarda il suo messaggio qui sotto e riprova.

## Passphrase
passphrase-ask = Frase d’accesso dello sportello:{" "}
passphrase-missing-what = Manca la frase d’accesso.
passphrase-missing-do = Scrivila quando è chiesta, o usa USCITA_PASSPHRASE o --passphrase-file.

## Settimana
tally-title-week = Settimana { $label }, { $from } – { $to }
tally-title-month = Mese { $label } a settimane intere, { $from } – { $to }
tally-title-calendar-month = Mese di calendario { $label }, { $from } – { $to }
tally-title-quarter = Trimestre { $label }, { $from } – { $to }
tally-title-year = Anno { $label }, { $from } – { $to }
tally-title-project = Tutto il progetto, { $from } – { $to }
tally-internal = uso interno – non pubblicabile
tally-external = per l’esterno, soglia k = { $k }; n.p. = non pubblicabile
tally-unique = Persone uniche
tally-unique-range = da { $min } a { $max }
tally-total = Totale
tally-nights = Uscite contate
tally-np = n.p.
figure-outings = Uscite
figure-first = Primi contatti
figure-returning = Già note
figure-kind_unknown = Non so se note
figure-contacts = Contatti
figure-contact_events = Episodi di contatto
figure-presences = Presenze
figure-observed = Viste, non contattate
figure-client_contacts = Clienti
figure-minutes = Tempo di uscita
figure-operator_minutes = Tempo operatori
figure-km = Chilometri
figure-condoms = Preservativi
figure-condoms_per_contact_x10 = Preservativi per contatto
figure-referrals_opened = Invii aperti
figure-referrals_open_start = Invii in corso all’inizio
figure-referrals_open_end = Invii in corso alla fine
figure-accompaniments = Accompagnamenti
figure-accompaniment_minutes = Tempo di accompagnamento
figure-desk_accesses = Accessi allo sportello
figure-events = Incontri
figure-event_participants = Persone agli incontri
figure-exit_requests = Richieste di uscita
figure-minor_protocol = Schede minori
figure-review_48h = Verificate entro 48 ore
figure-linked = Con codice
figure-unlinked = Senza codice
figure-groups = Gruppi
figure-amendments = Rettifiche
figure-referrals_ended = Invii conclusi
figure-emergency_requested = Pronte accoglienze chieste
figure-emergency_placed = Posti trovati
figure-emergency_no_place = Senza posto
figure-presumed_minors = Minori presunti, contattati
figure-observed_minors = Minori presunti, solo visti
figure-completion_pct = Invii completati
figure-continuity_x10 = Incontri per persona con codice
figure-reached_twice = Persone raggiunte due volte
figure-nationality_missing_pct = Origine non rilevata
figure-age_missing_pct = Età non rilevata
figure-gender_missing_pct = Genere non rilevato
figure-kind_missing_pct = Non so se già nota
figure-review_48h_pct = Uscite verificate entro 48 ore
figure-sign_off_minutes = Dalla fine alla firma, in media

## Replay
replay-server = Avvio il server
replay-enrol = Abbino i telefoni
replay-night = Uscita del { $date }
replay-review = { $date }: verifica e firma
replay-desk = Lo sportello scarica e conta
replay-kept = Taccuini e archivio del server: { $dir }

## Demo
demo-there = La dimostrazione c’è già in { $dir }: non cambio nulla.
demo-done = Dimostrazione pronta in { $dir }.
demo-pin = PIN dei telefoni: { $pin }
demo-review-pin = Codice di verifica della responsabile: { $pin }
demo-passphrase = Frase d’accesso dello sportello: { $passphrase }
demo-week = Settimana giocata: { $week }

## Progetto e dispositivi
programme-made = Progetto creato in { $dir }.
programme-words = Parole di recupero. Si vedono solo adesso: scrivile su carta e tienile chiuse lontano dal computer.
programme-server = Configurazione per il server: { $file }
device-code = Codice, vale 15 minuti: { $code }
device-none = Nessun dispositivo in attesa.
device-words = { $device }: leggete insieme { $words }
device-approved = Dispositivo confermato: { $device }
desk-updated =
    { $n ->
        [0] Nessuna notte nuova.
        [one] Una notte nuova.
       *[other] { $n } notti nuove.
    }
desk-set-aside =
    { $n ->
        [one] Una busta messa da parte: non si apre o è di una versione più nuova.
       *[other] { $n } buste messe da parte: non si aprono o sono di una versione più nuova.
    }
desk-saved = Salvato.

## Recupero
words-count = Le parole sono { $n } invece di 24.
words-unknown = La parola numero { $n } non è nell’elenco.
words-checksum = Le parole sono tutte dell’elenco, ma non stanno insieme: una è sbagliata, o due sono scambiate.
words-do = Confrontale con il foglio, una per una e nell’ordine dei numeri.
words-other-what = Queste parole sono di un altro progetto.
words-other-do = Cerca il foglio di questo progetto.
identity-missing-what = Qui non c’è una chiave AGE-SECRET-KEY-1….
identity-missing-do = Indica il file che la contiene, o usa --words con le 24 parole.
admin-key-what = La chiave del progetto non si legge.
admin-key-do = Copiala dal foglio di recupero: 43 caratteri.
file-exists-what = Qui c’è già qualcosa.
file-exists-do = Indica un nome nuovo.
recover-partial-what = Non tutto è tornato. Ciò che è tornato è scritto.
recover-partial-do = Leggi l’elenco qui sopra; un’altra fonte (telefono, server, file .uscita) può avere ciò che manca.
recover-opening = Apro le operazioni
recover-opened = Operazioni tornate: { $opened } di { $places }
recover-source-failed = Non si apre: { $path } ({ $code })
recover-outing =
    Uscita del { $date }, { $unit }: { $operations ->
        [one] un’operazione
       *[other] { $operations } operazioni
    }, { $contacts ->
        [one] un contatto
       *[other] { $contacts } contatti
    }{ $signed ->
        [yes] , firmata
       *[other] , non firmata
    }
recover-outing-part = Uscita { $id }: { $operations } operazioni, senza quella di apertura
recover-night-logs =
    { $n ->
        [0] Nessun diario della notte per lo sportello.
        [one] Un diario della notte per lo sportello.
       *[other] { $n } diari della notte per lo sportello.
    }
recover-aside =
    { $n ->
        [one] Un’operazione tenuta da parte, in set-aside.json: non provata, o in quarantena.
       *[other] { $n } operazioni tenute da parte, in set-aside.json: non provate, o in quarantena.
    }
recover-unproven = Senza il manifesto del server o di un file .uscita nessuno prova di chi sono le operazioni.
recover-place = { $device }, operazione { $place }: { $why }
recover-why-unreadable = una parte del file non si legge
recover-why-damaged = byte danneggiati
recover-why-forged = firma che non vale
recover-why-not_for_us = sigillata per altri
recover-why-too_new = scritta da una versione più nuova
recover-why-mismatch = dice di essere un’altra
recover-why-refused = il server non l’ha tenuta: cerca il telefono
recover-why-removed = tolta dal server a fine conservazione: la tiene lo sportello
recover-why-missing = manca in ogni fonte
recover-why-fork = due continuazioni, tenute tutte e due
recover-why-bad_manifest = un manifesto con una firma che non vale
recover-why-no_configuration = gli elenchi del progetto non si aprono
recover-into = Nel taccuino: { $new } nuove, { $known } c’erano già, { $aside } non sono per questo taccuino o non sono provate.
recover-written = Scritto in { $dir }. È tutto in chiaro: copialo dove serve e cancella la cartella.
sheet-language = it
sheet-title = Foglio di recupero
sheet-programme = Progetto: { $name }
sheet-date = Stampato il { $date }
sheet-what = Queste 24 parole aprono tutto ciò che i telefoni e lo sportello hanno sigillato, anche se telefoni, PIN e computer sono perduti. Chi le ha legge ogni notte.
sheet-keep = Tenetele in cassaforte, in due luoghi. Mai in foto, mai in un computer, mai insieme ai telefoni.
sheet-words = Le parole, nell’ordine dei numeri
sheet-key = La stessa chiave per il programma age
sheet-admin = Chiave del progetto (non è segreta)
sheet-how = Come si usa: uscita recover, oppure la pagina recupero.md con soli programmi comuni.
sheet-written = Foglio da stampare: { $file }. Stampalo adesso e cancella il file.
sheet-former = Questo foglio apre ciò che viene sigillato da questa data. Ciò che è venuto prima lo apre il foglio di prima: conservatelo, chiuso, con la sua data.
rotate-words = Il foglio di recupero nuovo. Non è ancora in vigore: stampalo o copialo su carta.
rotate-next = Quando è sulla carta, leggi da lì le parole { $places } e scrivile: uscita programme rotate --confirm - (con la stessa cartella). Fino ad allora valgono le chiavi di prima, e questo foglio si può rivedere con lo stesso comando.
rotate-done = Le chiavi nuove sono in vigore. Il foglio di prima si conserva: apre ciò che è venuto prima.
rotate-server = Per le impostazioni del server:
    recipients = ["{ $recipient }"]   # sotto [backup], al posto del foglio di prima
    admin-key = "{ $key }"
rotate-given-up = Le chiavi restano come sono. Il foglio preparato non apre nulla: distruggetelo.
sheet-other-what = Le parole non sono quelle che il foglio nuovo ha a questi posti.
sheet-other-do = Rileggile dal foglio stampato, nell’ordine dei posti, oppure stampalo di nuovo con uscita programme rotate.

## Tabelle
tally-table-gender = Genere
tally-table-age = Età
tally-table-nationality = Origine
tally-table-macro = Origine
tally-table-zone = Zona
tally-table-kind = Prima volta
tally-table-depth = Incontro
tally-table-services = Prestazioni
tally-table-supplies = Materiali consegnati
tally-table-leaflets = Materiale informativo, per lingua
tally-table-language = Lingua
tally-table-concern = Elementi di preoccupazione
tally-table-observed_reason = Viste senza contatto
tally-table-referral_macro = Invii aperti
tally-table-referral_service = Invii aperti, per servizio
tally-table-referral_events = Passi degli invii
tally-table-accompaniments = Accompagnamenti
tally-table-desk_topics = Accessi allo sportello
tally-table-outing_type = Uscite per tipo
tally-table-events = Incontri
tally-table-incidents = Episodi
tally-table-district = Distretto
tally-table-slot_band = Fascia oraria
tally-table-leaflet_topics = Materiale informativo, per tema
tally-table-referral_outcomes = Invii chiusi, per esito
tally-table-unit = Uscite per unità
tally-table-cancelled = Uscite annullate
tally-table-type_minutes = Ore di uscita per tipo
tally-table-org_minutes = Ore operatore per ente
tally-table-role_minutes = Ore operatore per ruolo
tally-table-severity = Episodi per gravità
category-trans = Trans
category-other_not_recorded = Altro o non rilevato
category-35_plus = 35 e oltre
category-first = Prima volta
category-returning = Già note
category-unknown = Non so
category-returning_or_unknown = Già note o non so
category-not_recorded = Non rilevata
category-other = Altre
category-none = Nessuna in comune
type-street_night = Notturna
type-street_day = Diurna
type-mapping = Mappatura
type-indoor = Indoor
type-labour_outreach = Sfruttamento lavorativo
type-joint = Congiunta
reason-with_client = Con qualcuno
reason-busy = Occupata
reason-refused = Non voleva
reason-unsafe_to_stop = Sosta non sicura
reason-third_party_present = C’erano altri
reason-mapping_only = Solo mappatura
reason-no_language = Nessuna lingua
category-under_18_presumed = Minore presunta
category-45_plus = 45 e oltre
origin-RO = Romania
origin-NG = Nigeria
origin-AL = Albania
origin-BG = Bulgaria
origin-BR = Brasile
origin-PE = Perù
origin-HU = Ungheria
origin-MD = Moldavia
origin-UA = Ucraina
origin-MA = Marocco
origin-CN = Cina
origin-IT = Italia
origin-AR = Argentina
origin-BA = Bosnia ed Erzegovina
origin-BD = Bangladesh
origin-BO = Bolivia
origin-BY = Bielorussia
origin-CI = Costa d’Avorio
origin-CL = Cile
origin-CM = Camerun
origin-CO = Colombia
origin-CU = Cuba
origin-CZ = Cechia
origin-DO = Repubblica Dominicana
origin-DZ = Algeria
origin-EC = Ecuador
origin-EG = Egitto
origin-ER = Eritrea
origin-ET = Etiopia
origin-GE = Georgia
origin-GH = Ghana
origin-GM = Gambia
origin-GN = Guinea
origin-HR = Croazia
origin-IN = India
origin-LT = Lituania
origin-LV = Lettonia
origin-MK = Macedonia del Nord
origin-ML = Mali
origin-PH = Filippine
origin-PK = Pakistan
origin-PL = Polonia
origin-PY = Paraguay
origin-RS = Serbia
origin-RU = Russia
origin-SK = Slovacchia
origin-SN = Senegal
origin-TG = Togo
origin-TH = Thailandia
origin-TN = Tunisia
origin-TR = Turchia
origin-UY = Uruguay
origin-VE = Venezuela
origin-VN = Vietnam
origin-XK = Kosovo
language-it = italiano
language-en = inglese
language-pcm = pidgin nigeriano
language-fr = francese
language-es = spagnolo
language-pt = portoghese
language-ro = romeno
language-sq = albanese
language-bg = bulgaro
language-hu = ungherese
language-ru = russo
language-uk = ucraino
language-zh = cinese
language-ar = arabo
language-pl = polacco
language-bn = bengalese
language-ur = urdu
language-other = altre lingue
language-none = nessuna in comune
language-not_recorded = non rilevata

## First steps of the minor card (V11), until the coordinator writes the project's own
minor-step-stay = Restatele vicino, al sicuro. Nessuna domanda su età o documenti: basta il dubbio.
minor-step-danger = Se c’è pericolo adesso, chiamate il 112.
minor-step-call = Avvisate chi coordina, a qualunque ora: chiama la tutela minori.
minor-step-ask = Ditele che cosa succede adesso. Restate finché arriva chi la segue.
release-preview = Anteprima, niente è scritto: { $recipient }, { $period }
release-made = Rilascio n. { $number } fatto e scritto nel registro: { $recipient }, { $period }
release-column-table = Tabella
release-column-visible = Celle visibili
release-column-why = Perché il resto è n.p. (resta qui)
release-visible = { $shown } di { $all }
release-why-small = numeri sotto { $k }
release-why-complement = un’altra cella, perché si ricaverebbe dal totale
release-why-small_total = troppo pochi; una settimana così esce con la prossima
release-why-few_outings = meno di tre uscite: chi ne ha vista una saprebbe le altre; escono quando ce ne sono tre insieme
release-why-audit = con ciò che è già uscito si ricaverebbe un numero piccolo
release-why-sensitive = tema delicato: non esce in una settimana
release-left-granularity = questo destinatario la riceve con un altro passo
release-to-come = Mancano ancora: { $which }. Ciò che esce ora resta com’è; per farlo uscire lo stesso: --incomplete
release-merged = periodo: { $period }
release-none = Nessun rilascio.
release-line = n. { $number } · { $recipient } · { $period } · k = { $k } · { $day } · impronta { $fingerprint }
release-line-replaces = rettifica del n. { $number }
release-line-published = pubblicato il { $day }
release-line-withdrawn = ritirato il { $day }
release-line-local = non pubblicato
release-line-contested = il numero è di un altro sportello: rifarlo gli dà il prossimo
export-done = Scritto: { $file }, { $bytes } byte.
publish-done = Rilascio n. { $number } pubblicato.
publish-address = Indirizzo: { $address }
publish-password = Password, mostrata solo ora: { $password }
publish-password-same = Password: quella che il destinatario ha già. Per una nuova: --new-password
publish-not-told = Gli altri sportelli lo sapranno al prossimo scarico.
withdraw-done = Rilascio n. { $number } ritirato dal server.

# Invii
board-head-code = Invio
board-head-waits = Aspetta
board-head-immediate = Subito
board-head-within_72h = Entro 72 ore
board-head-routine = Ordinario
board-flow = { $week }: { $start } aperti all’inizio + { $opened } nuovi − { $ended } conclusi = { $end } aperti alla fine
board-waiting =
    { $n ->
        [one] Un invio aspetta qualcuno.
       *[other] { $n } invii aspettano qualcuno.
    }

## Calendario
nights-day = Giorno
nights-standing = Come sta
devices-dropped =
    { $n ->
        [one] una registrazione scartata, si può riprendere
       *[other] { $n } registrazioni scartate, si possono riprendere
    }

## Riga di comando
arguments-what = Il comando non si può eseguire così.
arguments-value = «{ $other }» non va bene per { $about }.
arguments-empty = Manca il valore di { $about }.
arguments-unknown = «{ $about }» non è un’opzione di questo comando.
arguments-command = «{ $about }» non è un comando.
arguments-missing = Manca: { $about }.
arguments-no-command = Manca il comando.
arguments-conflict = { $about } e { $other } non vanno insieme.
arguments-twice = { $about } è scritto due volte.
arguments-utf8 = Un argomento non è testo UTF-8.
arguments-other = Il comando non si può leggere: { $about }
arguments-other-kind = La voce { $about } non ha ciò che vuoi correggere, o è un passo di un invio.
arguments-instead = Vanno bene: { $list }.
arguments-do = Correggi e riprova. Aiuto: { $command } --help
value-week = Serve una settimana ISO che esista, come 2026-W11.
value-month = Serve un mese, come 2026-03.
value-quarter = Serve un trimestre, come 2026-Q1.
value-period = Serve una settimana come 2026-W11, un mese come 2026-03, un trimestre come 2026-Q1 o un semestre come 2026-H1.
value-day = Serve un giorno del calendario, come 2026-03-12.
value-unit = Serve il codice di un’unità: da 1 a 64 caratteri, senza caratteri di controllo.
value-recipient = Serve TIPO:CODICE, come municipality:Brescia; tipi: municipality, funder, network, press.
value-whole = Serve un numero intero da { $least } a { $most }.
value-type = Non è un tipo di questa voce.
output-unwritable-what = L’uscita standard non si può scrivere.
output-unwritable-safe = Sì. Ciò che il comando registra era registrato prima di scrivere.
output-unwritable-do = Guarda se il disco è pieno, o scrivi altrove, e controlla prima di ripetere un comando che registra.
lists-unreadable-what = Il file non contiene le liste di un progetto.
lists-unreadable-do = Parti da ciò che scrive «uscita programme show» e cambia solo i valori.
register-form-what = Il file non è un registro esportato, o è di una versione più nuova.
register-form-do = Chiedi il file di nuovo a chi l’ha esportato.
register-chain-what = La catena del registro si rompe: una riga è stata cambiata, tolta o aggiunta.
register-chain-do = Non fidarti di questo file. Chiedilo di nuovo allo sportello e confronta.
register-signature-what = La firma non vale: il file è stato cambiato, o non l’ha firmato chi dice.
register-signature-do = Non fidarti di questo file. Chiedilo di nuovo allo sportello e confronta.
register-other-key-what = Il registro è firmato, ma con un’altra chiave.
register-other-key-do = Confronta la chiave con quella del foglio di recupero. Uno sportello che non ha la chiave del progetto firma con la sua.
register-at-line = riga { $n }
register-written = Registro firmato scritto: { $file }, { $lines } righe. Chiave di chi firma: { $key }
register-holds = Il registro è intatto: { $name }, sportello { $desk }, { $day }, { $lines } righe.
register-key-given = È firmato con la chiave che hai dato.
register-key-admin = Dice di essere firmato con la chiave del progetto: confrontala con il foglio di recupero. { $key }
register-key-desk = È firmato con la chiave dello sportello, non con quella del progetto. { $key }
man-written = Pagine di manuale scritte: { $n }, in { $dir }
desk-updating = Scarico dal server
desk-updating-received =
    { $n ->
        [one] Ricevuta una busta
       *[other] Ricevute { $n } buste
    }
desk-counting = Conto le notti: { $done } di { $of }
desk-noted = Salvato: { $entry }
desk-corrected = Corretto. Ciò che era scritto resta nel registro delle correzioni.
desk-entry = Voce
desk-event-numbers =
    { $people ->
        [one] { $people } persona
       *[other] { $people } persone
    }, { $minutes ->
        [one] { $minutes } minuto
       *[other] { $minutes } minuti
    }
desk-time-under_15 = meno di 15 minuti
desk-time-15_45 = da 15 a 45 minuti
desk-time-over_45 = più di 45 minuti
desk-time-not_recorded = durata non rilevata
desk-why-mistyped = errore di battitura
desk-why-twice = segnato due volte
desk-why-misplaced = giorno o invio sbagliato
desk-why-learnt_later = saputo dopo

## Doctor
doctor-well = bene
doctor-attention = attenzione
doctor-broken = guasto
doctor-counting = Ricontrollo i conti
doctor-notebook = Il taccuino si apre ed è integro.
doctor-journal-rebuilt = Il giornale era danneggiato ed è stato rifatto dal taccuino. Non manca nulla; guarda il disco.
doctor-sums = I conti delle settimane sono quelli delle notti.
doctor-sums-unequal = I conti di queste settimane non sono quelli delle notti: { $weeks }. Le notti ci sono tutte; avvisa chi segue il programma.
doctor-register =
    { $n ->
        [0] Il registro è integro, ancora senza righe.
        [one] Il registro è integro: una riga.
       *[other] Il registro è integro: { $n } righe.
    }
doctor-register-broken = La catena del registro si rompe alla riga { $n }: una riga è stata cambiata o tolta. Avvisa chi segue la sicurezza.
doctor-keys = La frase d’accesso apre le chiavi di questo sportello: { $role }.
doctor-manifest =
    { $n ->
        [0] Il manifesto è firmato dal progetto e scade oggi.
        [one] Il manifesto è firmato dal progetto e vale ancora un giorno.
       *[other] Il manifesto è firmato dal progetto e vale ancora { $n } giorni.
    }
doctor-manifest-over = Il manifesto è scaduto: i telefoni avvisano. Rinnovalo con «uscita devices renew».
doctor-manifest-waits = Il manifesto in vigore non è ancora arrivato al server. Mandalo con «uscita programme publish».
doctor-look =
    { $n ->
        [0] Ultimo scarico dal server: nelle ultime 24 ore.
        [one] Ultimo scarico dal server: ieri.
       *[other] Ultimo scarico dal server: { $n } giorni fa.
    }
doctor-look-old =
    { $n ->
        [one] Lo sportello non guarda il server da un giorno.
       *[other] Lo sportello non guarda il server da { $n } giorni. Fallo con «uscita desk update».
    }
doctor-look-never = Lo sportello non ha mai guardato il server. Fallo con «uscita desk update».
doctor-copies = Tutto ciò che è stato segnato qui è sul server, con una copia fuori.
doctor-copies-waiting =
    { $n ->
        [one] È tutto sul server; una registrazione aspetta la copia fuori.
       *[other] È tutto sul server; { $n } registrazioni aspettano la copia fuori.
    }
doctor-unsent =
    { $n ->
        [one] Una registrazione è solo su questo computer. Mandala con «uscita desk update».
       *[other] { $n } registrazioni sono solo su questo computer. Mandale con «uscita desk update».
    }
doctor-set-aside =
    { $n ->
        [one] Una busta è messa da parte: non si apre o è di una versione più nuova. È conservata.
       *[other] { $n } buste sono messe da parte: non si aprono o sono di una versione più nuova. Sono conservate.
    }
doctor-server = Il server risponde, è il nostro e accetta questo sportello.
doctor-server-other = Il server risponde, ma ha un altro manifesto. Scarica con «uscita desk update».
doctor-clock = L’orologio è giusto.
doctor-clock-ahead = L’orologio di questo computer è avanti di { $minutes } minuti. Regolalo.
doctor-clock-behind = L’orologio di questo computer è indietro di { $minutes } minuti. Regolalo.
doctor-disk = Spazio sul disco: { $mib } MiB liberi ({ $percent } %).
doctor-disk-low = Il disco è quasi pieno: { $mib } MiB liberi ({ $percent } %). Fai spazio.
