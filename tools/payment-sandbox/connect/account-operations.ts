import { z } from 'zod';
import { refused } from '../api/errors.ts';
import { expand, httpUrl, oneOf, paging, text } from '../api/parameters.ts';
import { platform } from '../balance/book.ts';
import { balanceOf } from '../balance/sums.ts';
import { findOrRefuse, listAnswer, type Operation, operation } from '../call.ts';
import type { Account } from '../model.ts';
import { randomText } from '../state/ids.ts';
import { emitEvent } from '../webhooks/emit-event.ts';
import { changedAccount, newAccount } from './account.ts';
import { createAccountParameters, updateAccountParameters } from './account-parameters.ts';

const linkSeconds = 5 * 60;

export const accountOperations: Operation[] = [
  operation({
    name: 'accounts.create',
    method: 'POST',
    path: '/v1/accounts',
    input: createAccountParameters,
    run(call, input) {
      const account = newAccount(call, input);
      call.sandbox.objects.save('account', account);
      return account;
    },
  }),
  operation({
    name: 'accounts.retrieve',
    method: 'GET',
    path: '/v1/accounts/:id',
    input: z.strictObject(expand),
    run: (call) => findOrRefuse(call, 'account'),
  }),
  operation({
    name: 'accounts.retrieve_current',
    method: 'GET',
    path: '/v1/account',
    isPerAccount: true,
    input: z.strictObject(expand),
    run: (call) =>
      call.owner === platform
        ? platformAccount(call.sandbox.merchantName)
        : findOrRefuse(call, 'account', call.owner),
  }),
  operation({
    name: 'accounts.list',
    method: 'GET',
    path: '/v1/accounts',
    input: z.strictObject(paging),
    run: (call, input) => listAnswer(call, 'account', '/v1/accounts', input),
  }),
  operation({
    name: 'accounts.update',
    method: 'POST',
    path: '/v1/accounts/:id',
    input: updateAccountParameters,
    run(call, input) {
      const account = changedAccount(findOrRefuse(call, 'account'), input);
      call.sandbox.objects.save('account', account);
      emitEvent(call, 'account.updated', account, account.id);
      return account;
    },
  }),
  operation({
    name: 'accounts.delete',
    method: 'DELETE',
    path: '/v1/accounts/:id',
    input: z.strictObject(expand),
    run(call) {
      const { id, object } = findOrRefuse(call, 'account');
      if (balanceOf(call, id).some((sum) => sum.available !== 0 || sum.pending !== 0)) {
        throw refused(`The account ${id} cannot be deleted because it has a non-zero balance.`);
      }
      call.sandbox.objects.remove(id);
      return { id, object, deleted: true };
    },
  }),
  operation({
    name: 'account_links.create',
    method: 'POST',
    path: '/v1/account_links',
    input: z.strictObject({
      ...expand,
      account: text,
      collect: oneOf('currently_due', 'eventually_due').optional(),
      collection_options: z
        .strictObject({
          fields: oneOf('currently_due', 'eventually_due').optional(),
          future_requirements: oneOf('include', 'omit').optional(),
        })
        .optional(),
      refresh_url: httpUrl,
      return_url: httpUrl,
      type: oneOf('account_onboarding', 'account_update'),
    }),
    run(call, input) {
      const account = findOrRefuse(call, 'account', input.account, 'account');
      const token = randomText(24);
      const expiresAt = call.now + linkSeconds;
      call.sandbox.db.run(
        'insert into account_links (token, account, return_url, refresh_url, expires_at) values (?, ?, ?, ?, ?)',
        token,
        account.id,
        input.return_url,
        input.refresh_url,
        expiresAt,
      );
      const url = `${call.sandbox.publicUrl()}/connect/${account.id}/${token}`;
      return { object: 'account_link', created: call.now, expires_at: expiresAt, url };
    },
  }),
];

function platformAccount(name: string): Pick<Account, 'id' | 'object'> & Partial<Account> {
  return {
    id: 'acct_platform',
    object: 'account',
    business_type: 'company',
    charges_enabled: true,
    country: 'US',
    default_currency: 'usd',
    details_submitted: true,
    email: null,
    payouts_enabled: true,
    settings: null,
    metadata: { name },
    type: 'standard',
  };
}
