import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { Icon } from '../components/Icon.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, failWith, refusalOf } from '../lib/bff-errors.server.ts';
import type { SavedAddress } from '../lib/bff-types.ts';
import { shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { askAgain, requireLogin } from '../lib/session.server.ts';

export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Your addresses' });

export async function loader(args: LoaderFunctionArgs) {
  await requireLogin(args);
  const addresses = await bffFor(args)
    .addresses.list.query()
    .catch((error: unknown) => failPage(args.context, error));
  return { addresses };
}

const change = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('remove'), id: z.string() }),
  z.object({ intent: z.literal('default'), id: z.string(), use: z.enum(['shipping', 'billing']) }),
]);

export async function action(args: ActionFunctionArgs) {
  const wanted = change.safeParse(Object.fromEntries(await formOf(args)));
  if (!wanted.success) failWith(args.context, 400);
  const { addresses } = bffFor(args);
  try {
    if (wanted.data.intent === 'remove') await addresses.remove.mutate({ id: wanted.data.id });
    else await addresses.makeDefault.mutate({ id: wanted.data.id, use: wanted.data.use });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const again = askAgain(args, refusal);
    if (again) return again;
    // sent twice: it is gone, as was asked for
    const isDone = wanted.data.intent === 'remove' && refusal.code === 'not_found';
    if (!isDone) return data({ problem: messageFor(refusal) }, { status: refusal.httpStatus });
  }
  return redirect('/account/addresses', 303);
}

export default function Addresses() {
  const { addresses } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <h1 className="text-4xl">Your addresses</h1>
        {addresses.length > 0 && (
          <Link to="new" className="button">
            Add an address
          </Link>
        )}
      </div>
      {result && <ErrorNote className="mt-6">{result.problem}</ErrorNote>}
      {addresses.length === 0 ? (
        <Empty />
      ) : (
        <ul className="mt-8 grid gap-4 sm:grid-cols-2">
          {addresses.map((address) => (
            <Card key={address.id} address={address} />
          ))}
        </ul>
      )}
    </>
  );
}

function Empty() {
  return (
    <div className="mt-8 rounded-picture border border-line p-8 text-center">
      <Icon name="parcel" className="mx-auto size-10 text-muted" />
      <h2 className="mt-4 text-2xl">No addresses yet</h2>
      <p className="mx-auto mt-2 max-w-prose text-muted">
        Save where your parcels go, and the next checkout is one step shorter.
      </p>
      <Link to="new" className="button mt-6">
        Add an address
      </Link>
    </div>
  );
}

function Card({ address }: { address: SavedAddress }) {
  const [name, ...lines] = address.lines;
  const summary = `${address.fullName}, ${address.line1}`;
  return (
    <li className="flex flex-col rounded-picture border border-line p-5">
      <div className="flex flex-wrap gap-2 text-sm sm:min-h-7">
        {address.isDefaultShipping && <Badge>Default delivery</Badge>}
        {address.isDefaultBilling && <Badge>Default billing</Badge>}
      </div>
      <address className="mt-2 grow leading-relaxed break-words not-italic">
        <span className="block font-semibold">{name}</span>
        {lines.map((line) => (
          <span key={line} className="block">
            {line}
          </span>
        ))}
        {address.phone && <span className="block text-muted">{address.phoneInternational}</span>}
      </address>
      {!address.canShipTo && <p className="mt-2 text-sm text-muted">We do not deliver there yet.</p>}
      <div className="mt-4 flex flex-wrap gap-x-5 gap-y-1">
        <Link to={address.id} className="link inline-flex min-h-11 items-center">
          Change<span className="sr-only"> {summary}</span>
        </Link>
        {address.isDefaultShipping || (
          <MakeDefault id={address.id} use="shipping" label="Deliver here by default" of={summary} />
        )}
        {address.isDefaultBilling || (
          <MakeDefault id={address.id} use="billing" label="Bill here by default" of={summary} />
        )}
        <Remove id={address.id} of={summary} />
      </div>
    </li>
  );
}

function Badge({ children }: { children: string }) {
  return <span className="rounded-full bg-accent px-2.5 py-0.5 text-on-accent">{children}</span>;
}

interface ChangeProps {
  readonly id: string;
  /** Which address it is, for whoever hears the buttons only. */
  readonly of: string;
}

function MakeDefault({ id, of, use, label }: ChangeProps & { use: 'shipping' | 'billing'; label: string }) {
  return (
    <Form method="post" action="/account/addresses?index">
      <input type="hidden" name="intent" value="default" />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="use" value={use} />
      <button type="submit" className="link min-h-11 cursor-pointer">
        {label}
        <span className="sr-only"> for {of}</span>
      </button>
    </Form>
  );
}

/** Asks once more before an address goes: the question opens in place, without scripts too. */
function Remove({ id, of }: ChangeProps) {
  return (
    <details className="group open:basis-full">
      <summary className="link inline-flex min-h-11 cursor-pointer items-center group-open:no-underline">
        Remove<span className="sr-only"> {of}</span>
      </summary>
      <Form
        method="post"
        action="/account/addresses?index"
        className="mt-1 rounded-control bg-alert-wash p-4"
      >
        <p>Remove this address? Orders that went there keep it.</p>
        <input type="hidden" name="intent" value="remove" />
        <input type="hidden" name="id" value={id} />
        <button type="submit" className="button button-small mt-3">
          Yes, remove it
        </button>
      </Form>
    </details>
  );
}
