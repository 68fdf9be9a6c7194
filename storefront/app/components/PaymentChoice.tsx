import { Form } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { Checkout } from '../lib/bff-types.ts';
import { formatMoney } from '../lib/format.ts';
import { Icon, type IconName } from './Icon.tsx';
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

/** The ways to pay: one plain form. */
export function PaymentChoice({ checkout }: { checkout: Checkout }) {
  const { methods, payment } = checkout;
  const chosen = payment?.method === 'hosted' ? 'card' : (payment?.method ?? 'card');
  return (
    <Form method="post">
      <fieldset>
        <legend className="sr-only">Way to pay</legend>
        <ul className="grid gap-3">
          <li>
            <Way
              method="card"
              title="Card, wallet or pay later"
              text="You enter it on the page of our payment service, after you have checked your order."
              icon="lock"
              isChosen={chosen === 'card'}
            />
          </li>
          {methods.map((method) =>
            method === 'card' || method === 'hosted' ? null : (
              <li key={method}>
                <Way method={method} {...told[method]} isChosen={chosen === method} />
              </li>
            ),
          )}
        </ul>
      </fieldset>
      <p className="mt-4 text-muted">
        We keep your things aside for 15 minutes. Nothing is charged until you have checked your order and
        placed it.
      </p>
      <TestCardHint />
      <SubmitButton className="mt-8 w-full text-lg" busy="One moment…">
        Check your order
      </SubmitButton>
      <p className="mt-3 text-center text-sm text-muted tabular-nums">
        To pay {formatMoney(checkout.totals.due)}
      </p>
    </Form>
  );
}

interface WayProps {
  readonly method: string;
  readonly title: string;
  readonly text: string;
  readonly icon: IconName;
  readonly isChosen: boolean;
  readonly children?: ReactNode;
}

function Way({ method, title, text, icon, isChosen, children }: WayProps) {
  return (
    <div className="rounded-control border border-line-strong has-[input:checked]:border-ink has-[input:checked]:bg-wash has-[input:checked]:shadow-[inset_0_0_0_1px_var(--ink)]">
      <label htmlFor={`method-${method}`} className="flex min-h-16 cursor-pointer items-center gap-4 p-4">
        <input
          id={`method-${method}`}
          type="radio"
          name="method"
          value={method}
          className="tick"
          defaultChecked={isChosen}
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
