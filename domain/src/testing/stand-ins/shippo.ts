import { z } from 'zod';
import { type Answer, type HttpStandIn, type SeenRequest, startHttpStandIn } from './http-stand-in.ts';

const address = z.object({
  name: z.string().optional(),
  street1: z.string().optional(),
  city: z.string().optional(),
  state: z.string().optional(),
  zip: z.string().optional(),
  country: z.string().length(2),
});
const decimal = z.string().regex(/^\d+(\.\d+)?$/);
const shipmentRequest = z.object({
  address_from: address,
  address_to: address,
  parcels: z
    .array(
      z.object({
        ...{ length: decimal, width: decimal, height: decimal, distance_unit: z.enum(['cm', 'in']) },
        ...{ weight: decimal, mass_unit: z.enum(['g', 'kg', 'lb', 'oz']) },
      }),
    )
    .min(1),
  async: z.literal(false),
});
const transactionRequest = z.object({
  rate: z.string(),
  label_file_type: z.enum(['PDF', 'PDF_4x6', 'PNG', 'ZPLII']),
  metadata: z.string().max(100).optional(),
  async: z.literal(false),
});

const services = [
  { provider: 'USPS', token: 'usps_ground_advantage', name: 'Ground Advantage', days: 4, base: 6.21 },
  { provider: 'USPS', token: 'usps_priority', name: 'Priority Mail', days: 2, base: 9.4 },
  { provider: 'UPS', token: 'ups_next_day_air', name: 'Next Day Air®', days: 1, base: 41.05 },
];

const hexId = () => crypto.randomUUID().replaceAll('-', '');

/** A stand-in of Shippo. */
export interface ShippoStandIn extends HttpStandIn {
  /** Labels that were paid for. */
  readonly labels: readonly { readonly rate: string }[];
  /** The label of which rates cannot be made, as carriers refuse an address only then. */
  refuseLabels(isRefusing: boolean): void;
}

/** Starts the part of Shippo's API (2018-02-08) that Souk uses: shipments with rates, transactions, and tracking. */
export async function startShippoStandIn(apiToken: string): Promise<ShippoStandIn> {
  const labels: (ReturnType<typeof transactionOf> & { rate: string })[] = [];
  let isRefusing = false;
  const refuseLabels = (refusing: boolean) => {
    isRefusing = refusing;
  };
  const standIn = await startHttpStandIn((request, headers): Answer => {
    if (headers.authorization !== `ShippoToken ${apiToken}`) {
      return { status: 401, body: { detail: 'Invalid authentication credentials' } };
    }
    const { pathname, searchParams } = new URL(request.path, 'http://stand-in');
    if (request.method === 'POST' && pathname === '/shipments/') return shipment(request);
    if (request.method === 'POST' && pathname === '/transactions/') {
      const parsed = transactionRequest.safeParse(request.body);
      if (!parsed.success) return { status: 400, body: problems(parsed.error) };
      const made = transactionOf(parsed.data, isRefusing);
      if (!isRefusing) labels.push(made);
      return { status: 201, body: made };
    }
    if (pathname === '/transactions/') {
      const results = labels.filter((label) => label.rate === searchParams.get('rate'));
      return { status: 200, body: { next: null, previous: null, results } };
    }
    const track = pathname.match(/^\/tracks\/([^/]+)\/([^/]+)$/);
    return track ? tracking(track[1] ?? '', track[2] ?? '') : { status: 404, body: { detail: 'Not found.' } };
  });
  return { ...standIn, labels, refuseLabels };
}

function problems(error: z.ZodError) {
  return Object.fromEntries(error.issues.map((issue) => [issue.path.join('.'), [issue.message]]));
}

function shipment(request: SeenRequest): Answer {
  const parsed = shipmentRequest.safeParse(request.body);
  if (!parsed.success) return { status: 400, body: problems(parsed.error) };
  const { address_to: to, parcels } = parsed.data;
  const kilograms = parcels.reduce((sum, parcel) => sum + Number(parcel.weight) / 1_000, 0);
  const currency = to.country === 'DE' ? 'EUR' : 'USD';
  const rates = services.map((service) => ({
    object_id: `${service.token}-${hexId()}`,
    object_owner: 'shop@example.com',
    amount: (service.base + kilograms).toFixed(2),
    currency: 'USD',
    amount_local: (service.base + kilograms).toFixed(2),
    currency_local: currency,
    provider: service.provider,
    servicelevel: { name: service.name, token: service.token, terms: '' },
    estimated_days: service.days,
    duration_terms: `Delivery within ${service.days} days.`,
    attributes: [],
    messages: [],
    test: true,
  }));
  // What carriers beyond the usual ones may answer: no days, or a currency that the shop does not sell in.
  const odd = { ...rates[0], currency: 'JPY', currency_local: 'JPY', amount: '900' };
  const body = {
    object_id: hexId(),
    status: 'SUCCESS',
    ...parsed.data,
    rates: [...rates, odd],
    messages: [{ source: 'UPS', code: '', text: 'not qualified to receive negotiated rates' }],
    test: true,
  };
  return { status: 201, body };
}

function transactionOf(model: z.infer<typeof transactionRequest>, isRefused: boolean) {
  const made = { object_id: hexId(), object_state: 'VALID', test: true, eta: null, ...model };
  if (isRefused) {
    const messages = [
      { source: 'USPS', code: 'failed_address_validation', text: 'Recipient address invalid.' },
    ];
    return { ...made, status: 'ERROR', label_url: '', tracking_number: '', messages };
  }
  const number = `92055${made.object_id.replaceAll(/\D/g, '').slice(0, 12)}`;
  return {
    ...made,
    status: 'SUCCESS',
    tracking_number: number,
    tracking_url_provider: `https://tools.usps.com/go/TrackConfirmAction_input?origTrackNum=${number}`,
    label_url: `https://shippo-delivery.s3.amazonaws.com/${made.object_id}.pdf`,
    messages: [],
  };
}

function tracking(carrier: string, number: string): Answer {
  const events = [
    { status: 'PRE_TRANSIT', status_details: 'Label made.', status_date: '2026-03-01T09:00:00Z' },
    { status: 'TRANSIT', status_details: 'On its way.', status_date: '2026-03-02T18:30:00Z' },
  ].map((event) => ({ ...event, location: { city: 'Oakland', state: 'CA', zip: '94607', country: 'US' } }));
  const known = number.startsWith('92055') || number.startsWith('SHIPPO_');
  if (!known) {
    return {
      status: 200,
      body: { carrier, tracking_number: number, eta: null, tracking_status: null, tracking_history: [] },
    };
  }
  return {
    status: 200,
    body: {
      carrier,
      tracking_number: number,
      eta: '2026-03-04T00:00:00Z',
      tracking_status: events[1],
      tracking_history: events,
    },
  };
}
