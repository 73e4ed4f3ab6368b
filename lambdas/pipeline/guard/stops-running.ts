import type { Proposal } from '../../model/proposal.ts';

/** AWS itself takes back what is being deployed: the one change that may be made while somebody else is at it. */
export const stopsRunning = ({ subject }: Proposal): boolean => 'way' in subject && subject.way === 'stop-running';
