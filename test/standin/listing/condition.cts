import { parameterError } from '../answers.cts';

/** Whether a condition holds, given which of the filters hold. */
export type Condition = (holds: (name: string) => boolean) => boolean;

/**
 * Reads an expression over the names of filters, such as `( a & b ) | c`. Which of & and | binds
 * closer isn't documented, so both side by side need parentheses; and a filter that the expression
 * leaves out has no documented meaning either.
 */
export function readCondition(expression: string, names: string[]): Condition {
	const tokens = expression.match(/[()&|]|[^()&|\s]+/g) ?? [];
	const unused = new Set(names);
	let at = 0;
	const refuse = (what: string) => parameterError(`The field[condition] ${what}.`);

	function operand(): Condition {
		const token = tokens[at++];
		if (token === '(') {
			const inner = chain();
			if (tokens[at++] !== ')') throw refuse('lacks a closing parenthesis');
			return inner;
		}
		if (token === undefined || /[)&|]/.test(token)) {
			throw refuse(`needs a filter's name where it ${token ? `has ${token}` : 'ends'}`);
		}
		if (!names.includes(token)) throw refuse(`names an unknown filter: ${token}`);
		unused.delete(token);
		return (holds) => holds(token);
	}

	function chain(): Condition {
		const operands = [operand()];
		const operator = tokens[at];
		while (tokens[at] === '&' || tokens[at] === '|') {
			if (tokens[at++] !== operator) throw refuse('mixes & and | without parentheses');
			operands.push(operand());
		}
		return operator === '|'
			? (holds) => operands.some((one) => one(holds))
			: (holds) => operands.every((one) => one(holds));
	}

	const condition = chain();
	if (at < tokens.length) throw refuse(`goes on where it should end: ${tokens[at]}`);
	if (unused.size) throw refuse(`leaves out the filter ${[...unused][0]}`);
	return condition;
}
