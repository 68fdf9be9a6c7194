import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { CartLineItem } from '../components/CartLineItem.tsx';
import { CartSummary } from '../components/CartSummary.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, refusalOf } from '../lib/bff-errors.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';

export async function loader(args: LoaderFunctionArgs) {
  try {
    return { cart: await bffFor(args).cart.get.query() };
  } catch (error) {
    failPage(args.context, error);
  }
}

/** `lineId` tells at which line the refusal is shown. */
interface CartAnswer {
  readonly error: string;
  readonly lineId: string | null;
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args);
  const { cart } = bffFor(args);
  const lineId = String(form.get('lineId') ?? '');
  try {
    switch (form.get('intent')) {
      case 'quantity':
        await cart.setQuantity.mutate({ lineId, quantity: Number(form.get('quantity')) });
        break;
      case 'remove':
        await cart.removeLine.mutate({ lineId });
        break;
      case 'accept':
        await cart.acceptChanges.mutate();
        break;
      default:
        return data<CartAnswer>(
          { error: messageFor({ code: 'invalid_input' }), lineId: null },
          { status: 400 },
        );
    }
    return redirect('/cart', 303);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return data<CartAnswer>(
      { error: messageFor(refusal), lineId: lineId || null },
      { status: refusal.httpStatus },
    );
  }
}

export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Your cart' });

export default function CartPage() {
  const { cart } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (cart === null || cart.lines.length === 0) return <EmptyCart />;
  const isElsewhere = answer && !cart.lines.some((line) => line.id === answer.lineId);
  return (
    <div className="page pt-8">
      <h1 className="text-4xl lg:text-5xl">Your cart</h1>
      {isElsewhere && <ErrorNote className="mt-6">{answer.error}</ErrorNote>}
      <div className="mt-8 grid grid-cols-1 gap-10 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-14">
        <ul className="divide-y divide-line border-y border-line">
          {cart.lines.map((line) => (
            <CartLineItem
              key={line.id}
              line={line}
              error={answer?.lineId === line.id ? answer.error : null}
            />
          ))}
        </ul>
        <CartSummary cart={cart} />
      </div>
    </div>
  );
}

function EmptyCart() {
  return (
    <div className="page py-16 lg:py-24">
      <h1 className="text-4xl lg:text-6xl">Nothing in here yet.</h1>
      <p className="mt-4 max-w-lg text-lg text-muted">
        Your cart keeps what you choose for seven days. Start with what has just been laid out, or search for
        what you came for.
      </p>
      <div className="mt-8 flex flex-wrap gap-3">
        <Link to="/search?sort=newest" className="button">
          See what is new
        </Link>
        <Link to="/" className="button button-quiet">
          Go to the home page
        </Link>
      </div>
    </div>
  );
}
