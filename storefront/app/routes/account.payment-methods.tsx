import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData, useRouteLoaderData } from '@remix-run/react';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { Icon } from '../components/Icon.tsx';
import { PaymentElement } from '../components/PaymentElement.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { TestCardHint } from '../components/TestCardHint.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, failWith, refusalOf } from '../lib/bff-errors.server.ts';
import type { SavedCard } from '../lib/bff-types.ts';
import { shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { cardName } from '../lib/format.ts';
import { declineMessage, messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { askAgain, requireLogin } from '../lib/session.server.ts';
import type { loader as accountLoader } from './account.tsx';

const PAGE = '/account/payment-methods';

export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Your cards' });

export async function loader(args: LoaderFunctionArgs) {
  await requireLogin(args);
  const { payments, shop } = bffFor(args);
  const [element, { currency }, cards] = await Promise.all([
    payments.element.query(),
    shop.info.query(),
    // the page stands without the provider: it says that the cards cannot be shown now
    payments.cards.query().catch((error: unknown) => {
      if (refusalOf(error)?.code === 'unavailable') return null;
      throw error;
    }),
  ]).catch((error: unknown) => failPage(args.context, error));
  const declined = new URL(args.request.url).searchParams.get('error');
  return { cards, element, currency, problem: declined === null ? null : declineMessage(declined) };
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args);
  const textOf = (name: string) => String(form.get(name) ?? '');
  const { payments } = bffFor(args);
  const cardId = textOf('cardId');
  try {
    switch (textOf('intent')) {
      case 'add':
        return redirect(await whereToAdd(args, textOf('confirmationToken')), 303);
      case 'default':
        await payments.makeDefaultCard.mutate({ cardId });
        break;
      case 'remove':
        await payments.removeCard.mutate({ cardId });
        break;
      default:
        failWith(args.context, 400);
    }
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const again = askAgain(args, refusal);
    if (again) return again;
    // sent twice: it is gone, as was asked for
    const isDone = textOf('intent') === 'remove' && refusal.code === 'not_found';
    if (!isDone) return data({ problem: messageFor(refusal) }, { status: refusal.httpStatus });
  }
  return redirect(PAGE, 303);
}

/** Saves what was entered; a form without a token was sent without the provider's scripts, and goes on to its page. */
async function whereToAdd(args: ActionFunctionArgs, confirmationToken: string): Promise<string> {
  const { payments } = bffFor(args);
  if (confirmationToken === '') return (await payments.startHostedCard.mutate()).url;
  const added = await payments.addCard.mutate({ confirmationToken });
  return added.outcome === 'added' ? PAGE : added.redirectUrl;
}

export default function PaymentMethods() {
  const { cards, element, currency, problem } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const account = useRouteLoaderData<typeof accountLoader>('routes/account');
  const told = reply?.problem ?? problem;
  return (
    <>
      <h1 className="text-4xl">Your cards</h1>
      <p className="mt-2 max-w-prose text-muted">
        Pay faster next time. Our payment service keeps the cards; we never see their numbers.
      </p>
      {told && <ErrorNote className="mt-6">{told}</ErrorNote>}
      {cards === null ? (
        <p className="mt-8 rounded-picture bg-wash p-6">
          Your cards cannot be shown just now. They are safe: try again in a few minutes.
        </p>
      ) : (
        cards.length > 0 && (
          <ul className="mt-8 divide-y divide-line border-y border-line">
            {cards.map((card) => (
              <CardRow key={card.id} card={card} />
            ))}
          </ul>
        )
      )}
      <section aria-labelledby="add-card" className="mt-10 max-w-xl">
        <h2 id="add-card" className="mb-4 text-2xl">
          {cards !== null && cards.length > 0 ? 'Add another card' : 'Add a card'}
        </h2>
        {/* a new list is a new form: nothing of the last card stays in it */}
        <Form method="post" key={cards?.map((card) => card.id).join(' ')}>
          <input type="hidden" name="intent" value="add" />
          <PaymentElement
            source={element}
            mode="setup"
            currency={currency}
            {...(account ? { billing: { name: account.name, email: account.email } } : {})}
            fallback={
              <p className="rounded-control bg-wash p-4">
                You enter the card on the page of our payment service, and come back here.
              </p>
            }
          />
          <TestCardHint />
          <SubmitButton className="mt-6" busy="One moment…">
            Save a card
          </SubmitButton>
        </Form>
      </section>
    </>
  );
}

function CardRow({ card }: { card: SavedCard }) {
  const name = cardName(card);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 py-5">
      <Icon name="card" className="size-7 text-muted" />
      <div className="min-w-0 basis-48 grow">
        <h2 className="font-sans text-lg font-semibold tracking-normal break-words">
          {name}
          {card.isDefault && (
            <span className="ml-2 rounded-full bg-accent px-2.5 py-0.5 text-sm text-on-accent">
              Used first
            </span>
          )}
        </h2>
        <p className={`text-sm ${card.isExpired ? 'text-sale' : 'text-muted'}`}>
          {card.isExpired ? 'Expired' : 'Expires'} {expiryOf(card)}
        </p>
      </div>
      {!card.isDefault && !card.isExpired && (
        <Form method="post">
          <input type="hidden" name="intent" value="default" />
          <input type="hidden" name="cardId" value={card.id} />
          <button type="submit" className="button button-quiet button-small">
            Use first<span className="sr-only"> {name}</span>
          </button>
        </Form>
      )}
      <Remove card={card} name={name} />
    </li>
  );
}

/** As it stands on the card: `04/29`. */
function expiryOf(card: SavedCard): string {
  return `${String(card.expiryMonth).padStart(2, '0')}/${String(card.expiryYear).slice(-2)}`;
}

/** Asks once more before a card goes: the question opens in place, without scripts too. */
function Remove({ card, name }: { card: SavedCard; name: string }) {
  return (
    <details className="group open:basis-full">
      <summary className="link inline-flex min-h-11 cursor-pointer items-center group-open:no-underline">
        Remove<span className="sr-only"> {name}</span>
      </summary>
      <Form method="post" className="mt-1 rounded-control bg-alert-wash p-4">
        <p>Remove this card? Orders that it paid stay as they are.</p>
        <input type="hidden" name="intent" value="remove" />
        <input type="hidden" name="cardId" value={card.id} />
        <button type="submit" className="button button-small mt-3">
          Yes, remove it
        </button>
      </Form>
    </details>
  );
}
