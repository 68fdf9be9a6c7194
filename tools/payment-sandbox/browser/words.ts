/** What the card form says, in the languages of the demo shop. */
const english = {
  ways: 'Payment method',
  card: 'Card',
  number: 'Card number',
  expiry: 'Expiration date',
  expiryHint: 'MM / YY',
  cvc: 'Security code',
  cvcHint: 'CVC',
  country: 'Country',
  postcode: 'Postal code',
  save: 'Save for my next order',
  saved: 'Saved card, ending',
  newCard: 'New card',
  redirect: 'After you place the order, you go to another page to agree.',
  tests: 'Test cards',
  incompleteNumber: 'Your card number is incomplete.',
  wrongNumber: 'Your card number is invalid.',
  incompleteExpiry: "Your card's expiration date is incomplete.",
  pastExpiry: "Your card's expiration date is in the past.",
  incompleteCvc: "Your card's security code is incomplete.",
  incompletePostcode: 'Your postal code is incomplete.',
};

export type Words = typeof english;

const german: Words = {
  ways: 'Zahlungsart',
  card: 'Karte',
  number: 'Kartennummer',
  expiry: 'Ablaufdatum',
  expiryHint: 'MM / JJ',
  cvc: 'Prüfziffer',
  cvcHint: 'CVC',
  country: 'Land',
  postcode: 'Postleitzahl',
  save: 'Für die nächste Bestellung speichern',
  saved: 'Gespeicherte Karte, endet auf',
  newCard: 'Neue Karte',
  redirect: 'Nach der Bestellung stimmen Sie auf einer weiteren Seite zu.',
  tests: 'Testkarten',
  incompleteNumber: 'Die Kartennummer ist unvollständig.',
  wrongNumber: 'Die Kartennummer ist ungültig.',
  incompleteExpiry: 'Das Ablaufdatum der Karte ist unvollständig.',
  pastExpiry: 'Das Ablaufdatum der Karte liegt in der Vergangenheit.',
  incompleteCvc: 'Die Prüfziffer der Karte ist unvollständig.',
  incompletePostcode: 'Die Postleitzahl ist unvollständig.',
};

export function wordsFor(locale: string): Words {
  return locale.toLowerCase().startsWith('de') ? german : english;
}
