import type { IBinaryData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { CocClient } from '../client/client';
import type { KeepFile } from '../coc/call';
import type { StepKind } from '../coc/lifecycle';
import type { Result } from '../coc/result';
import type { Failure, OperationWords } from '../errors/failure';
import type { Input } from '../fields/input';
import type { OwnWrites } from './earlierTries';
import type { Done, Failed, ItemResult } from './itemResult';

/** One thing that the node works on, such as incidents, and what can be done with it. */
export interface Resource {
	name: string;
	value: string;
	subject: Subject;
	/** The operation of a fresh node: one that changes nothing. */
	preset: INodePropertyOptions['value'];
	/** In the editor's order. */
	operations: Operation[];
}

/** How messages and error items name what an item is about. */
export interface Subject {
	/** "*Ticket* IM1 was not verified" */
	label: string;
	/** Its key in the error item's `details`. */
	key: string;
}

/** One operation of the node: its option in the list, its fields, and what it does for an item. */
export interface Operation {
	option: INodePropertyOptions;
	properties: INodeProperties[];
	words: OperationWords;
	/** What its items are about, where that isn't the resource's. */
	subject?: Subject;
	/** The step of a ticket's life that it takes; the editor's list holds tickets that wait for it. */
	step?: StepKind;
	/** The statuses of the incidents that it is possible for, where it is no step of their life. */
	ofStatuses?: readonly string[];
	/** Whether COC is asked first whether it offers that step now. */
	asksFirst?: boolean;
	/** What the item is about, as entered, for an item that fails. */
	subjectOf(input: Input): string | null;
	/** Reads an item's fields, without sending anything. Never throws. */
	prepare(input: Input): Work | Failure;
}

/** What is to be done for an item. */
export interface Work {
	/** Items of one key, a ticket, never overlap and keep their order; null for an item of its own. */
	key: string | null;
	/** Sees the item through to its one outcome, or to one for each of what it is about. */
	carryOut(run: ItemRun): Promise<Done | Failure | Array<Done | Failed>>;
}

/** What a run has at hand for one of its items. */
export interface ItemRun {
	client: CocClient;
	ownWrites: OwnWrites;
	/** The operations of the same resource. */
	operations: Operation[];
	/** Gives n8n a file to keep; without a type it finds out by name and content. */
	saveFile(
		bytes: Parameters<KeepFile>[0],
		name: string,
		mimeType?: string,
	): Promise<Result<IBinaryData>>;
	/** What it came to in an earlier try of the node, where it is to be tried again in part. */
	earlier: ItemResult[];
	/** Shows a sentence beside the output, where this n8n can. */
	addHint(sentence: string): void;
}
