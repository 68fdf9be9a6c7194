/** The test cards: what each number does. Numbers and ids are Stripe's, https://docs.stripe.com/testing. */
import type { Decline, TestCard } from './cards.ts';

const generic: Decline = {
  code: 'card_declined',
  declineCode: 'generic_decline',
  message: 'Your card was declined.',
};
const insufficientFunds: Decline = {
  code: 'card_declined',
  declineCode: 'insufficient_funds',
  message: 'Your card has insufficient funds.',
};

type More = Partial<Omit<TestCard, 'id' | 'number'>>;

function accepted(id: string, number: string, more: More = {}): TestCard {
  return { id, number, brand: 'visa', effect: 'Succeeds', isChallenged: false, ...more };
}

function declined(id: string, number: string, effect: string, decline: Decline, more: More = {}): TestCard {
  return { ...accepted(id, number, more), effect, decline };
}

function asks(id: string, number: string, more: More = {}): TestCard {
  return { ...accepted(id, number), effect: 'Asks for 3-D Secure', isChallenged: true, ...more };
}

const button = { hasButton: true };

const declines: readonly TestCard[] = [
  declined('pm_card_chargeDeclined', '4000000000000002', 'Declined by the bank', generic, button),
  declined(
    'pm_card_chargeDeclinedInsufficientFunds',
    '4000000000009995',
    'Declined: no funds',
    insufficientFunds,
    button,
  ),
  declined(
    'pm_card_chargeDeclinedExpiredCard',
    '4000000000000069',
    'Declined: expired',
    { code: 'expired_card', message: 'Your card has expired.', param: 'exp_month' },
    button,
  ),
  declined(
    'pm_card_radarBlock',
    '4100000000000019',
    'Blocked as fraud',
    { ...generic, declineCode: 'fraudulent', isBlocked: true },
    button,
  ),
  declined('pm_card_riskLevelHighest', '4000000000004954', 'Blocked as too risky', {
    ...generic,
    declineCode: 'fraudulent',
    isBlocked: true,
  }),
  declined('pm_card_chargeDeclinedIncorrectCvc', '4000000000000127', 'Declined: wrong code', {
    code: 'incorrect_cvc',
    message: "Your card's security code is incorrect.",
    param: 'cvc',
  }),
  declined('pm_card_chargeDeclinedProcessingError', '4000000000000119', 'Processing error', {
    code: 'processing_error',
    message: 'An error occurred while processing your card. Try again in a little bit.',
  }),
  declined('pm_card_visa_chargeDeclinedLostCard', '4000000000009987', 'Declined: lost card', {
    ...generic,
    declineCode: 'lost_card',
  }),
  declined('pm_card_visa_chargeDeclinedStolenCard', '4000000000009979', 'Declined: stolen card', {
    ...generic,
    declineCode: 'stolen_card',
  }),
  declined('pm_card_visa_chargeDeclinedVelocityLimitExceeded', '4000000000006975', 'Declined: too often', {
    ...generic,
    declineCode: 'card_velocity_exceeded',
    message:
      'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
  }),
  declined('pm_card_chargeCustomerFail', '4000000000000341', 'Can be saved, then declined', generic, {
    declinesSaving: false,
  }),
];

const threeDSecure: readonly TestCard[] = [
  asks('pm_card_threeDSecure2Required', '4000000000003220', button),
  asks('pm_card_threeDSecureRequired', '4000000000003063'),
  asks('pm_card_authenticationRequired', '4000002760003184'),
  asks('pm_card_authenticationRequiredOnSetup', '4000002500003155', {
    effect: 'Asks for 3-D Secure until it is saved',
    isTrustedOnceSaved: true,
  }),
  asks('pm_card_authenticationRequiredSetupForOffSession', '4000003800000446', {
    effect: 'Asks for 3-D Secure until it is saved',
    isTrustedOnceSaved: true,
  }),
  asks('pm_card_threeDSecureRequiredChargeDeclined', '4000008400001629', {
    effect: 'Asks for 3-D Secure, then declined',
    decline: generic,
  }),
  asks('pm_card_authenticationRequiredChargeDeclinedInsufficientFunds', '4000008260003178', {
    effect: 'Asks for 3-D Secure, then insufficient funds',
    decline: insufficientFunds,
  }),
  accepted('pm_card_threeDSecureOptional', '4000000000003055', {
    effect: 'Succeeds; could be asked for 3-D Secure',
  }),
];

const afterwards: readonly TestCard[] = [
  accepted('pm_card_bypassPending', '4000000000000077', {
    effect: 'Succeeds; the money is available at once',
    isAvailableAtOnce: true,
  }),
  accepted('pm_card_pendingRefund', '4000000000007726', {
    effect: 'Succeeds; a refund is pending first',
    refund: 'pending',
  }),
  accepted('pm_card_refundFail', '4000000000005126', {
    effect: 'Succeeds; a refund fails later',
    refund: 'fails',
  }),
  accepted('pm_card_createDispute', '4000000000000259', {
    effect: 'Succeeds; then disputed as fraudulent',
    dispute: 'fraudulent',
  }),
  accepted('pm_card_createDisputeProductNotReceived', '4000000000002685', {
    effect: 'Succeeds; then disputed as not received',
    dispute: 'product_not_received',
  }),
  accepted('pm_card_riskLevelElevated', '4000000000009235', { effect: 'Succeeds; the risk is elevated' }),
  accepted('pm_card_cvcCheckFail', '4000000000000101', { effect: 'Succeeds; the security code is wrong' }),
  accepted('pm_card_avsZipFail', '4000000000000036', { effect: 'Succeeds; the postal code is wrong' }),
];

const brands: readonly TestCard[] = [
  accepted('pm_card_visa_debit', '4000056655665556', { funding: 'debit' }),
  accepted('pm_card_mastercard', '5555555555554444', { brand: 'mastercard' }),
  accepted('pm_card_mastercard_2series', '2223003122003222', { brand: 'mastercard' }),
  accepted('pm_card_mastercard_debit', '5200828282828210', { brand: 'mastercard', funding: 'debit' }),
  accepted('pm_card_mastercard_prepaid', '5105105105105100', { brand: 'mastercard', funding: 'prepaid' }),
  accepted('pm_card_amex', '378282246310005', { brand: 'amex' }),
  accepted('pm_card_amex_second', '371449635398431', { brand: 'amex' }),
  accepted('pm_card_discover', '6011111111111117', { brand: 'discover' }),
  accepted('pm_card_discover_second', '6011000990139424', { brand: 'discover' }),
  accepted('pm_card_diners', '3056930009020004', { brand: 'diners' }),
  accepted('pm_card_jcb', '3566002020360505', { brand: 'jcb' }),
  accepted('pm_card_unionpay', '6200000000000005', { brand: 'unionpay' }),
  accepted('pm_card_de', '4000002760000016', { country: 'DE' }),
  accepted('pm_card_gb', '4000008260000000', { country: 'GB' }),
  accepted('pm_card_fr', '4000002500000003', { country: 'FR' }),
  accepted('pm_card_ca', '4000001240000000', { country: 'CA' }),
];

export const testCards: readonly TestCard[] = [
  accepted('pm_card_visa', '4242424242424242', { effect: 'Payment succeeds', ...button }),
  ...declines,
  ...threeDSecure,
  ...afterwards,
  ...brands,
];
