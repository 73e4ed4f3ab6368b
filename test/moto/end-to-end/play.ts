import type { Course } from './courses/course.ts';
import { decisionsIn } from './decisions.ts';
import type { Stage } from './stage.ts';

/** None of them takes longer where Paramedic does what it should; milliseconds on the clock of the account. */
const longest = 30 * 60_000;

/** Lets these courses take their way, side by side, until no workflow goes on and all alarms are OK. */
export async function play(stage: Stage, courses: readonly Course[]): Promise<void> {
  for (const { patient, begin } of courses) await begin(stage.patient(patient.id));
  const deadline = stage.clock.now() + longest;
  await stage.until(async () => {
    const over = await Promise.all(courses.map((course) => goOn(stage, course)));
    const rest = courses.filter((_, n) => !over[n]);
    if (stage.clock.now() > deadline)
      throw new Error((await Promise.all(rest.map((one) => lateOf(stage, one)))).join());
    return rest.length === 0;
  });
}

/** Answers whether it is over. */
async function goOn(stage: Stage, { patient: { id }, meanwhile }: Course): Promise<boolean> {
  const patient = stage.patient(id);
  if (meanwhile !== undefined) {
    const entries = await stage.entries(id);
    await meanwhile(
      patient,
      entries.some(({ kind }) => kind === 'HandedOver'),
    );
  }
  const end = await stage.end(id);
  if (end?.error !== undefined) throw new Error(`The workflow of ${id} failed: ${end.error}`);
  return end !== undefined && patient.alarm.state === 'OK';
}

const lateOf = async (stage: Stage, { patient: { id } }: Course): Promise<string> =>
  `${id} is not over after ${longest / 60_000} minutes: ${decisionsIn(await stage.entries(id)).join('; ')}`;
