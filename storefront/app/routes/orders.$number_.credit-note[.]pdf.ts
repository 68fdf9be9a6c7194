import type { LoaderFunctionArgs } from '@remix-run/node';
import { orderPdf } from '../lib/order-pdf.server.ts';

export const loader = (args: LoaderFunctionArgs) => orderPdf(args, 'credit_note');
