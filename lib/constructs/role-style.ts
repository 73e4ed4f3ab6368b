import type { IAspect } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { Install } from '../config/recovery.ts';

/** Gives every role the path and the boundary the installation asks for, those that CDK makes for itself included. */
export class RoleStyle implements IAspect {
  readonly #install: Install;

  constructor(install: Install) {
    this.#install = install;
  }

  visit(node: IConstruct): void {
    if (!(node instanceof CfnRole)) return;
    const { rolePath, permissionsBoundary } = this.#install;
    if (rolePath !== '/') node.path = rolePath;
    if (permissionsBoundary !== null) node.permissionsBoundary = permissionsBoundary;
  }
}
