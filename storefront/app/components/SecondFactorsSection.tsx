import { Form, Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { SecondFactors } from '../lib/bff-types.ts';
import { count, formatDay } from '../lib/format.ts';
import { Icon, type IconName } from './Icon.tsx';

/** How an account is guarded besides its password, with the way to each page where that is changed. */
export function SecondFactorsSection({ factors }: { factors: SecondFactors }) {
  const { totpSince, passkeys, recoveryCodesLeft } = factors;
  const hasFactor = totpSince !== null || passkeys.length > 0;
  return (
    <section aria-labelledby="second-factors" className="mt-12">
      <h2 id="second-factors" className="text-2xl">
        Second factor and passkeys
      </h2>
      <p className="mt-2 max-w-prose text-muted">
        {hasFactor
          ? 'After your password, a log-in asks for one of these. A passkey logs you in on its own.'
          : 'Ask for more than a password when somebody logs in: who finds it out still stays outside.'}
      </p>
      <ul className="mt-6 divide-y divide-line border-y border-line">
        <Factor
          icon="device"
          title="Authenticator app"
          state={totpSince ? `On since ${formatDay(totpSince)}` : 'Off'}
        >
          {totpSince ? (
            <FactorLink to="/account/security/totp" label="Turn off" about="the authenticator app" />
          ) : (
            <Form method="post" action="/account/security/totp">
              <input type="hidden" name="intent" value="start" />
              <button type="submit" className="button button-small">
                Set up<span className="sr-only"> an authenticator app</span>
              </button>
            </Form>
          )}
        </Factor>
        <Factor
          icon="key"
          title="Passkeys"
          state={passkeys.length > 0 ? count(passkeys.length, 'passkey') : 'None yet'}
        >
          <FactorLink
            to="/account/security/passkeys"
            label={passkeys.length > 0 ? 'Manage' : 'Add'}
            about="passkeys"
          />
        </Factor>
        {hasFactor && (
          <Factor icon="lock" title="Recovery codes" state={`${recoveryCodesLeft} left, each for one log-in`}>
            <FactorLink
              to="/account/security/recovery-codes"
              label="Make new ones"
              about=": recovery codes"
            />
          </Factor>
        )}
      </ul>
      {hasFactor && recoveryCodesLeft <= 3 && (
        <p className="mt-4 rounded-control bg-alert-wash p-4">
          {recoveryCodesLeft === 0
            ? 'You have no recovery codes left.'
            : 'You are running out of recovery codes.'}{' '}
          Make new ones, so that you can get in without your phone.
        </p>
      )}
    </section>
  );
}

function Factor(props: { icon: IconName; title: string; state: string; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 py-5">
      <Icon name={props.icon} className="size-7 text-muted" />
      <div className="min-w-48 grow">
        <h3 className="font-sans text-lg font-semibold tracking-normal">{props.title}</h3>
        <p className="text-sm text-muted">{props.state}</p>
      </div>
      {props.children}
    </li>
  );
}

function FactorLink({ to, label, about }: { to: string; label: string; about: string }) {
  return (
    <Link to={to} className="button button-quiet button-small">
      {label}
      <span className="sr-only"> {about}</span>
    </Link>
  );
}
