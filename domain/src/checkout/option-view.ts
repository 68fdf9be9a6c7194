import { moneyOf } from '../kernel/index.ts';
import { formatAddressLines, type ShippingOption } from '../shipping/index.ts';
import type { ShippingOptionView } from './model.ts';

/** A way to have it delivered, as pages show it. */
export function optionViewOf(option: ShippingOption, chosenId: string | null): ShippingOptionView {
  return {
    id: option.id,
    kind: option.kind,
    name: option.name,
    description: option.description,
    price: moneyOf(option.amount, option.currency),
    minDays: option.minDays,
    maxDays: option.maxDays,
    earliest: option.earliest,
    latest: option.latest,
    pickup: pickupOf(option),
    isChosen: option.id === chosenId,
  };
}

/** Where it can be fetched, as a page shows it. */
function pickupOf(option: Pick<ShippingOption, 'pickup'>): ShippingOptionView['pickup'] {
  const { pickup } = option;
  return pickup && { name: pickup.name, lines: formatAddressLines(pickup.address), hours: pickup.hours };
}
