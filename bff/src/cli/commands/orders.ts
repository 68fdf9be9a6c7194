import { rebuildOrders, verifyOrders } from '@souk/domain/orders';
import type { Command } from 'commander';
import { withDomain } from '../open-domain.ts';
import { count } from '../progress.ts';

/** Declares `souk orders verify` and `souk orders rebuild`. */
export function addOrders(program: Command): void {
  const orders = program
    .command('orders')
    .description('hold orders to their histories, which they are made of');
  orders
    .command('verify')
    .description('compare every order with what its history adds up to; exit code 2 when one differs')
    .action(async () => {
      const mismatches = await withDomain((ctx) => verifyOrders(ctx));
      if (mismatches.length === 0) console.log('Every order shows what its history adds up to.');
      for (const { number, differs } of mismatches) console.log(`${number}: ${differs.join(', ')}`);
      process.exitCode = mismatches.length === 0 ? 0 : 2;
    });
  orders
    .command('rebuild')
    .description('make what differs anew of the histories')
    .action(async () => {
      const rebuilt = await withDomain((ctx) => rebuildOrders(ctx));
      for (const { number, differs } of rebuilt) console.log(`${number}: ${differs.join(', ')}`);
      console.log(`${count(rebuilt.length)} orders are made anew.`);
    });
}
