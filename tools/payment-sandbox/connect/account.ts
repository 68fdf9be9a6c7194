import { createHash } from 'node:crypto';
import { mergeMetadata } from '../api/parameters.ts';
import type { Call } from '../call.ts';
import type { Account, BankAccount } from '../model.ts';
import { newId } from '../state/ids.ts';
import type { CreateAccount, UpdateAccount } from './account-parameters.ts';

/** An account that has yet to say who it is, so that it can neither take nor be paid money. */
export function newAccount(call: Call, input: CreateAccount): Account {
  const kind = input.type ?? typeFor(input);
  const id = newId('acct');
  const empty: Account = {
    id,
    object: 'account',
    business_profile: emptyProfile,
    business_type: input.business_type ?? null,
    capabilities: {},
    charges_enabled: false,
    controller: {
      fees: { payer: input.controller?.fees?.payer ?? (kind === 'standard' ? 'account' : 'application') },
      is_controller: true,
      losses: {
        payments: input.controller?.losses?.payments ?? (kind === 'standard' ? 'stripe' : 'application'),
      },
      requirement_collection:
        input.controller?.requirement_collection ?? (kind === 'custom' ? 'application' : 'stripe'),
      stripe_dashboard: { type: kind === 'standard' ? 'full' : kind === 'express' ? 'express' : 'none' },
      type: 'application',
    },
    country: input.country,
    created: call.now,
    default_currency: input.default_currency ?? currencyOf(input.country),
    details_submitted: false,
    email: null,
    external_accounts: {
      object: 'list',
      data: [],
      has_more: false,
      url: `/v1/accounts/${id}/external_accounts`,
    },
    metadata: {},
    payouts_enabled: false,
    requirements: requirementsFor(false),
    tos_acceptance: { date: null, ip: null, user_agent: null },
    type: kind,
  };
  return changedAccount(empty, input);
}

/** With what was sent; an account of which the platform tells all (`custom`) is ready once it has accepted the terms. */
export function changedAccount(account: Account, input: UpdateAccount): Account {
  const capabilities = { ...account.capabilities };
  for (const [name, { requested }] of Object.entries(input.capabilities ?? {})) {
    if (requested) Object.assign(capabilities, { [name]: Reflect.get(capabilities, name) ?? 'inactive' });
    else Reflect.deleteProperty(capabilities, name);
  }
  const changed: Account = {
    ...account,
    business_profile: {
      ...emptyProfile,
      ...account.business_profile,
      ...given(input.business_profile ?? {}),
    },
    business_type: input.business_type ?? account.business_type ?? null,
    capabilities,
    default_currency: input.default_currency ?? account.default_currency ?? 'usd',
    email: input.email ?? account.email,
    metadata: mergeMetadata(account.metadata ?? {}, input.metadata),
    tos_acceptance: {
      ...account.tos_acceptance,
      ...given({ ...input.tos_acceptance, service_agreement: undefined }),
    },
  };
  if (input.external_account && changed.external_accounts) {
    changed.external_accounts = {
      ...changed.external_accounts,
      data: [bankAccountOf(account.id, input.external_account)],
    };
  }
  const isToldAll = account.type === 'custom' && changed.tos_acceptance?.date != null;
  return isToldAll || account.details_submitted ? readyAccount(changed) : changed;
}

/** Who it is has been told: all that was asked for is granted. */
export function readyAccount(account: Account): Account {
  const asked = Object.keys(account.capabilities ?? {});
  return {
    ...account,
    details_submitted: true,
    charges_enabled: asked.includes('card_payments') || account.type === 'standard',
    payouts_enabled: true,
    capabilities: Object.fromEntries(asked.map((name) => [name, 'active'])),
    requirements: requirementsFor(true),
  };
}

function typeFor(input: CreateAccount): 'custom' | 'express' | 'standard' {
  const dashboard = input.controller?.stripe_dashboard?.type;
  if (dashboard === 'express') return 'express';
  return dashboard === 'none' ? 'custom' : 'standard';
}

function requirementsFor(isReady: boolean): NonNullable<Account['requirements']> {
  const due = isReady ? [] : ['business_profile.url', 'external_account', 'tos_acceptance.date'];
  return {
    alternatives: [],
    current_deadline: null,
    currently_due: due,
    disabled_reason: isReady ? null : 'requirements.past_due',
    errors: [],
    eventually_due: due,
    past_due: due,
    pending_verification: [],
  };
}

function bankAccountOf(account: string, input: NonNullable<UpdateAccount['external_account']>): BankAccount {
  return {
    id: newId('ba'),
    object: 'bank_account',
    account,
    account_holder_name: input.account_holder_name ?? null,
    account_holder_type: input.account_holder_type ?? null,
    account_type: null,
    available_payout_methods: ['standard'],
    bank_name: 'STRIPE TEST BANK',
    country: input.country,
    currency: input.currency,
    default_for_currency: true,
    fingerprint: createHash('sha256').update(input.account_number).digest('hex').slice(0, 16),
    last4: input.account_number.slice(-4),
    metadata: {},
    routing_number: input.routing_number ?? null,
    status: 'new',
  };
}

const euroCountries = 'AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'.split(' ');

function currencyOf(country: string): string {
  if (euroCountries.includes(country)) return 'eur';
  return { GB: 'gbp', CA: 'cad', AU: 'aud', CH: 'chf', JP: 'jpy' }[country] ?? 'usd';
}

const emptyProfile: NonNullable<Account['business_profile']> = {
  mcc: null,
  minority_owned_business_designation: null,
  name: null,
  product_description: null,
  specified_commercial_transactions_act_url: null,
  support_address: null,
  support_email: null,
  support_phone: null,
  support_url: null,
  url: null,
};

function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return JSON.parse(JSON.stringify(fields));
}
