import type { Course } from './courses/course.ts';
import type { Stage } from './stage.ts';

/** Lets these courses take their way, side by side, until no workflow goes on and all alarms are OK. */
export async function play(stage: Stage, courses: readonly Course[]): Promise<void> {
  for (const { patient, begin } of courses) await begin(stage.patient(patient.id));
  await stage.until(async () => {
    const over = await Promise.all(courses.map((course) => goOn(stage, course)));
    return over.every((one) => one);
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
