import { Form, isRouteErrorResponse, Link, useLocation } from '@remix-run/react';
import { useShop } from '../lib/chrome.ts';
import { RegionChoice } from './RegionChoice.tsx';

interface ErrorText {
  readonly title: string;
  readonly text: string;
}

const texts: Record<number, ErrorText> = {
  400: {
    title: 'That does not read right',
    text: 'The shop could not make sense of what was sent. Open the page again and retry.',
  },
  403: {
    title: 'This door is closed',
    text: 'The shop did not accept what was sent. Open the page again and retry.',
  },
  404: {
    title: 'Nothing on this shelf',
    text: 'The page was moved, sold out for good, or never existed. What you look for may be one search away.',
  },
  429: {
    title: 'One moment, please',
    text: 'Too much came from your connection at once. Wait a few seconds and try again: nothing is lost.',
  },
  503: {
    title: 'The shutters are down for a moment',
    text: 'The shop is briefly out of reach. Your cart is safe: try again in a few seconds.',
  },
};

const notSoldHere: ErrorText = {
  title: 'Not sold where you shop',
  text: 'This product has a price in other regions only. Shop in another one to see it, or look for something like it here.',
};

const broken: ErrorText = {
  title: 'Something broke on our side',
  text: 'It was noted and somebody will look at it. Nothing was charged. Try again, or start over from the home page.',
};

/** What `failWith` tells under a name. */
function told(error: unknown, name: 'requestId' | 'code'): string | null {
  if (!isRouteErrorResponse(error)) return null;
  const { data }: { data: unknown } = error;
  const value: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, name) : null;
  return typeof value === 'string' ? value : null;
}

/** The form that was sent, where the shop was out of reach: pairs of name and value. */
function sentForm(error: unknown): [string, string][] {
  if (!isRouteErrorResponse(error)) return [];
  const { data }: { data: unknown } = error;
  const sent: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'sent') : null;
  return Array.isArray(sent) ? sent.map(([name, value]) => [String(name), String(value)]) : [];
}

const isNotSoldHere = (error: unknown) => told(error, 'code') === 'not_sold_here';

function textOf(error: unknown): ErrorText {
  if (isNotSoldHere(error)) return notSoldHere;
  return texts[isRouteErrorResponse(error) ? error.status : 500] ?? broken;
}

/** What an error's page is called, for its title. */
export function errorTitle(error: unknown): string {
  return textOf(error).title;
}

/** The page in place of one that could not be shown; it says what happened and which ways lead on. */
export function ErrorPage({ error }: { error: unknown }) {
  const shop = useShop();
  const here = useLocation();
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const { title, text } = textOf(error);
  const requestId = told(error, 'requestId') ?? shop?.requestId;
  const departments = shop?.categories ?? [];
  const sent = sentForm(error);
  const canRetry = status === 503 || status === 429 || status >= 500;
  return (
    <div className="page py-16 lg:py-24">
      <p className="inline-block rounded-full bg-accent px-4 py-1 font-display text-lg font-bold text-on-accent">
        {status}
      </p>
      <h1 className="mt-6 max-w-3xl text-4xl lg:text-6xl">{title}</h1>
      <p className="mt-4 max-w-xl text-lg text-muted">{text}</p>
      {isNotSoldHere(error) && (
        <div className="mt-6 -ml-3 max-w-md">
          <RegionChoice />
        </div>
      )}
      <div className="mt-8 flex max-w-xl flex-wrap gap-3">
        {sent.length > 0 && <SendAgain to={`${here.pathname}${here.search}`} fields={sent} />}
        {canRetry && sent.length === 0 && (
          <Link to={`${here.pathname}${here.search}`} reloadDocument className="button">
            Try again
          </Link>
        )}
        <Link to="/" className={`button ${canRetry ? 'button-quiet' : ''}`}>
          Go to the home page
        </Link>
      </div>
      {status === 404 && (
        <Form action="/search" role="search" aria-label="Find it" className="mt-10 flex max-w-xl gap-3">
          <label htmlFor="error-search" className="sr-only">
            What are you looking for?
          </label>
          <input
            id="error-search"
            className="field"
            type="search"
            name="q"
            placeholder="What are you looking for?"
            enterKeyHint="search"
          />
          <button type="submit" className="button button-quiet">
            Search
          </button>
        </Form>
      )}
      {status === 404 && departments.length > 0 && (
        <nav aria-label="Departments to browse" className="mt-10">
          <ul className="flex flex-wrap gap-2">
            {departments.map((department) => (
              <li key={department.id}>
                <Link to={`/c/${department.slug}`} className="button button-quiet button-small">
                  {department.name}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {status >= 500 && requestId && (
        <p className="mt-12 text-sm text-muted">
          If it happens again, tell us this number: <code className="select-all">{requestId}</code>
        </p>
      )}
    </div>
  );
}

/** What was entered is not lost: one click sends it once more. */
function SendAgain({ to, fields }: { to: string; fields: readonly (readonly [string, string])[] }) {
  return (
    <form method="post" action={to}>
      {fields.map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      <p className="mb-3">What you entered is kept.</p>
      <button type="submit" className="button">
        Send it again
      </button>
    </form>
  );
}
