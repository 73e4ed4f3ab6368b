import type { PatientSpec } from '../patient.ts';
import { policyOf } from './course.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

const policy = policyOf('approve');
const releases = [
  { tag: '41', ago: 7 * day },
  { tag: '42', ago: 3 * day },
  { tag: '43', ago: 10 * minute },
];

/** A person is asked, and says yes; no; yes, and later wants it taken back. */
export const approvedTask: PatientSpec = { id: 'approved-task', tasks: 3, policy };
export const rejectedTask: PatientSpec = { id: 'rejected-task', tasks: 3, policy };
export const undoneRelease: PatientSpec = { id: 'undone-release', tasks: 4, policy, releases };
