import { compileValidator, type ErrorName, errorOfCode, type Route, routes, type Validator } from '@openvenue/contract';

const validators = new Map<Route, Validator<unknown>>();

/** Throws when a reply of a route is not what the contract says: other data, or an error that the route does not name. */
export function checkAgainstContract(
  call: { readonly method: string; readonly url: string },
  reply: { readonly code: number; readonly data: unknown },
): void {
  const path = call.url.split('?')[0];
  const route = routes.find((each) => each.method === call.method && each.path === path);
  if (route === undefined) return;
  if (reply.code !== 0) {
    const error = errorOfCode(reply.code);
    if (error === undefined || !(route.errors.includes(error.name) || ALWAYS.includes(error.name))) {
      throw new Error(`${route.method} ${route.path} answered ${reply.code}, which its contract does not name`);
    }
    return;
  }
  const validator = validators.get(route) ?? compileValidator(route.data);
  validators.set(route, validator);
  const checked = validator.validate(reply.data);
  if (!checked.ok) throw new Error(`${route.method} ${route.path}: data has ${JSON.stringify(checked.problem)}`);
}

/** What any call can earn by a body that is too large, no JSON or no object, and a log-in by a wrong password. */
const ALWAYS: readonly ErrorName[] = ['PARAMETER_INVALID'];
