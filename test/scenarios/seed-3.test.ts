import { describeScenarios } from './play-all.ts';

describeScenarios(3);
