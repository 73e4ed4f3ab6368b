import { environment } from '../contract/environment.ts';
import type { StopPorts } from '../ports/ports.ts';
import { awsClock } from './clock.ts';
import { awsControlsWriter } from './controls-writer.ts';
import { awsFleet } from './fleet.ts';
import { awsOperationLog } from './operation-log.ts';
import { awsSettings } from './settings.ts';
import { Table } from './table.ts';
import { type Environment, neededVariable } from './variables.ts';

/** For `stop` and no other function: it alone writes what people own. Apart from the others', so that no import leads there. */
export function stopPorts(env: Environment): StopPorts {
  const table = new Table(neededVariable(env, environment.ledgerTable));
  return {
    clock: awsClock,
    settings: awsSettings(neededVariable(env, environment.pipeline)),
    controls: awsControlsWriter(table),
    log: awsOperationLog(table),
    fleet: awsFleet(table),
  };
}
