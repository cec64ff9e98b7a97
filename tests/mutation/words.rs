//! What translators write for the words of identifiers, methods and marks.
//!
//! A list of its own: the lexicon must not set the test that is to examine it.

use docdrift::fold::split_identifier;

use super::chance::Chance;

/// English, Swedish, Dutch, Polish.
const WORDS: &[[&str; 4]] = &[
    ["accepted", "accepterad", "geaccepteerd", "zaakceptowane"],
    ["active", "aktiv", "actief", "aktywny"],
    ["additional", "ytterligare", "aanvullende", "dodatkowe"],
    ["address", "adress", "adres", "adres"],
    ["amount", "belopp", "bedrag", "kwota"],
    ["annual", "årlig", "jaarlijks", "roczny"],
    ["attributes", "attribut", "kenmerken", "atrybuty"],
    ["billing", "fakturering", "facturering", "rozliczenia"],
    ["cards", "kort", "kaarten", "karty"],
    ["cart", "kundvagn", "winkelwagen", "koszyk"],
    ["carts", "kundvagnar", "winkelwagens", "koszyki"],
    ["catalog", "katalog", "catalogus", "katalog"],
    ["checkout", "utcheckning", "afrekenen", "kasa"],
    ["code", "kod", "code", "kod"],
    ["color", "färg", "kleur", "kolor"],
    ["creation", "skapande", "aanmaak", "utworzenia"],
    ["currency", "valuta", "valuta", "waluta"],
    ["customer", "kund", "klant", "klient"],
    ["customers", "kunder", "klanten", "klienci"],
    ["cycle", "cykel", "cyclus", "cykl"],
    ["date", "datum", "datum", "data"],
    ["description", "beskrivning", "beschrijving", "opis"],
    ["duration", "varaktighet", "duur", "czas trwania"],
    ["end", "slut", "einde", "koniec"],
    ["error", "fel", "fout", "błąd"],
    ["errors", "fel", "fouten", "błędy"],
    ["friendly", "eget", "beschrijvende", "przyjazna"],
    ["group", "grupp", "groep", "grupa"],
    ["id", "identifierare", "id-nummer", "identyfikator"],
    ["invoice", "faktura", "factuur", "faktura"],
    ["items", "objekt", "artikelen", "elementy"],
    ["last", "senaste", "laatste", "ostatnia"],
    ["line", "rad", "regel", "linia"],
    ["links", "länkar", "koppelingen", "łącza"],
    ["modified", "ändrad", "gewijzigd", "zmodyfikowany"],
    ["monthly", "månadsvis", "maandelijks", "miesięczny"],
    ["name", "namn", "naam", "nazwa"],
    ["none", "ingen", "geen", "brak"],
    ["offer", "erbjudande", "aanbieding", "oferta"],
    ["order", "beställning", "bestelling", "zamówienie"],
    ["ordered", "beställd", "besteld", "zamówione"],
    ["orders", "beställningar", "bestellingen", "zamówienia"],
    ["participants", "deltagare", "deelnemers", "uczestnicy"],
    ["product", "produkt", "product", "produkt"],
    ["quantity", "kvantitet", "hoeveelheid", "ilość"],
    ["renews", "förnyas", "verlengt", "odnawia"],
    ["sender", "avsändare", "afzender", "nadawca"],
    ["size", "storlek", "grootte", "rozmiar"],
    ["status", "tillstånd", "toestand", "stan"],
    ["subscription", "prenumeration", "abonnement", "subskrypcja"],
    ["subscriptions", "prenumerationer", "abonnementen", "subskrypcje"],
    ["system", "systemet", "systeem", "układ"],
    ["tenant", "klientorganisation", "huurder", "dzierżawa"],
    ["text", "texten", "tekst", "tekst"],
    ["time", "tid", "tijd", "godzina"],
    ["timestamp", "tidsstämpel", "tijdstempel", "sygnatura czasowa"],
    ["type", "typ", "soort", "typ"],
    ["unknown", "okänd", "onbekend", "nieznany"],
    ["user", "användare", "gebruiker", "użytkownik"],
];

const METHODS: &[(&str, [&[&str]; 3])] = &[
    ("GET", [&["HÄMTA", "Få"], &["Toevoegen", "Ophalen"], &["POBIERZ", "Uzyskaj"]]),
    ("POST", [&["INLÄGG", "EFTER"], &["Verzenden", "BERICHT"], &["WPIS", "Publikuj"]]),
    ("PUT", [&["PLACERA", "Sätt"], &["Plaatsen", "ZET"], &["UMIEŚĆ", "Połóż"]]),
    ("PATCH", [&["KORRIGERA", "Lapp"], &["Herstellen", "PLEISTER"], &["Poprawka", "ŁATA"]]),
    ("DELETE", [&["TA BORT", "Radera"], &["Verwijderen", "WISSEN"], &["Usuń", "SKASUJ"]]),
    ("HEAD", [&["HUVUD"], &["HOOFD"], &["Głowy"]]),
];

fn column(language: &str) -> usize {
    ["sv", "nl", "pl"].iter().position(|each| *each == language).expect("a language of this list")
}

/// An identifier with the words that are known translated, joined in one of the ways that are met; `None` if
/// none is known, or the result is the same.
pub fn translated(name: &str, language: &str, chance: &mut Chance) -> Option<String> {
    let column = 1 + column(language);
    let word = |word: &str| -> (String, bool) {
        let lower = word.to_lowercase();
        WORDS.iter().find(|row| row[0] == lower).map_or((lower, false), |row| (row[column].to_owned(), true))
    };
    let words: Vec<(String, bool)> = split_identifier(name).map(word).collect();
    if !words.iter().any(|(_, known)| *known) {
        return None;
    }
    let words: Vec<String> = words.into_iter().map(|(word, _)| word).collect();
    let mut text = if name.contains('-') {
        words.join("-")
    } else if chance.below(2)? == 0 {
        words.join(" ")
    } else {
        let mut joined = words[0].clone();
        for word in &words[1..] {
            let mut letters = word.chars();
            joined.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            joined.push_str(letters.as_str());
        }
        joined
    };
    if name.starts_with(char::is_uppercase) {
        let mut letters = text.chars();
        text = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters.clone()).collect();
    }
    (text != name).then_some(text)
}

/// What a translator wrote for an HTTP method.
pub fn method(method: &str, language: &str, chance: &mut Chance) -> Option<&'static str> {
    let words = METHODS.iter().find(|(english, _)| *english == method)?.1[column(language)];
    Some(words[chance.below(words.len())?])
}

/// Yes and no.
pub fn marks(language: &str) -> [&'static str; 2] {
    [["Ja", "Nej"], ["Ja", "Nee"], ["Tak", "Nie"]][column(language)]
}
