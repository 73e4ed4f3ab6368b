import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../contract/time.ts';
import type { Incident } from '../model/incident.ts';
import type { Order, OrderRef } from '../model/order.ts';
import type { ClaimResult } from '../ports/ledger.ts';
import { everythingKey, serviceKey, stateOf } from './controls.ts';
import { bool, n, s, textIn } from './items.ts';
import { acting } from './ledger-fleet-items.ts';
import { openKey, orderKey, requestKey } from './ledger-keys.ts';
import { inFlightName } from './ledger-open-item.ts';
import type { Clash, Table } from './table.ts';

/** The order, while it may still be carried out or is being so. */
export async function order(table: Table, { incidentId, orderId }: OrderRef): Promise<Order | undefined> {
  const item = await table.get(orderKey(incidentId, orderId));
  if (item?.order === undefined || textIn(item, 'state') === 'ended') return undefined;
  return JSON.parse(textIn(item, 'order')) as Order;
}

/** The fence. Everything that must hold at the moment of the change is a condition of the one write that allows it. */
export async function claim(table: Table, claimed: Order, at: Instant): Promise<ClaimResult> {
  const clashes = await table.transact([
    takesTheService(table, claimed),
    begin(table, claimed, at),
    nothingIsPaused(table, at),
    serviceIsNotPaused(table, claimed.service, at),
    acting(table, claimed, at),
    ...isApproved(table, claimed),
  ]);
  if (clashes === undefined) return 'claimed';
  const [fence, taken, everything, service, , approval] = clashes;
  if (fence !== undefined && !isOpenFor(fence, claimed)) return 'fenced';
  if (taken !== undefined) return 'taken';
  if (approval !== undefined) return 'unapproved';
  if (fence !== undefined) return 'unsettled';
  return why(everything, 'everything', at) ?? why(service, 'service', at) ?? 'unreadable';
}

/** Nobody can begin it afterwards. It goes on being kept as long as its incident's end says. */
export async function withdraw(table: Table, { incidentId, orderId }: OrderRef): Promise<boolean> {
  const clashes = await table.transact([
    {
      Update: {
        TableName: table.name,
        Key: { ...orderKey(incidentId, orderId) },
        UpdateExpression: 'SET #state = :ended',
        ConditionExpression: '#state = :pending',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':pending': s('pending'), ':ended': s('ended') },
      },
    },
  ]);
  return clashes === undefined;
}

const working: readonly Incident['status'][] = ['starting', 'started'];

/** The incident still owns its service, and nothing else is in flight on it; from now on this order is. */
const takesTheService = (table: Table, { service, incidentId, fence, id }: Order): TransactWriteItem => ({
  Update: {
    TableName: table.name,
    Key: { ...openKey(service) },
    UpdateExpression: 'SET #inFlight = :order',
    ConditionExpression:
      '#incident = :incident AND #fence = :fence AND #status IN (:starting, :started) AND attribute_not_exists(#inFlight)',
    ExpressionAttributeNames: {
      '#incident': 'incident',
      '#fence': 'fence',
      '#status': 'status',
      '#inFlight': 'inFlight',
    },
    ExpressionAttributeValues: {
      ':incident': s(incidentId),
      ':fence': n(fence),
      ':order': s(inFlightName(incidentId, id)),
      ...Object.fromEntries(working.map((status) => [`:${status}`, s(status)])),
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

/** Was it not the fence that gave a no, but what is in flight? */
const isOpenFor = (clash: Clash, { incidentId, fence }: Order): boolean =>
  clash?.item?.inFlight !== undefined &&
  clash.item.incident?.S === incidentId &&
  clash.item.fence?.N === String(fence) &&
  working.some((status) => clash.item?.status?.S === status);

const begin = (table: Table, { incidentId, id }: Order, at: Instant): TransactWriteItem => ({
  Update: {
    TableName: table.name,
    Key: { ...orderKey(incidentId, id) },
    UpdateExpression: 'SET #state = :started, #startedAt = :at',
    ConditionExpression: '#state = :pending',
    ExpressionAttributeNames: { '#state': 'state', '#startedAt': 'startedAt' },
    ExpressionAttributeValues: { ':pending': s('pending'), ':started': s('started'), ':at': n(at) },
  },
});

/** Where a person was asked, the approval stands: nobody has voided it. */
const isApproved = (table: Table, { incidentId, approval }: Order): readonly TransactWriteItem[] =>
  approval === undefined
    ? []
    : [
        {
          ConditionCheck: {
            TableName: table.name,
            Key: { ...requestKey(incidentId, approval.requestId) },
            ConditionExpression: '#state = :given',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: { ':given': s('given') },
          },
        },
      ];

/** The item that says so must be there. */
const nothingIsPaused = (table: Table, at: Instant): TransactWriteItem => ({
  ConditionCheck: { ...lets(table, at), Key: { ...everythingKey }, ConditionExpression: running },
});

const serviceIsNotPaused = (table: Table, service: string, at: Instant): TransactWriteItem => ({
  ConditionCheck: {
    ...lets(table, at),
    Key: { ...serviceKey(service) },
    ConditionExpression: `attribute_not_exists(pk) OR ${running}`,
  },
});

/** A pause ends by its own time, compared here and now: nothing is deleted for it. */
const running = '#paused = :no OR #until <= :now';

const lets = (table: Table, at: Instant) => ({
  TableName: table.name,
  ExpressionAttributeNames: { '#paused': 'paused', '#until': 'until' },
  ExpressionAttributeValues: { ':no': bool(false), ':now': n(at) },
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
});

/** Which kind of no a pause item gave; `undefined` when it was not the one that did. */
function why(clash: Clash, scope: 'everything' | 'service', at: Instant): 'paused' | 'unreadable' | undefined {
  if (clash === undefined) return undefined;
  return clash.item !== undefined && stateOf(clash.item, scope, at).kind === 'paused' ? 'paused' : 'unreadable';
}
