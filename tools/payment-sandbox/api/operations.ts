import { balanceOperations } from '../balance/balance-operations.ts';
import type { Operation } from '../call.ts';
import { checkoutOperations } from '../checkout/session-operations.ts';
import { accountOperations } from '../connect/account-operations.ts';
import { payoutOperations } from '../connect/payout-operations.ts';
import { transferOperations } from '../connect/transfer-operations.ts';
import { customerOperations } from '../customers/customer-operations.ts';
import { disputeOperations } from '../disputes/dispute-operations.ts';
import { elementOperations } from '../elements/session-operations.ts';
import { paymentMethodOperations } from '../methods/method-operations.ts';
import { chargeOperations } from '../payments/charges.ts';
import { intentOperations } from '../payments/intent-operations.ts';
import { refundOperations } from '../payments/refunds.ts';
import { setupIntentOperations } from '../setup/setup-operations.ts';
import { tokenOperations } from '../tokens/token-operations.ts';
import { webhookEndpointOperations } from '../webhooks/endpoints.ts';
import { eventOperations } from '../webhooks/events.ts';

/** All that the API can do. */
export const operations: readonly Operation[] = [
  ...intentOperations,
  ...paymentMethodOperations,
  ...tokenOperations,
  ...elementOperations,
  ...customerOperations,
  ...setupIntentOperations,
  ...checkoutOperations,
  ...chargeOperations,
  ...refundOperations,
  ...disputeOperations,
  ...balanceOperations,
  ...accountOperations,
  ...transferOperations,
  ...payoutOperations,
  ...eventOperations,
  ...webhookEndpointOperations,
];
