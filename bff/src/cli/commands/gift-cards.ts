import { type CurrencyCode, currencyCodes, type Money } from '@souk/domain/kernel';
import { findGiftCard, giftCardToIssue, issueGiftCard } from '@souk/domain/promotions';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { CliError, withDomain } from '../open-domain.ts';

interface IssueOptions {
  amount: number;
  currency: CurrencyCode;
  until?: Date;
  to?: string;
  locale: string;
}

/** Declares `souk gift-card issue` and `souk gift-card balance`. */
export function addGiftCards(program: Command): void {
  const cards = program.command('gift-card').description('money that a code stands for');
  cards
    .command('issue')
    .description('issue a gift card; its code is shown this once')
    .requiredOption('--amount <amount>', 'what is on it, such as 50 or 49.90', amountIn)
    .addOption(
      new Option('--currency <code>', 'in which currency').choices(currencyCodes).makeOptionMandatory(),
    )
    .option('--until <day>', 'its last day (UTC), such as 2030-12-31; else it never expires', dayIn)
    .option('--to <email>', 'mail the code to this address')
    .option('--locale <tag>', 'the language of that mail', 'en')
    .action(issue);
  cards
    .command('balance')
    .description('tell what is left on a gift card')
    .argument('<code>', 'as it is printed; case, dashes and blanks do not matter')
    .action(balance);
}

/** Two decimals at most; through no float. */
function amountIn(given: string): number {
  const [, whole, cents = ''] = /^(\d{1,7})(?:[.](\d{1,2}))?$/.exec(given) ?? [];
  const amount = Number(`${whole}${cents.padEnd(2, '0')}`);
  if (whole === undefined || amount === 0) throw new InvalidArgumentError('expected an amount such as 49.90');
  return amount;
}

/** @returns the moment after that day */
function dayIn(given: string): Date {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(given) ? Date.parse(`${given}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(day)) throw new InvalidArgumentError('expected a day such as 2030-12-31');
  return new Date(day + 86_400_000);
}

async function issue(options: IssueOptions): Promise<void> {
  await withDomain(async (ctx) => {
    const input = giftCardToIssue.safeParse({
      amount: options.amount,
      currency: options.currency,
      expiresAt: options.until ?? null,
      toEmail: options.to ?? null,
      locale: options.locale,
      requestId: ctx.ids.next(),
    });
    if (!input.success) throw new CliError(input.error.issues.map(({ message }) => message).join('\n'));
    const { code, giftCard } = await issueGiftCard(ctx, input.data);
    console.log(
      `${code}\n\nA gift card of ${written(giftCard.balance)}. Keep the code: it is not shown again.`,
    );
    if (options.to !== undefined) console.log(`It is on its way to ${options.to}.`);
  });
}

async function balance(code: string): Promise<void> {
  const card = await withDomain((ctx) => findGiftCard(ctx, { code }));
  const until =
    card.expiresAt === null
      ? ''
      : `, good until ${new Date(card.expiresAt.getTime() - 1).toISOString().slice(0, 10)}`;
  console.log(`${written(card.balance)} left on the card ending in ${card.last4}${until}.`);
}

function written({ amount, currency }: Money): string {
  const digits = String(amount).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)} ${currency}`;
}
