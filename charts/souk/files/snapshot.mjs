// Asks Meilisearch for a snapshot and waits until it is written; a failed one fails the job. The newest replaces the one before.
const { MEILI_URL, MEILI_API_KEY } = process.env;
const headers = { authorization: `Bearer ${MEILI_API_KEY}` };

async function ask(method, path) {
  const response = await fetch(`${MEILI_URL}${path}`, { method, headers, signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${await response.text()}`);
  return response.json();
}

const { taskUid } = await ask('POST', '/snapshots');
for (;;) {
  const task = await ask('GET', `/tasks/${taskUid}`);
  if (task.status === 'succeeded') break;
  if (task.status === 'failed' || task.status === 'canceled') {
    throw new Error(`The snapshot ${task.status}: ${task.error?.message ?? 'no reason given'}`);
  }
  await new Promise((resolve) => setTimeout(resolve, 1_000));
}
console.log(`Snapshot ${taskUid} is written.`);
