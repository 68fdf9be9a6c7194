import type { OrderMessages } from './orders-en.ts';

/** The words of mails about orders in German. */
export const ordersDe: OrderMessages = {
  receipt: {
    times: (quantity) => `${quantity} ×`,
    gift: 'Gratis',
    subtotal: 'Zwischensumme',
    discount: 'Rabatt',
    shipping: (method) => `Lieferung, ${method}`,
    pickup: (method) => `Abholung, ${method}`,
    free: 'Kostenlos',
    tax: 'Steuer',
    includedTax: (name) => `Darin ${name}`,
    total: 'Summe',
    giftCard: (last4) => `Gutschein, endet auf ${last4}`,
    toPay: 'Zu zahlen',
  },
  promise: {
    backorder: (day) => (day === '' ? 'Nachbestellt' : `Nachbestellt, geht um den ${day} ab`),
    preorder: (day) => (day === '' ? 'Vorbestellt' : `Vorbestellt, geht um den ${day} ab`),
  },
  pay: {
    bank_transfer: (amount, day) =>
      `Bitte überweise ${amount} bis zum ${day}. Sobald das Geld da ist, geht deine Bestellung ab.`,
    invoice: (amount, day) => `Du zahlst auf Rechnung: ${amount} bis zum ${day}.`,
    pay_link: (amount, day) =>
      `Bitte zahle ${amount} bis zum ${day}, auf welchem Gerät du magst. Danach geht deine Bestellung ab.`,
    cash_on_collection: (amount, day) =>
      `Du zahlst ${amount}, wenn du deine Sachen abholst, spätestens am ${day}.`,
    holder: 'An',
    bank: 'Bankname',
    reference: 'Verwendungszweck',
    payNow: 'Jetzt zahlen',
  },
  confirmation: {
    subject: (number, shop) => `Deine Bestellung ${number} bei ${shop}`,
    preheader: (total, delivery) => `${total}. Sie sollte in ${delivery} bei dir sein.`,
    pickupPreheader: (total, place) => `${total}. Du holst sie hier ab: ${place}.`,
    heading: 'Danke. Deine Bestellung ist da.',
    arrival: (number, delivery) => `Bestellung ${number}. Sie sollte in ${delivery} bei dir sein.`,
    fetching: (number, place) =>
      `Bestellung ${number}. Du holst sie hier ab: ${place}. Zeig dort diese Nummer.`,
    days: (min, max) => (min === max ? `${min} Werktagen` : `${min} bis ${max} Werktagen`),
    between: (from, to) => (from === to ? `Erwartet am ${to}.` : `Erwartet vom ${from} bis zum ${to}.`),
    action: 'Bestellung ansehen',
    address: 'Sie geht an',
    pickupPlace: 'Du holst sie ab bei',
    giftMessage: 'Mit deinem Gruß',
    cancelHint: 'Doch nicht? Auf der Seite deiner Bestellung steht, bis wann du sie stornieren kannst.',
  },
  paid: {
    subject: (number, shop) => `Deine Zahlung für ${number} bei ${shop} ist da`,
    preheader: (amount) => `${amount} sind eingegangen.`,
    heading: 'Deine Zahlung ist da.',
    explanation: (number, amount) =>
      `Danke: ${amount} für Bestellung ${number} sind eingegangen. Wir machen deine Sachen jetzt fertig.`,
    action: 'Bestellung ansehen',
    documents: 'Rechnung und Beleg findest du auf der Seite deiner Bestellung.',
  },
  reminder: {
    subject: (number, shop) => `Bestellung ${number} bei ${shop} ist noch nicht bezahlt`,
    preheader: (amount, day) => `${amount} bis zum ${day}.`,
    heading: 'Eine kleine Erinnerung',
    lapsing: (number, day) =>
      `Bestellung ${number} wartet auf ihre Zahlung. Wir halten deine Sachen bis zum ${day}; danach wird die Bestellung von selbst storniert.`,
    lasting: (number, day) => `Bestellung ${number} war bis zum ${day} zu zahlen. Ist es dir entgangen?`,
    crossed:
      'Du hast schon gezahlt? Dann danke, und lass diese Mail liegen: Geld ist ein, zwei Tage unterwegs.',
    action: 'Bestellung ansehen',
  },
  cancelled: {
    subject: (number, shop) => `Deine Bestellung ${number} bei ${shop} wurde storniert`,
    preheader: 'Es wird nichts verschickt.',
    heading: 'Deine Bestellung wurde storniert.',
    reasons: {
      requested: (number) =>
        `Bestellung ${number} ist storniert, wie du es wolltest. Es wird nichts verschickt.`,
      unpaid: (number) =>
        `Bestellung ${number} wurde nicht rechtzeitig bezahlt und ist deshalb storniert. Es wird nichts verschickt, und du schuldest nichts.`,
      out_of_stock: (number) =>
        `Es tut uns leid: Wir können nicht liefern, was du bestellt hast, und mussten Bestellung ${number} stornieren.`,
      other: (number) => `Bestellung ${number} ist storniert. Es wird nichts verschickt.`,
    },
    held: 'Deine Bank hatte das Geld zurückgelegt und gibt es wieder frei: spätestens in ein paar Tagen.',
    refund: (amount) => `Wir schicken dir ${amount} zurück. Das dauert 5 bis 10 Tage.`,
    giftCards: (amount) => `${amount} sind wieder auf deinem Gutschein, für etwas anderes.`,
    action: 'Bestellung ansehen',
  },
  link: {
    subject: (number, shop) => `Die Seite deiner Bestellung ${number} bei ${shop}`,
    preheader: 'Hier ist ein Link, der geht.',
    heading: 'Deine Bestellung',
    explanation: (number) => `Du wolltest zu Bestellung ${number}. Hier geht es lang:`,
    action: 'Bestellung ansehen',
    notYou: 'Das warst nicht du? Dann lass diese Mail liegen: Niemand sonst hat den Link bekommen.',
  },
  reason: (shop) => `Du bekommst diese Mail wegen deiner Bestellung bei ${shop}.`,
};
