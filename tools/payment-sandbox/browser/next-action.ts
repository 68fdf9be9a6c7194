import { askApi } from './ask-api.ts';
import type { ElementError } from './protocol.ts';

export type IntentKind = 'payment_intent' | 'setup_intent';
export type IntentResult = { error: ElementError } | { intent: Record<string, unknown> };

/** `pi_1_secret_2` names its intent. */
export function idFrom(clientSecret: string): { id: string; kind: IntentKind } {
  const [, id = '', prefix] = /^((pi|seti)_\w+)_secret_\w+$/.exec(clientSecret) ?? [];
  if (id === '') throw new Error('Invalid value for clientSecret: it should be a client secret.');
  return { id, kind: prefix === 'seti' ? 'setup_intent' : 'payment_intent' };
}

export async function retrieve(origin: string, key: string, clientSecret: string): Promise<IntentResult> {
  const { id, kind } = idFrom(clientSecret);
  const answer = await askApi(origin, key, 'GET', `${kind}s/${id}`, { client_secret: clientSecret });
  return 'error' in answer ? answer : { intent: answer.value };
}

/**
 * Does what an intent waits for: shows the bank's question in a window over the page, or leaves for the page that the
 * intent names (it then never comes back here).
 */
export async function handleNextAction(
  origin: string,
  key: string,
  clientSecret: string,
): Promise<IntentResult> {
  const found = await retrieve(origin, key, clientSecret);
  if ('error' in found || found.intent.status !== 'requires_action') return found;
  const action = found.intent.next_action;
  const redirect = textAt(action, 'redirect_to_url', 'url');
  if (redirect !== undefined) {
    window.location.assign(redirect);
    return new Promise(() => undefined);
  }
  const question = textAt(action, 'use_stripe_sdk', 'stripe_js');
  if (question === undefined) return found;
  return askInWindow(`${question}&framed=1`, () => retrieve(origin, key, clientSecret));
}

/** Each page that loads in the frame may be the bank's last one: the intent tells. */
async function askInWindow(url: string, read: () => Promise<IntentResult>): Promise<IntentResult> {
  const dialog = document.createElement('dialog');
  const frame = document.createElement('iframe');
  frame.src = url;
  frame.title = 'Confirm it is you';
  Object.assign(dialog.style, { padding: '0', border: '0', width: 'min(30rem, 94vw)', borderRadius: '12px' });
  Object.assign(frame.style, { width: '100%', height: 'min(34rem, 84vh)', border: '0', display: 'block' });
  const close = document.createElement('button');
  close.type = 'button';
  close.setAttribute('aria-label', 'Close');
  close.textContent = '×';
  Object.assign(close.style, {
    position: 'absolute',
    top: '8px',
    right: '8px',
    width: '44px',
    height: '44px',
    font: '24px/1 system-ui',
    border: '0',
    background: 'none',
    color: '#444',
    cursor: 'pointer',
  });
  dialog.append(close, frame);
  document.body.append(dialog);
  dialog.showModal();
  try {
    return await new Promise((resolve) => {
      frame.addEventListener('load', async () => {
        const now = await read();
        if ('error' in now || now.intent.status !== 'requires_action') resolve(now);
      });
      // Closing the window is a no.
      const refuse = async () => {
        await fetch(url, { method: 'POST', mode: 'no-cors', body: new URLSearchParams({ outcome: 'fail' }) });
        resolve(await read());
      };
      dialog.addEventListener('cancel', refuse);
      close.addEventListener('click', refuse);
    });
  } finally {
    dialog.remove();
  }
}

/** A refused authentication is an error to the page, and the intent goes with it. */
export function asResult(result: IntentResult): object {
  if ('error' in result) return result;
  const { intent } = result;
  const kind = intent.object === 'setup_intent' ? 'setup_intent' : 'payment_intent';
  const failure = kind === 'setup_intent' ? intent.last_setup_error : intent.last_payment_error;
  if (intent.status === 'requires_payment_method' && failure)
    return { error: { ...failure, [kind]: intent } };
  return kind === 'setup_intent' ? { setupIntent: intent } : { paymentIntent: intent };
}

function textAt(value: unknown, ...path: string[]): string | undefined {
  let at = value;
  for (const name of path) at = typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined;
  return typeof at === 'string' ? at : undefined;
}
