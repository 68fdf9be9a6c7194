import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { SharedLine } from '../components/SharedLine.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { UsedLink } from '../components/UsedLink.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { refusalOf } from '../lib/bff-errors.server.ts';
import type { SharedCart } from '../lib/bff-types.ts';
import { goToCart } from '../lib/cart-filled.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { count, formatMoney } from '../lib/format.ts';
import { mailedLink } from '../lib/mailed-link.server.ts';
import { messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';

export { tokenPageHeaders as headers } from '../lib/token-page.ts';
export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'A shared cart' });

export function loader(args: LoaderFunctionArgs) {
  return mailedLink(args, (token) => bffFor(args).cart.shared.query({ token }));
}

/** The whole of it, or as much as can be had. */
export async function action(args: ActionFunctionArgs) {
  const { token = '' } = args.params;
  try {
    const added = await bffFor(args).cart.addShared.mutate({ token });
    if (added.added > 0) return goToCart(args, added);
    const error = 'Nothing here can be bought right now. Come back later: the link stays good.';
    return data({ error }, { status: 409 });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return data({ error: messageFor(refusal) }, { status: refusal.httpStatus });
  }
}

export default function SharedCartPage() {
  const { link } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (link === null) {
    return (
      <UsedLink to="/" action="Look around the shop">
        A link to a cart works for a month. Ask whoever sent it to you for a new one.
      </UsedLink>
    );
  }
  const canBuy = link.lines.some((line) => line.available > 0);
  const total = totalOf(link.lines);
  return (
    <div className="page max-w-4xl pt-8 lg:pt-12">
      <p className="text-muted">Somebody shares a cart with you</p>
      <h1 className="mt-1 text-4xl lg:text-5xl">A shared cart</h1>
      <p className="mt-1 text-muted tabular-nums">
        {count(link.lines.length, 'thing')}
        {total && `, ${formatMoney(total)} at today’s prices`}
      </p>
      {answer && <ErrorNote className="mt-6">{answer.error}</ErrorNote>}
      {canBuy ? (
        <Form method="post" className="mt-6">
          <SubmitButton busy="Adding…">Add all to my cart</SubmitButton>
          <p className="mt-2 text-sm text-muted">What is in your cart already stays as it is.</p>
        </Form>
      ) : (
        <p className="mt-6 rounded-picture bg-wash p-6">
          Nothing of this cart can be bought right now. Come back later: the link stays good, and things come
          back.
        </p>
      )}
      <ul className="mt-6 divide-y divide-line border-y border-line">
        {link.lines.map((line) => (
          <SharedLine key={line.variantId} line={line} />
        ))}
      </ul>
    </div>
  );
}

/** What all that can be bought comes to; null when that is nothing. */
function totalOf(lines: SharedCart['lines']) {
  return lines.reduce<SharedCart['lines'][number]['unitPrice']>((sum, { unitPrice, quantity, available }) => {
    if (unitPrice === null || available === 0) return sum;
    const amount = (sum?.amount ?? 0) + unitPrice.amount * Math.min(quantity, available);
    return { ...unitPrice, amount };
  }, null);
}
