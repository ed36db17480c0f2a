import { parameterError } from '../answers.cts';
import type { Quirks } from '../quirks.cts';
import type { Ticket } from '../tickets.cts';

type Handler = Pick<Ticket, 'assignee' | 'assigneeScene' | 'assigneeRole'>;

/**
 * Who is to handle a ticket: exactly one of a person and a shift, which is a scene and a role. Each
 * call has names of its own for the three.
 */
export function handlerOf<N extends string>(
	given: { [K in N]?: string | null | undefined },
	[personName, sceneName, roleName]: readonly [N, N, N],
	{ onShift }: Pick<Quirks, 'onShift'>,
): Handler {
	const person = given[personName] ?? null;
	const assigneeScene = given[sceneName] ?? null;
	const assigneeRole = given[roleName] ?? null;
	if ((assigneeScene === null) !== (assigneeRole === null)) {
		throw parameterError(`The field[${sceneName}] and the field[${roleName}] go together.`);
	}
	if ((person === null) === (assigneeScene === null)) {
		throw parameterError(
			`Either the field[${personName}] or a shift (${sceneName}, ${roleName}) is required, not both.`,
		);
	}
	const isShift = assigneeScene !== null && assigneeRole !== null;
	const assignee = isShift ? onShift(assigneeScene, assigneeRole) : person;
	return { assignee, assigneeScene, assigneeRole };
}
