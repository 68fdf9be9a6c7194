import { showWarnings } from './output.ts';
import { runShop, type ShopOptions, shopCommand } from './run-shop.ts';

await shopCommand(
  'npm start --',
  'Opens the shop: databases, payment sandbox, mailbox, API, worker and storefront.',
)
  .action((options: ShopOptions) => runShop(options, 'production', showWarnings))
  .parseAsync();
