import { Form, useNavigate, useSubmit } from '@remix-run/react';
import { browserSupportsWebAuthn, startRegistration } from '@simplewebauthn/browser';
import { type FormEvent, useState } from 'react';
import { useHydrated } from '../lib/hydrated.ts';
import { askForNewPasskey, isTurnedAway } from '../lib/passkeys.ts';
import { ErrorNote } from './ErrorNote.tsx';
import { SimpleField } from './SimpleField.tsx';

/** Makes a passkey on this device, or by a security key or a phone nearby. Without scripts it says that it needs them. */
export function AddPasskey({ suggestedName, problem }: { suggestedName: string; problem: string | null }) {
  const isHydrated = useHydrated();
  if (!isHydrated) {
    return (
      <p className="without-scripts rounded-picture bg-wash p-6">
        Passkeys need JavaScript, which is off in your browser. An authenticator app works without it.
      </p>
    );
  }
  if (!browserSupportsWebAuthn()) {
    return <p className="rounded-picture bg-wash p-6">This browser has no passkeys. Try another one.</p>;
  }
  return <NewPasskeyForm suggestedName={suggestedName} problem={problem} />;
}

function NewPasskeyForm({ suggestedName, problem }: { suggestedName: string; problem: string | null }) {
  const submit = useSubmit();
  const navigate = useNavigate();
  const [isBusy, setBusy] = useState(false);
  const [ownProblem, setOwnProblem] = useState<string | null>(null);

  const add = async (name: string) => {
    const asked = await askForNewPasskey();
    if ('goTo' in asked) return navigate(asked.goTo);
    if ('problem' in asked) return setOwnProblem(asked.problem);
    const answer = await startRegistration({ optionsJSON: asked.options });
    const response = JSON.stringify(answer);
    submit({ intent: 'add', name, token: asked.token, response }, { method: 'post' });
  };

  const press = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name') ?? '');
    setBusy(true);
    setOwnProblem(null);
    await add(name).catch((error: unknown) => setOwnProblem(sentenceFor(error)));
    setBusy(false);
  };

  const told = isBusy ? null : (ownProblem ?? problem);
  return (
    <Form method="post" onSubmit={press} className="max-w-sm">
      {told && <ErrorNote className="mb-4">{told}</ErrorNote>}
      <SimpleField
        id="passkey-name"
        name="name"
        label="What should we call it?"
        defaultValue={suggestedName}
        key={suggestedName}
        maxLength={60}
        required
        autoComplete="off"
        error={null}
      />
      <button type="submit" className="button mt-4 w-full" disabled={isBusy}>
        {isBusy ? 'Waiting for your device…' : 'Add a passkey'}
      </button>
    </Form>
  );
}

function sentenceFor(error: unknown): string {
  if (error instanceof Error && error.name === 'InvalidStateError') {
    return 'This device has a passkey for your account already.';
  }
  return isTurnedAway(error)
    ? 'No passkey was made. Try again when you are ready.'
    : 'Your browser could not make a passkey just now. Try again.';
}
