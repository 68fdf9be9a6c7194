/**
 * The objects that the sandbox keeps and answers with. Their shapes are taken from the `stripe` SDK's own types,
 * so that a field that Stripe renames fails the build here; references are narrowed to ids, because objects are
 * stored unexpanded.
 */
import type Stripe from 'stripe';

export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'processing'
  | 'requires_capture'
  | 'succeeded'
  | 'canceled';

type Reference<T, K extends keyof T> = Omit<T, K> & { [P in K]: string | null };

export interface PaymentIntent
  extends Omit<
    Reference<Stripe.PaymentIntent, 'latest_charge' | 'payment_method' | 'customer'>,
    'status' | 'client_secret' | 'next_action' | 'last_payment_error' | 'capture_method'
  > {
  status: IntentStatus;
  capture_method: CaptureMethod;
  client_secret: string;
  next_action: NextAction | null;
  last_payment_error: ErrorBody | null;
}

export type CaptureMethod = 'automatic' | 'automatic_async' | 'manual';

export type NextAction =
  | { type: 'redirect_to_url'; redirect_to_url: { url: string; return_url: string } }
  | { type: 'use_stripe_sdk'; use_stripe_sdk: { type: 'three_d_secure_redirect'; stripe_js: string } };

export type PaymentMethod = Omit<Reference<Stripe.PaymentMethod, 'customer'>, 'radar_options'>;

/** `payment_method_preview` is a payment method without an id: it becomes one when the token is used. */
export type ConfirmationToken = Omit<Stripe.ConfirmationToken, 'payment_method_preview'> & {
  payment_method_preview: Omit<
    PaymentMethod,
    'id' | 'object' | 'created' | 'livemode' | 'metadata' | 'customer_account'
  > & { customer_account: string | null };
};

export type Customer = Omit<Stripe.Customer, 'deleted'>;

export type SetupStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'succeeded'
  | 'canceled';

export interface SetupIntent
  extends Omit<
    Reference<Stripe.SetupIntent, 'customer' | 'payment_method' | 'latest_attempt'>,
    'status' | 'client_secret' | 'next_action' | 'last_setup_error'
  > {
  status: SetupStatus;
  client_secret: string;
  next_action: NextAction | null;
  last_setup_error: ErrorBody | null;
}

export type CheckoutSession = Omit<
  Reference<Stripe.Checkout.Session, 'customer' | 'payment_intent' | 'setup_intent'>,
  'line_items' | 'status' | 'mode' | 'payment_status'
> & {
  status: 'open' | 'complete' | 'expired';
  mode: 'payment' | 'setup';
  payment_status: 'no_payment_required' | 'paid' | 'unpaid';
};

export type Charge = Omit<
  Reference<Stripe.Charge, 'payment_intent' | 'payment_method' | 'customer' | 'balance_transaction'>,
  'refunds'
>;

export type Refund = Reference<
  Stripe.Refund,
  'charge' | 'payment_intent' | 'payment_method' | 'customer' | 'balance_transaction'
>;

export type BalanceTransaction = Reference<Stripe.BalanceTransaction, 'source'>;

export type Dispute = Omit<Reference<Stripe.Dispute, 'payment_intent'>, 'charge' | 'balance_transactions'> & {
  charge: string;
  balance_transactions: BalanceTransaction[];
};

export type BankAccount = Omit<Stripe.BankAccount, 'deleted'>;

export type Account = Omit<Stripe.Account, 'deleted' | 'external_accounts'> & {
  external_accounts?: List<BankAccount>;
};

export type Transfer = Omit<
  Reference<Stripe.Transfer, 'balance_transaction' | 'destination' | 'source_transaction'>,
  'destination_payment' | 'reversals'
> & { destination_payment: string; reversals: List<TransferReversal> };

export type TransferReversal = Omit<
  Reference<Stripe.TransferReversal, 'balance_transaction' | 'destination_payment_refund' | 'source_refund'>,
  'transfer'
> & { transfer: string };

export type Payout = Reference<
  Stripe.Payout,
  | 'balance_transaction'
  | 'destination'
  | 'failure_balance_transaction'
  | 'original_payout'
  | 'reversed_by'
  | 'application_fee'
>;

/** A list that stands inside an object. */
export interface List<T> {
  object: 'list';
  data: T[];
  has_more: boolean;
  url: string;
}

/** Events as stored and as sent: the snapshot in `data.object` never changes afterwards. */
export interface SandboxEvent extends Omit<Stripe.EventBase, 'type' | 'data'> {
  type: string;
  data: { object: ApiObject; previous_attributes?: Record<string, unknown> };
}

export interface WebhookEndpoint extends Omit<Stripe.WebhookEndpoint, 'secret' | 'deleted'> {
  secret: string;
}

/** Each kind that the store holds, by Stripe's own name for it. */
export interface Kinds {
  payment_intent: PaymentIntent;
  payment_method: PaymentMethod;
  confirmation_token: ConfirmationToken;
  customer: Customer;
  setup_intent: SetupIntent;
  checkout_session: CheckoutSession;
  charge: Charge;
  refund: Refund;
  dispute: Dispute;
  balance_transaction: BalanceTransaction;
  account: Account;
  transfer: Transfer;
  transfer_reversal: TransferReversal;
  payout: Payout;
  event: SandboxEvent;
  webhook_endpoint: WebhookEndpoint;
}

export interface ApiObject {
  id: string;
  object: string;
}

/** The `error` of an answer; `last_payment_error` holds the same thing without the intent. */
export interface ErrorBody {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  message: string;
  code?: string;
  decline_code?: string;
  param?: string;
  doc_url?: string;
  charge?: string;
  payment_intent?: PaymentIntent;
  setup_intent?: SetupIntent;
  payment_method?: PaymentMethod;
}

/** What a call answers: a card that is declined changes state and is still an error. */
export interface Outcome {
  status: number;
  body: object;
}
