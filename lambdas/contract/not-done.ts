/**
 * A change that AWS certainly did not make: it was rejected before anything was done, for want of permission or for a wrong
 * parameter. Any other error of a change leaves open whether it was made.
 */
export class NotDone extends Error {
  override readonly name = 'NotDone';
}
