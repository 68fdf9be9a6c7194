import { Command } from 'commander';
import { addApiKeys } from './commands/api-keys.ts';
import { addGiftCards } from './commands/gift-cards.ts';
import { addImport } from './commands/import.ts';
import { addMails } from './commands/mails.ts';
import { addCheck, addEvents, addReindex } from './commands/maintain.ts';
import { addMigrate } from './commands/migrate.ts';
import { addOrders } from './commands/orders.ts';
import { addPayments } from './commands/payments.ts';
import { addPromotions } from './commands/promotions.ts';
import { addStock } from './commands/stock.ts';
import { addReseal, addUser } from './commands/user.ts';

/** The commands of the shop's operator, as they are in production; tools/cli adds those of developers. */
export function createProgram(): Command {
  const program = new Command('souk')
    .description(
      "The shop operator's commands. The environment says which database and services: see the README.",
    )
    .showHelpAfterError('(add --help for what it takes)');
  for (const add of [
    addMigrate,
    addImport,
    addReindex,
    addEvents,
    addMails,
    addCheck,
    addPayments,
    addOrders,
    addPromotions,
    addGiftCards,
    addStock,
    addUser,
    addReseal,
    addApiKeys,
  ])
    add(program);
  return program;
}
