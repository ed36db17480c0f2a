import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Failure, OperationWords } from '../contract/explain';
import type { Run } from './settled';
import type { Write } from './write';

/** One operation of a node: its option in the list, its fields, and what it makes of an item. */
export interface Operation {
	option: INodePropertyOptions;
	fields: INodeProperties[];
	words: OperationWords;
	/** The ticket as the user gave it, for an item that fails. */
	ticketOf(context: IExecuteFunctions, itemIndex: number): string | null;
	/** Reads an item's fields, without sending anything. */
	prepare(run: Run, itemIndex: number): Write | Failure;
}
