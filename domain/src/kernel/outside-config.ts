import { z } from 'zod';
import { ConfigError } from './config-error.ts';

/** Where parcels leave from: what carriers price by and tax services tax by. */
export interface ShipFrom {
  readonly name: string;
  readonly line1: string;
  readonly city: string;
  readonly region: string;
  readonly postcode: string;
  readonly country: string;
  readonly phone: string;
  readonly email: string;
}

/** Shippo, when it is on. */
export interface ShippoConfig {
  readonly apiToken: string;
  /** Without a slash at its end. */
  readonly apiBase: string;
  readonly timeoutMs: number;
  readonly shipFrom: ShipFrom;
  /** The box that parcels are priced by: length, width and height in centimetres. */
  readonly boxCm: readonly [number, number, number];
  /** What weighs more goes in several boxes. */
  readonly maxParcelGrams: number;
}

/** Avalara AvaTax, when it is on. */
export interface AvalaraConfig {
  readonly accountId: string;
  readonly licenseKey: string;
  readonly companyCode: string;
  /** Without a slash at its end. */
  readonly apiBase: string;
  readonly timeoutMs: number;
  readonly shipFrom: ShipFrom;
  /** AvaTax tax codes by our tax classes. */
  readonly taxCodes: Readonly<Record<string, string>>;
}

const json = z.string().transform((text, check): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    check.addIssue({ code: 'custom', message: 'expected JSON' });
    return z.NEVER;
  }
});

const shipFrom = z.strictObject({
  name: z.string().min(1),
  line1: z.string().min(1),
  city: z.string().min(1),
  region: z.string().default(''),
  postcode: z.string().default(''),
  country: z.string().regex(/^[A-Z]{2}$/),
  phone: z.string().default(''),
  email: z.string().default(''),
});

const base = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));
const timeoutMs = z.coerce.number().int().min(100).max(30_000).default(900);
const from = json.pipe(shipFrom);

const shippoSettings = z
  .object({
    SHIPPO_API_TOKEN: z.string().min(1),
    SHIPPO_API_BASE: base.default('https://api.goshippo.com'),
    SHIPPO_TIMEOUT_MS: timeoutMs,
    SHIPPO_BOX_CM: z
      .string()
      .regex(/^\d+x\d+x\d+$/, 'expected length, width and height such as 30x20x15')
      .default('30x20x15'),
    SHIPPO_MAX_PARCEL_GRAMS: z.coerce.number().int().min(1).default(30_000),
    SHIP_FROM: from,
  })
  .transform((env): ShippoConfig => {
    const [length = 1, width = 1, height = 1] = env.SHIPPO_BOX_CM.split('x').map(Number);
    return {
      apiToken: env.SHIPPO_API_TOKEN,
      apiBase: env.SHIPPO_API_BASE,
      timeoutMs: env.SHIPPO_TIMEOUT_MS,
      shipFrom: env.SHIP_FROM,
      boxCm: [length, width, height],
      maxParcelGrams: env.SHIPPO_MAX_PARCEL_GRAMS,
    };
  });

/** AvaTax's codes for tangible goods, freight, and what is not taxed. */
const defaultTaxCodes = { standard: 'P0000000', shipping: 'FR', exempt: 'NT' };

const avalaraSettings = z
  .object({
    AVALARA_ACCOUNT_ID: z.string().min(1),
    AVALARA_LICENSE_KEY: z.string().min(1),
    AVALARA_COMPANY_CODE: z.string().min(1),
    AVALARA_API_BASE: base.default('https://rest.avatax.com'),
    AVALARA_TIMEOUT_MS: timeoutMs,
    AVALARA_TAX_CODES: json.pipe(z.record(z.string(), z.string().min(1))).optional(),
    SHIP_FROM: from,
  })
  .transform(
    (env): AvalaraConfig => ({
      accountId: env.AVALARA_ACCOUNT_ID,
      licenseKey: env.AVALARA_LICENSE_KEY,
      companyCode: env.AVALARA_COMPANY_CODE,
      apiBase: env.AVALARA_API_BASE,
      timeoutMs: env.AVALARA_TIMEOUT_MS,
      shipFrom: env.SHIP_FROM,
      taxCodes: { ...defaultTaxCodes, ...env.AVALARA_TAX_CODES },
    }),
  );

/**
 * Shippo as the environment sets it; null without SHIPPO_API_TOKEN.
 *
 * @throws ConfigError that names what is wrong or missing
 */
export function readShippo(variables: Record<string, string | undefined>): ShippoConfig | null {
  return readWhenOn(shippoSettings, 'SHIPPO_API_TOKEN', variables);
}

/**
 * AvaTax as the environment sets it; null without AVALARA_LICENSE_KEY.
 *
 * @throws ConfigError that names what is wrong or missing
 */
export function readAvalara(variables: Record<string, string | undefined>): AvalaraConfig | null {
  return readWhenOn(avalaraSettings, 'AVALARA_LICENSE_KEY', variables);
}

/**
 * Parses what a service needs when the variable that switches it on is set; else null.
 *
 * @throws ConfigError that names what is wrong or missing
 */
export function readWhenOn<Schema extends z.ZodType>(
  schema: Schema,
  switchedOnBy: string,
  variables: Record<string, string | undefined>,
): z.infer<Schema> | null {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
  if (set[switchedOnBy] === undefined) return null;
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    parsed.error.issues.map(({ path, message }) => {
      const name = path.join('.');
      const variable = String(path[0]);
      return set[variable] === undefined
        ? `${name} is missing: ${switchedOnBy} is set`
        : `${name} is wrong: ${message}`;
    }),
  );
}
