import type { Start } from '../../../lambdas/model/incident.ts';
import type { WorkflowStarter } from '../../../lambdas/ports/workflow.ts';

/** Lambda begins a durable execution once under each name, and what it hands on is the incident's id alone. */
export function simulatedStarter(run: (start: Start) => void): WorkflowStarter {
  const begun = new Set<string>();
  return {
    start: async ({ incidentId }) => {
      if (begun.has(incidentId)) return;
      begun.add(incidentId);
      run({ incidentId });
    },
  };
}
