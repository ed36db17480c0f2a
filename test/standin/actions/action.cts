import { type Checked, checked, type Shape } from '../check.cts';
import type { Quirks } from '../quirks.cts';
import type { Ticket } from '../tickets.cts';

/** In which an action is done. */
export interface Situation {
	ticket: Readonly<Ticket>;
	/** Who does it. */
	operator: string;
	quirks: Readonly<Quirks>;
	at: number;
}

/** What an action does to a ticket, and what the history keeps of it. */
export interface Effect {
	fields?: Partial<Ticket>;
	comment?: string | undefined;
	/** A verification's. */
	result?: boolean;
}

/** One thing that can be done with a ticket. */
export interface Action {
	/** How v2 calls it. Three actions are called `agreed`, and three `rejected`. */
	key: string;
	/** Checks the parameters, which the call names so, and says what follows. */
	change(params: unknown, named: string, situation: Situation): Effect;
}

/** An action with parameters of exactly this shape; with none they may be left out altogether. */
export function action<S extends Shape>(
	key: string,
	shape: S,
	effect: (params: Checked<S>, situation: Situation) => Effect,
): Action {
	const hasParams = Object.keys(shape).length > 0;
	return {
		key,
		change(params, named, situation) {
			const given = hasParams ? params : (params ?? {});
			return effect(checked(given, shape, named), situation);
		},
	};
}
