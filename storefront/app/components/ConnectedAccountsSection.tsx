import { Form } from '@remix-run/react';
import type { ConnectedAccount } from '../lib/bff-types.ts';
import { OAuthMark } from './OAuthMark.tsx';

/** The part of the security page that tells which other sites open the account; nothing when there is none. */
export function ConnectedAccountsSection({ accounts }: { accounts: readonly ConnectedAccount[] }) {
  if (accounts.length === 0) return null;
  return (
    <section aria-labelledby="connected-accounts" className="mt-12">
      <h2 id="connected-accounts" className="text-2xl">
        Connected accounts
      </h2>
      <p className="mt-2 max-w-prose text-muted">
        Other sites that you can log in by, without a password of ours.
      </p>
      <ul className="mt-4 divide-y divide-line border-y border-line">
        {accounts.map((account) => (
          <Account key={account.provider.id} account={account} />
        ))}
      </ul>
    </section>
  );
}

function Account({ account }: { account: ConnectedAccount }) {
  const { provider, connection, isOn, canDisconnect } = account;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 py-5">
      <OAuthMark provider={provider.id} />
      <div className="min-w-48 grow">
        <h3 className="font-sans text-lg font-semibold tracking-normal">{provider.name}</h3>
        <p className="text-sm break-words text-muted">
          {connection
            ? `Connected${connection.email === '' ? '' : ` as ${connection.email}`}`
            : 'Not connected'}
          {connection && !isOn && ', but the shop does not offer it at present'}
          {connection && isOn && !canDisconnect && '. Set a password to disconnect it.'}
        </p>
      </div>
      {connection === null && (
        <form method="post" action={`/oauth/${provider.id}`}>
          <input type="hidden" name="intent" value="connect" />
          <button type="submit" className="button button-quiet button-small">
            Connect<span className="sr-only"> {provider.name}</span>
          </button>
        </form>
      )}
      {connection && canDisconnect && (
        <Form method="post" action="/account/security/connect">
          <input type="hidden" name="intent" value="disconnect" />
          <input type="hidden" name="provider" value={provider.id} />
          <button type="submit" className="button button-quiet button-small">
            Disconnect<span className="sr-only"> {provider.name}</span>
          </button>
        </Form>
      )}
    </li>
  );
}
