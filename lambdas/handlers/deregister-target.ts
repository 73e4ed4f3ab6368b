import { once } from '../aws/once.ts';
import { actionPorts } from '../aws/ports.ts';
import { targetChanges } from '../aws/target-changes.ts';
import type { OrderRef } from '../model/order.ts';
import { deregisterTarget } from '../pipeline/act/deregister-target.ts';
import { perform } from '../pipeline/perform.ts';

const wired = once(() => ({ ...actionPorts(process.env), change: targetChanges() }));

export const handler = (ref: OrderRef) => perform(deregisterTarget, ref, wired());
