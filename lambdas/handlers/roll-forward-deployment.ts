import { once } from '../aws/once.ts';
import { actionPorts } from '../aws/ports.ts';
import { serviceChanges } from '../aws/service-changes.ts';
import type { OrderRef } from '../model/order.ts';
import { rollForwardDeployment } from '../pipeline/act/roll-forward-deployment.ts';
import { perform } from '../pipeline/perform.ts';

const wired = once(() => ({ ...actionPorts(process.env), change: serviceChanges() }));

export const handler = (ref: OrderRef) => perform(rollForwardDeployment, ref, wired());
