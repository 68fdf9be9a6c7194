import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { Checkout, CheckoutStep } from '../lib/bff-types.ts';
import { checkoutSteps, isBefore } from '../lib/checkout-steps.ts';
import { useShop } from '../lib/chrome.ts';
import { count, formatMoney } from '../lib/format.ts';
import { CheckoutSummary } from './CheckoutSummary.tsx';
import { Icon } from './Icon.tsx';

interface CheckoutFrameProps {
  readonly step: CheckoutStep;
  readonly title: string;
  readonly checkout: Checkout;
  readonly children: ReactNode;
}

/** One step of the checkout: where one is, the form, and always what is being bought. */
export function CheckoutFrame({ step, title, checkout, children }: CheckoutFrameProps) {
  // to be read before the order is placed; without scripts, a code that was refused is told there
  const { cartNote } = useShop() ?? {};
  const isOpen = step === 'review' || cartNote?.kind === 'code';
  const itemCount = checkout.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <div className="lg:grid lg:min-h-[80dvh] lg:grid-cols-[minmax(0,1.35fr)_minmax(0,1fr)]">
      <details className="group border-b border-line bg-wash lg:hidden" open={isOpen}>
        <summary className="page flex min-h-14 items-center gap-2">
          <span className="font-semibold group-open:hidden">Show order</span>
          <span className="hidden font-semibold group-open:inline">Hide order</span>
          <span className="text-muted">{count(itemCount, 'item')}</span>
          <Icon name="chevron" className="size-4 transition-transform group-open:rotate-180" />
          <span className="ml-auto text-lg font-semibold tabular-nums">
            {formatMoney(checkout.totals.due)}
          </span>
        </summary>
        <div className="page pb-6">
          <CheckoutSummary checkout={checkout} step={step} />
        </div>
      </details>
      <div className="px-[clamp(1rem,4vw,2.5rem)] py-6 lg:py-10">
        <div className="mx-auto max-w-xl lg:mr-12 lg:ml-auto">
          <Steps current={step} next={checkout.nextStep} />
          <h1 tabIndex={-1} className="mt-6 mb-6 text-3xl lg:text-4xl">
            {title}
          </h1>
          {children}
        </div>
      </div>
      <aside
        aria-label="Your order"
        className="hidden border-l border-line bg-wash py-10 pr-[clamp(1rem,4vw,2.5rem)] pl-12 lg:block"
      >
        <div className="sticky top-6 -mx-2 max-h-[calc(100dvh-3rem)] max-w-md overflow-y-auto px-2">
          <h2 className="mb-6 text-xl">Your order</h2>
          <CheckoutSummary checkout={checkout} step={step} />
          <Link to="/cart" className="link mt-6 inline-flex min-h-11 items-center text-sm">
            Change the cart
          </Link>
        </div>
      </aside>
    </div>
  );
}

/** The steps, with ways back to those that are done. */
function Steps({ current, next }: { current: CheckoutStep; next: CheckoutStep }) {
  return (
    <nav aria-label="Checkout steps">
      <ol className="flex flex-wrap items-center gap-x-2 text-sm">
        {checkoutSteps.map(({ step, label }, index) => {
          const canGo = step !== current && !isBefore(next, step);
          return (
            <li key={step} className="flex items-center gap-2">
              {index > 0 && <Icon name="next" className="size-3.5 text-muted" />}
              {step === current ? (
                <span aria-current="step" className="inline-flex min-h-11 items-center font-semibold">
                  {label}
                </span>
              ) : canGo ? (
                <Link to={`/checkout/${step}`} className="link inline-flex min-h-11 items-center">
                  {label}
                </Link>
              ) : (
                <span className="inline-flex min-h-11 items-center text-muted">{label}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
