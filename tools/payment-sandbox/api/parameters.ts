import { z } from 'zod';
import { ApiError, invalidParameter } from './errors.ts';
import type { FormMap } from './form-body.ts';

type Check = { value: string; issues: unknown[] };

function refuse(context: Check, message: string, stripeCode?: string): never {
  context.issues.push({ code: 'custom', message, params: { stripeCode }, input: context.value });
  return z.NEVER;
}

/** A whole number in decimal text. */
export const integer = z
  .string()
  .transform((value, context) =>
    /^-?\d{1,15}$/.test(value)
      ? Number(value)
      : refuse(context, `Invalid integer: ${value}`, 'parameter_invalid_integer'),
  );

export const positiveInteger = integer.transform((value, context) =>
  value >= 1
    ? value
    : refuse(
        { value: String(value), issues: context.issues },
        'This value must be greater than or equal to 1.',
        'parameter_invalid_integer',
      ),
);

export const boolean = z
  .string()
  .transform((value, context) =>
    value === 'true' || value === 'false' ? value === 'true' : refuse(context, `Invalid boolean: ${value}`),
  );

/** Text that must not be empty: Stripe reads an empty value as "unset". */
export const text = z
  .string()
  .transform((value, context) =>
    value === ''
      ? refuse(
          context,
          'You passed an empty string. We assume empty values are an attempt to unset a parameter; however it cannot be unset. You should remove it from your request or supply a non-empty value.',
          'parameter_invalid_empty',
        )
      : value,
  );

/** Text that an empty value sets to null. */
export const unsettableText = z.string().transform((value) => (value === '' ? null : value));

export const httpUrl = z.string().transform((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url?.protocol === 'http:' || url?.protocol === 'https:'
    ? value
    : refuse(context, 'Not a valid URL', 'url_invalid');
});

export function oneOf<const T extends readonly [string, ...string[]]>(...values: T) {
  return z.enum(values, { error: `must be one of ${values.join(', ')}` });
}

/** Keys to values; an empty value removes its key, and `metadata=` removes them all. */
export const metadata = z.union([
  z.literal('').transform(() => null),
  z
    .record(
      z.string().max(40, 'Metadata keys may have 40 characters at most.'),
      z.string().max(500, 'Metadata values may have 500 characters at most.'),
    )
    .refine((map) => Object.keys(map).length <= 50, 'Metadata may have 50 keys at most.'),
]);

/** Applies what was sent to the metadata there is. */
export function mergeMetadata(
  current: Record<string, string>,
  change: Record<string, string> | null | undefined,
): Record<string, string> {
  if (change === null) return {};
  const merged = { ...current, ...change };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''));
}

export const expand = { expand: z.array(z.string()).optional() };

const createdRange = z.strictObject({
  gt: integer.optional(),
  gte: integer.optional(),
  lt: integer.optional(),
  lte: integer.optional(),
});

/** What every list takes. `created` is seconds since 1970, as one value or as a range. */
export const paging = {
  ...expand,
  limit: integer
    .transform((value, context) =>
      value >= 1 && value <= 100
        ? value
        : refuse({ value: String(value), issues: context.issues }, `Invalid limit: ${value}. Use 1 to 100.`),
    )
    .default(10),
  starting_after: text.optional(),
  ending_before: text.optional(),
  created: z.union([integer.transform((value) => ({ gte: value, lte: value })), createdRange]).optional(),
};

/**
 * Parses the parameters of a call.
 *
 * @throws ApiError 400 with Stripe's code, message and `param` for the first thing that is wrong
 */
export function parseParameters<S extends z.ZodType>(schema: S, input: FormMap): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue === undefined)
    throw new ApiError(400, { type: 'invalid_request_error', message: 'Invalid request.' }, true);
  if (issue.code === 'unrecognized_keys') {
    const param = paramName([...issue.path, issue.keys[0] ?? '']);
    throw invalidParameter(param, `Received unknown parameter: ${param}`, 'parameter_unknown');
  }
  const param = paramName(issue.path);
  if (isMissing(input, issue.path)) {
    throw invalidParameter(param, `Missing required param: ${param}.`, 'parameter_missing');
  }
  const code = issue.code === 'custom' ? issue.params?.stripeCode : undefined;
  const message = issue.code === 'invalid_value' ? `Invalid ${param}: ${issue.message}` : issue.message;
  throw invalidParameter(param, message, typeof code === 'string' ? code : undefined);
}

function paramName(path: readonly PropertyKey[]): string {
  const [head = '', ...rest] = path.map(String);
  return head + rest.map((part) => `[${part}]`).join('');
}

function isMissing(input: unknown, path: readonly PropertyKey[]): boolean {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return value === undefined;
    value = Reflect.get(value, key);
  }
  return value === undefined;
}
