import { Form, useFetcher } from '@remix-run/react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import type { Cart, Money } from '../lib/bff-types.ts';
import type { CartAnswer } from '../lib/cart-actions.server.ts';
import { rejectionMessage } from '../lib/cart-messages.ts';
import { useShop } from '../lib/chrome.ts';
import { formatMoney } from '../lib/format.ts';
import { useHydrated } from '../lib/hydrated.ts';
import { Icon } from './Icon.tsx';

/** What was entered so far, as the cart and the checkout know it. */
export interface EnteredCodes {
  readonly currency: Money['currency'];
  readonly codes: readonly string[];
  readonly rejectedCodes: Cart['rejectedCodes'];
  readonly giftCards: Cart['giftCards'];
}

interface CodeEntryProps {
  readonly entered: EnteredCodes;
  /** The page that it stands on: a path of the shop to come back to. */
  readonly returnTo: string;
  /** A code that was just refused by the page's own action, without scripts. */
  readonly refused?: { readonly error: string | null; readonly code?: string | undefined } | null;
}

/**
 * One field for codes of promotions and gift cards, and what was entered, each with a way to take it out. Its forms post to the cart,
 * from whatever page it stands on.
 */
export function CodeEntry({ entered, returnTo, refused: refusedHere = null }: CodeEntryProps) {
  const { codes, rejectedCodes, giftCards, currency } = entered;
  const hasAny = codes.length + giftCards.length > 0;
  const noted = useRefusedCode();
  const refused = refusedHere?.error ? { error: refusedHere.error, code: refusedHere.code ?? '' } : noted;
  return (
    <div>
      {hasAny && (
        <ul className="mb-3 grid gap-2" aria-label="Codes and gift cards">
          {codes.map((code) => {
            const rejected = rejectedCodes.find((candidate) => candidate.code === code);
            return (
              <EnteredCode key={code} name={code} returnTo={returnTo} field={{ intent: 'remove-code', code }}>
                {rejected ? (
                  <p className="flex gap-2 text-sm">
                    <Icon name="alert" className="mt-0.5 size-4" />
                    {rejectionMessage(rejected, currency)}
                  </p>
                ) : (
                  <p className="flex gap-2 text-sm text-good">
                    <Icon name="check" className="mt-0.5 size-4" />
                    Applied
                  </p>
                )}
              </EnteredCode>
            );
          })}
          {giftCards.map((card) => (
            <EnteredCode
              key={card.id}
              name={`Gift card ending in ${card.last4}`}
              returnTo={returnTo}
              field={{ intent: 'remove-gift-card', giftCardId: card.id }}
            >
              <p className="text-sm text-muted">
                {card.isUsable
                  ? `${formatMoney(card.balance)} on it`
                  : 'It cannot be spent here: it is too old, called off, or of another currency.'}
              </p>
            </EnteredCode>
          ))}
        </ul>
      )}
      <details open={hasAny || refused !== null} className="group">
        <summary className="link inline-flex min-h-11 items-center gap-2">
          Add a promo code or gift card
          <Icon name="chevron" className="size-4 transition-transform group-open:rotate-180" />
        </summary>
        <EntryForm returnTo={returnTo} refused={refused} />
      </details>
    </div>
  );
}

/** What a page without scripts was told: it has come back here. */
function useRefusedCode(): { error: string; code: string } | null {
  const note = useShop()?.cartNote;
  return note?.kind === 'code' ? note : null;
}

interface EntryFormProps {
  readonly returnTo: string;
  readonly refused: { error: string; code: string } | null;
}

function EntryForm({ returnTo, refused }: EntryFormProps) {
  const id = useId();
  const fetcher = useFetcher<CartAnswer>();
  const form = useRef<HTMLFormElement>(null);
  const hydrated = useHydrated();
  const isSending = fetcher.state !== 'idle';
  const answer = isSending ? undefined : fetcher.data;
  const error = answer ? answer.error : (refused?.error ?? null);
  useEffect(() => {
    if (answer?.error === null) form.current?.reset();
  }, [answer]);
  return (
    <fetcher.Form ref={form} method="post" action="/cart" className="mt-1 pb-1">
      <input type="hidden" name="returnTo" value={returnTo} />
      {hydrated && <input type="hidden" name="stay" value="1" />}
      <label htmlFor={id} className="text-sm text-muted">
        Promo code or gift card
      </label>
      <div className="mt-1 flex gap-2">
        <input
          id={id}
          name="code"
          className="field min-w-0 grow uppercase"
          required
          maxLength={100}
          defaultValue={refused?.code ?? ''}
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="done"
          {...(error ? { 'aria-invalid': true, 'aria-describedby': `${id}-error` } : {})}
        />
        <button
          type="submit"
          name="intent"
          value="code"
          className="button button-quiet"
          aria-disabled={isSending || undefined}
        >
          {isSending ? 'Checking…' : 'Apply'}
        </button>
      </div>
      <div aria-live="polite">
        {error && (
          <p id={`${id}-error`} className="mt-2 text-sm text-sale">
            {error}
          </p>
        )}
      </div>
    </fetcher.Form>
  );
}

interface EnteredCodeProps {
  readonly name: string;
  readonly returnTo: string;
  readonly field: Readonly<Record<string, string>>;
  readonly children: ReactNode;
}

function EnteredCode({ name, returnTo, field, children }: EnteredCodeProps) {
  return (
    <li className="flex items-start justify-between gap-3 rounded-control border border-line bg-ground px-3 py-1.5">
      <div className="min-w-0 py-1">
        <p className="font-semibold break-words">{name}</p>
        {children}
      </div>
      <Form method="post" action="/cart" preventScrollReset>
        <input type="hidden" name="returnTo" value={returnTo} />
        {Object.entries(field).map(([key, value]) => (
          <input key={key} type="hidden" name={key} value={value} />
        ))}
        <button type="submit" className="link inline-flex min-h-11 cursor-pointer items-center text-sm">
          Remove<span className="sr-only"> {name}</span>
        </button>
      </Form>
    </li>
  );
}
