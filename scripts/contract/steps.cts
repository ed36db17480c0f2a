/** One step of the story at a time: what is possible, the write, and what the ticket then shows. */
import { type Cast, isDone, said, StoryEnd } from './cast.cts';
import type { Coc } from './coc.cts';
import {
	ACCEPTED,
	actionsOf,
	handleIncident,
	incidentOf,
	NOT_ACCEPTED,
	readStatus,
	type Answer,
	type CocRequest,
	type OfferedAction,
} from './product.cts';

interface Wanted {
	/** The status to wait for, or the one to wait for the end of. */
	until?: string;
	leaves?: string;
	/** The story goes on without it. */
	optional?: boolean;
}

export type Steps = ReturnType<typeof startSteps>;

/** How long a status is waited for, in ms: the node waits so long as well. */
const WAITS = [1000, 2000, 3000, 5000, 8000, 8000, 8000, 8000, 8000, 8000];

export function startSteps(coc: Coc, ticket: string, { mayI }: Cast) {
	const v2 = (task: string, action: string, params: object) =>
		handleIncident(ticket, task, action, params);

	async function offered(): Promise<OfferedAction[]> {
		const call = actionsOf(ticket);
		return call.take(await coc.send('story:offered', call.request)) ?? [];
	}

	/** Reads the ticket until it is so; what it shows at the end stays in the transcript. */
	async function watch(probe: string, isSo: (status: string | null) => boolean) {
		for (let tries = 0; ; tries++) {
			const status = readStatus(await coc.send(probe, incidentOf(ticket).request));
			const wait = WAITS[tries];
			if (isSo(status) || wait === undefined) return status;
			await coc.clock.sleep(wait);
		}
	}

	async function send(name: string, request: CocRequest, wanted: Wanted = {}): Promise<Answer> {
		const answer = await coc.send(`story:${name}`, request);
		if (!isDone(answer) && !wanted.optional) {
			throw new StoryEnd(`ended at the step "${name}": ${said(answer)}`);
		}
		const { until, leaves } = wanted;
		await watch(`story:after:${name}`, (status) => {
			if (until !== undefined) return status === until;
			return leaves === undefined || status !== leaves;
		});
		return answer;
	}

	const steps = {
		v2,
		send,
		/** Asks, and ends the story without a yes. */
		async must(what: string): Promise<void> {
			if (!(await mayI(what))) throw new StoryEnd(`ended before: ${what}`);
		},
		may: mayI,
		/** COC creates asynchronously: waits until the ticket is there, and something possible. */
		async available(): Promise<void> {
			const status = await watch('story:created:detail', (seen) => seen === NOT_ACCEPTED);
			if (status !== NOT_ACCEPTED) throw new StoryEnd('the ticket did not become available');
			for (const wait of WAITS) {
				if ((await offered()).length > 0) return;
				await coc.clock.sleep(wait);
			}
		},
		async taskFor(key: string): Promise<string | null> {
			return (await offered()).find((one) => one.key === key)?.taskId ?? null;
		},
		/** By v2's call, with what is offered now. */
		async byTask(name: string, key: string, params: object, wanted: Wanted = {}): Promise<void> {
			const task = await steps.taskFor(key);
			if (task !== null) await send(name, v2(task, key, params), wanted);
			else if (!wanted.optional) throw new StoryEnd(`ended at "${name}": ${key} is not offered`);
		},
		/** What should be refused; whether it was. */
		async tryOut(name: string, request: CocRequest): Promise<boolean> {
			const answer = await send(name, request, { optional: true });
			if (answer.outcome === 'unknown') throw new StoryEnd(`ended at "${name}": ${said(answer)}`);
			return !isDone(answer);
		},
		/** What was forwarded, or not resolved, may have to be accepted once more. */
		async acceptAgain(request: CocRequest): Promise<void> {
			const status = readStatus(await coc.send('story:status', incidentOf(ticket).request));
			if (status === NOT_ACCEPTED) await send('accept:again', request, { until: ACCEPTED });
		},
		/** The ticket is another person's now: does COC let go of it? */
		async takeBack(params: object): Promise<void> {
			const found = (await offered()).find(({ key }) => /^(?:unA|a)cceptedForward$/.test(key));
			if (!found?.taskId) throw new StoryEnd('ended with the second person: no forward is offered');
			const isRefused = await steps.tryOut('foreign:back', v2(found.taskId, found.key, params));
			if (isRefused) throw new StoryEnd('ended with the second person, who has the ticket now');
		},
	};
	return steps;
}
