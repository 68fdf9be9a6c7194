import { showAll } from './output.ts';
import { runShop, type ShopOptions, shopCommand } from './run-shop.ts';

await shopCommand(
  'npm run dev --',
  'Opens the shop in watch mode: programs restart and pages refresh as the code changes.',
)
  .action((options: ShopOptions) => runShop(options, 'development', showAll))
  .parseAsync();
