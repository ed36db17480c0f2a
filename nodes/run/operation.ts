import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Failure, OperationWords } from '../errors/failure';
import type { Done, Run } from './itemResult';

/** One operation of a node: its option in the list, its fields, and what it makes of an item. */
export interface Operation {
	option: INodePropertyOptions;
	fields: INodeProperties[];
	words: OperationWords;
	/** The status in which a ticket waits for it; the editor's list of tickets holds no others. */
	awaits?: string | undefined;
	/** The ticket as the user gave it, for an item that fails. */
	ticketOf(context: IExecuteFunctions, itemIndex: number): string | null;
	/** Reads an item's fields, without sending anything. */
	prepare(run: Run, itemIndex: number): Work | Failure;
}

/** What is to be done for an item. */
export interface Work {
	/** Items of one lane, a ticket, never overlap and keep their order; null for an item of its own. */
	lane: string | null;
	/** Sees the item through to its one outcome. */
	carryOut(run: Run, words: OperationWords): Promise<Done | Failure>;
}
