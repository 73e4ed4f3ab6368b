import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../harness/account.ts';
import { ownerOf, pipeline } from './names.ts';
import type { Patient } from './patient.ts';

/** Writes the recovery.yaml of an account (JSON is YAML); answers its path. */
export function writeRecoveryFile(folder: string, account: Account, patients: readonly Patient[]): string {
  const path = join(folder, 'recovery.yaml');
  const config = {
    install: { name: pipeline, account: account.id, region: account.region },
    owners: Object.fromEntries(patients.map(({ spec }) => [ownerOf(spec.id), { email: [`${spec.id}@example.com`] }])),
    // They fall sick at once on purpose: no limit on all of them together may hold one back.
    defaults: { fleet: { manyServices: { count: 100 }, velocity: { most: 64 } } },
    services: Object.fromEntries(patients.map((patient) => [patient.spec.id, configured(patient)])),
  };
  writeFileSync(path, JSON.stringify(config, null, 2));
  return path;
}

const configured = ({ spec: { id, policy }, fleet: { resources }, logGroup }: Patient) => ({
  owner: ownerOf(id),
  runbook: `https://runbooks.example.com/${id}`,
  cluster: resources.cluster,
  service: resources.service,
  passRoles: [],
  taskDefinition: resources.service,
  loadBalancer: resources.loadBalancer,
  targetGroups: resources.targetGroups,
  logs: { logGroup, status: 'status', duration: 'duration_ms', unit: 'ms' },
  alarms: { latency: { threshold: '400ms' } },
  ...policy,
});
