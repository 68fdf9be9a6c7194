// What `helm test` asks of a release, by its services: node test-shop.mjs health|page|search|cart. Exits 1 with what was wrong.
const { SHOP, API, TIMEOUT_SECONDS } = process.env;
const deadline = Date.now() + Number(TIMEOUT_SECONDS) * 1_000;
const browser = { 'user-agent': 'Mozilla/5.0 (helm test)', accept: 'text/html' };

class Wrong extends Error {}

function must(claim, what) {
  if (!claim) throw new Wrong(what);
}

async function get(url, options = {}) {
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(15_000), ...options });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function page(path, headers = {}) {
  const answer = await get(`${SHOP}${path}`, { headers: { ...browser, ...headers } });
  must(answer.status === 200, `${path} was answered ${answer.status}`);
  must(/<h1[\s>]/.test(answer.text) && answer.text.includes('</html>'), `${path} is not a whole page`);
  return answer;
}

const tests = {
  async health() {
    for (const url of [`${SHOP}/health/live`, `${SHOP}/health/ready`, `${API}/health/live`, `${API}/health/ready`]) {
      const { status, text } = await get(url);
      must(status === 200, `${url} was answered ${status}: ${text.slice(0, 300)}`);
    }
  },

  async page() {
    const { text } = await page('/');
    const asset = /(?:src|href)="(\/assets\/[^"]+)"/.exec(text)?.[1];
    must(asset !== undefined, 'the home page names no file of its own');
    const { status } = await get(`${SHOP}${asset}`);
    must(status === 200, `${asset} was answered ${status}`);
  },

  async search() {
    await page('/search?q=shirt');
    const { status, text } = await get(`${API}/api/v1/products?limit=1`);
    must(status === 200, `/api/v1/products was answered ${status}`);
    JSON.parse(text);
  },

  async cart() {
    const handles = await productsToBuy();
    if (handles.length === 0) return console.log('There are no products yet: nothing can be put into a cart.');
    for (const handle of handles) if (await putIntoCart(handle)) return;
    throw new Wrong(`none of ${handles.length} products could be put into a cart`);
  },
};

/** Handles of some products, by the API. */
async function productsToBuy() {
  const { status, text } = await get(`${API}/api/v1/products?limit=10`);
  must(status === 200, `/api/v1/products was answered ${status}`);
  const { items } = JSON.parse(text);
  return items.map(({ handle }) => handle);
}

/** Sends the form of a product's page as a browser without scripts does; false when it cannot be had now. */
async function putIntoCart(handle) {
  const path = `/p/${handle}`;
  const product = await page(path);
  const form = product.text.split(/<form/i).find((part) => part.includes('name="quantity"'));
  must(form !== undefined, `${path} has no form to buy by`);
  const fields = new URLSearchParams({ quantity: '1' });
  for (const [input] of form.split(/<\/form/i)[0].matchAll(/<input[^>]*>/g)) {
    const isHidden = /type="hidden"/.test(input);
    if (!isHidden && !/\schecked\b/.test(input)) continue;
    const [name, value] = ['name', 'value'].map((key) => new RegExp(`\\s${key}="([^"]*)"`).exec(input)?.[1]);
    if (name !== undefined) fields.set(name, value ?? '');
  }
  const answer = await get(`${SHOP}${path}`, {
    method: 'POST',
    headers: { ...browser, cookie: cookiesOf(product), 'sec-fetch-site': 'same-origin' },
    body: fields,
  });
  if (answer.status === 409 || answer.status === 422) return false;
  must(answer.status === 302 || answer.status === 303, `the form of ${path} was answered ${answer.status}`);
  const cart = await page('/cart', { cookie: [cookiesOf(product), cookiesOf(answer)].filter(Boolean).join('; ') });
  must(cart.text.includes(`/p/${handle}`), `the cart does not hold ${handle}`);
  return true;
}

function cookiesOf({ headers }) {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

const [name] = process.argv.slice(2);
for (;;) {
  try {
    await tests[name]();
    console.log(`${name}: ok`);
    break;
  } catch (error) {
    // Services of a release that has just been made may take a moment; what is wrong stays wrong.
    if (Date.now() > deadline) {
      console.error(`${name}: ${error instanceof Wrong ? error.message : error.stack}`);
      process.exit(1);
    }
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }
}
