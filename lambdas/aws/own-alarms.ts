import { ownAlarmListParameter } from '../contract/names.ts';
import { ownAlarmsIn } from '../contract/own-alarm-list.ts';
import type { OwnAlarms } from '../ports/sweep.ts';
import { awsParameters, type ParameterReader } from './parameter.ts';

/** The teams' own alarms, which the pipeline's stack publishes in so many parameters. One that is missing is an error. */
export const awsOwnAlarms = (
  pipeline: string,
  lists: number,
  parameter: ParameterReader = awsParameters(),
): OwnAlarms => ({
  all: async () => {
    const found = [];
    for (let list = 0; list < lists; list++) {
      const name = ownAlarmListParameter(pipeline, list);
      const text = await parameter(name);
      if (text === undefined) throw new Error(`There is no parameter ${name}; the stack of the pipeline publishes it.`);
      found.push(...ownAlarmsIn(text));
    }
    return found;
  },
});
