import type { ServiceSettings } from './settings.ts';
import type { Instant } from './time.ts';

/**
 * What people own: whether Paramedic may change anything, for everything and for one service. It lives in the ledger's
 * table, so that a claim can be conditional on it. The item for everything must exist: absent, every change is held.
 */
export type ControlsItem = {
  readonly pk: typeof controlsPartition;
  /** `everythingPaused`, or `SERVICE#<id>`. */
  readonly sk: string;
  readonly paused: boolean;
  readonly by: string;
  readonly why: string;
  /** A pause that is over at this instant; absent for one that a person must end. No TTL: it is compared with the clock. */
  readonly until?: Instant;
};

export const controlsPartition = 'CONTROLS';
/** The sort key of the item that speaks for all services. */
export const everythingControls = 'EVERYTHING';
/** The sort key of the item that speaks for one service. */
export const serviceControls = (service: string): string => `SERVICE#${service}`;

/** Written once, when Paramedic is installed. */
export const installedControls: ControlsItem = {
  pk: controlsPartition,
  sk: everythingControls,
  paused: false,
  by: 'installation',
  why: 'Paramedic was installed.',
};

/** Does this item hold changes now? */
export const isPaused = (item: Pick<ControlsItem, 'paused' | 'until'>, now: Instant): boolean =>
  item.paused && (item.until === undefined || item.until > now);

/** A DynamoDB attribute value, as the wire has it. */
export type AttributeValue = { readonly S: string } | { readonly N: string } | { readonly BOOL: boolean };

/** The item as DynamoDB wants it. */
export const controlsAttributes = (item: ControlsItem): Readonly<Record<string, AttributeValue>> => ({
  pk: { S: item.pk },
  sk: { S: item.sk },
  paused: { BOOL: item.paused },
  by: { S: item.by },
  why: { S: item.why },
  ...(item.until === undefined ? {} : { until: { N: String(item.until) } }),
});

/** One line for a shell that stops Paramedic on this service, until somebody runs the line with `"BOOL":false`. */
export function pauseCommand(settings: Pick<ServiceSettings, 'id' | 'ledgerTable'>, region: string): string {
  const item = controlsAttributes({
    pk: controlsPartition,
    sk: serviceControls(settings.id),
    paused: true,
    by: 'on-call',
    why: 'stopped by hand',
  });
  return `aws dynamodb put-item --region ${region} --table-name ${settings.ledgerTable} --item '${JSON.stringify(item)}'`;
}
