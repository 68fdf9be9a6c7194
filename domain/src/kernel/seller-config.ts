import { z } from 'zod';
import { ConfigError } from './config-error.ts';

/** Who sells, as the law wants it on invoices. */
export interface SellerConfig {
  readonly legalName: string;
  /** As on a letter, one line each. */
  readonly address: readonly string[];
  /** Empty where there is none, and so are the others. */
  readonly vatId: string;
  /** Such as the court and number of the register of companies. */
  readonly registration: string;
  readonly email: string;
  /** Where bank transfers go; null: none are taken. */
  readonly bank: {
    readonly holder: string;
    readonly iban: string;
    readonly bic: string;
    readonly bank: string;
  } | null;
}

/** The remainder by which ISO 13616 tells a mistyped IBAN. */
function isIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  const digits = (iban.slice(4) + iban.slice(0, 4)).replaceAll(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return BigInt(digits) % 97n === 1n;
}

const settings = z.object({
  SHOP_LEGAL_NAME: z.string().optional(),
  SHOP_ADDRESS: z.string().default(''),
  SHOP_VAT_ID: z.string().default(''),
  SHOP_REGISTRATION: z.string().default(''),
  SHOP_EMAIL: z.string().default(''),
  SHOP_BANK_IBAN: z
    .string()
    .transform((text) => text.replaceAll(/\s/g, '').toUpperCase())
    .refine(isIban, { message: 'expected an IBAN, such as DE89 3704 0044 0532 0130 00' })
    .optional(),
  SHOP_BANK_BIC: z.string().default(''),
  SHOP_BANK_NAME: z.string().default(''),
  SHOP_BANK_HOLDER: z.string().optional(),
});

/**
 * Who sells, from the environment. SHOP_ADDRESS has its lines separated by `;`.
 *
 * @param shopName stands for the legal name where none is set
 * @throws ConfigError that names what is wrong
 */
export function readSeller(variables: Record<string, string | undefined>, shopName: string): SellerConfig {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(set);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')} is wrong: ${issue.message}`),
    );
  }
  const env = parsed.data;
  const legalName = env.SHOP_LEGAL_NAME ?? shopName;
  return {
    legalName,
    address: env.SHOP_ADDRESS.split(';')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    vatId: env.SHOP_VAT_ID,
    registration: env.SHOP_REGISTRATION,
    email: env.SHOP_EMAIL,
    bank:
      env.SHOP_BANK_IBAN === undefined
        ? null
        : {
            holder: env.SHOP_BANK_HOLDER ?? legalName,
            iban: env.SHOP_BANK_IBAN,
            bic: env.SHOP_BANK_BIC,
            bank: env.SHOP_BANK_NAME,
          },
  };
}
