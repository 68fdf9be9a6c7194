import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { CodeForm } from '../components/CodeForm.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { RecoveryCodes } from '../components/RecoveryCodes.tsx';
import { SecurityBackLink } from '../components/SecurityBackLink.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, failWith, refusalOf } from '../lib/bff-errors.server.ts';
import { shopOf, useShop } from '../lib/chrome.ts';
import { answerChange } from '../lib/factor-actions.server.ts';
import { textOf } from '../lib/factor-forms.server.ts';
import { codeMessage } from '../lib/factor-messages.ts';
import { formOf } from '../lib/form.server.ts';
import { formatDay } from '../lib/format.ts';
import { messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { qrCodeOf } from '../lib/qr-code.server.ts';
import { askAgain, requireLogin } from '../lib/session.server.ts';

const PAGE = '/account/security/totp';

export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Authenticator app' });

export async function loader(args: LoaderFunctionArgs) {
  await requireLogin(args);
  const { factors } = bffFor(args);
  try {
    const { totpSince } = await factors.mine.query();
    if (totpSince !== null) return { totpSince, setUp: null };
    const pending = await factors.pendingTotp.query();
    return {
      totpSince,
      setUp: pending && { qrCode: qrCodeOf(pending.uri), uri: pending.uri, secret: pending.secret },
    };
  } catch (error) {
    const refusal = refusalOf(error);
    const again = refusal && askAgain(args, refusal);
    if (again) throw again;
    failPage(args.context, error);
  }
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args);
  const { factors } = bffFor(args);
  switch (textOf(form, 'intent')) {
    case 'start':
      return start(args);
    case 'confirm': {
      const code = textOf(form, 'code').slice(0, 20);
      return answerChange(args, () => factors.confirmTotp.mutate({ code }), {
        to: '/account/security',
        say: (refusal) =>
          refusal.code === 'token_invalid'
            ? 'That took too long. Set the app up once more.'
            : codeMessage(refusal, 'totp'),
      });
    }
    case 'turn-off':
      return answerChange(args, () => factors.turnOffTotp.mutate(), {
        to: '/account/security',
        say: messageFor,
      });
    default:
      failWith(args.context, 400);
  }
}

async function start(args: ActionFunctionArgs) {
  try {
    await bffFor(args).factors.startTotp.mutate();
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const again = askAgain(args, refusal);
    if (again) return again;
    // set up in another window meanwhile: the page tells
    if (refusal.code !== 'conflict') {
      return data({ problem: messageFor(refusal), codes: null }, { status: refusal.httpStatus });
    }
  }
  return redirect(PAGE, 303);
}

export default function TotpPage() {
  const { totpSince, setUp } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const shopName = useShop()?.shopName ?? 'the shop';
  return (
    <>
      <SecurityBackLink />
      <h1 className="mt-1 text-4xl">Authenticator app</h1>
      {reply?.codes ? (
        <>
          <p className="mt-2" role="status">
            Your app is set up: from now on a log-in asks for its code.
          </p>
          <RecoveryCodes codes={reply.codes} shopName={shopName} />
        </>
      ) : totpSince ? (
        <TurnOff since={totpSince} problem={reply?.problem ?? null} />
      ) : setUp ? (
        <SetUp setUp={setUp} problem={reply?.problem ?? null} />
      ) : (
        <Begin problem={reply?.problem ?? null} />
      )}
    </>
  );
}

function Begin({ problem }: { problem: string | null }) {
  return (
    <>
      {problem && <ErrorNote className="mt-6">{problem}</ErrorNote>}
      <p className="mt-2 max-w-prose text-muted">
        An app on your phone shows a new code every half minute, and a log-in asks for it after your password.
        Any authenticator app will do: of Google, Microsoft, Apple, 1Password, Aegis and others.
      </p>
      <Form method="post" className="mt-6">
        <input type="hidden" name="intent" value="start" />
        <SubmitButton busy="One moment…">Set up an app</SubmitButton>
      </Form>
    </>
  );
}

type SetUpData = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['setUp']>;

function SetUp({ setUp, problem }: { setUp: SetUpData; problem: string | null }) {
  const { qrCode, uri, secret } = setUp;
  return (
    <ol className="mt-6 grid max-w-prose gap-8">
      <li>
        <h2 className="text-xl">1. Scan this with your app</h2>
        <svg
          viewBox={`0 0 ${qrCode.size} ${qrCode.size}`}
          role="img"
          aria-label="QR code that sets up your authenticator app. The key below does the same."
          shapeRendering="crispEdges"
          className="mt-4 size-56 rounded-control bg-white text-black"
        >
          <path d={qrCode.path} fill="currentColor" />
        </svg>
        <p className="mt-4">
          No camera?{' '}
          <a href={uri} className="link">
            Open it in an app on this device
          </a>
          , or type this key:
        </p>
        <p className="mt-2 rounded-control bg-wash px-4 py-3 font-mono text-lg break-words select-all">
          {secret}
        </p>
      </li>
      <li>
        <h2 className="mb-4 text-xl">2. Enter the code that it shows</h2>
        <CodeForm method="totp" problem={problem} submit="Turn on">
          <input type="hidden" name="intent" value="confirm" />
        </CodeForm>
      </li>
    </ol>
  );
}

function TurnOff({ since, problem }: { since: Date; problem: string | null }) {
  return (
    <>
      {problem && <ErrorNote className="mt-6">{problem}</ErrorNote>}
      <p className="mt-2 max-w-prose">
        On since {formatDay(since)}. When you turn it off, your other devices are logged out, and log-ins no
        longer ask for its code.
      </p>
      <Form method="post" className="mt-6">
        <input type="hidden" name="intent" value="turn-off" />
        <SubmitButton className="button-quiet" busy="Turning off…">
          Turn the app off
        </SubmitButton>
      </Form>
    </>
  );
}
