import type { Messages } from './en.ts';
import { ordersDe } from './orders-de.ts';

/** The words of every mail in German. */
export const de: Messages = {
  greeting: (name) => (name === '' ? 'Guten Tag,' : `Hallo ${name},`),
  linkHint: 'Wenn der Knopf nicht geht, öffne diese Adresse:',
  reasonOfAccount: (shop) => `Du bekommst diese Mail wegen deines Kontos bei ${shop}.`,
  reasonOfAddress: (shop) => `Du bekommst diese Mail, weil jemand diese Adresse bei ${shop} angegeben hat.`,
  linkLifetime: 'Der Link gilt einmal und nur für kurze Zeit.',

  registerConfirm: {
    subject: (shop) => `Bestätige deine E-Mail-Adresse für ${shop}`,
    preheader: 'Ein Tipp, und dein Konto ist bereit.',
    heading: 'Bestätige deine Adresse',
    welcome: (shop) =>
      `Schön, dass du bei ${shop} bist. Bestätige, dass diese Adresse dir gehört, und es kann losgehen.`,
    action: 'Adresse bestätigen',
    notYou:
      'Das warst nicht du? Dann lass diese Mail liegen: Ohne den Link kann niemand deine Adresse nutzen.',
  },
  registerExisting: {
    subject: (shop) => `Du hast schon ein Konto bei ${shop}`,
    preheader: 'Melde dich an oder wähle ein neues Passwort.',
    heading: 'Du bist schon da',
    explanation: (shop) =>
      `Jemand, wahrscheinlich du, wollte sich mit dieser Adresse bei ${shop} registrieren. Zu ihr gibt es schon ein Konto: Melde dich damit an.`,
    action: 'Anmelden',
    reset: 'Passwort vergessen? Wähle ein neues',
    notYou:
      'Das warst nicht du? Es hat sich nichts geändert, und niemand hat erfahren, dass du ein Konto hast.',
  },
  resetPassword: {
    subject: (shop) => `Wähle ein neues Passwort für ${shop}`,
    preheader: 'Der Link gilt einmal und nur für kurze Zeit.',
    heading: 'Wähle ein neues Passwort',
    explanation: 'Du hast um ein neues Passwort gebeten. Hier wählst du es:',
    action: 'Passwort wählen',
    notYou: 'Das warst nicht du? Dann lass diese Mail liegen: Dein Passwort bleibt, wie es ist.',
  },
  resetUnknown: {
    subject: (shop) => `Deine Bitte um ein neues Passwort bei ${shop}`,
    preheader: 'Zu dieser Adresse gibt es kein Konto.',
    heading: 'Kein Konto mit dieser Adresse',
    explanation: (shop) =>
      `Jemand, wahrscheinlich du, hat bei ${shop} um ein neues Passwort gebeten. Zu dieser Adresse gibt es kein Konto. Vielleicht hast du dich mit einer anderen registriert?`,
    action: 'Mit anderer Adresse anmelden',
    register: 'Oder lege mit dieser ein Konto an',
    notYou: 'Das warst nicht du? Dann lass diese Mail liegen: Es wurde nichts gespeichert.',
  },
  passwordChanged: {
    subject: (shop) => `Dein Passwort für ${shop} wurde geändert`,
    preheader: 'Wenn du das nicht warst, handle jetzt.',
    heading: 'Dein Passwort wurde geändert',
    explanation: 'Das Passwort deines Kontos wurde eben geändert. Warst du das? Dann ist alles gut.',
    notYou:
      'Das warst nicht du? Dann hol dir dein Konto jetzt zurück: Mit diesem Link wählst du ein neues Passwort.',
    action: 'Das war ich nicht',
  },
  emailChangeApprove: {
    subject: (shop) => `Stimme deiner neuen E-Mail-Adresse für ${shop} zu`,
    preheader: 'Dein Konto soll zu einer anderen Adresse wechseln.',
    heading: 'Stimme der neuen Adresse zu',
    explanation: (newEmail) =>
      `Dein Konto soll von dieser Adresse zu ${newEmail} wechseln. Das geschieht, sobald du hier zustimmst.`,
    action: 'Neuer Adresse zustimmen',
    notYou:
      'Das warst nicht du? Dann stimme nicht zu und ändere dein Passwort: Jemand anderes ist in deinem Konto angemeldet.',
  },
  emailChangeVerify: {
    subject: (shop) => `Bestätige deine neue E-Mail-Adresse für ${shop}`,
    preheader: 'Sag uns, dass sie dir gehört.',
    heading: 'Bestätige deine neue Adresse',
    explanation: 'Dein Konto soll zu dieser Adresse wechseln. Bestätige, dass sie dir gehört.',
    action: 'Adresse bestätigen',
    notYou: 'Das warst nicht du? Dann lass diese Mail liegen: Jemand hat sich bei der Adresse vertippt.',
  },
  emailChanged: {
    subject: (shop) => `Deine E-Mail-Adresse für ${shop} wurde geändert`,
    preheader: 'Wenn du das nicht warst, handle jetzt.',
    heading: 'Deine Adresse wurde geändert',
    explanation: (newEmail) =>
      `Dein Konto gehört jetzt zu ${newEmail}. Von nun an gehen Mails dorthin, und du meldest dich damit an.`,
    notYou: 'Das warst nicht du? Dann hol dir dein Konto jetzt zurück:',
    action: 'Das war ich nicht',
  },
  newDevice: {
    subject: (shop) => `Neue Anmeldung in deinem Konto bei ${shop}`,
    preheader: (device) => `Von ${device}.`,
    heading: 'Jemand hat sich mit einem neuen Gerät angemeldet',
    explanation:
      'Warst du das? Dann ist alles gut. Wenn nicht, beende diese Sitzung und ändere dein Passwort.',
    device: 'Gerät',
    network: 'Netz',
    time: 'Zeit',
    action: 'Mein Konto prüfen',
  },
  secondFactorChanged: {
    subject: (shop) => `Der zweite Schritt deiner Anmeldung bei ${shop} wurde geändert`,
    preheader: 'Wenn du das nicht warst, handle jetzt.',
    heading: 'Dein zweiter Schritt wurde geändert',
    changes: {
      'totp-added': 'Deinem Konto wurde eine Authenticator-App hinzugefügt.',
      'totp-removed': 'Die Authenticator-App wurde von deinem Konto entfernt.',
      'passkey-added': 'Deinem Konto wurde ein Passkey hinzugefügt.',
      'passkey-removed': 'Ein Passkey wurde von deinem Konto entfernt.',
      'recovery-codes-renewed':
        'Für dein Konto wurden neue Ersatzcodes gemacht. Die alten gelten nicht mehr.',
      'recovery-code-used':
        'Mit einem Ersatzcode hat sich jemand in deinem Konto angemeldet. Er gilt nur einmal.',
    },
    notYou: 'Das warst nicht du? Dann prüfe dein Konto und ändere jetzt dein Passwort.',
    action: 'Mein Konto prüfen',
  },
  oauthLinked: (provider) => ({
    subject: (shop) => `${provider} öffnet jetzt dein Konto bei ${shop}`,
    preheader: 'Wenn du das nicht warst, handle jetzt.',
    heading: `${provider} wurde verknüpft`,
    explanation: `Von nun an kannst du dich mit ${provider} in deinem Konto anmelden.`,
    notYou: 'Das warst nicht du? Dann löse die Verknüpfung und ändere jetzt dein Passwort.',
    action: 'Mein Konto prüfen',
  }),
  oauthUnlinked: (provider) => ({
    subject: (shop) => `${provider} öffnet dein Konto bei ${shop} nicht mehr`,
    preheader: 'Wenn du das nicht warst, handle jetzt.',
    heading: `Die Verknüpfung mit ${provider} ist gelöst`,
    explanation: `Von nun an kannst du dich mit ${provider} nicht mehr in deinem Konto anmelden.`,
    notYou: 'Das warst nicht du? Dann prüfe dein Konto und ändere jetzt dein Passwort.',
    action: 'Mein Konto prüfen',
  }),
  accountErased: {
    subject: (shop) => `Dein Konto bei ${shop} wurde gelöscht`,
    preheader: 'Alles, was dir gehörte, ist weg.',
    heading: 'Dein Konto wurde gelöscht',
    explanation:
      'Dein Profil, deine Adressen, Wunschzettel und Anmeldungen sind weg. Bestellungen bleiben, wie es das Gesetz von einem Laden verlangt, aber sie tragen deinen Namen nicht mehr.',
    farewell: 'Dies ist die letzte Mail zu diesem Konto. Du bist jederzeit wieder willkommen.',
  },
  giftCard: {
    subject: (shop) => `Dein Gutschein für ${shop}`,
    preheader: 'Der Code steht in dieser Mail.',
    heading: (amount) => `Ein Gutschein über ${amount}`,
    explanation: (shop) => `Jemand bei ${shop} schickt dir einen Gutschein.`,
    code: 'Code',
    amount: 'Betrag',
    goodUntil: 'Gültig bis',
    use: 'Gib den Code in deinem Warenkorb ein. Was du nicht ausgibst, bleibt auf dem Gutschein.',
    action: 'Jetzt einkaufen',
    keep: 'Bewahre diese Mail auf: Der Code ist so gut wie Bargeld, und wir können ihn nicht noch einmal nennen.',
    reason: (shop) => `Du bekommst diese Mail, weil ein Gutschein von ${shop} an diese Adresse ging.`,
  },
  backInStock: {
    subject: (thing, shop) => `${thing} ist wieder da bei ${shop}`,
    preheader: 'Du wolltest davon hören.',
    heading: 'Wieder da',
    explanation: (thing) => `${thing} ist wieder zu haben. Du hast uns gebeten, dir Bescheid zu sagen.`,
    hurry:
      'Andere haben auch gefragt und hören davon in der Reihenfolge, in der sie es taten. Zurückgelegt ist nichts: Wer zuerst kauft, hat es.',
    action: 'Im Laden ansehen',
    onlyOne: 'Dies ist die einzige Mail dazu.',
    unsubscribe: 'Du wartest noch auf anderes? Alle solchen Mails abbestellen',
  },
  cartReminder: {
    subject: (shop) => `Dein Warenkorb bei ${shop} ist noch da`,
    preheader: 'Ein Klick, und es geht weiter, wo du aufgehört hast.',
    heading: 'Dein Warenkorb ist noch da',
    explanation: 'In deinem Warenkorb liegt noch etwas. Hier geht es zurück dorthin.',
    line: (quantity, thing) => `${quantity} × ${thing}`,
    title: 'In deinem Warenkorb',
    more: (count) => (count === 1 ? 'und noch etwas' : `und ${count} weitere Dinge`),
    action: 'Weiter mit dem Warenkorb',
    kept: (day) =>
      `Wir heben ihn bis zum ${day} auf. Zurückgelegt ist nichts, und Preise können sich bis zur Bestellung ändern.`,
    onlyOne: 'Dies ist die einzige Mail dazu.',
    unsubscribe: 'Keine Mails mehr über Warenkörbe',
  },
  orders: ordersDe,
};
