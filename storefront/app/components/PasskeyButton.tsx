import { useFetcher } from '@remix-run/react';
import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
} from '@simplewebauthn/browser';
import { useCallback, useEffect, useState } from 'react';
import { useHydrated } from '../lib/hydrated.ts';
import { askForLogin, isTurnedAway } from '../lib/passkeys.ts';
import { ErrorNote } from './ErrorNote.tsx';
import { Icon } from './Icon.tsx';

interface PasskeyButtonProps {
  /** Whether the passkey logs in alone, or after the password. */
  readonly purpose: 'login' | 'second-step';
  /** Where to go after the log-in: a path of this shop. */
  readonly returnTo: string;
  /** Whether passkeys are offered among what the browser fills into a field with `autoComplete="… webauthn"` on this page, too. */
  readonly isOfferedInField?: boolean;
  readonly className?: string;
}

/** Logs in by a passkey. Nothing without scripts, and where the browser has no passkeys. */
export function PasskeyButton(props: PasskeyButtonProps) {
  if (!useHydrated()) return <Place className={props.className} />;
  return browserSupportsWebAuthn() ? <SupportedButton {...props} /> : null;
}

/** Keeps the button's place until it is known whether there is one: what stands below must not jump away under a finger. */
function Place({ className = '' }: { className: string | undefined }) {
  return (
    <div className={`needs-scripts invisible ${className}`} aria-hidden="true">
      <button type="button" className="button button-quiet w-full" disabled>
        <Icon name="key" />
        Use a passkey
      </button>
    </div>
  );
}

function SupportedButton({
  purpose,
  returnTo,
  isOfferedInField = false,
  className = '',
}: PasskeyButtonProps) {
  const fetcher = useFetcher<{ problem: string }>();
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { submit } = fetcher;

  const ask = useCallback(
    async (useBrowserAutofill: boolean) => {
      const optionsJSON = await askForLogin(purpose);
      const answer = await startAuthentication({ optionsJSON, useBrowserAutofill });
      const fields = { intent: 'answer', purpose, returnTo, response: JSON.stringify(answer) };
      submit(fields, { method: 'post', action: '/login/passkey' });
    },
    [purpose, returnTo, submit],
  );

  useEffect(() => {
    if (!isOfferedInField) return;
    browserSupportsWebAuthnAutofill()
      .then((isSupported) => (isSupported ? ask(true) : undefined))
      // an offer that nobody took up: the button is there still
      .catch(() => undefined);
  }, [isOfferedInField, ask]);

  const press = async () => {
    setAsking(true);
    setProblem(null);
    try {
      await ask(false);
    } catch (error) {
      setProblem(
        isTurnedAway(error)
          ? 'No passkey was used. Try again, or log in another way.'
          : 'Your browser could not use a passkey just now. Try again, or log in another way.',
      );
    }
    setAsking(false);
  };

  const isBusy = isAsking || fetcher.state !== 'idle';
  const told = isBusy ? null : (problem ?? fetcher.data?.problem ?? null);
  return (
    <div className={className}>
      {told && <ErrorNote className="mb-4">{told}</ErrorNote>}
      <button type="button" className="button button-quiet w-full" disabled={isBusy} onClick={press}>
        <Icon name="key" />
        {isBusy ? 'Waiting for your passkey…' : 'Use a passkey'}
      </button>
    </div>
  );
}
