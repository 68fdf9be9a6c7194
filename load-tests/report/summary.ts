export function handleSummary(data: unknown) {
  return { stdout: JSON.stringify(data, null, 1) };
}
