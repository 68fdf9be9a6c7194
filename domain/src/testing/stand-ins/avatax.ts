import { z } from 'zod';
import { type Answer, type HttpStandIn, type SeenRequest, startHttpStandIn } from './http-stand-in.ts';

const createModel = z.object({
  type: z.enum(['SalesOrder', 'SalesInvoice']),
  code: z.string().max(50).optional(),
  companyCode: z.string(),
  date: z.iso.date(),
  customerCode: z.string().min(1).max(50),
  currencyCode: z.string().length(3),
  commit: z.boolean(),
  addresses: z.object({
    shipFrom: z.object({ country: z.string().length(2) }),
    shipTo: z.object({
      country: z.string().length(2),
      region: z.string().optional(),
      postalCode: z.string().optional(),
    }),
  }),
  lines: z.array(
    z.object({
      number: z.string().max(50),
      quantity: z.number(),
      amount: z.number(),
      taxCode: z.string().max(25),
      itemCode: z.string().max(50),
      taxIncluded: z.boolean(),
      taxOverride: z
        .object({ type: z.literal('taxAmount'), taxAmount: z.number(), reason: z.string().min(1) })
        .optional(),
    }),
  ),
});
type CreateModel = z.infer<typeof createModel>;

/** Rates of jurisdictions by the beginning of the postcode, else of the country. */
const rates: Readonly<Record<string, readonly (readonly [name: string, type: string, rate: number])[]>> = {
  US191: [
    ['PENNSYLVANIA', 'State', 0.06],
    ['PHILADELPHIA', 'County', 0.02],
  ],
  US: [['CALIFORNIA', 'State', 0.0725]],
  DE: [['GERMANY', 'Country', 0.19]],
};

/** A committed or voided document as the service keeps it. */
interface Kept {
  readonly code: string;
  status: 'Committed' | 'Saved' | 'Cancelled';
  readonly totalTax: number;
}

/** A stand-in of Avalara's AvaTax, REST v2. */
export interface AvataxStandIn extends HttpStandIn {
  readonly documents: ReadonlyMap<string, Kept>;
}

/**
 * Starts the part of AvaTax's REST v2 that Souk uses: create, get and void of transactions, with its error bodies. It rounds the tax of
 * each jurisdiction on each line by itself, half to even: so sums differ from what our own engine would say.
 */
export async function startAvataxStandIn(credentials: {
  accountId: string;
  licenseKey: string;
  companyCode: string;
}): Promise<AvataxStandIn> {
  const documents = new Map<string, Kept>();
  const basic = Buffer.from(`${credentials.accountId}:${credentials.licenseKey}`).toString('base64');
  const standIn = await startHttpStandIn((request, headers) => {
    if (headers.authorization !== `Basic ${basic}`) {
      return refusal(401, 'AuthenticationException', 'Authentication failed.');
    }
    if (request.path === '/api/v2/transactions/create') return create(request, documents);
    const match = request.path.match(/^\/api\/v2\/companies\/([^/]+)\/transactions\/([^/]+)(\/void)?$/);
    const document = match && documents.get(decodeURIComponent(match[2] ?? ''));
    if (!match || match[1] !== credentials.companyCode || !document) {
      return refusal(404, 'EntityNotFoundError', 'Document not found.');
    }
    if (match[3] === undefined) return { status: 200, body: shown(document) };
    if (document.status === 'Cancelled') return refusal(400, 'DocStatusError', 'Document is cancelled.');
    document.status = 'Cancelled';
    return { status: 200, body: shown(document) };
  });
  return { ...standIn, documents };
}

const shown = (document: Kept) => ({ ...document, id: 95019128025451, type: 'SalesInvoice', lines: [] });

