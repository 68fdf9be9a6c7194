/** The words of mails about orders in English. */
export const ordersEn = {
  receipt: {
    times: (quantity: string) => `${quantity} ×`,
    gift: 'Free',
    subtotal: 'Subtotal',
    discount: 'Discount',
    shipping: (method: string) => `Delivery, ${method}`,
    pickup: (method: string) => `Pick-up, ${method}`,
    free: 'Free',
    tax: 'Tax',
    includedTax: (name: string) => `Includes ${name}`,
    total: 'Total',
    giftCard: (last4: string) => `Gift card ending in ${last4}`,
    toPay: 'To pay',
  },
  promise: {
    backorder: (day: string) => (day === '' ? 'On back order' : `On back order, leaves about ${day}`),
    preorder: (day: string) => (day === '' ? 'Pre-ordered' : `Pre-ordered, leaves about ${day}`),
  },
  pay: {
    bank_transfer: (amount: string, day: string) =>
      `Please transfer ${amount} by ${day}. Your things leave as soon as the money is here.`,
    invoice: (amount: string, day: string) => `You pay by invoice: ${amount} by ${day}.`,
    pay_link: (amount: string, day: string) =>
      `Please pay ${amount} by ${day}, on any device. Your things leave as soon as you have.`,
    cash_on_collection: (amount: string, day: string) =>
      `You pay ${amount} when you fetch your things, by ${day} at the latest.`,
    holder: 'To',
    bank: 'Bank',
    reference: 'Reference',
    payNow: 'Pay now',
  },
  confirmation: {
    subject: (number: string, shop: string) => `Your order ${number} at ${shop}`,
    preheader: (total: string, delivery: string) => `${total}. You should have it in ${delivery}.`,
    pickupPreheader: (total: string, place: string) => `${total}. You fetch it at ${place}.`,
    heading: 'Thank you. Your order is in.',
    arrival: (number: string, delivery: string) => `Order ${number}. You should have it in ${delivery}.`,
    fetching: (number: string, place: string) =>
      `Order ${number}. You fetch it at ${place}: show this number there.`,
    days: (min: string, max: string) =>
      min === max ? `${min} working days` : `${min} to ${max} working days`,
    between: (from: string, to: string) =>
      from === to ? `Expected on ${to}.` : `Expected ${from} to ${to}.`,
    action: 'See your order',
    address: 'It goes to',
    pickupPlace: 'You fetch it at',
    giftMessage: 'With your message',
    cancelHint: 'Changed your mind? The page of your order tells until when you can cancel it.',
  },
  paid: {
    subject: (number: string, shop: string) => `We have your payment for ${number} at ${shop}`,
    preheader: (amount: string) => `${amount} came in.`,
    heading: 'Your payment is here.',
    explanation: (number: string, amount: string) =>
      `Thank you: ${amount} for order ${number} came in. We get your things ready now.`,
    action: 'See your order',
    documents: 'Invoice and receipt are on the page of your order.',
  },
  reminder: {
    subject: (number: string, shop: string) => `Order ${number} at ${shop} is not paid yet`,
    preheader: (amount: string, day: string) => `${amount} by ${day}.`,
    heading: 'A small reminder',
    lapsing: (number: string, day: string) =>
      `Order ${number} is waiting for its payment. We keep your things until ${day}; after that the order is cancelled by itself.`,
    lasting: (number: string, day: string) =>
      `Order ${number} was to be paid by ${day}. Did it slip your mind?`,
    crossed: 'You paid already? Then thank you, and leave this mail be: money takes a day or two to arrive.',
    action: 'See your order',
  },
  cancelled: {
    subject: (number: string, shop: string) => `Your order ${number} at ${shop} was cancelled`,
    preheader: 'Nothing will be sent.',
    heading: 'Your order was cancelled.',
    reasons: {
      requested: (number: string) => `Order ${number} is cancelled, as you wished. Nothing will be sent.`,
      unpaid: (number: string) =>
        `Order ${number} was not paid in time, so it is cancelled. Nothing will be sent, and you owe nothing.`,
      out_of_stock: (number: string) =>
        `We are sorry: we cannot deliver what you ordered, so order ${number} is cancelled.`,
      other: (number: string) => `Order ${number} is cancelled. Nothing will be sent.`,
    },
    held: 'Your bank had set the money aside and lets go of it: within some days at the latest.',
    refund: (amount: string) => `We send ${amount} back to you. It takes 5 to 10 days to arrive.`,
    giftCards: (amount: string) => `${amount} are back on your gift card, to spend on something else.`,
    action: 'See your order',
  },
  link: {
    subject: (number: string, shop: string) => `The page of your order ${number} at ${shop}`,
    preheader: 'Here is a link that works.',
    heading: 'Your order',
    explanation: (number: string) => `You asked for the way to order ${number}. Here it is:`,
    action: 'See your order',
    notYou: 'It was not you? Then leave this mail be: nobody else has got the link.',
  },
  reason: (shop: string) => `You get this mail because of your order at ${shop}.`,
};

export type OrderMessages = typeof ordersEn;
