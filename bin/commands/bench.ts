import { readScenario, type Scenario } from '../../lib/simulator/scenario.ts';
import { simulate } from '../../lib/simulator/simulate.ts';
import type { CommandModule } from './command.ts';

/** `paramedic bench`: how many simulated seconds pass in one second, for one service and for a hundred. */
export const bench: CommandModule = {
  define: (command) => command.action(print),
};

async function print(): Promise<void> {
  await measure(scenarioWith(1));
  for (const services of [1, 100]) {
    const scenario = scenarioWith(services);
    const seconds = await measure(scenario);
    const simulated = scenario.duration / 1000;
    const name = services === 1 ? '1 service' : `${services} services`;
    const rate = Math.round(simulated / seconds).toLocaleString('en');
    process.stdout.write(
      `${name.padEnd(12)}  ${simulated} simulated seconds in ${seconds.toFixed(2)} s: ${rate} a second\n`,
    );
  }
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(`peak memory   ${peak} MB\n`);
}

async function measure(scenario: Scenario): Promise<number> {
  const begun = process.hrtime.bigint();
  await simulate(scenario, { seed: 1 });
  return Number(process.hrtime.bigint() - begun) / 1e9;
}

/** Forty minutes in which every tenth service, and at least one, has a slow task. */
function scenarioWith(services: number): Scenario {
  const names = Array.from({ length: services }, (_, n) => `service-${n + 1}`);
  const sick = names.filter((_, n) => n % 10 === 0);
  const text = [
    'name: bench',
    'duration: 40m',
    'services:',
    ...names.map((name) => `  ${name}: { tasks: 6, traffic: 120/s, capacityPerTask: 60/s }`),
    'faults:',
    ...sick.map((name) => `  - { at: 5m, kind: slow-task, service: ${name}, tasks: 1, factor: 10 }`),
  ].join('\n');
  const read = readScenario('bench.yaml', text);
  if ('problems' in read) throw new Error(read.problems.map(({ says }) => says).join('\n'));
  return read.scenario;
}
