import { isDrawn } from '../../../lambdas/contract/enforcement.ts';
import { eachDeed } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/**
 * Nothing is changed in observe mode, nor in an incident that is not drawn for enforcement. A way back is of the mode, and of
 * the incident, of what it takes back.
 */
export const observeMode: Invariant = {
  name: 'observe-mode',

  broken: (record) =>
    eachDeed(record, ({ action, incident, written }) => {
      const order = written?.order;
      if (order === undefined) return undefined;
      const of = order.undoesOf ?? incident;
      const taken = record.deeds.find((other) => other.incident === of && other.order === order.undoes);
      const { mode, actionModes, enforce } = order.settings;
      if (!isDrawn(of, enforce)) return `in an incident that is not of the ${enforce} % in which anything may be`;
      return (actionModes[taken?.action ?? action] ?? mode) === 'observe' ? 'in observe mode' : undefined;
    }),
};
