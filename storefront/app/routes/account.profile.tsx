import { FormProvider, getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { ErrorSummary } from '../components/ErrorSummary.tsx';
import { TextField } from '../components/FormField.tsx';
import { Icon } from '../components/Icon.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, failWith, refusalOf } from '../lib/bff-errors.server.ts';
import type { Currency, Preferences, Profile } from '../lib/bff-types.ts';
import { shopOf, useShop } from '../lib/chrome.ts';
import { useFocusOnMistakes } from '../lib/focus.ts';
import { formOf } from '../lib/form.server.ts';
import { currencyName } from '../lib/format.ts';
import { messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';
import {
  languages,
  mailChoices,
  type ProfileForm,
  parsePreferences,
  profileForm,
} from '../lib/profile-form.ts';
import { askAgain, requireLogin } from '../lib/session.server.ts';

export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Your profile' });

export async function loader(args: LoaderFunctionArgs) {
  await requireLogin(args);
  const { customer } = bffFor(args);
  const [profile, preferences] = await Promise.all([
    customer.profile.query(),
    customer.preferences.query(),
  ]).catch((error: unknown) => failPage(args.context, error));
  return { profile, preferences, saved: new URL(args.request.url).searchParams.get('saved') };
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args);
  return form.get('intent') === 'preferences' ? savePreferences(args, form) : saveProfile(args, form);
}

async function saveProfile(args: ActionFunctionArgs, form: FormData) {
  const submission = parseWithZod(form, { schema: profileForm });
  if (submission.status !== 'success') {
    return data({ profile: submission.reply(), problem: null }, { status: 422 });
  }
  try {
    await bffFor(args).customer.updateProfile.mutate(submission.value);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const again = askAgain(args, refusal);
    if (again) return again;
    const byField = Object.entries(refusal.fields).map(([field, message]) => [field, [message]]);
    const reply = submission.reply(
      byField.length > 0
        ? { fieldErrors: Object.fromEntries(byField) }
        : { formErrors: [messageFor(refusal)] },
    );
    return data({ profile: reply, problem: null }, { status: refusal.httpStatus });
  }
  return redirect('/account/profile?saved=profile', 303);
}

async function savePreferences(args: ActionFunctionArgs, form: FormData) {
  const preferences = parsePreferences(form);
  if (preferences === null) failWith(args.context, 400);
  try {
    await bffFor(args).customer.updatePreferences.mutate(preferences);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const again = askAgain(args, refusal);
    if (again) return again;
    return data({ profile: null, problem: messageFor(refusal) }, { status: refusal.httpStatus });
  }
  return redirect('/account/profile?saved=preferences', 303);
}

export default function ProfilePage() {
  const { profile, preferences, saved } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <>
      <h1 className="text-4xl">Your profile</h1>
      <section aria-labelledby="profile-title" className="mt-8 max-w-xl">
        <h2 id="profile-title" className="sr-only">
          Name and phone
        </h2>
        {/* once saved, the form shows the number as it is kept */}
        <ProfileFields
          key={`${profile.name} ${profile.phone}`}
          profile={profile}
          lastResult={result?.profile ?? null}
        />
        {saved === 'profile' && !result && <Saved />}
      </section>
      <section aria-labelledby="preferences-title" className="mt-12 max-w-xl border-t border-line pt-8">
        <h2 id="preferences-title" className="text-2xl">
          Preferences
        </h2>
        {result?.problem && <ErrorNote className="mt-4">{result.problem}</ErrorNote>}
        <PreferenceFields preferences={preferences} />
        {saved === 'preferences' && !result && <Saved />}
      </section>
    </>
  );
}

function Saved() {
  return (
    <p role="status" className="mt-4 flex items-center gap-2 font-medium">
      <Icon name="check" /> Saved.
    </p>
  );
}

function ProfileFields({ profile, lastResult }: { profile: Profile; lastResult: SubmissionResult | null }) {
  const phone = profile.phoneInternational;
  const [form, fields] = useForm<ProfileForm>({
    id: 'profile',
    defaultValue: { name: profile.name, phone },
    lastResult,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: profileForm }),
    shouldRevalidate: 'onInput',
  });
  // after useForm, which moves the focus to the first wrong field, and once the summary is there
  const summary = useFocusOnMistakes<HTMLDivElement>(form.allErrors, lastResult);
  return (
    <FormProvider context={form.context}>
      <Form method="post" action="/account/profile" {...getFormProps(form)} noValidate>
        <ErrorSummary ref={summary} errors={form.allErrors} formId="profile" />
        <div className="grid gap-4">
          <TextField
            field={fields.name}
            label="Full name"
            autoComplete="name"
            autoCapitalize="words"
            spellCheck={false}
          />
          <TextField
            field={fields.phone}
            label="Phone"
            isOptional
            hint="With + and the code of your country, or as you dial it at home."
            type="tel"
            inputMode="tel"
            autoComplete="tel"
          />
          <p className="break-words">
            <span className="font-medium">E-mail</span>
            <br />
            {profile.email}{' '}
            <Link to="/account/security" className="link whitespace-nowrap">
              Change e-mail
            </Link>
          </p>
        </div>
        <SubmitButton className="mt-6" busy="Saving…">
          Save profile
        </SubmitButton>
      </Form>
    </FormProvider>
  );
}

/** Those that one can shop in, and the one that was chosen before. */
function useCurrencies(chosen: Preferences['currency']): Currency[] {
  const currencies = new Set((useShop()?.regions ?? []).map((region) => region.currency));
  if (chosen !== null) currencies.add(chosen);
  return [...currencies];
}

function PreferenceFields({ preferences }: { preferences: Preferences }) {
  const currencies = useCurrencies(preferences.currency);
  return (
    <Form method="post" action="/account/profile" className="mt-4">
      <input type="hidden" name="intent" value="preferences" />
      <div className="grid gap-4 sm:grid-cols-2">
        <label className="font-medium">
          Language of mails
          <select name="locale" defaultValue={preferences.locale} className="field mt-1">
            {languages.map(({ value, label }) => (
              <option key={value} value={value} lang={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label className="font-medium">
          Currency
          <select name="currency" defaultValue={preferences.currency ?? ''} className="field mt-1">
            <option value="">The shop’s own</option>
            {currencies.map((currency) => (
              <option key={currency} value={currency}>
                {currencyName(currency)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <fieldset className="mt-6">
        <legend className="font-medium">Mail that you would like</legend>
        <p className="text-sm text-muted">Mail about your orders and your account always comes.</p>
        {mailChoices.map(({ value, label, text }) => (
          <label key={value} className="mt-3 flex gap-3">
            <input
              type="checkbox"
              name="mailOptIns"
              value={value}
              className="tick mt-0.5"
              defaultChecked={preferences.mailOptIns.includes(value)}
            />
            <span>
              <span className="block font-medium">{label}</span>
              <span className="block text-sm text-muted">{text}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <SubmitButton className="mt-6" busy="Saving…">
        Save preferences
      </SubmitButton>
    </Form>
  );
}
