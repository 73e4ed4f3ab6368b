/**
 * Is this incident one of the `percent` (0..100) in which the mode bites? Drawn from its id, so that the answer is the same
 * whoever asks, and on every replay; as Envoy's `enforcing_*` settings do
 * (https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/outlier_detection.proto).
 */
export const isDrawn = (incidentId: string, percent: number): boolean => draw(incidentId) * 100 < percent;

/** A number from 0 up to but not including 1, evenly spread over all ids: FNV-1a, mixed as MurmurHash3 ends. */
function draw(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
