/** An error as the AWS SDK throws it: `name` is the error's code. */
export class AwsError extends Error {
  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}