function create(request: SeenRequest, documents: Map<string, Kept>): Answer {
  const parsed = createModel.safeParse(request.body);
  if (!parsed.success) {
    return refusal(400, 'ValidationException', `Field ${parsed.error.issues[0]?.path.join('.')} is wrong.`);
  }
  const model = parsed.data;
  if (model.lines.length === 0) {
    return refusal(400, 'MissingLine', 'Transactions must have at least one line.');
  }
  const isKept = model.type === 'SalesInvoice';
  const code = model.code ?? crypto.randomUUID();
  if (isKept && documents.get(code)?.status === 'Committed') {
    return refusal(400, 'DocStatusError', `Document ${code} is committed: modification is not allowed.`);
  }
  const body = transaction(model, code);
  if (isKept)
    documents.set(code, { code, status: model.commit ? 'Committed' : 'Saved', totalTax: body.totalTax });
  return { status: 201, body };
}

function refusal(status: number, code: string, message: string): Answer {
  const details = [{ code, message, faultCode: 'Client', severity: 'Error', number: 300 }];
  return { status, body: { error: { code, message, target: 'HttpRequest', details } } };
}

const cents = (major: number) => Math.round(major * 100) / 100;

/** Half to even, to the cent. */
function bankers(major: number): number {
  const floor = Math.floor(major * 100 + 1e-9);
  const rest = major * 100 - floor;
  if (Math.abs(rest - 0.5) < 1e-6) return (floor % 2 === 0 ? floor : floor + 1) / 100;
  return cents(major);
}

function transaction(model: CreateModel, code: string) {
  const { country, postalCode = '' } = model.addresses.shipTo;
  const jurisdictions = rates[`${country}${postalCode.slice(0, 3)}`] ?? rates[country] ?? [];
  const whole = jurisdictions.reduce((sum, [, , rate]) => sum + rate, 0);
  const lines = model.lines.map((line, index) => {
    const isTaxed = line.taxCode !== 'NT';
    const net = line.taxIncluded && isTaxed ? line.amount / (1 + whole) : line.amount;
    const details = jurisdictions.map(([jurisName, jurisdictionType, rate]) => ({
      ...{ jurisName, jurisdictionType, country, rate: isTaxed ? rate : 0, taxType: 'Sales' },
      taxName: `${jurisName} ${jurisdictionType.toUpperCase()} TAX`,
      tax: isTaxed ? bankers(net * rate) : 0,
      taxableAmount: isTaxed ? cents(net) : 0,
    }));
    const tax = line.taxOverride?.taxAmount ?? cents(details.reduce((sum, detail) => sum + detail.tax, 0));
    return {
      ...{ id: index, lineNumber: line.number, itemCode: line.itemCode, taxCode: line.taxCode },
      ...{ lineAmount: cents(net), quantity: line.quantity, tax, taxCalculated: tax, details },
      ...{ taxableAmount: cents(net), taxIncluded: line.taxIncluded, isItemTaxable: isTaxed },
    };
  });
  const totalTax = cents(lines.reduce((sum, line) => sum + line.tax, 0));
  return {
    ...{ id: model.type === 'SalesOrder' ? 0 : 95019128025451, code, companyId: 848107, date: model.date },
    status: model.type === 'SalesOrder' ? 'Temporary' : model.commit ? 'Committed' : 'Saved',
    ...{ type: model.type, currencyCode: model.currencyCode, customerCode: model.customerCode },
    totalAmount: cents(lines.reduce((sum, line) => sum + line.lineAmount, 0)),
    ...{ totalTax, totalTaxCalculated: totalTax, adjustmentReason: 'NotAdjusted', locked: false },
    lines,
    summary: jurisdictions.map(([jurisName, jurisType, rate], place) => ({
      ...{ country, jurisType, jurisName, taxType: 'Sales', rateType: 'General', rate },
      taxName: `${jurisName} ${jurisType.toUpperCase()} TAX`,
      tax: cents(lines.reduce((sum, line) => sum + (line.details[place]?.tax ?? 0), 0)),
    })),
  };
}
