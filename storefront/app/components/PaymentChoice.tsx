import { Form } from '@remix-run/react';
import { type ReactNode, useState } from 'react';
import type { Checkout, SavedCard } from '../lib/bff-types.ts';
import { cardName, formatMoney } from '../lib/format.ts';
import { billingOf } from '../lib/payment-names.ts';
import type { PaymentElementSource } from '../lib/use-payment-element.ts';
import { Icon, type IconName } from './Icon.tsx';
import { PaymentElement } from './PaymentElement.tsx';
import { SubmitButton } from './SubmitButton.tsx';
import { TestCardHint } from './TestCardHint.tsx';

type Method = Checkout['methods'][number];

const told: Record<Exclude<Method, 'card' | 'hosted'>, { title: string; text: string; icon: IconName }> = {
  bank_transfer: {
    title: 'Bank transfer',
    text: 'You get our bank details with your order. We send it as soon as the money is there.',
    icon: 'bank',
  },
  invoice: { title: 'Invoice', text: 'Pay within 14 days of your order.', icon: 'document' },
  pay_link: {
    title: 'Link by mail',
    text: 'We mail you a link to pay by, on this or any other device.',
    icon: 'mail',
  },
  cash_on_collection: { title: 'Cash', text: 'Pay when you fetch it.', icon: 'cash' },
};

interface PaymentChoiceProps {
  readonly checkout: Checkout;
  /** What mounts the provider's fields; null where they are off. */
  readonly source: PaymentElementSource | null;
  /** Those of the customer; none for guests. */
  readonly cards: readonly SavedCard[];
  /** Whether what is entered can be kept for the next order: somebody is logged in. */
  readonly canSave: boolean;
}

/**
 * The ways to pay: one form. Cards, wallets and paying later are entered into the provider's fields here, or on its page where these
 * fields do not come up; the others need no script at all.
 */
export function PaymentChoice({ checkout, source, cards, canSave }: PaymentChoiceProps) {
  const usable = cards.filter((card) => !card.isExpired);
  const [chosen, setChosen] = useState(() => firstChoice(checkout, usable));
  const [savesCard, setSavesCard] = useState(false);
  const choose = (method: string) => ({ method, isChosen: chosen === method, onChoose: setChosen });
  const { due } = checkout.totals;
  return (
    <Form method="post">
      <fieldset>
        <legend className="sr-only">Way to pay</legend>
        <ul className="grid gap-3">
          {usable.map((card) => (
            <li key={card.id}>
              <Way
                {...choose(`saved:${card.id}`)}
                title={cardName(card)}
                text={`Expires ${String(card.expiryMonth).padStart(2, '0')}/${card.expiryYear}`}
                icon="lock"
              />
            </li>
          ))}
          <li>
            <Way
              {...choose('card')}
              title={usable.length > 0 ? 'Another card, a wallet, or pay later' : 'Card, wallet or pay later'}
              text="Visa, Mastercard, Amex, Apple Pay, Google Pay, Klarna, PayPal and more"
              icon="lock"
            >
              <div className={chosen === 'card' ? 'px-4 pb-4' : 'hidden'}>
                <PaymentElement
                  source={source}
                  mode="payment"
                  amount={due.amount}
                  currency={due.currency}
                  savesCard={savesCard}
                  {...billingOf(checkout)}
                  isChosen={(form) => form.get('method') === 'card'}
                  fallback={
                    <p className="text-muted">
                      You enter it on the page of our payment service, after you have checked your order.
                    </p>
                  }
                />
                {canSave && (
                  <label className="mt-4 flex min-h-11 items-center gap-3">
                    <input
                      type="checkbox"
                      name="savesCard"
                      className="tick"
                      checked={savesCard}
                      onChange={(event) => setSavesCard(event.currentTarget.checked)}
                    />
                    Keep this card for my next order
                  </label>
                )}
                <TestCardHint />
              </div>
            </Way>
          </li>
          {checkout.methods.map((method) =>
            method === 'card' || method === 'hosted' ? null : (
              <li key={method}>
                <Way {...choose(method)} {...told[method]} />
              </li>
            ),
          )}
        </ul>
      </fieldset>
      <p className="mt-4 text-muted">
        We keep your things aside for 15 minutes. Nothing is charged until you have checked your order and
        placed it.
      </p>
      <SubmitButton className="mt-8 w-full text-lg" busy="One moment…">
        Check your order
      </SubmitButton>
      <p className="mt-3 text-center text-sm text-muted tabular-nums">To pay {formatMoney(due)}</p>
    </Form>
  );
}

/** What was chosen before, else the default card, else a new one. */
function firstChoice({ payment, methods }: Checkout, cards: readonly SavedCard[]): string {
  const before = methods.find((method) => method === payment?.method);
  if (before !== undefined && before !== 'card' && before !== 'hosted') return before;
  const [card] = cards;
  return card && payment === null ? `saved:${card.id}` : 'card';
}

interface WayProps {
  readonly method: string;
  readonly title: string;
  readonly text: string;
  readonly icon: IconName;
  readonly isChosen: boolean;
  readonly onChoose: (method: string) => void;
  readonly children?: ReactNode;
}

function Way({ method, title, text, icon, isChosen, onChoose, children }: WayProps) {
  return (
    <div className="rounded-control border border-line-strong has-[[name=method]:checked]:border-ink has-[[name=method]:checked]:bg-wash has-[[name=method]:checked]:shadow-[inset_0_0_0_1px_var(--ink)]">
      <label htmlFor={`method-${method}`} className="flex min-h-16 cursor-pointer items-center gap-4 p-4">
        <input
          id={`method-${method}`}
          type="radio"
          name="method"
          value={method}
          className="tick"
          defaultChecked={isChosen}
          onChange={() => onChoose(method)}
          required
        />
        <span className="min-w-0 grow">
          <span className="block font-semibold">{title}</span>
          <span className="block text-sm text-muted">{text}</span>
        </span>
        <Icon name={icon} />
      </label>
      {children}
    </div>
  );
}
