/** The test bank accounts of SEPA debits, https://docs.stripe.com/payments/sepa-debit/accept-a-payment#test-integration */
import type { Behaviour } from './behaviour.ts';

interface TestAccount extends Behaviour {
  /** What is stored instead of the number. */
  name: string;
  iban: string;
}

const declined = {
  code: 'debit_not_authorized',
  declineCode: 'debit_not_authorized',
  message: 'The customer has notified their bank that this payment was unauthorized.',
};

const testAccounts: readonly TestAccount[] = [
  { name: 'sepa_succeeds', iban: 'AT611904300234573201', isChallenged: false, answersLater: true },
  { name: 'sepa_succeeds_de', iban: 'DE89370400440532013000', isChallenged: false, answersLater: true },
  {
    name: 'sepa_fails',
    iban: 'AT861904300235473202',
    isChallenged: false,
    answersLater: true,
    decline: declined,
  },
];

export function accountByIban(iban: string): TestAccount | undefined {
  return testAccounts.find((account) => account.iban === iban);
}

export function accountByName(name: string): TestAccount | undefined {
  return testAccounts.find((account) => account.name === name);
}
