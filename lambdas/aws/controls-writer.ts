import {
  type ControlsItem,
  controlsAttributes,
  controlsPartition,
  everythingControls,
  serviceControls,
} from '../contract/controls-item.ts';
import type { ControlsWriter } from '../ports/operator.ts';
import type { Clock } from '../ports/sight.ts';
import { awsClock } from './clock.ts';
import { absent, everythingKey, stateOf } from './controls.ts';
import { textIn } from './items.ts';
import type { Table } from './table.ts';

/** The pause items as people write them. Only the function `stop` has this: nothing else may write what people own. */
export const awsControlsWriter = (table: Table, clock: Clock = awsClock): ControlsWriter => ({
  readAll: async () => {
    const [everything, services] = await Promise.all([
      table.get(everythingKey),
      table.query(controlsPartition, serviceControls('')),
    ]);
    const now = clock.now();
    return {
      everything: everything === undefined ? absent : stateOf(everything, 'everything', now),
      services: Object.fromEntries(
        services.map((item) => [textIn(item, 'sk').slice(serviceControls('').length), stateOf(item, 'service', now)]),
      ),
    };
  },
  write: async (service, { paused, by, why, until }) => {
    const sk = service === null ? everythingControls : serviceControls(service);
    const item: ControlsItem = { pk: controlsPartition, sk, paused, by, why, ...(until === null ? {} : { until }) };
    await table.transact([{ Put: { TableName: table.name, Item: { ...controlsAttributes(item) } } }]);
  },
});
